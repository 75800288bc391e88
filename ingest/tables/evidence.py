"""What is known of word pairs: the rest of the document and the words of the field say which words go together."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from corpus.text import words
from corpus.themes import load_themes

_PAUSE = re.compile(r"[.,;:!?()\n\r]+(?=\s|$)")


class Pairs:
    """Word pairs that stand next to each other, without a pause between them, in texts known to be in order."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._seen = set(_field_pairs())
        for text in texts:
            self._seen.update(_pairs_of(text))

    def seen(self, left: str, right: str) -> bool:
        """True where the last word of `left` stands before the first word of `right` elsewhere."""
        if _PAUSE.search(left[-1:]):
            return False
        before, after = _ends(left)[1], _ends(right)[0]
        return bool(before and after) and (before, after) in self._seen


@lru_cache(maxsize=16_384)
def _ends(text: str) -> tuple[str, str]:
    """First and last word of a text; empty where it has none."""
    found = words(text)
    return (found[0], found[-1]) if found else ("", "")


def _pairs_of(text: str) -> set[tuple[str, str]]:
    return {pair for part in _PAUSE.split(text) for pair in pairwise(words(part))}


@cache
def _field_pairs() -> frozenset[tuple[str, str]]:
    phrases = (phrase for theme in load_themes() for phrase in (theme.name, *theme.strong, *theme.weak, *theme.aliases))
    return frozenset(pair for phrase in phrases for pair in _pairs_of(phrase))
