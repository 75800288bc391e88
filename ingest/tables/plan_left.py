"""The left side of a line that was read across a plan: pieces of the axis, of the theme, of the objective.

Each left column repeats a name piece by piece from its first line to its last, so a piece is looked for where the
name stands, not anywhere. Where no name explains the left side, the pairs of words that stand together elsewhere in
the document tell where the action begins.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.records import Span
from corpus.text import letters
from ingest.tables.evidence import Pairs
from ingest.tables.plan_match import SLACK, Match, match_names, matches
from ingest.tables.plan_names import Name
from ingest.tables.vocabulary import starts_action

LEFT_KEYS = ("axe", "champs", "objectif_strategique")
"""The left columns in their order."""
_MOST_WORDS = 7
_NEXT_PIECE = 70.0
_FIRST_PIECE = 92.0
_PARAGRAPH = 84.0
_LABEL_GAIN = 40.0
_LONGEST_GAP = 4
_AS_WELL = 0.4
_BAR = "|"
_STOPS = (_BAR, "«", "»")
"""Words that no piece goes beyond."""
_UNNAMED_REACH = 3
_AXIS_LABEL = re.compile(r"axe(\d{1,2})")
_BROKEN = re.compile(r".*\w[|\\].*|.*[|\\].+[|\\].*")
_STAIN = re.compile(r"[^\w]*|[b-xzB-XZ¢\d]|(?!\|[a-zà-ÿ]{3,}$).*[|\\_?].*")


@dataclass(eq=False)
class Reading:
    """A name being read down a column: what it may be, and the pieces seen."""

    key: str
    candidates: dict[Name, int] = field(default_factory=dict)
    """Names that all pieces agree with, and how many of their letters were read; empty where no name explains it."""
    pieces: list[Span] = field(default_factory=list)
    seen_at: int = 0
    """Number of the line that gave the last piece."""

    @property
    def unfinished(self) -> bool:
        """True while some letters of every candidate are still to be read."""
        return all(reached < len(name.letters) - SLACK // 2 for name, reached in self.candidates.items())

    def pass_over(self, count: int, line: int) -> None:
        """Takes letters too damaged to be compared as read."""
        self.candidates = {name: min(reached + count, len(name.letters)) for name, reached in self.candidates.items()}
        self.seen_at = line

    @property
    def name(self) -> Name | None:
        """The name it is: the one that was read to its end, or the only one left; None where several remain."""
        whole = [name for name, reached in self.candidates.items() if reached >= len(name.letters) - 2]
        kept = whole or list(self.candidates)
        return max(kept, key=lambda name: len(name.letters)) if len(kept) == 1 or whole else None


@dataclass
class LeftColumns:
    """The state of the left columns, line after line."""

    names: list[Name]
    pairs: Pairs
    current: dict[str, Reading] = field(default_factory=dict)
    line: int = 0
    """Number of the line being cut."""

    def being_read(self, key: str) -> Reading | None:
        """The reading of a column that a line may go on with; one that was left for a few lines is over."""
        reading = self.current.get(key)
        return reading if reading and self.line - reading.seen_at <= _LONGEST_GAP else None


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line that belong to a left column."""

    reading: Reading
    first: int
    after: int


def split_left(
    words: Sequence[str], columns: LeftColumns, *, sure: int = 0, dated: bool = False
) -> tuple[int, list[Piece]]:
    """Place of the first word of the action, and the pieces to its left.

    `sure` words at least are known to stand on the left (a bar follows them). On a dated line, where rows begin, a
    name does not begin with words that the action needs to begin with a capital.
    """
    columns.line += 1
    pieces: list[Piece] = []
    place = column = 0
    while column < len(LEFT_KEYS):
        at = place
        found = _best_piece(words, at, LEFT_KEYS[column:], columns, dated and not sure)
        while found is None and at < len(words) and _may_skip(words[at], bool(pieces) or at < sure):
            at += 1
            found = _best_piece(words, at, LEFT_KEYS[column:], columns, dated and not sure)
        if found is None:
            break
        pieces.append(found)
        found.reading.seen_at = columns.line
        place = found.after
        column = LEFT_KEYS.index(found.reading.key) + 1
    place = _unnamed_piece(words, place, sure, columns, pieces)
    return _after_stains(words, place, sure, bool(pieces)), pieces


def read_paragraph(words: Sequence[str], columns: LeftColumns) -> Reading | None:
    """The name that a paragraph of a left column gives or goes on with; None where it is none that is known."""
    columns.line += 1
    own = letters("".join(words))
    label = _AXIS_LABEL.fullmatch(letters("".join(words[:2])))
    if label:
        begun = {name: 0 for name in columns.names if name.number == int(label.group(1))}
        reading = columns.current["axe"] = Reading("axe", begun, seen_at=columns.line)
        rest = letters("".join(words[2:]))
        reading.candidates = matches(rest, begun, _PARAGRAPH) or begun
        return reading if begun else None
    for key in LEFT_KEYS:
        current = columns.current.get(key)
        going_on = matches(own, current.candidates, _PARAGRAPH) if current else {}
        if current and going_on:
            current.candidates, current.seen_at = going_on, columns.line
            return current
    for key in LEFT_KEYS:
        names = {name: 0 for name in columns.names if name.key == key and name.number is None}
        begun = matches(own, names, _PARAGRAPH, slack=0)
        if begun:
            columns.current[key] = Reading(key, begun, seen_at=columns.line)
            return columns.current[key]
    return None


def is_stain(word: str) -> bool:
    """True for what a page leaves between two columns: signs, a lone consonant, letters broken by bars."""
    return _STAIN.fullmatch(word) is not None and word not in ("«", "&", "€", "a", "à")


def _unnamed_piece(words: Sequence[str], place: int, sure: int, columns: LeftColumns, pieces: list[Piece]) -> int:
    """Words of an objective that no name explains; they are only looked for right below others of the same kind."""
    key = LEFT_KEYS[-1]
    current = columns.being_read(key)
    named = current is not None and bool(current.candidates)
    taken = any(piece.reading.key == key for piece in pieces)
    if place < sure:
        if not taken and named and current is not None and current.unfinished:
            current.pass_over(len(letters("".join(words[place:sure]))), columns.line)
        elif not taken:
            if current is None or named:
                current = columns.current[key] = Reading(key)
            current.seen_at = columns.line
            pieces.append(Piece(current, place, sure - (words[sure - 1] == _BAR)))
        return sure
    if current is None or named or taken:
        return place
    opens = place < len(words) and words[place][:1].isupper() and starts_action(words[place])
    reach = place if opens else _unnamed_reach(words, place, columns.pairs)
    if reach > place:
        current.seen_at = columns.line
        pieces.append(Piece(current, place, reach))
    else:
        del columns.current[key]
    return reach


def _after_stains(words: Sequence[str], place: int, sure: int, after_piece: bool) -> int:
    """Past the stains that a line has before its action; a word between two of them is one too."""
    if sure and place == sure:
        return place
    broken = [at for at in range(place, min(place + 3, len(words))) if _BROKEN.fullmatch(words[at])]
    if after_piece and broken:
        place = broken[-1] + 1
    while place < len(words) and _may_skip(words[place], after_piece):
        place += 1
    return place


def _may_skip(word: str, after_piece: bool) -> bool:
    return is_stain(word) and (after_piece or len(word) <= 2)


def _best_piece(
    words: Sequence[str], place: int, keys: Sequence[str], columns: LeftColumns, dated: bool
) -> Piece | None:
    """The run of words from `place` that best goes on with the name of a column, or begins another."""
    stop = next((at for at in range(place, len(words)) if words[at] in _STOPS), len(words))
    if place >= len(words) or not letters(words[place]):
        return None
    ends = [at for at in range(place + 1, min(stop, place + _MOST_WORDS) + 1) if words[at : at + 1] != ["»"]]
    going_on: list[tuple[float, str, int, Match]] = []
    begun: list[tuple[float, str, int, Match]] = []
    for key in keys:
        names = [name for name in columns.names if name.key == key]
        current = columns.being_read(key)
        for after in ends:
            own = letters("".join(words[place:after]))
            match = match_names(own, current.candidates, _NEXT_PIECE, SLACK) if current else None
            if match:
                going_on.append((match.gain, key, after, match))
            match = _begun(own, words[place], names)
            if match and not (dated and words[after : after + 1] and words[after][:1].islower()):
                begun.append((match.gain + _gain_after(words, after, key, columns, stop), key, after, match))
    best = max(begun, key=lambda found: found[0], default=None)
    if going_on and (best is None or best[0] <= max(gain for gain, *_ in going_on)):
        return _leftmost(going_on, columns, place)
    if best is None:
        return None
    _, key, after, match = best
    columns.current[key] = Reading(key, dict(match.reached))
    return Piece(columns.current[key], place, after)


def _gain_after(words: Sequence[str], place: int, key: str, columns: LeftColumns, stop: int) -> float:
    """What the best piece of a column further right gains from `place`: a name begun may stand beside one going on."""
    best = 0.0
    for other in LEFT_KEYS[LEFT_KEYS.index(key) + 1 :]:
        current = columns.being_read(other)
        for after in range(place + 1, min(stop, place + _MOST_WORDS) + 1) if current else ():
            match = match_names(
                letters("".join(words[place:after])), current.candidates if current else {}, _NEXT_PIECE, SLACK
            )
            best = max(best, match.gain if match else 0.0)
    return best


def _leftmost(found: Sequence[tuple[float, str, int, Match]], columns: LeftColumns, place: int) -> Piece:
    """The best piece of the leftmost column that explains the words about as well as any other."""
    best = max(gain for gain, *_ in found)
    key = next(key for gain, key, *_ in found if gain >= best - (1 - _AS_WELL) * abs(best))
    _, _, after, match = max((piece for piece in found if piece[1] == key), key=lambda piece: piece[0])
    columns.current[key].candidates = match.reached
    return Piece(columns.current[key], place, after)


def _begun(own: str, first: str, names: Sequence[Name]) -> Match | None:
    """The names that a piece may begin: a numbered axis begins with its number, any other with a capital."""
    label = _AXIS_LABEL.fullmatch(own)
    if label:
        numbered = {name: 0 for name in names if name.number == int(label.group(1))}
        return Match(_LABEL_GAIN, numbered) if numbered else None
    unnumbered = [name for name in names if name.number is None]
    if not first[:1].isupper() or first[1:2] in "'’\"" or len(own) < 4 or len(unnumbered) < len(names):
        return None
    return match_names(own, dict.fromkeys(unnumbered, 0), _FIRST_PIECE, 0)


def _unnamed_reach(words: Sequence[str], place: int, pairs: Pairs) -> int:
    """Where an objective that no name explains stops: at the last of the first words that goes with no next word."""
    reach = place
    for at in range(place + 1, min(place + _UNNAMED_REACH, len(words) - 1) + 1):
        if not pairs.seen(words[at - 1], words[at]):
            reach = at
    return reach
