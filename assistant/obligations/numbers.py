"""Numbers of a question, in figures or in words, each with the place where it stands."""

import re
from typing import NamedTuple

_FIGURES = re.compile(
    r"(?<![\w.,/-])(?P<sign>[-\u2212](?=\d))?(?P<figures>\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)|\d+)"
    r"(?:,(?P<part>\d+))?\s*(?P<scale>k\b|mille\b|milliers?\b|millions?\b)?"
)
_UNITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20,
    "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
}  # fmt: skip
_SCALES = {"cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000}
_FIGURE_SCALES = {"k": 1000, "mille": 1000, "millier": 1000, "milliers": 1000, "million": 10**6, "millions": 10**6}
_WORD = "|".join(sorted([*_UNITS, *_SCALES], key=len, reverse=True))
_SPELLED = re.compile(rf"\b(?:{_WORD})(?:[ -](?:et )?(?:{_WORD}))*\b")


class Number(NamedTuple):
    """A whole number written somewhere in a text."""

    value: int
    start: int
    end: int


def find_numbers(text: str) -> list[Number]:
    """The numbers of a folded text in order: "10 001", "3.500", "15k", "-50", "1,2 million", "deux mille cent"."""
    found = [_from_figures(match) for match in _FIGURES.finditer(text)]
    taken = [(number.start, number.end) for number in found]
    for match in _SPELLED.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        value = spelled_value(match.group())
        if value is not None and value > 1:
            found.append(Number(value, match.start(), match.end()))
    return sorted(found, key=lambda number: number.start)


def spelled_value(words: str) -> int | None:
    """Value of a number in words, folded ("trois mille cinq cents" is 3 500); None where they make none."""
    total = current = 0
    for word in words.replace("-", " ").split():
        if word == "et":
            continue
        if word in _UNITS:
            # "quatre-vingts" multiplies, "soixante-dix" adds.
            current = current * 20 if word.startswith("vingt") and current % 100 == 4 else current + _UNITS[word]
        elif word in ("cent", "cents"):
            current = max(current, 1) * 100
        elif word in _SCALES:
            total += max(current, 1) * _SCALES[word]
            current = 0
        else:
            return None
    return total + current


def _from_figures(match: re.Match[str]) -> Number:
    value = int(re.sub(r"\D", "", match.group("figures")))
    scale = _FIGURE_SCALES.get(match.group("scale") or "", 1)
    if match.group("part") and scale > 1:
        value = round(float(f"{value}.{match.group('part')}") * scale)
    else:
        value *= scale
    return Number(-value if match.group("sign") else value, match.start(), match.end())
