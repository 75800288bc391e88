"""Facts, numbers, dates, actors in a document's words: the statement that answers first, then what proves it."""

from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.labels import FIELD_LABELS
from assistant.compose.lines import Composition
from assistant.compose.places import place_of, territory_of
from assistant.compose.select import Candidate, says_nothing
from assistant.retrieve.search import SearchResult
from corpus.index.reader import Index
from corpus.units import Unit, split_units

PROSE_BUDGET = 1000
"""Characters of prose that an answer may take, places named included."""
_FOLLOWING = 0.55
"""A further unit must score at least this share of the best one."""
_FIRST_ROOM = 360
"""Characters for the best unit and what stands around it."""
_NEXT_ROOM = 230
_LIST_ROOM = 800
_NAMED = frozenset(
    (
        "pilote partenaires public perimetre moyens budget calendrier interet methodologie champs vigilance "
        "indicateurs_suivi indicateurs_evaluation"
    ).split()
)
"""Fields whose values are names, amounts or dates, which say nothing without the field."""
_MARKS = 10
"""Characters that the marks of a line take."""
_PLACE = 90
"""Characters that naming a place takes."""


def compose_fact(
    index: Index, result: SearchResult, book: CitationBook, candidates: Sequence[Candidate]
) -> Composition:
    """The best units of the best passages, grouped by place, the best first."""
    composition = Composition()
    chosen = choose_units(index, candidates, whole_lists=result.query.intent in ("liste", "procedure"))
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
    for candidate in candidates:
        if candidate.score < _FOLLOWING * best.score:
            break
        unit = candidate.unit
        if any(_same_place(unit, other) for other in chosen) or (best.met and not candidate.met):
            continue
        first = not chosen
        room = _FIRST_ROOM if first else _NEXT_ROOM
        if first and whole_lists:
            room = _LIST_ROOM
        left = budget - spent - (_PLACE if unit.passage.id not in places else 0)
        group = around_unit(index, unit, min(room, left))
        group = [one for one in group if not any(_same_place(one, other) for other in chosen)]
        cost = sum(len(one.text) + _MARKS for one in group)
        if not first and cost > left:
            continue
        chosen += group
        spent += cost + (_PLACE if unit.passage.id not in places else 0)
        places.add(unit.passage.id)
    return chosen


def around_unit(index: Index, unit: Unit, room: int) -> list[Unit]:
    """A unit with its neighbours of the same field, list or paragraph, in reading order, within `room` characters.

    The line that introduces a list comes with its items; what follows is taken before what precedes.
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
    spent = len(unit.text) + _MARKS
    grown = True
    while grown:
        grown = False
        for step in (last + 1, first - 1):
            if 0 <= step < len(siblings) and spent + len(siblings[step].text) + _MARKS <= room:
                spent += len(siblings[step].text) + _MARKS
                first, last = min(first, step), max(last, step)
                grown = True
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
        composition.add(place, style="titre")
        for unit in sorted(group, key=lambda one: one.start):
            composition.add(
                labelled(unit), [book.cite(unit)], style="element",
                territory=territory_of(index, unit.passage.document), document=unit.passage.document,
            )  # fmt: skip


def labelled(unit: Unit) -> str:
    """A unit as a quoted line, after the name of its field where the words alone would not tell ("Budget")."""
    label = unit.label or (FIELD_LABELS.get(unit.key or "") if unit.key in _NAMED else None)
    return f"{label} : {quoted(unit.reading)}" if label else quoted(unit.reading)


def quoted(text: str) -> str:
    """The document's words between French quotation marks (inner ones become double quotes)."""
    return f"« {text.replace('« ', '“').replace(' »', '”').replace('«', '“').replace('»', '”')} »"


def _same_place(unit: Unit, other: Unit) -> bool:
    return unit.passage.document == other.passage.document and unit.start < other.end and other.start < unit.end
