"""Since when a thing holds: one status, two dates."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.conflicts.records import Finding, Source, pairs, place
from assistant.conflicts.values import DAY, Day, read_day
from corpus.text import stems, without_marks

_SINCE = re.compile(rf"\bdepuis\s+(?:le\s+)?({DAY})", re.IGNORECASE)
_LEAST_TOGETHER = 3
_LIKE = 82
_REACH = 110
_MOST_OTHERS = 3


@dataclass(frozen=True)
class Since:
    """A date from which something holds."""

    day: Day
    phrase: frozenset[str]
    """Stems of the clause that follows the date."""
    start: int
    end: int


def since_dates(text: str) -> tuple[Since, ...]:
    """Every "depuis septembre 2024, …" of a text with what it says."""
    return tuple(
        Since(day, frozenset(stems(_clause(text[match.end() : match.end() + _REACH]))), match.start(), match.end(1))
        for match in _SINCE.finditer(text)
        if (day := read_day(match[1]))
    )


def find_since(sources: Sequence[Source]) -> Iterator[Finding]:
    """Two dates of beginning for what two sentences of one document call by the same name."""
    for source in sources:
        found = since_dates(source.text)
        seen: set[tuple[Day, Day]] = set()
        for left, right in pairs(found):
            first, second = found[left], found[right]
            key = (min(first.day, second.day), max(first.day, second.day))
            if first.day == second.day or key in seen or _together(first, second) < _LEAST_TOGETHER:
                continue
            seen.add(key)
            others = [
                item for item in found
                if item not in (first, second) and item.day in key and _together(first, item) >= _LEAST_TOGETHER
            ][:_MOST_OTHERS]  # fmt: skip
            yield Finding(
                kind="date",
                subject=f"{first.day} {second.day}",
                title=f"{_since(first.day)} ou {_since(second.day)}, pour la même situation",
                explanation="Deux dates commencent la même situation : l'une peut être celle de la loi, l'autre celle "
                "d'une décision locale. À vérifier avant de citer.",
                places=tuple(place(source, item.start, item.end) for item in (first, second, *others)),
            )


def _since(day: Day) -> str:
    return f"depuis le {day}" if day.day else f"depuis {day}"


def _clause(after: str) -> str:
    """What follows a date up to the next comma or the next date."""
    plain = re.sub(r"[¹²³⁴-⁹]", "", without_marks(after)).lstrip(" ,)")
    return re.split(rf"[,.;:\n]|\bet\s+depuis\b|{DAY}", plain)[0]


def _together(first: Since, second: Since) -> int:
    """How many long stems of one clause stand, letters badly read or endings apart, in the other."""
    return sum(
        any(fuzz.ratio(stem, other) >= _LIKE for other in second.phrase) for stem in first.phrase if len(stem) > 3
    )
