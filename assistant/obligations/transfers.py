"""What a question says of the transfer of competences from the communes to their EPCI."""

import re
from collections.abc import Sequence

from assistant.obligations.situation import ALL_COMPETENCES

_GIVEN = (
    r"(?:transfere(?:e|s|es)?|transferons|transferions|transferait|transferaient|delegue(?:e|s|es)?|confie(?:e|s|es)?|"
    r"cede(?:e|s|es)?|donne(?:e|s)?)"
)
_EPCI = r"(?:com ?-?com|com de com|communaute\w*[^,;?.]{0,25}|interco\w*|agglo\w*|epci|metropole|syndicat|elle|cc)"
_HERE = r"[^,;?.]"
_HAVE = r"(?:a|ont|avons|avez|ai)"


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_NONE = _any_of(
    (
        # « n'a pas transféré », « on a rien transféré », « n'avons pas pris la compétence »
        (
            rf"\b(?:n'{_HAVE}|(?:on|nous|elle|communes?) (?:a|ont|avons)) (?:encore |jamais )?"
            r"(?:pas|rien|aucune|jamais)"
            rf"(?: encore)?(?: ete)? ?(?:{_GIVEN}|pris\w*|recu\w*|(?:de |la |les )?competences?)"
        ),
        # « n'a reçu aucune compétence », « n'a aucune compétence »
        r"\bn'a (?:pas )?(?:pris |recu )?(?:aucune |pas la |pas les |pas de )competences?",
        # « ne transfère rien »
        rf"\bne {_GIVEN} (?:rien|pas|aucune)",
        # « sans transfert », « sans avoir transféré », « sans la compétence »
        r"\b(?:sans|pas de|pas d'|aucun) (?:transfert|avoir (?:rien )?transfere)",
        r"\bsans (?:la |avoir (?:pris )?la )?competence",
        # « pas compétente », « n'est pas autorité organisatrice », « a gardé la compétence »
        r"\bpas (?:la |les |pris la |recu la )competences?|\bpas competente?\b|\bn'est pas autorite organisatrice",
        rf"\bnon {_GIVEN}|\brien (?:transfere|delegue)|\bgarde\w* (?:la|les|ses|toutes les) competences?",
    )
)
_GIVING = _any_of(
    (
        # « a transféré la planification », « ont toutes été transférées », « si on transfère tout »
        (
            rf"\b(?:{_HAVE}|aurait|aura|est|sont|ete|si (?:on|nous|la commune|les communes)|qu'on)\b{_HERE}{{0,30}}?"
            rf"\b{_GIVEN}\b(?P<given>{_HERE}*)"
        ),
        # « transférées à l'agglo »
        rf"\b{_GIVEN}\b(?P<to> (?:a|par) {_HERE}*)",
        # « après le transfert de la planification », « …, transfert de la qualité »
        rf"(?:\bapres|\bsuite a|\bavec|,) ?(?:le |un |au )?transfert (?:de|des|du) (?P<noun>{_HERE}*)",
    )
)
_TAKEN = _any_of(
    (
        # « l'agglo exerce la compétence », « la comcom a la compétence qualité »
        (
            rf"\b{_EPCI}\b{_HERE}{{0,40}}\b(?:a|ayant|avec|exerce|detient|dispose de|pris|prend|recu) {_HERE}{{0,25}}?"
            rf"competences?(?P<held>{_HERE}*)"
        ),
        # « qui a pris la compétence »
        (
            r"\b(?:qui a|ayant|a) (?:bien |deja )?(?:pris|recu|recupere) (?:la|les|toutes les|cette|ces)(?: quatre)? "
            rf"competences?(?P<took>{_HERE}*)"
        ),
        # « notre agglo est compétente », « la comcom est devenue autorité organisatrice »
        rf"\b{_EPCI}\b{_HERE}{{0,25}}\b(?:est|devient|devenue) (?:l')?(?:autorite organisatrice|competente?)",
        # « la compétence est intercommunale », « compétences 1 et 2 transférées »
        r"\bcompetences? (?P<which>[^;?.]{0,40}?)(?:intercommunales?|transferees?|a l'interco\w*|communautaires?)\b",
    )
)
_NAMES = (
    (1, re.compile(r"\brecens\w*")),
    (2, re.compile(r"\b(?:inform\w*|accompagn\w*)")),
    (3, re.compile(r"\bplanifi\w*")),
    (4, re.compile(r"\bqualite\b")),
)
_NAMED_BEFORE = re.compile(
    r"\b(?:recensement|information|planification|qualite)\b"
    r"(?:(?!\b(?:si|quand|lorsque|qui|que|pour|faut)\b)[^,;?.]){0,40}$"
)
"""« planification transférée », « la qualité et la planification ont été transférées »."""
_NUMBERED = re.compile(r"\bcompetences?(?: n°?| numeros?)? ?((?:[1-4](?!\d)(?:, ?| et | )?)+)")
_END = re.compile(r"\b(?:faut|doit|dois|devons|est-ce|quelles?|que nous|que me|reste\w*|sommes)\b")


def read_transfer_words(text: str) -> tuple[int, ...] | None:
    """Competences that a folded question says transferred: all, none or some; None where it says nothing.

    Only what is said done, or supposed ("si on transfère"), counts: "peut-on transférer ?" says nothing.
    """
    if _NONE.search(text):
        return ()
    found = _GIVING.search(text) or _TAKEN.search(text)
    if found is None:
        return None
    what = _END.split(" ".join(part for part in found.groups() if part))[0]
    numbered = _NUMBERED.search(f"{found.group()} {what}")
    if numbered:
        return tuple(sorted({int(digit) for digit in re.findall(r"[1-4]", numbered.group(1))}))
    before = _NAMED_BEFORE.search(text[: found.start()])
    for said in (what, before.group() if before else ""):
        named = tuple(number for number, pattern in _NAMES if pattern.search(said))
        if named:
            return named
    return ALL_COMPETENCES
