"""The same counted thing with two figures in one document: nearly the same number, nearly the same words around it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conflicts.records import Finding, Source, pairs, place
from assistant.conflicts.values import NUMBER, NUMBER_WORDS, read_number
from corpus.text import squeeze, stem, stems, words

_WORD_NUMBERS = "|".join(word for word in NUMBER_WORDS if word not in ("zero", "un", "une"))
_COUNTED = re.compile(rf"(?<![\d.,/-])(?<![A-Z])({NUMBER})\s?(%|€|[^\W\d]+)?", re.IGNORECASE)
_NEAR = 0.025
_REACH = 130
_LEAST_LARGE = 100
_LEAST_GREAT = 10_000
_ALMOST = 0.002


@dataclass(frozen=True)
class Figure:
    """A number with what it counts."""

    value: float
    unit: str
    """%, €, or the stem of the noun; empty where none follows."""
    around: frozenset[str]
    """Stems near it."""
    start: int
    end: int


def figures(text: str) -> tuple[Figure, ...]:
    """Every number that counts something; years, dates, postcodes and references are left out."""
    found = []
    for match in _COUNTED.finditer(text):
        value = read_number(match[1])
        unit = _unit(match[2] or "")
        if value is None or value < 1 or _names_something(text, match):
            continue
        low, high = max(0, match.start() - _REACH), min(len(text), match.end() + _REACH)
        around = frozenset(
            near for near in stems(text[low : match.start()] + " " + text[match.end(1) : high]) if near.isalpha()
        )
        found.append(Figure(value, unit, around - {unit}, match.start(1), match.end(1)))
    return tuple(found)


def same_thing(left: Figure, right: Figure) -> bool:
    """True for two different numbers that can only be two readings of one figure."""
    if left.value == right.value:
        return False
    larger = max(left.value, right.value)
    near = abs(left.value - right.value) / larger <= _NEAR
    shared = {near_by for near_by in left.around & right.around if len(near_by) > 2}
    if left.unit != right.unit:
        money = {left.unit, right.unit} == {"€", ""}
        alike = larger >= _LEAST_GREAT and abs(left.value - right.value) / larger <= (_NEAR if money else _ALMOST)
        return alike and len(shared) >= (2 if money else 3)
    if left.unit == "%":
        return near and len(shared) >= 4 and len(shared) >= 0.6 * min(len(left.around), len(right.around))
    return near and larger >= _LEAST_LARGE and bool(left.unit) and len(shared) >= 2


def find_figures(sources: Sequence[Source]) -> Iterator[Finding]:
    """Figures of one document that differ by little, in different parts, for the same thing."""
    for source in sources:
        found = figures(source.text)
        seen: set[float] = set()
        for left, right in pairs(found):
            first, second = found[left], found[right]
            if second.start - first.end < 2 * _REACH or first.value in seen or not same_thing(first, second):
                continue
            seen |= {first.value, second.value}
            shown = [squeeze(source.text[figure.start : figure.end]) for figure in (first, second)]
            about = ", ".join(_shared_words(source.text, first, second))
            yield Finding(
                kind="chiffre",
                subject=f"{shown[0]} {shown[1]}",
                title=f"{shown[0]} ou {shown[1]} ({about})",
                explanation="Deux chiffres presque égaux pour la même chose, dans deux parties du document. Ni l'un "
                "ni l'autre n'est plus récent d'après le texte : citez-les avec leur place, et vérifiez à la source.",
                places=(place(source, first.start, first.end), place(source, second.start, second.end)),
            )


def _unit(word: str) -> str:
    return word if word in ("%", "€") else next(iter(stems(word)), "")


def _shared_words(text: str, first: Figure, second: Figure) -> list[str]:
    """The first words after a figure, or else near it, that also stand near the other one."""
    after = text[first.end : first.end + _REACH] + " " + text[max(0, first.start - _REACH) : first.start]
    known = (second.around | {second.unit}) & (first.around | {first.unit})
    found = [word for word in words(after) if len(word) > 2 and stem(word) in known]
    return list(dict.fromkeys(found))[:3]


def _names_something(text: str, match: re.Match[str]) -> bool:
    """True for a year, and for the five digits of a postcode before the name of its commune."""
    after = text[match.end(1) : match.end(1) + 4].lstrip()
    return bool(re.fullmatch(r"(?:19|20)\d{2}", match[1]) or (re.fullmatch(r"\d{5}", match[1]) and after[:1].isupper()))
