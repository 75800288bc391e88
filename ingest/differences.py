"""What one text says that another does not, word for word: a change of format changes no word, a new version does."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.records.base import Record
from corpus.text import fold
from ingest.recognised_values import Bounds, find_values

_WORD = re.compile(r"[^\W_]+")
_RUN = 8
"""Words in a row that, found once in each text, are the same place of both."""
_OF_A_PAGE = frozenset({"page", "sur"})
_RUNNING = 3
"""How often the same words must come or go to be a line repeated on every page."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = 8
_WORDS_BEFORE = 2
"""Words told before those that changed: "31 décembre 2028" says more than "2028"."""
_SHOWN_CHARS = 60


class Difference(Record):
    """Words of one text in the place of those of another; one of the two may be empty."""

    old: str
    new: str
    doubtful: bool = False
    """True where it may be a misreading of a recognised text as well as a change."""

    def told(self) -> str:
        """As a sentence lists it."""
        if not self.new:
            return f"« {_shown(self.old)} » a disparu"
        return (
            f"« {_shown(self.old)} » devient « {_shown(self.new)} »" if self.old else f"« {_shown(self.new)} » en plus"
        )


def find_differences(old: str, new: str, *, recognised: bool = False) -> tuple[Difference, ...]:
    """The places where two versions of a text differ, in order; `recognised` where one of them is an OCR.

    What a change of format does is none: words cut or joined, numbers of pages, bullets, lines repeated on every page.
    Of a recognised text only long runs, years, numbers and months count, the rest being its misreadings.
    """
    before, after = list(_WORD.finditer(old)), list(_WORD.finditer(new))
    keys, others = _keys(before), _keys(after)
    bounds = list(_unlike(keys, others))
    changes = [(tuple(keys[slice(*mine)]), tuple(others[slice(*theirs)])) for mine, theirs in bounds]
    times = Counter(map(_without_numbers, changes))
    kept: list[tuple[Bounds, bool]] = []
    misread: list[Bounds] = []
    for bound, change in zip(bounds, changes, strict=True):
        if recognised and not _survives_recognition(*change):
            misread.append(bound)
        elif _says_more(*change, times[_without_numbers(change)]):
            kept.append((bound, False))
    ends = [new[word.end() : word.end() + _SHOWN_CHARS] for word in after] if misread else []
    kept += find_values(keys, others, misread, ends)
    return tuple(
        Difference(old=_in_context(before, *mine), new=_in_context(after, *theirs), doubtful=doubtful)
        for (mine, theirs), doubtful in sorted(kept)
    )


def _without_numbers(change: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """A line repeated on every page often holds its number."""
    return tuple(tuple("0" if word.isdigit() else word for word in side) for side in change)


def _in_context(said: Sequence[re.Match[str]], start: int, end: int) -> str:
    return " ".join(word.group() for word in said[max(0, start - _WORDS_BEFORE) : end]) if end > start else ""


def _keys(found: Sequence[re.Match[str]]) -> list[str]:
    return [fold(word.group()) for word in found]


def _unlike(old: Sequence[str], new: Sequence[str]) -> Iterator[Bounds]:
    """Bounds in each text of what stands between the places that are the same in both."""
    places = [(-_RUN, -_RUN), *_common_places(old, new), (len(old), len(new))]
    for (mine, theirs), (my_next, their_next) in pairwise(places):
        step = min(_RUN, my_next - mine, their_next - theirs)
        start, other, end, other_end = mine + step, theirs + step, my_next, their_next
        while start < end and other < other_end and old[start] == new[other]:
            start, other = start + 1, other + 1
        while start < end and other < other_end and old[end - 1] == new[other_end - 1]:
            end, other_end = end - 1, other_end - 1
        if start < end or other < other_end:
            yield (start, end), (other, other_end)


def _common_places(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs that each text has once stand in both, in the longest order that they share."""
    mine, theirs = _single_runs(old), _single_runs(new)
    pairs = sorted((theirs[run], place) for run, place in mine.items() if run in theirs)
    tails: list[int] = []
    chain: list[int] = []
    previous = [-1] * len(pairs)
    for rank, (_, place) in enumerate(pairs):
        depth = bisect_left(tails, place)
        previous[rank] = chain[depth - 1] if depth else -1
        tails[depth : depth + 1], chain[depth : depth + 1] = [place], [rank]
    found = []
    rank = chain[-1] if chain else -1
    while rank >= 0:
        found.append((pairs[rank][1], pairs[rank][0]))
        rank = previous[rank]
    return found[::-1]


def _single_runs(flow: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(flow[start : start + _RUN]) for start in range(len(flow) - _RUN + 1)]
    times = Counter(runs)
    return {run: place for place, run in enumerate(runs) if times[run] == 1}


def _says_more(gone: Sequence[str], come: Sequence[str], times: int) -> bool:
    if "".join(gone) == "".join(come):
        return False
    if gone and come:
        return True
    of_a_page = all(len(word) == 1 or word.isdigit() or word in _OF_A_PAGE for word in (*gone, *come))
    return not of_a_page and times < _RUNNING


def _survives_recognition(gone: Sequence[str], come: Sequence[str]) -> bool:
    years, others = ({word for word in side if _YEAR.fullmatch(word)} for side in (gone, come))
    return bool(years and others and years != others) or abs(len(gone) - len(come)) >= _LONG


def _shown(said: str) -> str:
    return said if len(said) <= _SHOWN_CHARS else said[:_SHOWN_CHARS].rsplit(" ", 1)[0] + " …"
