"""Numbers and dates that a recognised text (OCR) says otherwise than a known one: changed, or only misread.

A recognition takes one digit for another that looks like it (3 and 8 most of all), or adds one; it seldom takes 2 for
5. A value among words that read alike is therefore surely another where a digit differs that looks like no other;
where only alike ones differ it may be either, which a person must see.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from corpus.dates import FOLDED_MONTHS

Bounds = tuple[tuple[int, int], tuple[int, int]]
"""First word and the one beyond the last, in the known text and in the new one."""

_WORDS_AROUND = 3
"""Words on each side that must read alike: the whole place may be misread where fewer do."""
_LOOK_ALIKE = frozenset(
    frozenset(pair) for pair in ("38", "56", "68", "08", "17", "06", "35", "89", "14", "47", "59", "09", "27")
)
_UNIT = re.compile(
    r"(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?[ \t\u00a0\u202f]*"
    r"(?:€|%|[kM]€|[-/]\d|\(?[a-zà-ÿœ]{1,2}['’]?[a-zà-ÿœ]{2,})"
)
"""What follows a value, and not the number of a page, a title or a part: a unit, a month, a counted noun."""


def find_values(
    old: Sequence[str], new: Sequence[str], unlike: Iterable[Bounds], following: Sequence[str]
) -> list[tuple[Bounds, bool]]:
    """The values that differ between two folded texts, and whether each is doubtful.

    `unlike` bounds the places where the texts differ; `following` is the raw text after each word of the new one.
    """
    found: list[tuple[Bounds, bool]] = []
    for place in unlike:
        for (start, end), (other, other_end) in _replaced(old, new, place):
            certainty = _compare(old[start:end], new[other:other_end], following[other_end - 1])
            if certainty:
                found.append((((start, end), (other, other_end)), certainty == "doubtful"))
    return found


def _replaced(old: Sequence[str], new: Sequence[str], place: Bounds) -> Iterator[Bounds]:
    """The words of a place that stand for others, between words that read alike."""
    from rapidfuzz.distance import Levenshtein

    (start, end), (other, other_end) = place
    start, other = max(0, start - _WORDS_AROUND), max(0, other - _WORDS_AROUND)
    steps = [*Levenshtein.opcodes(old[start : end + _WORDS_AROUND], new[other : other_end + _WORDS_AROUND])]
    for before, step, after in zip(steps, steps[1:], steps[2:], strict=False):
        around = min(side.src_end - side.src_start for side in (before, after))
        if (before.tag, step.tag, after.tag) == ("equal", "replace", "equal") and around >= _WORDS_AROUND:
            yield (
                (start + step.src_start, start + step.src_end),
                (other + step.dest_start, other + step.dest_end),
            )


def _compare(old: Sequence[str], new: Sequence[str], following: str) -> Literal["changed", "doubtful"] | None:
    """What to think of words that stand for others; None where they are no such value."""
    if len(old) == len(new) == 1 and old[0] in FOLDED_MONTHS and new[0] in FOLDED_MONTHS:
        return "changed"
    before, after = "".join(old), "".join(new)
    if not (before.isdecimal() and after.isdecimal() and _UNIT.match(following)) or int(before) == int(after):
        return None
    if len(before) != len(after):
        return "doubtful"
    differing = [frozenset(pair) for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return "changed" if len(differing) > 1 or not set(differing) <= _LOOK_ALIKE else "doubtful"
