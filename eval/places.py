"""Where a quote stands in a raw text, found through the folded letters that both are compared by."""

from collections.abc import Iterator
from functools import lru_cache

from corpus.text import letters


def find_places(document: str, quote: str) -> Iterator[tuple[int, int]]:
    """Every place (start, end) of the raw text that reads as the quote, letters and digits compared."""
    folded, offsets = _folded_offsets(document)
    needle = letters(quote)
    at = folded.find(needle) if needle else -1
    while at >= 0:
        yield offsets[at], offsets[at + len(needle) - 1] + 1
        at = folded.find(needle, at + 1)


@lru_cache(maxsize=64)
def _folded_offsets(document: str) -> tuple[str, tuple[int, ...]]:
    folded: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(document):
        for letter in letters(character):
            folded.append(letter)
            offsets.append(offset)
    return "".join(folded), tuple(offsets)
