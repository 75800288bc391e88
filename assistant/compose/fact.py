"""Facts, numbers, dates, actors in a document's words: the statement that answers first, then what proves it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from assistant.compose.citing import CitationBook
from assistant.compose.labels import FIELD_LABELS
from assistant.compose.lines import Composition
from assistant.compose.places import place_of, territory_of
from assistant.compose.select import Candidate, says_nothing
from assistant.retrieve.search import SearchResult
from corpus.index.reader import Index
from corpus.records import Passage
from corpus.text import letters
from corpus.units import Unit, opens_with_item, split_units

PROSE_BUDGET = 1080
"""Characters of prose that an answer may take, places named included."""
_FOLLOWING = 0.55
"""A further unit must score at least this share of the best one."""
_ANSWERED = 0.5
"""Nearness of a known question from which a unit is worth quoting though it holds no thing of the kind expected."""
_FIRST_ROOM = 360
"""Characters for the best unit and what stands around it."""
_NEXT_ROOM = 230
_LIST_ROOM = 950
_NAMED = frozenset(
    (
        "pilote partenaires public perimetre moyens budget calendrier interet methodologie champs vigilance "
        "indicateurs_suivi indicateurs_evaluation"
    ).split()
)
"""Fields whose values are names, amounts or dates, which say nothing without the field."""
_LISTS = frozenset({"actions", "etapes", "objectifs", "partenaires", "vigilance"})
"""Fields of several values: who asks for them expects a list, in plain text too."""
MARKS = 10
"""Characters that the marks of a line take."""
_SENTENCE = 40
"""Letters from which the same words in two places are one statement, not two values that agree."""
_EXTRACT = 1200
"""Characters of the longest stretch that the name of a place opens."""
_GAP = 160
"""Characters that may stand between two units of one stretch."""
_PLACE = 90
"""Characters that naming a place takes."""


def compose_fact(
    index: Index, result: SearchResult, book: CitationBook, candidates: Sequence[Candidate]
) -> Composition:
    """The best units of the best passages, grouped by place, the best first."""
    composition = Composition()
    asks_list = result.query.intent in ("liste", "procedure") or bool(_LISTS.intersection(result.query.fields))
    chosen = choose_units(index, candidates, whole_lists=asks_list)
    add_by_place(index, composition, book, chosen)
    return composition


def choose_units(
    index: Index, candidates: Sequence[Candidate], *, whole_lists: bool, budget: int = PROSE_BUDGET
) -> list[Unit]:
    """The units worth quoting within the budget: the best one with what stands around it, then others that come close.

    What answers often stands beside the words of the question: the item after the heading, the next sentence.
    """
    if not candidates:
        return []
    best = candidates[0]
    chosen: list[Unit] = []
    spent = 0
    places: set[str] = set()
    worth = {(one.unit.passage.id, one.unit.start): one.score for one in candidates}
    for candidate in _with_first_passage(candidates):
        if candidate.score < _FOLLOWING * best.score:
            break
        unit = candidate.unit
        if any(_said_by(unit, other) for other in chosen) or (
            best.met and not candidate.met and candidate.known < _ANSWERED
        ):
            continue
        first = not chosen
        room = _FIRST_ROOM if first else _NEXT_ROOM
        if first and whole_lists:
            room = _LIST_ROOM
        left = budget - spent - (_PLACE if unit.passage.id not in places else 0)
        listed = whole_list(index, unit, min(room, left)) if first and whole_lists else []
        group = listed or around_unit(index, unit, min(room, left), worth)
        group = [one for one in said_once(group) if not any(_said_by(one, other) for other in chosen)]
        cost = sum(len(one.text) + MARKS for one in group)
        if not first and cost > left:
            continue
        chosen += group
        spent += cost + (_PLACE if unit.passage.id not in places else 0)
        places.add(unit.passage.id)
    return chosen


def _with_first_passage(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, the best one of the first passage found right after the best of all."""
    of_first = next((one for one in candidates[1:] if one.rank == 1), None)
    if of_first is None or candidates[0].rank == 1 or of_first.score < _FOLLOWING * candidates[0].score:
        return list(candidates)
    return [candidates[0], of_first, *(one for one in candidates[1:] if one is not of_first)]


def whole_list(index: Index, unit: Unit, room: int) -> list[Unit]:
    """The list that a unit introduces or belongs to, with what introduces it; empty where there is none that fits.

    A list goes on in the next passage where that one begins with an item. Where the room is short, items are quoted
    by their first sentence.
    """
    siblings = split_units(index, unit.passage)
    items = [one for one in siblings if one.lead is not None and one.lead.start == unit.start]
    lead = unit if items else unit.lead
    if lead is None:
        return []
    items = items or [one for one in siblings if one.lead is not None and one.lead.start == lead.start]
    if items[-1].start == siblings[-1].start:
        items += _continuation(index, unit.passage)
    for kept in (items, [one for one in items if not one.continued]):
        group = [lead, *kept]
        if len(kept) > 1 and sum(len(one.text) + MARKS for one in group) <= room:
            return group
    return []


def _continuation(index: Index, passage: Passage) -> list[Unit]:
    """The items with which the passage after this one begins."""
    after = [one for one in index.passages(passage.document) if one.start >= passage.end and len(one.spans) < 2]
    following = min(after, key=lambda one: one.start, default=None)
    if following is None or following.section != passage.section or not opens_with_item(index, following):
        return []
    return list(takewhile(lambda one: one.lead is None and one.key is None, split_units(index, following)))


def around_unit(index: Index, unit: Unit, room: int, worth: Mapping[tuple[str, int], float]) -> list[Unit]:
    """A unit with its neighbours of the same field, list or paragraph, in reading order, within `room` characters.

    The line that introduces a list comes with its items. Of the two neighbours, the one that answers better is taken
    (`worth`: score by passage id and start), else what follows.
    """
    siblings = [
        other
        for other in split_units(index, unit.passage)
        if other.start == unit.start or (other.key == unit.key and unit.key != "titre" and not says_nothing(other))
    ]
    place = next((position for position, other in enumerate(siblings) if other.start == unit.start), None)
    if place is None:
        return [unit]
    first = last = place
    spent = len(unit.text) + MARKS
    while True:
        beside = [
            step
            for step in (last + 1, first - 1)
            if 0 <= step < len(siblings) and spent + len(siblings[step].text) + MARKS <= room
        ]
        if not beside:
            break
        step = max(beside, key=lambda one: worth.get((unit.passage.id, siblings[one].start), 0.0))
        spent += len(siblings[step].text) + MARKS
        first, last = min(first, step), max(last, step)
    group = siblings[first : last + 1]
    if unit.lead is not None and all(unit.lead.start != one.start for one in group):
        group = [unit.lead, *group]
    return group


def add_by_place(index: Index, composition: Composition, book: CitationBook, units: Sequence[Unit]) -> None:
    """Units as quoted lines under the name of their place; places in the order in which they first appear."""
    groups: dict[str, list[Unit]] = {}
    for unit in units:
        if len(unit.text) == 1 and unit.text.isalpha():
            # What a recognised page leaves of a bullet or of a torn word.
            continue
        groups.setdefault(place_of(index, unit.passage), []).append(unit)
    for place, group in groups.items():
        composition.add(place, [book.cite_stretch(*extract) for extract in _extracts(group)], style="titre")
        for unit in sorted(group, key=lambda one: one.start):
            composition.add(
                labelled(unit), [book.cite(unit)], style="element",
                territory=territory_of(index, unit.passage.document), document=unit.passage.document,
            )  # fmt: skip


def _extracts(units: Sequence[Unit]) -> Iterator[tuple[Passage, int, int]]:
    """The stretches (passage, start, end) that hold several of the units close together, to be read in one piece.

    Where a stretch begins near the top of its passage, the heading comes with it.
    """
    by_passage: dict[str, list[Unit]] = {}
    for unit in sorted(units, key=lambda one: one.start):
        by_passage.setdefault(unit.passage.id, []).append(unit)
    for group in by_passage.values():
        run: list[Unit] = []
        for unit in group:
            if run and (unit.start - run[-1].end > _GAP or unit.end - run[0].start > _EXTRACT):
                yield from _extract(run)
                run = []
            run.append(unit)
        yield from _extract(run)


def _extract(run: Sequence[Unit]) -> Iterator[tuple[Passage, int, int]]:
    top = run[0].passage.start
    start = top if 0 < run[0].start - top <= _GAP else run[0].start
    if len(run) > 1 or start < run[0].start:
        yield run[0].passage, start, max(unit.end for unit in run)


def labelled(unit: Unit) -> str:
    """A unit as a quoted line, after the name of its field where the words alone would not tell ("Budget")."""
    label = unit.label or (FIELD_LABELS.get(unit.key or "") if unit.key in _NAMED else None)
    return f"{label} : {quoted(unit.reading)}" if label else quoted(unit.reading)


def quoted(text: str) -> str:
    """The document's words between French quotation marks (inner ones become double quotes)."""
    return f"« {text.replace('« ', '“').replace(' »', '”').replace('«', '“').replace('»', '”')} »"


def said_once(units: Sequence[Unit]) -> list[Unit]:
    """The units without those that say the words of an earlier one, in the order given."""
    first: dict[str, Unit] = {}
    for unit in units:
        first.setdefault(letters(unit.text), unit)
    return list(first.values())


def _said_by(unit: Unit, other: Unit) -> bool:
    """True where another unit quotes the same place, or the same words elsewhere (two fiches open alike)."""
    if letters(unit.text) == letters(other.text) and len(letters(unit.text)) >= _SENTENCE:
        return True
    return unit.passage.document == other.passage.document and unit.start < other.end and other.start < unit.end
