"""Slides of boxes ("Objectif :", "Action :") read box by box, or line by line across boxes side by side."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from rapidfuzz import fuzz

from corpus.records import Span
from corpus.text import letters
from ingest.lines import Line, is_open
from ingest.tables.evidence import Pairs
from ingest.tables.found import FoundAction
from ingest.tables.slides import Slide, is_boxes, is_title, labels_of, paragraphs, reads_across, spans_of, units
from ingest.tables.unzip import unzip_lines

_SAME_TITLE = 90
_MOST_TITLE_LINES = 5


@dataclass
class _Box:
    """One or several labels of one kind, and the lines below them."""

    kind: str
    labels: int
    lines: list[Line] = field(default_factory=list)


def box_actions(text: str, slides: Sequence[Slide], titles: Iterable[str] = ()) -> list[FoundAction]:
    """The actions of the slides of boxes, in reading order.

    `titles` are titles of other slides: they tell the order of a title that was read in pieces. Boxes side by side
    are told apart where that can be done; a group of more than three is left alone rather than guessed.
    """
    own = [slide for slide in slides if is_boxes(slide)]
    if not own:
        return []
    running = _running_heads(own)
    pairs = Pairs(_texts_in_order(text, slides))
    known = list(titles)
    found: list[FoundAction] = []
    for number, slide in enumerate(own):
        title = slide_title(text, slide, running, known)
        objective: list[Span] | None = None
        after_objective = False
        for box in _boxes(slide):
            if box.kind == "objectif":
                objective = None if after_objective else _objective(box)
                after_objective = True
                continue
            actions, rest = _actions(text, box, pairs)
            for pieces in actions:
                fields = {"axe": [title]} if title else {}
                if objective:
                    fields["objectif_operationnel"] = [objective]
                found.append(FoundAction(title=pieces, fields=fields, group=number))
            if rest:
                objective = None
            after_objective = False
    return found


def box_texts(text: str, actions: Iterable[FoundAction], key: str) -> list[str]:
    """The distinct values of one field of actions, in order."""
    values = [
        " ".join(text[piece.start : piece.end] for piece in value)
        for found in actions
        for value in found.fields.get(key, [])
    ]
    return list(dict.fromkeys(values))


def slide_title(text: str, slide: Slide, running: set[str], known: Sequence[str]) -> list[Span]:
    """Pieces of the title of a slide, without heads that all slides repeat, in the order a known title shows."""
    lines = [line for line in slide.lines if is_title(line) and not labels_of(line)]
    kept = [line for line in lines if letters(line.text) not in running] or lines
    if 2 <= len(kept) <= _MOST_TITLE_LINES:
        ordered = max(permutations(kept), key=lambda order: _likeness(order, known))
        if _likeness(ordered, known) >= _SAME_TITLE > _likeness(kept, known):
            kept = list(ordered)
    return spans_of(kept)


def _likeness(lines: Sequence[Line], known: Sequence[str]) -> float:
    joined = letters(" ".join(line.text for line in lines))
    return max((fuzz.ratio(joined, letters(title)) for title in known), default=0.0)


def _running_heads(slides: Sequence[Slide]) -> set[str]:
    counts = Counter(
        head for slide in slides for head in {letters(line.text) for line in slide.lines if is_title(line)}
    )
    return {head for head, count in counts.items() if len(slides) >= 3 and count > len(slides) / 2}


def _texts_in_order(text: str, slides: Sequence[Slide]) -> list[str]:
    """Everything but the paragraphs that are read across boxes: what they put side by side does not go together."""
    kept = []
    for slide in slides:
        boxes = _boxes(slide) if is_boxes(slide) else [_Box("", 0, list(slide.lines))]
        for box in boxes:
            if box.lines and not reads_across(box.lines[0].text):
                kept += [" ".join(line.text for line in group) for group in units(box.lines)]
    return kept


def _boxes(slide: Slide) -> list[_Box]:
    boxes: list[_Box] = []
    for line in slide.lines:
        labels = labels_of(line)
        if labels:
            last = boxes[-1] if boxes else None
            if last and not last.lines and last.kind == labels[0]:
                last.labels += len(labels)
            else:
                boxes.append(_Box(labels[0], len(labels)))
        elif boxes and not is_title(line):
            boxes[-1].lines.append(line)
    return boxes


def _objective(box: _Box) -> list[Span] | None:
    """The one objective of a box; None where several are read into each other."""
    groups = units(box.lines)
    if box.labels != 1 or len(groups) != 1 or any(reads_across(line.text) for line in groups[0]):
        return None
    return spans_of(groups[0])


def _actions(text: str, box: _Box, pairs: Pairs) -> tuple[list[list[Span]], bool]:
    """The actions below labels, and whether a box without label follows them (its kind is unknown)."""
    if not box.lines:
        return [], False
    if box.labels > 1 and reads_across(box.lines[0].text):
        columns = unzip_lines(text, spans_of(box.lines), box.labels, pairs)
        return ([list(pieces) for pieces in columns.pieces] if columns else []), False
    groups = units(box.lines)
    if box.labels == 2:
        begun = _begun_apart(text, box.lines, pairs)
        if begun:
            return begun, False
    if len(groups) < box.labels:
        return [], False
    return [spans_of(group) for group in groups[: box.labels]], len(groups) > box.labels


def _begun_apart(text: str, lines: Sequence[Line], pairs: Pairs) -> list[list[Span]]:
    """Two boxes read one after the other at first, then across: the first stops short, and both go on together."""
    groups = paragraphs(lines)
    if len(groups) < 3 or not is_open(groups[0][-1].text):
        return []
    first, second = len(groups[0]), len(groups[1])
    spans = spans_of([line for group in groups for line in group])
    readings = []
    for left in (0, 1):
        known = {place: left if place < first else 1 - left for place in range(first + second)}
        columns = unzip_lines(text, spans, 2, pairs, known=known)
        if columns:
            readings.append((columns.score, [list(columns.pieces[left]), list(columns.pieces[1 - left])]))
    return max(readings, key=lambda reading: reading[0])[1] if readings else []
