"""Plans of actions that were printed as a table and read across its columns (OCR): each row is put back together."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.records import Span
from corpus.text import letters
from ingest.lines import Line, is_finished, is_open
from ingest.tables.evidence import Pairs
from ingest.tables.found import FoundAction
from ingest.tables.plan_actors import Right, all_actors, calls_for_more, split_right
from ingest.tables.plan_left import LEFT_KEYS, LeftColumns, Reading, read_paragraph, split_left
from ingest.tables.plan_names import Name, names_in, plan_zones
from ingest.tables.slides import begins_low, paragraphs
from ingest.tables.vocabulary import starts_action

_LEAST_DATED_LINES = 3
_LEAST_SHARE = 0.03
_NARROW = 0.62
"""A paragraph under this share of the width of the actions stands in a left column."""
_BAR = "|"
_RULE_REMAINS = re.compile(r"[-–—_.·,]|[–—]{2,}|[b-xz]")


@dataclass
class _Row:
    title: list[Span] = field(default_factory=list)
    words: str = ""
    pilots: list[Span] = field(default_factory=list)
    pilots_so_far: str | None = None
    years: list[Span] = field(default_factory=list)
    closed: bool = False
    """True once a paragraph of its own gave the year: nothing of the row follows."""
    readings: dict[str, list[Reading]] = field(default_factory=dict)
    """What the left columns say on the row's own lines."""
    above: dict[str, Reading] = field(default_factory=dict)
    """What paragraphs of the left columns said right above it."""


@dataclass
class _Plan:
    text: str
    columns: LeftColumns
    narrow: float
    rows: list[_Row] = field(default_factory=list)
    above: dict[str, Reading] = field(default_factory=dict)
    last_left: Reading | None = None
    """The column that the paragraph before belonged to; None after lines of a row."""


def printed_actions(text: str) -> list[FoundAction]:
    """The actions of all printed plans of a text, in order.

    Pilots and years are those that stand on the row's lines or right below it; where several actions are followed
    by one cell, it is given to the last of them only. Axis, theme and objective are given where their words stand on
    the row's lines, between two rows that have the same, or in a paragraph above.
    """
    found: list[FoundAction] = []
    for zone in plan_zones(text):
        if is_printed_plan(zone):
            found += _zone_actions(text, zone)
    return found


def is_printed_plan(zone: Sequence[Line]) -> bool:
    """True where lines end with pilots and a year: a table without cells."""
    words = [line.text.split() for line in zone if not line.in_table]
    dated = sum(right.pilots < right.years < len(own) for own in words for right in [split_right(own, None)])
    return dated >= max(_LEAST_DATED_LINES, _LEAST_SHARE * len(zone))


def _zone_actions(text: str, zone: list[Line]) -> list[FoundAction]:
    groups = paragraphs(zone)
    pairs = Pairs([text[: zone[0].start], text[zone[-1].end :]])
    plan = _Plan(text, LeftColumns(names_in(text, zone), pairs), _narrow_width(groups))
    for group in groups:
        _read_paragraph(plan, group)
    labels = {key: _labels(plan.rows, key) for key in LEFT_KEYS}
    return [
        _found(row, number, {key: labels[key][number] for key in LEFT_KEYS}) for number, row in enumerate(plan.rows)
    ]


def _narrow_width(groups: Sequence[Sequence[Line]]) -> float:
    widths = [
        max(len(line.text) for line in group)
        for group in groups
        if len(group) > 1 and starts_action(group[0].text.split()[0]) and not begins_low(group[0].text)
    ]
    return _NARROW * median(widths) if widths else 0.0


def _read_paragraph(plan: _Plan, group: list[Line]) -> None:
    words = [word for line in group for word in line.text.split()]
    row = plan.rows[-1] if plan.rows else None
    spans = [Span(start=line.start, end=line.end) for line in group]
    if row and split_right(words, None).years == 0:
        row.years += spans
        row.closed = True
    elif row and all_actors(words) and (not row.pilots or calls_for_more(row.pilots_so_far or "")):
        row.pilots += spans
        row.pilots_so_far = " ".join(words)
    elif _is_left(plan, group):
        _read_left(plan, group)
        return
    else:
        for place, line in enumerate(group):
            _read_line(plan, line, first=place == 0)
    plan.last_left = None


def _is_left(plan: _Plan, group: list[Line]) -> bool:
    """True for a narrow paragraph without bars, years and pilots, unless it ends an action left open."""
    if max(len(line.text) for line in group) > plan.narrow or any(_BAR in line.text.split() for line in group):
        return False
    row = plan.rows[-1] if plan.rows else None
    if row and not row.closed:
        if row.pilots_so_far and calls_for_more(row.pilots_so_far):
            return False
        if begins_low(group[0].text) and plan.last_left is None and not is_finished(row.words):
            return False
    return True


def _read_left(plan: _Plan, group: list[Line]) -> None:
    """A paragraph that stands in one left column: a name the document knows, or an objective of its own."""
    spans = [Span(start=line.start, end=line.end) for line in group]
    reading = read_paragraph([word for line in group for word in line.text.split()], plan.columns)
    if reading is None:
        reading = plan.last_left if plan.last_left and begins_low(group[0].text) else Reading(LEFT_KEYS[-1])
        reading.pieces += spans
        _name_reading(plan, reading)
    elif reading.key == "axe":
        plan.above.pop(LEFT_KEYS[-1], None)
    plan.above[reading.key] = plan.last_left = reading


def _name_reading(plan: _Plan, reading: Reading) -> None:
    """Makes the objective of a paragraph known, so that its pieces are recognised on later lines."""
    if reading.key != LEFT_KEYS[-1]:
        return
    own = letters("".join(plan.text[piece.start : piece.end] for piece in reading.pieces))
    plan.columns.names = [name for name in plan.columns.names if name not in reading.candidates]
    name = Name(reading.key, own, tuple(reading.pieces))
    plan.columns.names.append(name)
    reading.candidates = {name: len(own)}


def _read_line(plan: _Plan, line: Line, *, first: bool) -> None:
    words, places = _words(line)
    kept = _without_rule(words)
    left_only = kept < len(words)
    words, places = words[:kept], places[:kept]
    row = plan.rows[-1] if plan.rows else None
    opening = split_right(words, None)
    dated = opening.pilots < opening.years < len(words)
    right = opening if dated or row is None or row.closed else split_right(words, row.pilots_so_far)
    if left_only and not dated:
        right = Right(len(words), len(words), len(words))
    body = list(words[: right.rest])
    tail_bar = len(body) and body[-1] == _BAR
    if tail_bar:
        body = body[:-1]
    bars = [place for place, word in enumerate(body) if word == _BAR]
    sure = len(body) if left_only and not dated else bars[-1] + 1 if bars else 0
    waits = row is not None and not row.closed and calls_for_more(row.pilots_so_far or "")
    start, pieces = split_left(body, plan.columns, sure=sure, dated=dated and not waits)
    action = body[start:]
    if _begins_row(row, action, dated=dated, first=first, after_bar=bool(bars)):
        row = _Row(above=dict(plan.above) if first or not plan.rows else {})
        plan.rows.append(row)
    elif dated and row is not None:
        right = split_right(words, row.pilots_so_far)
        action = words[start : right.rest]
    for piece in pieces:
        piece.reading.pieces.append(Span(start=places[piece.first].start, end=places[piece.after - 1].end))
    if row is None or row.closed:
        plan.above.update({piece.reading.key: piece.reading for piece in pieces})
        return
    for piece in pieces:
        row.readings.setdefault(piece.reading.key, []).append(piece.reading)
    if action:
        row.title.append(Span(start=places[start].start, end=places[start + len(action) - 1].end))
        row.words = " ".join(action)
    if right.pilots < right.years:
        row.pilots.append(Span(start=places[right.pilots].start, end=places[right.years - 1].end))
        row.pilots_so_far = " ".join([row.pilots_so_far or "", *words[right.pilots : right.years]]).strip()
    row.years += [places[place] for place in range(right.years, len(words)) if words[place].strip("-–—").isdigit()]


def _without_rule(words: Sequence[str]) -> int:
    """How many words a line has before the remains of a rule or of the page at its end ("— -", ". . s s").

    A line that ends so has nothing to the right: the rule under an action runs beside a cell of the left columns.
    """
    kept = len(words)
    while kept and _RULE_REMAINS.fullmatch(words[kept - 1]):
        kept -= 1
    return kept if kept and (len(words) - kept >= 2 or (words[-1] == "." and kept < len(words))) else len(words)


def _words(line: Line) -> tuple[list[str], list[Span]]:
    places = []
    at = line.start
    for word in line.text.split():
        at = line.start + line.text.index(word, at - line.start)
        places.append(Span(start=at, end=at + len(word)))
        at += len(word)
    return line.text.split(), places


def _begins_row(row: _Row | None, action: Sequence[str], *, dated: bool, first: bool, after_bar: bool) -> bool:
    """A row begins on a dated line with a capital (or a word of action after a bar), or at the head of a paragraph."""
    if not action:
        return False
    capital = not begins_low(action[0])
    if dated:
        return capital or (after_bar and starts_action(action[0]) and not (row and is_open(row.words)))
    if not first or not capital:
        return False
    if row is None or row.closed:
        return True
    return starts_action(action[0]) and not is_open(row.words)


def _labels(rows: Sequence[_Row], key: str) -> list[Reading | None]:
    """The reading of a left column that holds for each row; None where it cannot be established."""
    own = [_own_label(row, key) for row in rows]
    known = [place for place, label in enumerate(own) if label is not None]
    if known and own[known[0]] is not None:
        own[: known[0]] = [own[known[0]]] * known[0]
    for before, after in itertools.pairwise(known):
        if _identity(own[before]) == _identity(own[after]):
            own[before + 1 : after] = [own[before]] * (after - before - 1)
    return own


def _own_label(row: _Row, key: str) -> Reading | None:
    found = {_identity(reading): reading for reading in row.readings.get(key, [])}
    if not found and key in row.above:
        return row.above[key]
    return next(iter(found.values())) if len(found) == 1 else None


def _identity(reading: Reading | None) -> object:
    name = reading.name if reading else None
    return name.letters if name else id(reading)


def _found(row: _Row, number: int, labels: dict[str, Reading | None]) -> FoundAction:
    fields: dict[str, list[list[Span]]] = {}
    for key, reading in labels.items():
        if reading is not None:
            name = reading.name
            pieces = list(name.pieces) if name and name.pieces else reading.pieces
            if pieces:
                fields[key] = [pieces]
    if row.pilots:
        fields["pilote"] = [row.pilots]
    if row.years:
        fields["calendrier"] = [[year] for year in row.years]
    return FoundAction(title=row.title, fields=fields, group=number)
