"""Typed values in French text: numbers in figures or in words, days, years, the words that say what is counted."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.dates import FOLDED_MONTHS, MONTHS
from corpus.text import fold, stems

_WORDS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf vingt"
)
NUMBER_WORDS = {word: value for value, word in enumerate(_WORDS.split())} | {"une": 1, "trente": 30}
MONTH = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao\S{1,4}t|septembre|octobre|novembre|d[ée]cembre)"
DAY = rf"(?:\d{{1,2}}(?:\^?\{{?er\}}?)?\s+)?{MONTH}\s+\d{{4}}"
"""A month of a year, with its day or without it; `1^{er}` is read."""
NUMBER = r"(?:\d{1,3}(?:[   ]\d{3})+|\d+)(?:[.,]\d+)?"
_LIKE = 82


@dataclass(frozen=True, order=True)
class Day:
    """A date as precise as the document gives it; 0 for a day that is not said."""

    year: int
    month: int
    day: int = 0

    def __str__(self) -> str:
        day = "1er " if self.day == 1 else f"{self.day} " if self.day else ""
        return f"{day}{MONTHS[self.month - 1]} {self.year}"


def read_day(text: str) -> Day | None:
    """The day that a text of the form of DAY says."""
    plain = re.sub(r"(?<=\d)er\b", "", re.sub(r"[\^{}()]", "", fold(text)))
    match = re.fullmatch(r"(?:(\d{1,2})\s+)?([a-z]\w*)\s+(\d{4})", plain.strip())
    if not match:
        return None
    month = max(range(12), key=lambda at: fuzz.ratio(FOLDED_MONTHS[at], match[2]))
    return Day(int(match[3]), month + 1, int(match[1] or 0))


def read_number(text: str) -> float | None:
    """The number that figures or one word say."""
    plain = fold(text).strip()
    if plain in NUMBER_WORDS:
        return float(NUMBER_WORDS[plain])
    figures = re.sub(r"\s", "", plain).replace(",", ".")
    return float(figures) if re.fullmatch(r"\d+(?:\.\d+)?", figures) else None


def missing_stems(left: str, right: str) -> tuple[set[str], set[str]]:
    """Stems that each text has and the other lacks, letters badly read forgiven."""
    ours, theirs = set(stems(left)), set(stems(right))
    return _without_like(ours - theirs, theirs), _without_like(theirs - ours, ours)


def _without_like(alone: set[str], others: set[str]) -> set[str]:
    return {stem for stem in alone if not any(fuzz.ratio(stem, other) >= _LIKE for other in others)}
