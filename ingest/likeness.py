"""Texts that are the same document: told by the word sequences that they share."""

from collections.abc import Callable, Iterable

from corpus.records.base import Record
from corpus.text import squeeze, words
from ingest.differences import Difference, find_differences

_SHINGLE = 8
SAME_DOCUMENT = 0.6
"""Share of word sequences from which a text is another version of a document. Two conventions share the paragraphs of
the national template, a third of their text at most; two versions of one convention share most of everything."""
SAME_TEXT = 0.9
"""Share, both ways, from which it may be the same text in another file or format: then every word is compared."""


class Likeness(Record):
    """How much of a text another document holds."""

    document: str
    shared: float
    """Share of the shorter text's word sequences that the other holds, from 0 to 1."""
    overlap: float
    """The same of the longer text: 1 only where neither has more than the other."""
    same: bool
    """True for the same text, as near as a change of format leaves it."""
    differences: tuple[Difference, ...] = ()
    """What a text that shares nearly everything says otherwise: where it is the same, only what may be misread."""


class KnownTexts:
    """The texts of the corpus, cut into word sequences when first compared."""

    def __init__(self, ids: Iterable[str], text_of: Callable[[str], str]) -> None:
        self._ids = tuple(ids)
        self._text_of = text_of
        self._known: dict[str, frozenset[int]] = {}
        self._learnt: dict[str, str] = {}

    def closest(self, text: str, *, recognised: bool = False) -> Likeness | None:
        """The document that holds most of a text; None where none holds enough of it to be the same document.

        A changed date or title makes another version, however little that is; `recognised` is True for a scan.
        """
        mine = _shingles(text)
        found = [_likeness(name, mine, self._shingles_of(name)) for name in self._ids]
        best = max(found, key=lambda likeness: (likeness.same, likeness.overlap, likeness.shared), default=None)
        if best is None or best.shared < SAME_DOCUMENT:
            return None
        if not best.same:
            return best
        differences = find_differences(self._text(best.document), text, recognised=recognised)
        same = all(one.doubtful for one in differences)
        told = differences if same else tuple(one for one in differences if not one.doubtful)
        return best.model_copy(update={"same": same, "differences": told})

    def learn(self, document: str, text: str) -> None:
        """A text that has just been added counts for those that come after it."""
        self._ids = (*self._ids, document)
        self._known[document] = _shingles(text)
        self._learnt[document] = text

    def _text(self, name: str) -> str:
        return self._learnt[name] if name in self._learnt else self._text_of(name)

    def _shingles_of(self, name: str) -> frozenset[int]:
        if name not in self._known:
            self._known[name] = _shingles(self._text_of(name))
        return self._known[name]


def is_new_version(old: str, new: str) -> bool:
    """Whether a text is another version of another, and not a different document that happens to share its name."""
    before, after = _shingles(old), _shingles(new)
    if not before or not after:
        return squeeze(old) == squeeze(new)
    return _likeness("", after, before).shared >= SAME_DOCUMENT


def _likeness(name: str, mine: frozenset[int], theirs: frozenset[int]) -> Likeness:
    if not mine or not theirs:
        return Likeness(document=name, shared=0.0, overlap=0.0, same=False)
    common = len(mine & theirs)
    shorter, longer = sorted((len(mine), len(theirs)))
    return Likeness(document=name, shared=common / shorter, overlap=common / longer, same=common / longer >= SAME_TEXT)


def _shingles(text: str) -> frozenset[int]:
    flow = words(text)
    return frozenset(hash(tuple(flow[start : start + _SHINGLE])) for start in range(len(flow) - _SHINGLE + 1))
