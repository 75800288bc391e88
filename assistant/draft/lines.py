"""The lines of similar fiches, actions and passages that a draft may take over, each with its place and its worth."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.compose.fields import passage_of_value
from assistant.draft.bearing import FRAME_KEYS, NAME_KEYS, Bearing
from assistant.draft.idea import stems_of
from assistant.draft.nearness import line_bonus
from assistant.draft.neutral import Neutraliser
from assistant.draft.own_matters import OwnMatters, pairs_of
from assistant.draft.records import SimilarEntry
from assistant.draft.similar import Similar
from assistant.draft.sound import makes_sense, soundness
from assistant.draft.subject import Subject, bears_head, focus_of, named_text, themes_of, transversal_themes
from assistant.draft.tidy import Tidier
from assistant.draft.wording import is_concrete
from corpus.glossary import load_glossary
from corpus.index.reader import Index
from corpus.records import FicheAction, Passage, Value
from corpus.text import fold, letters, squeeze, without_marks
from corpus.units import Unit, split_units

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÂÉÈÊÎÔÙÇ])")
_CONNECTIVE = re.compile(r"^((?:Il (?:est|convient|s'agit)\s)?)(?:donc|ainsi|alors|également|aussi)\s", re.IGNORECASE)
"""What ties a sentence to the one before it ("Il est donc nécessaire de…"), which is not taken over with it."""
_FULL = 0.6
"""A line that covers this share of the subject is wholly about it."""
_CLOSE = 0.6
"""A fiche of this score is on the subject; where none is, none counts as if it were."""
_GENTLE = 0.75
"""Under 1: a fiche that comes second is still worth much of the first."""
_OWN_FRAME = 0.85
"""The axis of a fiche this near the subject is its axis, whatever other theme its words name."""
_WHOLLY = 0.9
_BY_ITS_AXIS = 0.4
"""What an action of a plan table is worth when only its axis or its objective names the subject."""
_STEEP = 2.2
"""Above 1: the last words of the subject, the rarest together, count more than the first."""
_TITLED = 0.7
"""A fiche whose title, or several lines, cover this share of the subject is a fiche on the subject."""
_ON_SUBJECT = 0.6
_HARDLY = 0.05
_FOREIGN_LINE = 0.4
"""What a line keeps that hardly speaks of the subject, in a fiche that is not on it either."""
_SURELY_TITLED = 0.9
_LENT = 0.46
"""What a sound line of a fiche is worth at least that those who ask for the draft ask about."""
_OWN_MATTER = 0.3
"""What a line keeps on what only its fiche speaks of."""
_UNSAID_LINE = 0.7
"""What a line keeps that hardly speaks of the subject, in a fiche that is half on it."""
_NARROWER = 0.75
"""What a line keeps that joins another theme to the subject's ("parents en situation de handicap" for parents)."""
_OTHER_SCHEME = 0.5
"""What a line keeps that names by its acronym a scheme of another theme."""
_SLOGAN = 4
_SLOGAN_SHARE = 0.75
"""What a line of few words, none of the subject's, is worth by its fiche: "Économies d'échelle" suits any."""
_BARE, _BARE_RISK = 2, 0.2
"""A risk named by two words ("La démultiplication des structures") tells nothing away from its fiche."""
_PASSING_MENTION = 0.45
"""Where no fiche is on the subject, only lines that cover this much of it are taken."""
_WIDE_TITLED = 0.4
_SHARES = {"frame": (0.35, 0.4), "name": (0.3, 0.3), "line": (0.2, 0.4)}
"""What a line is worth by its fiche alone, by kind of line: whatever its title, and more where the title says it."""
_OTHER_THEME = 0.4
_SHORT_NAME = 3
_SCHEME = re.compile(
    r"(?:accueil|lieu|contrat|relais|reseau|projet|espace|transport|maison d'assistant|etablissement d'accueil|plan|"
    r"brevet|animation|service public|point|schema)\b"
)
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_LEADS = re.compile(
    r"\b(?:charge\w* de cooperation|coordina\w*|referent\w*|responsable|communautes?|collectivite|instance|gouvernance|"
    r"ccas|cias|epci|intercommunal\w*|directions?|directeur|directrice|mairies?|commune)\b"
)
"""Who can lead an action; the others named as "pilotes" are those it is led with."""
_ACTION_OPENING = re.compile(
    r"^(?:(?![LD]['’]|(?:Offre|Centre|Cadre|Territoire|Observatoire|Maire|Nombre|Atelier|Chantier|Quartier)\b)"
    r"[A-ZÉÊ][a-zéèêâîôûç'’-]+(?:er|ir|re)\b|(?:Création|Mise en place|Développement|Organisation|Élaboration|"
    r"Formation|Réalisation|Construction|Un |Une |Des )\b)"
)
_POSTS = re.compile(r"\s*\([^()]*\b(?:Président|VP|DGS|DGA|Direct(?:eur|rice)|élus)\b[^()]*\)")
"""Who holds which post in a body of another territory; the body is the partner."""
_SHARED_LEAD = re.compile(r"^\W*co-?pilotage\W+", re.IGNORECASE)
_PASSAGE_SHARE = 0.4
"""Plain text gives only lines that cover this much of the subject."""
_PASSAGE_LENGTHS = (25, 220)


@dataclass(frozen=True)
class Candidate:
    """A line that may be taken over into a field."""

    key: str
    text: str
    changed: bool
    """True where something local was taken off."""
    holes: int
    unit: Unit
    """The place it comes from."""
    document: str
    value: float
    """Worth in [0, 1]: how near its fiche and its own words are to the subject."""
    wide_value: float
    """The same where the subject is widened ("parentalité" for "LAEP"): for fields that would stay empty."""
    sure: bool
    """True where it bears on the subject surely enough to be taken over unasked."""
    doubtful: bool = False
    """True where it may be taken over only if nothing better fills its field."""
    spoken: bool = False
    """True where it names the subject itself: it can complete a draft that draws on another territory alone."""


def gather_lines(
    index: Index, similar: Similar, tidier: Tidier, neutraliser: Neutraliser, own_matters: OwnMatters
) -> list[Candidate]:
    """Every line worth considering, the best first."""
    best = {kind: _best(similar.entries, kind) for kind in ("fiche", "action", "passage")}
    widened = similar.subject.widened()
    said = " ".join(term.word for term in similar.subject.terms)
    missing = _missing_head(index, similar)
    found = []
    for rank, entry in enumerate(similar.entries):
        weight = (entry.score / best[entry.kind]) ** _GENTLE
        near = similar.nearness.of(entry) if similar.nearness else None
        bonus = line_bonus(near) if near is not None and not similar.distant else 0.0
        meant = similar.nearness is not None and similar.nearness.is_surely_on(entry)
        sure = not similar.unnamed or meant
        given = similar.ticked or similar.distant
        for_them = entry.kind == "passage" or similar.subject.is_for(index.fiche(entry.id).whole_text())
        titled_share = _titled(similar.subject, index, entry)
        title = entry.title if entry.kind == "passage" else named_text(index.fiche(entry.id))
        public = "" if entry.kind == "passage" else index.fiche(entry.id).text_of("public")
        for_others = similar.subject.is_for_others(public)
        beside = similar.subject.beside(title.split("\n")[0])
        bearing = Bearing(
            entry,
            title,
            similar.nearness,
            titled_share,
            weight,
            for_them,
            for_others,
            rank,
            entry.id in missing,
            beside,
            given,
            similar.ticked,
        )
        on_it = _titled(widened, index, entry) >= _WIDE_TITLED
        titled = bearing.titled >= _SURELY_TITLED
        own = frozenset() if entry.kind != "fiche" or given else own_matters.of(index.fiche(entry.id))
        for key, text, unit in _raw_lines(index, entry, similar.subject):
            tidy = tidier.tidy(text, entry.document)
            neutral = neutraliser.neutralise(tidy.text, entry.document)
            if not tidy.legible or not neutral.usable or not makes_sense(neutral.text):
                continue
            if similar.distant and similar.subject.relevance(neutral.text) < _PASSING_MENTION:
                continue
            if key == "partenaires" and neutraliser.is_requester(neutral.text):
                continue
            spoken = sure or key in NAME_KEYS or similar.subject.speaks_of(similar.unnamed, neutral.text)
            if not spoken:
                continue
            sound = soundness(neutral, said, titled, neutraliser.is_of_one_commune and key not in NAME_KEYS)
            if own & pairs_of(neutral.text) and not similar.subject.is_named_in(neutral.text):
                sound *= _OWN_MATTER
            if (
                key == "vigilance"
                and len(stems_of(neutral.text)) <= _BARE
                and not similar.subject.relevance(neutral.text)
            ):
                sound *= _BARE_RISK
            worth = sound * (_worth(similar.subject, neutral.text, weight, entry, index, key) + bonus)
            answer = entry.kind != "fiche" and key == "actions" and bearing.is_answer(neutral.text)
            lent = bearing.lends_its_worth and key != "contexte"
            if (lent or answer) and not _is_foreign(similar.subject, neutral.text):
                worth = max(worth, _LENT * sound)
            wide = sound * (_worth(widened, neutral.text, weight, entry, index, key) + bonus) if on_it else 0.0
            if key in ("partenaires", "pilote") and len(neutral.text.split()) <= _SHORT_NAME:
                neutral = replace(neutral, text=_without_article(neutral.text))
            field = "partenaires" if key == "pilote" and not _LEADS.search(fold(neutral.text)) else key
            certain = bearing.is_sure(field, neutral.text, worth, similar.subject)
            doubtful = bearing.is_doubtful(field, neutral.text, worth, similar.subject)
            found.append(
                Candidate(
                    field,
                    neutral.text,
                    neutral.changed,
                    neutral.holes,
                    unit,
                    entry.document,
                    worth,
                    wide,
                    certain,
                    doubtful,
                    bearing.is_spoken(neutral.text, similar.subject),
                )
            )
    return sorted(found, key=lambda candidate: (-candidate.value, candidate.text))


def _missing_head(index: Index, similar: Similar) -> frozenset[str]:
    """Ids of the fiches that are not on what weighs most in the request, where another is."""
    fiches = [entry.id for entry in similar.entries if entry.kind == "fiche"]
    missing = frozenset(name for name in fiches if not bears_head(index.fiche(name), similar.subject))
    return missing if len(missing) < len(fiches) else frozenset()


def _is_foreign(subject: Subject, text: str) -> bool:
    return subject.of_another_theme(text) or subject.is_for_others(text)


def _best(entries: Sequence[SimilarEntry], kind: str) -> float:
    """Score of the best entry; of the best fiche for fiches, which alone have all the fields."""
    return max([_CLOSE, *(entry.score for entry in entries if kind != "fiche" or entry.kind == kind)])


def names_another_scheme(text: str, themes: Sequence[str]) -> bool:
    """True where a line writes an acronym of the glossary ("CLAS") of a theme that is not among `themes`."""
    found = [_theme_of(word) for word in _ACRONYM.findall(text)]
    return bool(themes) and any(theme is not None and theme not in themes for theme in found)


@lru_cache(maxsize=1024)
def _theme_of(acronym: str) -> str | None:
    """The theme of a scheme of the glossary; None for a body, for what serves all themes, or for an unknown acronym."""
    entry = next((one for one in load_glossary().named(acronym) if _SCHEME.match(fold(one.full or ""))), None)
    return None if entry is None or entry.theme in transversal_themes() else entry.theme


def unit_of_value(index: Index, fiche: FicheAction, value: Value) -> Unit | None:
    """The quotable place of a fiche's value; None where no passage holds it."""
    passage = _passage_of(index, fiche, value)
    return None if passage is None else Unit(squeeze(without_marks(value.text)), value.pieces(), passage)


def _passage_of(index: Index, fiche: FicheAction, value: Value) -> Passage | None:
    """A fiche's own passage, or the one that its table row or slide stands in."""
    if index.passages_of_fiche(fiche.id):
        return passage_of_value(index, fiche, value)
    around = index.passages_of_section(fiche.section) or index.passages(fiche.document)
    holding = [passage for passage in around if passage.start <= value.start < passage.end]
    return min(holding, key=lambda passage: passage.end - passage.start, default=around[0] if around else None)


def _worth(subject: Subject, text: str, weight: float, entry: SimilarEntry, index: Index, key: str) -> float:
    """What a line is worth: a fiche that bears the subject in its title lends its worth to all its lines, the lines of
    any other must speak of the subject themselves."""
    about: float = min(1.0, subject.relevance(text) / _FULL) ** _STEEP
    framing = key in FRAME_KEYS
    if entry.kind == "action" and key == "actions":
        about = max(about, _BY_ITS_AXIS * min(1.0, subject.relevance(index.fiche(entry.id).whole_text()) / _FULL))
    title_themes = () if framing or entry.kind == "passage" else themes_of(index.fiche(entry.id).title, "")
    also = title_themes if set(title_themes[:1]) & set(subject.themes) and weight >= _OWN_FRAME else ()
    on_theme = bool(set(themes_of("", text)[:1]) & set(subject.themes))
    own_words = about >= _WHOLLY and subject.is_named_in(text)
    spared = (own_words and not subject.is_transversal) or (framing and weight >= _OWN_FRAME)
    foreign = subject.of_another_theme(text, also) and not spared
    titled = _titled(subject, index, entry)
    for_others = subject.is_for_others(text) and not (key == "partenaires" and titled >= _SURELY_TITLED)
    other = _OTHER_THEME if foreign or for_others else 1.0
    if key not in FRAME_KEYS | NAME_KEYS and not foreign and subject.is_wider_than(text, title_themes):
        other *= _NARROWER
    if key not in NAME_KEYS and not own_words:
        other *= _OTHER_SCHEME if names_another_scheme(text, subject.themes) else 1.0
    least, more = _SHARES["frame" if framing else "name" if key in NAME_KEYS else "line"]
    share = least + more * titled
    if key not in FRAME_KEYS | NAME_KEYS and titled < _SURELY_TITLED and about < _HARDLY:
        share *= _FOREIGN_LINE if titled < _ON_SUBJECT and not on_theme else _UNSAID_LINE
    if key not in FRAME_KEYS | NAME_KEYS and not about and len(stems_of(text)) <= _SLOGAN:
        share *= _SLOGAN_SHARE
    return weight * (share + (1 - share) * about) * other


def _titled(subject: Subject, index: Index, entry: SimilarEntry) -> float:
    """How far a fiche is on the subject, in [0, 1]; plain text is on none."""
    if entry.kind == "passage":
        return 0.0
    return min(1.0, focus_of(index.fiche(entry.id), subject) / _TITLED)


def _raw_lines(index: Index, entry: SimilarEntry, subject: Subject) -> Iterator[tuple[str, str, Unit]]:
    if entry.kind == "passage":
        yield from _passage_lines(index, entry, subject)
        return
    fiche = index.fiche(entry.id)
    title = unit_of_value(index, fiche, fiche.title_value)
    aimed = "objectif_operationnel" not in fiche.fields and _ACTION_OPENING.match(fiche.title)
    if title is not None and entry.kind == "fiche" and aimed:
        yield "objectif_operationnel", fiche.title, title
    for key, values in fiche.fields.items():
        if key == "champs":
            continue
        for value in values:
            unit = unit_of_value(index, fiche, value)
            if unit is None:
                continue
            for text in _split(key, value.text):
                yield _place(fiche, key, text), text, unit


def _place(fiche: FicheAction, key: str, text: str) -> str:
    """A fiche without actions writes them among its objectives."""
    return "actions" if key == "objectifs" and "actions" not in fiche.fields and is_concrete(text) else key


def _split(key: str, text: str) -> Sequence[str]:
    if key == "contexte":
        return [_CONNECTIVE.sub(r"\1", sentence) for sentence in _SENTENCE.split(squeeze(text))]
    if key in ("pilote", "partenaires"):
        text = _SHARED_LEAD.sub("", _POSTS.sub("", text))
        parts = [part for part in re.split(r"\s+[—–-]\s*|\s*;\s*", text) if re.search(r"\w", part)]
        return [name for part in parts for name in _names(part)]
    return (text,)


def _without_article(text: str) -> str:
    """ "La Caf" is named "Caf" among partners."""
    bare = re.sub(r"^(?:l[ae]s?\s+|l['’])", "", text, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]


def _names(text: str) -> Sequence[str]:
    """ "Caf et MSA" names two partners; "professionnels de l'enfance et de la jeunesse" names one group."""
    parts = [part.strip() for part in re.split(r",\s+|\s+et\s+|\s/\s", text) if part.strip(" .…")]
    short = all(len(part.split()) <= 3 and not re.match(r"(?:de|du|des|d['’])\b", part) for part in parts)
    return parts if short and "(" not in text else (text,)


def _passage_lines(index: Index, entry: SimilarEntry, subject: Subject) -> Iterator[tuple[str, str, Unit]]:
    """Lines of plain text that say what is done about the subject."""
    shortest, longest = _PASSAGE_LENGTHS
    headings = [letters(step) for step in index.passage(entry.id).section_path]
    for unit in split_units(index, index.passage(entry.id)):
        if (
            any(step.endswith(letters(unit.text)) for step in headings)
            or "?" in unit.text
            or not _ACTION_OPENING.match(unit.text)
        ):
            continue
        if shortest <= len(unit.text) <= longest and subject.relevance(unit.text) >= _PASSAGE_SHARE:
            yield "actions", unit.text, unit
