"""Figures written in letters: what another territory counts is not the requester's, whichever way it is written."""

import re

from assistant.draft.wording import hole

_NAMED = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
    r"cinquante|soixante|septante|octante|nonante|cents?|mille|millions?|neuf(?=[ -](?:mille|cents?)|\s+\w+s\b))"
)
_NUMBER = rf"\b{_NAMED}(?:[ -](?:et[ -])?(?:une?|neuf|{_NAMED}))*\b"
_AGE = re.compile(rf"{_NUMBER}(?: (?:à|et|ou) {_NUMBER})?(?=\s+(?:ans|mois|semaines)\b)", re.IGNORECASE)
_FIRST_DAYS = re.compile(r"\bmille premiers jours\b", re.IGNORECASE)
_COUNTED = re.compile(rf"\b(les|des|aux|nos|ses|leurs|ces) {_NUMBER}\s+(?=[^\W\d_])", re.IGNORECASE)
_RATE = re.compile(
    rf"{_NUMBER} pour cent\b|\b(?:(?:de|la) moitié|un tiers|deux tiers|un quart|trois quarts)\b", re.IGNORECASE
)
_MONEY = re.compile(rf"{_NUMBER} (?:d['’])?euros\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:(?:une|d['’]une|la) )?(?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|"
    r"soixantaine|centaine|millier)s?(?= d[e'’])", re.IGNORECASE,
)  # fmt: skip
_ANY = re.compile(rf"(?<!tous )(?<!toutes ){_NUMBER}", re.IGNORECASE)


def in_letters(text: str) -> str:
    """A line without its figures in letters: dropped where they only count ("les deux RPE"), left open elsewhere.

    Ages and the first thousand days stay.
    """
    kept: list[str] = []

    def aside(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x01{chr(0xE800 + len(kept) - 1)}\x01"

    for generic in (_FIRST_DAYS, _AGE):
        text = generic.sub(aside, text)
    text = _RATE.sub(hole("taux"), _MONEY.sub(hole("montant"), text))
    text = _COUNTED.sub(r"\1 ", text)
    text = _ANY.sub(hole("nombre"), _ABOUT.sub(hole("nombre"), text))
    return re.sub(r"\x01(.)\x01", lambda match: kept[ord(match.group(1)) - 0xE800], text)
