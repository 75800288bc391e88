"""A recognised text as people read it: sure repairs laid over the raw text, with offsets mapped both ways.

Every span of the project points into the raw text, which is never changed; a citation is checked there. What a person
reads is made from the same span with the repairs that stand in it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property

from corpus.records.document import Repair
from corpus.records.structure import Span


class RepairedText:
    """A raw text and its repairs, which must not overlap."""

    def __init__(self, raw: str, repairs: Iterable[Repair] = ()) -> None:
        """Raises ValueError where two repairs overlap or one points outside of the text."""
        self.raw = raw
        self.repairs = tuple(sorted(repairs, key=lambda repair: (repair.start, repair.end)))
        end = 0
        for repair in self.repairs:
            if not end <= repair.start <= repair.end <= len(raw):
                raise ValueError(f"réparation hors du texte ou sur une autre : {repair}")
            end = repair.end
        self._starts = [repair.start for repair in self.repairs]

    def between(self, start: int, end: int) -> str:
        """The characters [start, end) of the raw text as people read them.

        A repair that only partly stands inside is left out: what is shown is never more than what is cited.
        """
        parts = []
        position = start
        for repair in self.inside(start, end):
            parts += [self.raw[position : repair.start], repair.text]
            position = repair.end
        parts.append(self.raw[position:end])
        return "".join(parts)

    def changes(self, start: int, end: int) -> bool:
        """Whether anything between two raw offsets is read otherwise than it stands."""
        return bool(self.inside(start, end))

    def laid_over(self, text: str, spans: Sequence[Span]) -> str:
        """A text made from spans (white space folded, marks dropped, rows put in order) with its repairs.

        A repair is laid where its characters stand one after the other in the text; where they do not, it is left out.
        """
        found = [repair for span in spans for repair in self.inside(span.start, span.end)]
        if not found:
            return text
        alignment = _Alignment(self.raw, spans, text)
        parts, position = [], 0
        for repair in found:
            place = alignment.place_of(repair)
            if place is not None and place[0] >= position:
                parts += [text[position : place[0]], repair.text]
                position = place[1]
        return "".join([*parts, text[position:]])

    @cached_property
    def text(self) -> str:
        """The whole text as people read it."""
        return self.between(0, len(self.raw))

    def to_repaired(self, offset: int) -> int:
        """Where a character of the raw text stands in `text`; the beginning of the repair for one inside a repair."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0:
            return offset
        repair = self.repairs[place]
        start = self._repaired_starts[place]
        return start if offset < repair.end else start + len(repair.text) + offset - repair.end

    def to_raw(self, offset: int) -> int:
        """Where a character of `text` stands in the raw text; the beginning of the repair for one that was put in."""
        place = bisect_right(self._repaired_starts, offset) - 1
        if place < 0:
            return offset
        repair = self.repairs[place]
        beyond = offset - self._repaired_starts[place] - len(repair.text)
        return repair.start if beyond < 0 else repair.end + beyond

    def inside(self, start: int, end: int) -> tuple[Repair, ...]:
        """The repairs that stand wholly between two raw offsets."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple(repair for repair in self.repairs[first:last] if repair.end <= end)

    @cached_property
    def _repaired_starts(self) -> list[int]:
        """Where each repair begins in `text`."""
        starts, shift = [], 0
        for repair in self.repairs:
            starts.append(repair.start + shift)
            shift += len(repair.text) - (repair.end - repair.start)
        return starts


class _Alignment:
    """Which character of a text each character of its sources became; white space is left out of account."""

    def __init__(self, raw: str, spans: Sequence[Span], text: str) -> None:
        from rapidfuzz.distance import LCSseq

        self._sources = [
            offset for span in spans for offset in range(span.start, span.end) if not raw[offset].isspace()
        ]
        self._targets = [offset for offset, char in enumerate(text) if not char.isspace()]
        self._ranks = {offset: rank for rank, offset in enumerate(self._sources)}
        self._found: dict[int, int] = {}
        blocks = LCSseq.opcodes("".join(raw[at] for at in self._sources), "".join(text[at] for at in self._targets))
        for block in blocks:
            if block.tag == "equal":
                length = block.src_end - block.src_start
                self._found.update((block.src_start + step, block.dest_start + step) for step in range(length))

    def place_of(self, repair: Repair) -> tuple[int, int] | None:
        """Where the characters of a repair stand, first and beyond the last; None where they were not kept together.

        Their neighbours must stand beside them too: a lone "a" could be any other.
        """
        ranks = [self._ranks[offset] for offset in range(repair.start, repair.end) if offset in self._ranks]
        if not ranks or ranks[0] not in self._found:
            return None
        first, last = ranks[0], ranks[-1]
        place = self._found[first]
        for rank in range(max(0, first - 1), min(len(self._sources), last + 2)):
            if self._found.get(rank) != place + rank - first:
                return None
        return self._targets[place], self._targets[place + last - first] + 1
