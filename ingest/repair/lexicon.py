"""The French words that a repair may write: a frequency list, and the words of the field's own clean texts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from corpus.text import fold

_WORD = re.compile(r"[^\W\d_]{2,}")
_FIELD_WEIGHT = 1000
"""A word of the field's own texts counts as much as one seen so often in the general list."""
_LEAST_IN_FIELD = 2


class FrenchWords:
    """Which words exist, how frequent they are, and which are the same but for their accents."""

    def __init__(self, general: Mapping[str, int], field: Mapping[str, int]) -> None:
        """`general` counts the words of a language, `field` those of clean texts of the field; both in lower case."""
        self._general = general
        self._field = {word: count for word, count in field.items() if count >= _LEAST_IN_FIELD}

    def knows(self, word: str) -> bool:
        """True for a word of the language or of the field, in lower case; ligatures count as their two letters."""
        return self.weight(word) > 0

    def weight(self, word: str) -> int:
        """How common a word is; 0 for one that does not exist."""
        general = max(self._general.get(word, 0), self._general.get(_without_ligatures(word), 0))
        return max(general, _FIELD_WEIGHT) if word in self._field else general

    def in_field(self, word: str) -> bool:
        """True for a word of the field's clean texts."""
        return word in self._field

    def alike(self, folded: str) -> tuple[str, ...]:
        """The accented words that have these letters."""
        return self._by_letters.get(folded, ())

    @cached_property
    def _by_letters(self) -> dict[str, tuple[str, ...]]:
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for word in {*self._general, *self._field}:
            if not word.isascii():
                groups[fold(word)].append(word)
        return {key: tuple(sorted(group)) for key, group in groups.items()}


def french_words(clean_texts: Iterable[str]) -> FrenchWords:
    """The words of the French frequency list, and those that stand in clean texts of the field."""
    field: Counter[str] = Counter()
    for text in clean_texts:
        field.update(word for word in _WORD.findall(text) if word.islower())
    return FrenchWords(_general(), field)


@lru_cache(maxsize=1)
def _general() -> dict[str, int]:
    from spellchecker import SpellChecker

    return dict(SpellChecker(language="fr").word_frequency.items())


def _without_ligatures(word: str) -> str:
    return word.replace("œ", "oe").replace("æ", "ae")
