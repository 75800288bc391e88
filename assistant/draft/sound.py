"""Whether a line of a fiche makes sense away from it: torn, vague, or leaning on what stood beside it there."""

import re

from assistant.draft.neutral import NeutralLine
from corpus.text import fold, words

_WITH_HOLE = 0.6
_OF_A_PLACE = re.compile(r"\[À COMPLÉTER : (?:communes?|noms?)\]")
_DOUBTFUL = 0.6
"""A line that its author wrote with a question mark."""
_PASSING = 0.3
"""A line on what exists or goes on where it was written."""
_LEANING = 0.5
"""A line on "the network", "the scheme" that its fiche is about, where the draft is about another thing."""
_OF_SEVERAL = 0.3
_COMMUNES = re.compile(
    r"\bcommunes\b|\btout le territoire\b|\bintercommuna|\bmutualis|\bentre (?:les )?(?:villes|mairies)\b"
)
"""What several communes do together."""
_TORN = re.compile(
    r"[a-zà-ÿ] (?:Les?|La|Une?|Des|Du|Ce|Cette) [a-zà-ÿ]|"
    r"\s\*\s|[a-zà-ÿ]{3,}\. [a-zà-ÿ]{4,}|"
    r"[a-zà-ÿ)] [A-ZÉ][a-zà-ÿ]+(?:er|ir|re) (?:l[ae]s?|une?|des?|du|aux?)\b|[a-zà-ÿ)] [A-ZÉ][a-zà-ÿ]+(?:er|ir|re) [ld]'"
)
"""Two columns or two items read as one line: an article or a verb with its capital amid a sentence ("Produire des Le
travail documents")."""
_NAMELESS = re.compile(r"(?:,|\bet) le territoire(?: et\b|,|$)|\b[A-ZÉ][a-zé]+ le territoire\b")
"""A place taken off amid a list of names or at the end of one, where "le territoire" says nothing."""
_CUT = re.compile(
    r"\((?:ex|par exemple|notamment)?\s*[.:]?\s*\)?$|\b(?:de|du|des|et|ou|à|la|les|pour|avec|notamment)$", re.IGNORECASE
)
"""A line that stops in the middle of what it says."""
_OWN_STATE = re.compile(
    r"^(?:une? seule?|projet en cours|existence|poursui|continu|reprise|perennis)|\breouvert|\ben cours\b|\bactuel|"
    r"\bdeja\b|\bmodele existant|\bla perennite\b|^absence|^beaucoup|^delitement|^disparition|"
    r"\bcontinuer\b|\bpar ailleurs\b|\bmene par\b|"
    r"\b(?:ces|cet|cette) (?!action|projet|temps|coordination|instance)|"
    r"\brealisees? (?:dans le cadre|par)\b|\btravail mene\b|\bcommencer par\b|"
    r"^(?:un|une|le|la|les|des|l')\b[^:;]*\s(?:est|sont|existe|existent|a ete|ont ete)\b|"
    r"\bde l'association\b(?! de)|\bnouveaux services\b|"
    r"\bcf\.? (?:la |le )?(?:fiche|plan|ppi|annexe|action)|\bexprime|\binsuffisa|\bmanque d|"
    r"^remettre en place|\bnouvellement\b|\bpost.?covid\b|\bconcernee?s$|"
    r"\brenouvellement (?:de |des |de la )?convention|"
    r"\bpouvant (?:eventuellement )?etre\b|\bla thematique$"
)
_POSSESSIVE = re.compile(r"\bleurs?\b", re.IGNORECASE)
_PLURAL = re.compile(
    r"\b(?:(?:les|des|aux|ces|chaque|tous|toutes|plusieurs|deux) (?!ressources|moyens|conditions|outils)|"
    r"(?!(?:ressources|moyens|conditions|outils|humaines|mat[ée]rielles|financi[èe]res|n[ée]cessaires)\b)[^\W\d_]{3,}[sx]\b)",
    re.IGNORECASE,
)
"""Somebody, or several things that can own others; means own nothing."""
_VAGUE = re.compile(
    r"^(?:global|tout public|tous|acteurs?\s*\(?s?\)?\s*du territoire|(?:petite )?enfance|jeunesse|enfance jeunesse|"
    r"(?:l[ae]s? |l')?(?:methodologie|organisation|communication|mobilisation|pilotage|portage|temporalite|impact|"
    r"suivi)|statistiques\b.*|[^,;]{0,30}hors (?:du )?territoires?|services? \w\w|niveau de connaissance mutuelle|"
    r"satisfaction des services|type d'accompagnement realise|identification du service|"
    r"(?:taux de |niveau de )?satisfaction globale?|(?:objectiver|evaluer|connaitre) les besoins|"
    r"impacts? (?:du|des|de l'|de la )\s?(?:(?:projets?|actions?|dispositifs?)\b.*|\w+))$"
)
"""Said of any action: no audience and no partner is named."""
_COLOURLESS = frozenset(
    "nombre taux volume part bilan bilans statistiques travaux dispositifs dispositif actions action reunions reunion "
    "realise realises realisee realisees cree crees creee creees mis mise mises place en de des d du la le les l et "
    "budget annuel annuelle ajuster ameliorer fonctionnement service services ou avec acteurs territoire projets "
    "organise organises organisee organisees mene menes menee menees produit produits nouveaux nouvelles "
    "initiative initiatives lance lances lancee lancees suite a aux au echange echanges diversite lien liens qualite "
    "efficacite efficacites demarche demarches entre methodologie coordination pilotage portage animation impact "
    "impacts percu percus outil outils creation communication sensibilisation associations association partage "
    "partager pratique pratiques idee idees reseau reseaux recommandees recommandes propositions proposition "
    "encourager adaptation innovation repondre besoins population populations pour".split()
)
"""What an indicator of these words alone counts is said nowhere: "Nombre de dispositifs créés"."""
_SAYS = re.compile(
    r"\b(?:est|sont|a|ont|va|vont|fait|font|doit|peut|met|prend|vient|tient|devient|permet|répond|garantit|fournit|"
    r"\w{3,}(?<!m)ent|(?:s['’]|l['’]|n['’])?(?:appuie|adresse|inscrit|agit|offre|vise|joue|reste|repose|demeure|crée|"
    r"favorise|constitue|représente|nécessite|contribue|entraîne|implique|apporte|propose|assure|développe|fragilise|"
    r"limite|accompagne|suppose|exprime|souhaite|exerce|confère|émet|apparaît|\w{3,}ra|renforce|encourage|passe|"
    r"existe|manque|concerne|invite|impose|exige|rend|touche|expose))\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(qui|dont)\b", re.IGNORECASE)
_LEANS_ON = re.compile(
    r"(?:\b(?:du|le|au|ce|la|cette|cet) |\bl')(?P<noun>dispositif|reseau|porteur|projet|groupe|collectif|bus|document|"
    r"guide|forum|syndicat|calendrier|reglement|demarche|plateforme|charte|commission|instance|cartographie|outil|"
    r"evenement|annuaire)\b"
    r"(?! (?:d[eu]s?\b|d'|pour\b|entre\b|\w+(?:al|ale|el|elle|if|ive|ique|aire|teur|trice|ante?)s?\b))"
)
"""The thing that a fiche is about, named as one already known."""


def soundness(line: NeutralLine, subject: str, on_it: bool, alone: bool = False) -> float:
    """In [0, 1]: less for a line with a hole, a doubt, or that speaks of what exists where it was written; nothing
    for what is done in one named place.

    `on_it`: whether its fiche is on the draft's subject; there, "the network" is the one to be made. `alone`: whether
    the requester is one commune, of which nothing is done "in the communes".
    """
    plain = fold(line.text)
    passing = _OWN_STATE.search(plain) or says_whose(line.text)
    return (
        (0.0 if line.holes > 1 or _OF_A_PLACE.search(line.text) else _WITH_HOLE if line.holes else 1.0)
        * (_DOUBTFUL if "?" in line.text else 1.0)
        * (_PASSING if passing else 1.0)
        * (_OF_SEVERAL if alone and _COMMUNES.search(plain) else 1.0)
        * (_LEANING if not on_it and leans_on_its_fiche(line.text, subject) else 1.0)
    )  # fmt: skip


def says_whose(text: str) -> bool:
    """True where "leur" has nobody to refer to in the line: it speaks of what stood before it in its fiche."""
    match = _POSSESSIVE.search(text)
    return match is not None and not _PLURAL.search(text[: match.start()])


def makes_sense(text: str) -> bool:
    """False for two lines read as one, and for one that says nothing of any one action."""
    plain = fold(text)
    asks = text.count("?") > 1
    return not (
        asks
        or any(pattern.search(text) for pattern in (_NAMELESS, _CUT, _TORN))
        or _VAGUE.match(plain)
        or set(words(text)) <= _COLOURLESS
    )


def tells(sentence: str) -> bool:
    """True for a sentence with a verb that says something; a bare list of things does not, nor a thing "qui…"."""
    head, found, rest = _RELATIVE.split(sentence, maxsplit=1) if _RELATIVE.search(sentence) else (sentence, "", "")
    return bool(_SAYS.search(head)) or (bool(found) and len(_SAYS.findall(rest)) > 1)


def leans_on_its_fiche(text: str, subject: str) -> bool:
    """True where a line names as known a thing that the draft's subject does not name."""
    known = set(words(subject))
    named = (match["noun"] for match in _LEANS_ON.finditer(fold(text)))
    return any(noun not in known and f"{noun}s" not in known for noun in named)
