"""Search small, return big: a passage found is given with its neighbours of the same fiche or section."""

from collections.abc import Mapping, Sequence

from corpus.index.reader import Index
from corpus.records import Passage, Span

_JOIN = 40
"""Spans this close in the raw text (blank lines, a page number) are read as one."""


def widen_passage(
    index: Index, passage: Passage, scores: Mapping[str, float], length: int
) -> tuple[Passage, frozenset[str]]:
    """The passage with its best neighbours, up to `length` characters, and the ids of all that it now holds.

    Neighbours are the passages before and after it in the same fiche, or in the same section outside fiches; at each
    step the better scored side is taken first. The id stays that of the passage found.
    """
    siblings = _siblings(index, passage)
    position = next((place for place, one in enumerate(siblings) if one.id == passage.id), None)
    if position is None or len(passage.spans) > 1:
        return passage, frozenset({passage.id})
    first = last = position
    total = len(passage.text)
    while True:
        sides = []
        if first > 0:
            sides.append((scores.get(siblings[first - 1].id, 0.0), 0, first - 1))
        if last + 1 < len(siblings):
            sides.append((scores.get(siblings[last + 1].id, 0.0), 1, last + 1))
        fitting = [side for side in sides if total + len(siblings[side[2]].text) <= length]
        if not fitting:
            break
        _, after, place = max(fitting)
        total += len(siblings[place].text) + 1
        first, last = (first, place) if after else (place, last)
    return _joined(siblings[first : last + 1], passage), frozenset(one.id for one in siblings[first : last + 1])


def _siblings(index: Index, passage: Passage) -> list[Passage]:
    """Passages of the same fiche or section in reading order; those put together from several places stand alone."""
    around = index.passages_of_fiche(passage.fiche) if passage.fiche else index.passages_of_section(passage.section)
    return sorted(
        (one for one in around if len(one.spans) == 1 and (passage.fiche or one.fiche is None)),
        key=lambda one: one.start,
    )


def _joined(parts: Sequence[Passage], found: Passage) -> Passage:
    if len(parts) == 1:
        return found
    spans: list[Span] = []
    for part in parts:
        if spans and part.start - spans[-1].end <= _JOIN:
            spans[-1] = Span(start=spans[-1].start, end=max(spans[-1].end, part.end))
        else:
            spans.append(Span(start=part.start, end=part.end))
    return found.model_copy(
        update={
            "text": "\n".join(part.text for part in parts),
            "spans": tuple(spans),
            "fields": tuple(dict.fromkeys(field for part in parts for field in part.fields)),
            "page": parts[0].page if parts[0].page == found.page else found.page,
        }
    )
