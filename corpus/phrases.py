"""Find phrases of a vocabulary in a text, whatever their plurals and accents: the longest one wins.

Glossary, lexicon and themes all ask the same question ("which of my phrases stand here?"), so they share the answer.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from corpus.text import STOPWORDS, stem, words

T = TypeVar("T")

_LINKS = """
    a au aux ce ces cet cette d dans de des du en entre et l la le les leur leurs ma mes mon nos notre ou par pour sa
    ses son sur ta tes ton un une vos votre
"""
LINK_WORDS = frozenset(_LINKS.split())
"""Words that join others in a phrase and may be left out or changed: "café parents" is "café des parents"."""

Key = tuple[str, ...]


class Found(NamedTuple, Generic[T]):
    """A phrase found among words: `words[start:end]`, and what the vocabulary says of it."""

    start: int
    end: int
    items: tuple[T, ...]


@lru_cache(maxsize=50_000)
def phrase_key(phrase: str) -> Key:
    """What a phrase is recognised by: its stems without link words (with them where only stop words would remain)."""
    found = words(phrase)
    kept = [word for word in found if word not in LINK_WORDS]
    if all(word in STOPWORDS for word in kept):
        kept = found
    return tuple(stem(word) for word in kept)


class PhraseIndex(Generic[T]):
    """The phrases of a vocabulary, ready to be looked for."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._root: _Node[T] = _Node()
        for phrase, item in phrases:
            key = phrase_key(phrase)
            if key and not (len(key) == 1 and key[0] in LINK_WORDS):
                self._root.add(key, item)

    def find(self, text_words: Sequence[str]) -> list[Found[T]]:
        """The phrases that stand in a sequence of folded words, in order, without overlap, the longest first chosen.

        Stop words of the text that the phrase does not have are passed over.
        """
        taken: set[int] = set()
        chosen = []
        for _, found in sorted(self._candidates(text_words), key=_preference):
            if taken.isdisjoint(range(found.start, found.end)):
                taken.update(range(found.start, found.end))
                chosen.append(found)
        return sorted(chosen, key=lambda found: found.start)

    def find_every(self, text_words: Sequence[str]) -> list[Found[T]]:
        """All the phrases that stand in a sequence of folded words, those inside another included."""
        return [found for _, found in self._candidates(text_words)]

    def get(self, phrase: str) -> tuple[T, ...]:
        """What the vocabulary says of exactly this phrase; empty where it does not have it."""
        node: _Node[T] | None = self._root
        for part in phrase_key(phrase):
            node = node.children.get(part) if node else None
        return tuple(node.items) if node else ()

    def _candidates(self, text_words: Sequence[str]) -> list[tuple[int, Found[T]]]:
        stems = [stem(word) for word in text_words]
        return [found for start in range(len(stems)) for found in self._from(start, text_words, stems)]

    def _from(self, start: int, text_words: Sequence[str], stems: Sequence[str]) -> Iterable[tuple[int, Found[T]]]:
        node, depth = self._root, 0
        for position in range(start, len(stems)):
            child = node.children.get(stems[position])
            if child is None:
                if position > start and text_words[position] in STOPWORDS:
                    continue
                return
            node, depth = child, depth + 1
            if node.items:
                yield depth, Found(start, position + 1, tuple(node.items))


def _preference(candidate: tuple[int, Found[T]]) -> tuple[int, int, int]:
    """More words recognised, then fewer passed over, then earlier."""
    depth, found = candidate
    return -depth, found.end - found.start, found.start


class _Node(Generic[T]):
    __slots__ = ("children", "items")

    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.items: list[T] = []

    def add(self, key: Key, item: T) -> None:
        node = self
        for part in key:
            node = node.children.setdefault(part, _Node())
        if item not in node.items:
            node.items.append(item)
