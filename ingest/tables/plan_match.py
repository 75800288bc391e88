"""A piece of a name as a plan repeats it, damaged by OCR, and where it stands in the name."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.tables.plan_names import Name

SLACK = 10
"""Letters of a name that may be lost between two of its pieces."""
_BREAK_EVEN = 75.0
"""Likeness under which more letters make a piece worse, not better."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a piece stands in the names that hold it."""

    gain: float
    """How much the piece explains; under 0 where it explains little."""
    reached: dict[Name, int]
    """Letters of each name that are read once the piece is."""


def match_names(own: str, starts: Mapping[Name, int], least: float, slack: int) -> Match | None:
    """The names in which a piece stands near the place reached, at a likeness (0 to 100) of `least` and more.

    `slack` letters of a name may be missing before the piece; with none, the piece must begin where the name does.
    Long and exact pieces gain most. None where no name holds it.
    """
    found = {name: _reached(own, name.letters, start, least, slack) for name, start in starts.items()}
    kept = {name: reached for name, (_, reached) in found.items() if reached}
    if not kept:
        return None
    likeness = max(found[name][0] for name in kept)
    return Match(len(own) * (likeness - _BREAK_EVEN) / 25, kept)


def matches(own: str, starts: Mapping[Name, int], least: float, slack: int = SLACK) -> dict[Name, int]:
    """The names alone: see match_names."""
    match = match_names(own, starts, least, slack)
    return match.reached if match else {}


def _reached(own: str, name: str, start: int, least: float, slack: int) -> tuple[float, int]:
    """How like the name a piece is near `start`, and the letters read once it is; 0 where it does not stand there."""
    size = len(own)
    best, reached = 0.0, 0
    if size < 2 or start >= len(name):
        return best, reached
    for shift in range(slack + 1):
        for length in range(max(1, size - 1), size + 3) if slack else (size,):
            window = name[start + shift : start + shift + length]
            likeness = fuzz.ratio(own, window) - shift
            if window and likeness > best:
                best, reached = likeness, min(start + shift + length, len(name))
    return (best, reached) if best >= (least if size > 4 else 90.0) else (best, 0)
