"""Two columns read as one: a line begins with one paragraph and ends with another, and so does the next line.

They are parted only where the document has both paragraphs whole elsewhere: no word is added, changed or lost.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.records import Repair
from corpus.text import letters, squeeze

_LEAST_LETTERS = 20
_PAIR = re.compile(r"(?m)^[ \t]*(?P<above>\S[^\n\t\d]*[^\s\d])[ \t]*\n[ \t]*(?=(?P<below>\S[^\n\t\d]*[^\s\d])[ \t]*$)")


def find_interleaved(text: str) -> Iterator[Repair]:
    """Each pair of lines that mixes two paragraphs, as the two paragraphs one after the other."""
    whole = _paragraphs(text)
    for match in _PAIR.finditer(text):
        above, below = match.group("above").split(), match.group("below").split()
        parted = _parted(above, below, whole.get(_opening(above), frozenset()), whole)
        if parted is not None:
            yield Repair(start=match.start("above"), end=match.end("below"), text="\n".join(parted))


def _paragraphs(text: str) -> dict[str, frozenset[str]]:
    """Letters of the paragraphs of a text, by those of their first two words."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for paragraph in re.split(r"\n[ \t]*\n", text):
        plain = letters(paragraph)
        if len(plain) >= _LEAST_LETTERS:
            found[_opening(paragraph.split())].add(plain)
    return {opening: frozenset(group) for opening, group in found.items()}


def _parted(
    above: Sequence[str], below: Sequence[str], firsts: frozenset[str], whole: dict[str, frozenset[str]]
) -> tuple[str, str] | None:
    for first in firsts:
        for cut in range(2, len(above)):
            begun = letters(" ".join(above[:cut]))
            if not first.startswith(begun):
                break
            for other in range(1, len(below)):
                second = [*above[cut:], *below[other:]]
                if begun + letters(" ".join(below[:other])) != first:
                    continue
                if letters(" ".join(second)) in whole.get(_opening(second), frozenset()):
                    return squeeze(" ".join([*above[:cut], *below[:other]])), squeeze(" ".join(second))
    return None


def _opening(words: Sequence[str]) -> str:
    return letters(" ".join(words[:2]))
