"""Typing errors repaired against the words that the corpus and the lexicon really use."""

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from corpus.lexicon import Lexicon
from corpus.text import STOPWORDS, stem, words

SHORTEST = 4
"""Shorter words are left alone: too many of them are neighbours of each other."""


def known_words(lexicon: Lexicon) -> frozenset[str]:
    """Every folded word of the glossary's forms and of the lexicon's everyday phrases."""
    phrases = [form for entry in lexicon.glossary.entries for form, _ in entry.forms()]
    phrases += [word for group in lexicon.groups for word in group.words]
    return frozenset(word for phrase in phrases for word in words(phrase))


class Speller:
    """Knows the corpus' words and finds the closest one to a word it does not know."""

    def __init__(self, frequencies: Mapping[str, int], also_known: Iterable[str] = ()) -> None:
        """`frequencies`: folded words of the corpus with the number of passages that hold them."""
        self._frequencies = dict(frequencies)
        self._known_stems = {stem(word) for word in self._frequencies} | {stem(word) for word in also_known}
        candidates = {word for word in self._frequencies if len(word) >= SHORTEST and word.isalpha()}
        candidates |= {word for word in also_known if len(word) >= SHORTEST and word.isalpha()}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(candidates):
            self._by_length.setdefault(len(word), []).append(word)

    def knows(self, word: str) -> bool:
        """True where the word, or another form of it, is used."""
        return word in STOPWORDS or word in self._frequencies or stem(word) in self._known_stems

    def repair(self, word: str) -> str | None:
        """The closest known word, or None where the word is known or nothing is close enough.

        One error is forgiven up to seven letters, two from eight on (Damerau-Levenshtein: a swap is one error).
        """
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word):
            return None
        allowed = 1 if len(word) < 8 else 2
        pool = [
            known
            for length in range(len(word) - allowed, len(word) + allowed + 1)
            for known in self._by_length.get(length, ())
        ]
        found = process.extract(word, pool, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=12)
        if not found:
            return None
        best = min(
            found, key=lambda item: (item[1], item[0][0] != word[0], -self._frequencies.get(item[0], 0), item[0])
        )
        return best[0] if best[0][0] == word[0] or best[1] == 1 else None
