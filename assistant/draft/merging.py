"""Lines that say the same are one line with all its sources; the best of each territory come first."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.draft.idea import stems_of
from assistant.draft.lines import Candidate
from corpus.text import letters
from corpus.units import Unit

_NEGATION = re.compile(r"\b(?:sans|non|pas|ni|aucune?|jamais)\b", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\([^()]*\)")
_SAME_STEMS = 0.6
_HELD = 0.85
_WHOLLY_HELD = 4
"""A line of this many telling words, all of them in a longer one, adds nothing to it."""
_SAME_LETTERS = 88
_SAME_TERRITORY = 0.92
"""What a line loses for each one of its territory already chosen."""
_MEASURED = stems_of(
    "nombre taux niveau part volume évolution évaluation degré qualité mesure satisfaction perception impact"
)
"""What an indicator counts by: of two that count the same thing, one says it shortly."""
_HERE = stems_of(
    "échelle territoire territorial communauté commune intercommunal intercommunale habitants population ensemble"
)
"""What a line adds to say where: two lines that differ by it say the same."""
_ENOUGH = 3
_MOST_SOURCES = 4
_LAST_RESORT = 0.9


@dataclass(frozen=True)
class MergedLine:
    """One line, and every place that says it."""

    best: Candidate
    units: tuple[Unit, ...]
    documents: tuple[str, ...]


def merge_lines(candidates: Sequence[Candidate]) -> list[MergedLine]:
    """The lines, each meaning once; the wording kept is the best candidate's. `candidates`: best first."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        group = next((group for group in groups if _are_one(group[0].text, candidate.text)), None)
        if group is None:
            groups.append([candidate])
        elif all(candidate.unit.start != known.unit.start or candidate.document != known.document for known in group):
            group.append(candidate)
    return [_merged(group) for group in groups]


def choose_lines(lines: Sequence[MergedLine], most: int, least_value: float, fewest: int = 0) -> list[MergedLine]:
    """The `most` best lines over `least_value`, no territory drowning the others.

    Where fewer than `fewest` are worth that much, the next best complete them, down to _LAST_RESORT of it.
    """
    remaining = [line for line in lines if line.best.value >= least_value]
    if len(remaining) < fewest:
        remaining = [line for line in lines if line.best.value >= _LAST_RESORT * least_value][:fewest]
    taken: Counter[str] = Counter()
    chosen: list[MergedLine] = []
    while remaining and len(chosen) < most:
        best = max(remaining, key=lambda line: line.best.value * _SAME_TERRITORY ** taken[line.best.document])
        remaining.remove(best)
        taken[best.best.document] += 1
        chosen.append(best)
    return chosen


def say_the_same(first: str, second: str) -> bool:
    """True for two wordings of one thing: the same stems, one inside the other, or nearly the same letters."""
    one, other = _telling(first), _telling(second)
    if not one or not other:
        return first == second
    if negates(first) != negates(second):
        return False
    if letters(_BRACKET.sub("", first)) == letters(_BRACKET.sub("", second)):
        return True
    shared = len(one & other)
    if shared / len(one | other) >= _SAME_STEMS:
        return True
    smaller = min(len(one), len(other))
    if smaller == 1 and shared == 1 and max(len(one), len(other)) <= 3:
        return True
    if smaller >= 2 and shared / smaller >= _HELD and max(len(one), len(other)) <= 2 * smaller:
        return True
    return fuzz.token_sort_ratio(first.lower(), second.lower()) >= _SAME_LETTERS


def _are_one(first: str, second: str) -> bool:
    """True for lines of one field that say the same, or where one adds nothing to the other."""
    one, other = _telling(first), _telling(second)
    held = one <= other or other <= one
    if held and one & other & _MEASURED and one & other - _MEASURED:
        return True
    return (held and min(len(one), len(other)) >= _WHOLLY_HELD) or say_the_same(first, second)


def _telling(text: str) -> frozenset[str]:
    """The stems of a line without those that only say "here", where enough is left."""
    found = stems_of(text)
    return found - _HERE if len(found - _HERE) >= _ENOUGH else found


def negates(text: str) -> bool:
    """True where a text says what is not."""
    return bool(_NEGATION.search(text))


def _merged(group: Sequence[Candidate]) -> MergedLine:
    best = min(group, key=lambda candidate: (candidate.holes, -candidate.value))
    best = best if best.value >= 0.7 * group[0].value else group[0]
    ordered = [best, *(candidate for candidate in group if candidate is not best)][:_MOST_SOURCES]
    return MergedLine(
        best,
        tuple(candidate.unit for candidate in ordered),
        tuple(dict.fromkeys(candidate.document for candidate in ordered)),
    )
