"""A free request read: subject, territory as typed, facts of the requester, sections wanted.

"je dois écrire une fiche action guichet unique petite enfance pour la CC du Val Fleuri (12 communes, RPE existant),
peux-tu me faire un premier jet ?" asks for a fiche on "guichet unique petite enfance", for "CC du Val Fleuri", and says
two things of it. The territory need not be in the corpus.
"""

import re
from collections.abc import Iterator

from assistant.draft.records import DraftRequest, Fact
from assistant.draft.territory import NamedTerritory, find_named_territory
from assistant.draft.wording import load_wording, names_work
from assistant.understand.cues import load_cues, plain_words
from assistant.understand.territories import TerritoryFinder
from corpus.dates import FOLDED_MONTHS
from corpus.errors import QuestionRejected
from corpus.text import STOPWORDS, fold, squeeze, words
from corpus.themes import find_themes

_SOURCE = re.compile(
    r"(?:à partir de|en partant de|en s['’]appuyant sur|d['’]après|en (?:t['’]|vous )inspirant|"
    r"inspirée? (?:de|du)|en reprenant|sur le modèle|comme (?:à|au|aux|chez|dans))[^,;.!?\n]*", re.IGNORECASE,
)  # fmt: skip
_ASKING_CLAUSE = re.compile(
    r"\b(?:peux[ -]tu|pouvez|pourri?ez|pourrais|merci|svp|stp|s['’]il (?:te|vous)|bonjour|bonsoir|premier jet|brouillon"
    r"|aide[rsz]?[ -]?(?:moi|nous)|c['’]est pour|avant (?:lundi|mardi|mercredi|jeudi|vendredi))\b", re.IGNORECASE,
)  # fmt: skip
_LABELLED = re.compile(
    r"(?:^|(?<=[,;:.!?(\n])|(?<=[,;:.!?(\n] ))(?P<label>pilote|porteur|budget|public|"
    r"partenaires?|calendrier|échéance|moyens|périmètre|contexte|vigilance)"
    r"\s*:\s*(?P<said>[^;.\n()]+?)"
    r"(?=\s*(?:[;.\n()⟦]|,\s*(?:[^,;.\n()]{1,20}:|(?:pilote|porteur|budget|public|partenaires?|calendrier|échéance|moyens|"
    r"périmètre)\b)|$))", re.IGNORECASE,
)  # fmt: skip
_LABELS_ALONE = frozenset({"territoire", "sujet", "contexte", "donnees"})
_LABEL_KEYS = {
    "pilote": "pilote", "porteur": "pilote", "budget": "budget", "public": "public", "partenaire": "partenaires",
    "partenaires": "partenaires", "calendrier": "calendrier", "echeance": "calendrier", "moyens": "moyens",
    "perimetre": "perimetre", "contexte": "contexte", "vigilance": "vigilance",
}  # fmt: skip
_POSTS = r"direct|responsab|coordinat|coordonn|charg|adjoint|elu|vice|president|dga|dgs|chef|referent|animat|maire"
_AFTER_PILOT = re.compile(rf",(?!\s*(?:l[ae] |l['’])?(?:{_POSTS}))", re.IGNORECASE)
"""A comma after which "pilote : Mme Roy, directrice du RPE, peu d'animateurs" tells something else."""
_LISTED_KEYS = frozenset({"contexte", "partenaires"})
_KEY_CUES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("budget", r"€|\beuros?\b|\bbudget|\bfinanc|\bsubvention"),
        ("pilote", r"\bpilot|\bporteu[rs]|^(?:(?:projet|action) )?portee? par\b|\bchef de file\b"),
        (
            "calendrier",
            r"^(?:(?:d'ici|avant|apres|debut|fin|des|en|pour|a partir de|de|a|la|annees?|printemps|ete|automne|hiver|"
            + "|".join(FOLDED_MONTHS)
            + r") )*20\d\d(?: ?(?:-|a|/) ?20\d\d)?$"
            r"|\becheance|\brentree\b|\bdemarrage\b|\bcalendrier\b",
        ),
        ("partenaires", r"\bpartenaires?\b|\ben lien avec\b"),
        ("moyens", r"\betp\b|\bpostes? (?:de|d'|a)\b|\bagents?\b|\blocaux\b|\bsalles?\b"),
        ("public", r"^public|\b\d+\s*(?:-|a|/)\s*\d+ ans\b|^pour les (?:parents|enfants|jeunes|familles|seniors)"),
        ("perimetre", r"\bcommunes?\b"),
    )
)
_FACT = re.compile(
    r"\d|\bexist|\bdeja\b|\bpas de\b|\baucun|\bnous avons\b|\bil y a\b|\bnotre\b|\bnos\b|\bon a\b|\bdont\b|\brural|€|"
    r"\bun seul|\bune seule\b|\bmanque\b|\bprive|(?<!conseil )(?<!conseils )\bmunicipa|\bassociati[fv]|\brecent|"
    r"\bferme[es]?\b|\bfermeture\b|\bouverte?s?\b"
)
_OPENS_ON_WORK = re.compile(r"\W*(?:(?:de|d'|et|pour|afin de|comment|a)\s*)*\w+(?:er|ir|re)\b")
"""A clause that says what is to be done ("recruter un animateur pour les 12-17 ans") is no fact, whatever it counts."""
_AGED = re.compile(r"\b(?:(?:les|des)\s+)?(\d{1,2}\s*(?:-|à|/)\s*\d{1,2}\s*ans)\b", re.IGNORECASE)
_HERE = "⟦territoire⟧"
"""Stands where the territory was named: what follows is told of it."""
_TELLING = re.compile(r"\b(?:sachant qu(?:e\b|['’])|nous avons\b|on a\b|il y a\b|chez nous\b)", re.IGNORECASE)
_MOST_CLAUSES = 4
_SITE = re.compile(
    r"\s+(dans (?:(?:un|une|deux|trois|quatre|cinq|\d+)\s+)?(?:anciens?|anciennes?|local|locaux|b[âa]timents?|salles?|"
    r"zones?|quartiers?|communes?|villages?|bourgs?|secteurs?)\b.*)$", re.IGNORECASE,
)  # fmt: skip
"""Where the action is to stand ("dans un ancien logement"): told of the territory, it says nothing of the subject."""
_SIGLE = re.compile(r"\(\s*([A-ZÉ]{2,8}s?)\s*\)")
_HELP_GIVEN = re.compile(r"aides? (?:aux?|a (?:la|l'|domicile)|alimentaire|sociale|financiere)\b")
"""Help that is the subject ("aide aux devoirs"), not what is asked for."""
_DONE_TO = re.compile(r"faire (?!une?\b|la\b|les?\b|des\b|ma\b|mon\b|notre\b)\w+(?:er|ir|re)\b")
_FORM = re.compile(
    r"^.{0,80}?\bfiches?(?:[ -]actions?)?\s+(?:actions?\s+)?(?:sur|concernant|relatives? (?:à|a|au)"
    r"|autour (?:de|du|d['’])|portant sur|pour|à propos (?:de|du|d['’]))\s", re.IGNORECASE,
)  # fmt: skip
_FOR_CTG = re.compile(
    r"\s*\b(?:pour|dans|de) (?:notre|la|votre|ma|une|cette) (?:nouvelle |future )?ctg\s*$", re.IGNORECASE
)
_ONLY = re.compile(r"\b(?:seulement|uniquement|juste|sections?|rubriques?|parties?|champs?)\b")


def read_request(text: str, finder: TerritoryFinder, max_chars: int = 4000) -> DraftRequest:
    """The request understood. Raises QuestionRejected where it is empty, too long or names no subject."""
    whole = squeeze(text.replace("\x00", " ")) if re.search(r"\w", text) else ""
    if not whole:
        raise QuestionRejected(
            "La demande est vide : écrivez le sujet de la fiche, par exemple « guichet unique petite enfance pour la "
            "CC de … »."
        )
    if len(whole) > max_chars:
        raise QuestionRejected(
            f"La demande est trop longue ({len(whole)} caractères pour {max_chars} au plus) : gardez le sujet, le "
            "territoire et ce qui compte de son contexte."
        )
    chosen = _chosen_documents(whole, finder)
    rest = _SOURCE.sub(" ", whole)
    territory = find_named_territory(rest, finder)
    if territory is not None:
        rest = f"{rest[: territory.start]} , {_HERE} , {rest[territory.end :]}"
    labelled, rest = _labelled_facts(rest)
    subject, facts, sections = _clauses(rest)
    if not subject:
        raise QuestionRejected(
            "Le sujet de la fiche manque : dites sur quoi elle porte, par exemple « guichet unique petite enfance »."
        )
    return DraftRequest(
        text=whole,
        subject=subject,
        themes=find_themes(title=subject) or find_themes(body=whole),
        territory=territory.name if territory else None,
        own_documents=territory.documents if territory else (),
        chosen_documents=tuple(name for name in chosen if not territory or name not in territory.documents),
        facts=(*_territory_fact(territory), *facts, *labelled),
        sections=sections,
    )


def _territory_fact(territory: NamedTerritory | None) -> tuple[Fact, ...]:
    return (Fact(text=territory.name, key="perimetre"),) if territory else ()


def _chosen_documents(text: str, finder: TerritoryFinder) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            document
            for phrase in _SOURCE.findall(text)
            for mention in finder.find(phrase)
            if mention.precise
            for document in mention.documents
        )
    )


def _labelled_facts(text: str) -> tuple[tuple[Fact, ...], str]:
    """ "pilote : la directrice du RPE" and its like, and the text without them."""
    facts = tuple(
        Fact(text=_shown(said), key=key)
        for match in _LABELLED.finditer(text)
        for key in (_LABEL_KEYS[fold(match["label"])],)
        for said in (match["said"].split(",") if key in _LISTED_KEYS else (_said(match),))
        if _shown(said)
    )
    return facts, _LABELLED.sub(lambda match: f" , {_told_after(match)} , ", text)


def _said(match: re.Match[str]) -> str:
    """What a label says: for a pilot, up to the comma after which something else is told."""
    return (
        _AFTER_PILOT.split(match["said"], maxsplit=1)[0]
        if _LABEL_KEYS[fold(match["label"])] == "pilote"
        else match["said"]
    )


def _told_after(match: re.Match[str]) -> str:
    return match["said"][len(_said(match)) :].strip(" ,")


def _clauses(text: str) -> tuple[str, tuple[Fact, ...], tuple[str, ...]]:
    """Subject, facts and sections wanted, clause by clause; what stands in brackets is told of the territory."""
    subject: list[str] = []
    facts: list[Fact] = []
    sections: tuple[str, ...] = ()
    named = False
    for clause, bracketed in _split(text):
        if clause == _HERE:
            named = bool(subject)
            continue
        plain = plain_words(clause)
        if _ONLY.search(plain) and (wanted := load_cues().fields_in(plain)):
            sections = tuple(dict.fromkeys((*sections, *wanted)))
            continue
        told = named and not _ASKING_CLAUSE.search(clause) and _without_asking(clause)
        if bracketed or told or (subject and _FACT.search(fold(clause)) and not _tells_work(clause)):
            facts.append(Fact(text=_shown(clause), key=_key_of(clause)))
        elif not _ASKING_CLAUSE.search(clause) or not subject:
            clause, site = _without_site(clause)
            facts += [Fact(text=_shown(site), key="contexte")] if site else []
            kept = _without_asking(clause)
            if kept and fold(kept) not in _LABELS_ALONE and len(subject) < _MOST_CLAUSES:
                subject.append(kept)
                facts += [Fact(text=f"Les {match[1]}", key="public") for match in _AGED.finditer(kept)]
    return ", ".join(subject), tuple(facts), sections


def _without_site(clause: str) -> tuple[str, str]:
    """A clause, and what it ends with where that only says where; a clause that says nothing else is left whole."""
    match = _SITE.search(clause)
    if match is None or not _without_asking(clause[: match.start()]):
        return clause, ""
    return clause[: match.start()], match[1]


def _tells_work(clause: str) -> bool:
    """True where a clause opens on a verb of the work itself."""
    return bool(_OPENS_ON_WORK.match(fold(clause))) and names_work(clause)


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Clauses, and whether each stands in brackets; those in brackets come last. An acronym in brackets is a name."""
    text = _SIGLE.sub(r"\1", text)
    inside = re.findall(r"\(([^()]*)\)", text)
    text = _TELLING.sub(f" , {_HERE} , ", text)
    for clause in re.split(r"(?<!\d),|,(?!\d)|[;:!?\n]|\.\s|\.$| - | – ", re.sub(r"\([^()]*\)", " , ", text)):
        if re.search(r"\w", clause):
            yield clause.strip(), False
    for group in inside:
        for clause in re.split(r"(?<!\d),|,(?!\d)|;", group):
            if re.search(r"\w", clause):
                yield clause.strip(), True


def _without_asking(clause: str) -> str:
    """The clause from its first word of substance to its last: "une fiche sur la parentalité" → "parentalité"."""
    clause = _FORM.sub("", clause)
    clause = clause if _FOR_CTG.match(clause) else _FOR_CTG.sub("", clause)
    tokens = [(match.start(), match.end()) for match in re.finditer(r"[\w/+]+(?:-\w+)*", clause)]
    kept = [
        position for position, (start, end) in enumerate(tokens)
        if not _is_asking(clause[start:end]) or _says_what(fold(clause[start:]))
    ]  # fmt: skip
    if not kept:
        return ""
    first, last = kept[0], kept[-1]
    if words(clause[tokens[last][0] :])[:2] == ["aller", "vers"]:
        last += 1
    while last + 1 < len(tokens) and fold(clause[tokens[last + 1][0] : tokens[last + 1][1]]) == "action":
        last += 1
    return squeeze(clause[tokens[first][0] : tokens[last][1]])


def _says_what(rest: str) -> bool:
    """True where a word of asking belongs to the subject ("aide aux devoirs", "faire venir des médecins")."""
    return bool(_HELP_GIVEN.match(rest) or _DONE_TO.match(rest))


def _is_asking(word: str) -> bool:
    folded, asking = words(word), load_wording().asking
    return not folded or all(part in asking or part in STOPWORDS for part in folded)


def _key_of(clause: str) -> str:
    plain = fold(clause)
    return next((key for key, pattern in _KEY_CUES if pattern.search(plain)), "contexte")


def _shown(clause: str) -> str:
    return squeeze(clause).strip(" .;,:")
