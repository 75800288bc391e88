"""Which territories a question speaks of: by name, nickname, commune, department or Caf.

Names come from the manifest only. A name is compared word by word, folded; "st" reads "saint", a leading article
may be missing, the first part of a compound name is enough where only one territory has it, and a typing error
is forgiven in words of six letters or more.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from corpus.records import DocumentEntry
from corpus.text import STOPWORDS, fold, words

_ARTICLES = frozenset({"le", "la", "les", "l", "d", "de", "du", "des"})
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_GENERIC = frozenset(
    """communaute communes commune cc caf urbaine agglomeration metropole pays territoire territoires bassin vallee
    nord sud est ouest grand ville saint sainte monts mont val regroupement groupement departement""".split()
)


@dataclass(frozen=True)
class TerritoryMention:
    """A territory named in a question."""

    documents: tuple[str, ...]
    """Documents whose territory has this name."""
    words: tuple[str, ...]
    """The folded words that name it."""
    first: int
    """Position of the first word among the question's words."""
    precise: bool
    """False for a department or a Caf, which several territories may share."""
    commune: bool = False
    """True where the name is that of one commune of the territory, not of the territory itself."""


class TerritoryFinder:
    """Finds the names of a corpus' territories in questions."""

    def __init__(self, entries: Iterable[DocumentEntry], common_words: Iterable[str] = ()) -> None:
        """`common_words`: folded words of the language that must not be taken for the start of a name."""
        self._names: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._wide: set[tuple[str, ...]] = set()
        whole: set[tuple[str, ...]] = set()
        self._common = frozenset(common_words) | _GENERIC | STOPWORDS
        partial: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for entry in entries:
            territory = entry.territory
            for name in (territory.name, territory.short_name, *territory.other_names, *territory.communes):
                self._add(name, entry.id, partial)
            whole |= {_key(name) for name in (territory.name, territory.short_name, *territory.other_names)}
            for wide in (territory.department, territory.caf):
                if wide and (key := _key(wide)):
                    self._names[key].add(entry.id)
                    self._wide.add(key)
        for key, documents in partial.items():
            if key not in self._names and len(documents) == 1:
                self._names[key] |= documents
        self._communes = frozenset(self._names) - whole - self._wide
        self._longest = max((len(key) for key in self._names), default=0)
        self._single = {key[0]: key for key in self._names if len(key) == 1 and len(key[0]) >= 6}

    def is_common(self, word: str) -> bool:
        """True for a folded word of the language or of the lexicon, which is no name by itself."""
        return word in self._common

    def find(self, question: str) -> tuple[TerritoryMention, ...]:
        """The territories named in a question, in the order of the question."""
        tokens = name_words(question)
        mentions: list[TerritoryMention] = []
        position = 0
        while position < len(tokens):
            mention = self._longest_at(tokens, position) or self._misspelt_at(tokens, position)
            if mention is None:
                position += 1
                continue
            mentions.append(mention)
            position += len(mention.words)
        return tuple(mentions)

    def name_tokens(self) -> frozenset[str]:
        """Every word that is part of a territory's name."""
        return frozenset(word for key in self._names for word in key)

    def _add(self, name: str, document: str, partial: dict[tuple[str, ...], set[str]]) -> None:
        key = _key(name)
        if not key:
            return
        self._names[key].add(document)
        if len(key) < 2:
            return
        head = key[:2] if key[0] in _SAINTS.values() else key[:1]
        if len(head[-1]) >= 5 and head[-1] not in self._common:
            partial[head].add(document)
        tail = key[-1:]
        if len(tail[0]) >= 6 and tail[0] not in self._common:
            partial[tail].add(document)

    def _longest_at(self, tokens: Sequence[str], position: int) -> TerritoryMention | None:
        for length in range(min(self._longest, len(tokens) - position), 0, -1):
            key = tuple(tokens[position : position + length])
            if documents := self._names.get(key):
                return self._mention(key, key, documents, position)
        return None

    def _mention(
        self, key: tuple[str, ...], typed: tuple[str, ...], documents: set[str], position: int
    ) -> TerritoryMention:
        return TerritoryMention(tuple(sorted(documents)), typed, position, key not in self._wide, key in self._communes)

    def _misspelt_at(self, tokens: Sequence[str], position: int) -> TerritoryMention | None:
        token = tokens[position]
        if len(token) < 6 or token in self._common:
            return None
        for name, key in self._single.items():
            if abs(len(name) - len(token)) <= 1 and DamerauLevenshtein.distance(name, token, score_cutoff=1) == 1:
                if name[0] != token[0]:
                    continue
                return self._mention(key, (token,), self._names[key], position)
        return None


def name_words(text: str) -> list[str]:
    """The words of a text as names are compared: folded, articles dropped, "st" read as "saint"."""
    return [_SAINTS.get(word, word) for word in words(fold(text)) if word not in _ARTICLES]


def _key(name: str) -> tuple[str, ...]:
    return tuple(name_words(name))
