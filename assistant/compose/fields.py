"""What a fiche says in the fields asked for: "qui pilote", "échéance", "points de vigilance" of the right fiche."""

import re
from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.fact import MARKS, PROSE_BUDGET, quoted
from assistant.compose.labels import FIELD_LABELS, NOT_STATED
from assistant.compose.lines import Composition
from assistant.compose.places import fiche_name, shorten, territory_of
from assistant.compose.select import Matcher
from assistant.reading import readable_value
from assistant.retrieve.search import SearchResult
from corpus.index.reader import Index
from corpus.records import FicheAction, Passage, Value
from corpus.text import squeeze, without_marks
from corpus.units import Unit

_REFERRED = 10.0
"""Score of a fiche that the question names by its number: above any other."""
_TITLED = 1.0
"""What a fiche gains where the question names it by its title, next to scores of about 2."""
_CLOSE = 0.8
"""Another fiche is worth giving too when its score comes this close to the best."""
_MOST_FICHES = 3
_LONGEST_EXTRACT = 1500
"""Characters of the raw text from which a field is opened value by value only."""
_LONGEST_OPENING = 400
"""The same for a title with the values that stand right under it."""
_LONGEST_LABEL = 80
_BESIDE = 60
"""Characters that may part two fields that are read together: the name of the second."""
_SHORT = 120
"""Characters of a field that comes with its neighbour."""
_ABOUT = 0.45
"""Least share of the question that the title of the fiche must cover for its fields to be the answer."""


def fiches_found(index: Index, result: SearchResult) -> list[tuple[FicheAction, float]]:
    """Fiches of the passages found, best first: a fiche's score is its best passage's, lifted by its others'."""
    scores: dict[str, float] = {}
    for ranked in result.passages:
        if ranked.passage.fiche:
            known = scores.get(ranked.passage.fiche)
            scores[ranked.passage.fiche] = ranked.score if known is None else known + 0.15 * ranked.score
    for fiche in result.understood.references.fiches:
        scores[fiche] = max(scores.get(fiche, 0.0), _REFERRED)
    for fiche in result.understood.references.titled:
        scores[fiche] = scores.get(fiche, 0.0) + _TITLED
    ordered = sorted(scores, key=lambda fiche: -scores[fiche])
    return [(index.fiche(fiche), scores[fiche]) for fiche in ordered]


def compose_fields(
    index: Index, result: SearchResult, book: CitationBook, fields: Sequence[str], told: str | None = None
) -> Composition | None:
    """The fields asked for, of the best fiche (and of those that come close); None where no fiche was found first.

    `told`: the fiche that the best sentence belongs to, if it surely does; its title need not hold the question.
    """
    found = fiches_found(index, result)
    if not found or not result.passages or not _fiche_leads(result, found[0][0]):
        return None
    matcher = Matcher(result.query.terms, result.hits)
    references = result.understood.references
    meant = (*references.fiches, *references.titled, result.understood.history_fiche, told)
    if found[0][0].id not in meant and _title_share(matcher, found[0][0]) < _ABOUT:
        return None
    best = found[0][1]
    kept = [fiche for fiche, score in found[:_MOST_FICHES] if score >= _CLOSE * best]
    if references.fiches and "etapes" in fields and not any(fiche.fields.get("etapes") for fiche in kept):
        # A template without first steps tells them in its actions.
        fields = tuple(dict.fromkeys("actions" if key == "etapes" else key for key in fields))
    with_fields = [fiche for fiche in kept if any(fiche.fields.get(key) for key in fields)]
    if not with_fields:
        return None
    composition = Composition()
    spent = 0
    for fiche in with_fields:
        lines = [(key, value) for key in fields for value in fiche.fields.get(key, ())]
        cost = len(fiche.title) + sum(len(value.text) + MARKS for _, value in lines)
        if spent and spent + cost > PROSE_BUDGET:
            continue
        spent += cost
        add_fiche_fields(index, composition, book, fiche, fields)
    return composition


def add_fiche_fields(
    index: Index,
    composition: Composition,
    book: CitationBook,
    fiche: FicheAction,
    fields: Sequence[str],
    *,
    items: int | None = None,
) -> None:
    """A fiche's name and the fields asked for, each with its citation; a field it leaves out is said to be so.

    `items`: how many values of a field are given; None for all.
    """
    name = fiche_name(index, fiche)
    opened = [_cite_title(index, book, fiche, fields), _cite_values(index, book, fiche, fields)]
    composition.add(name[0].upper() + name[1:], [one for one in opened if one], style="titre")
    missing = []
    for key in fields:
        values = fiche.fields.get(key, ())
        if not values:
            missing.append(FIELD_LABELS[key].lower())
            continue
        label = FIELD_LABELS[key]
        if len(values) == 1:
            composition.add(
                f"{label} : {quoted(_plain(index, fiche, values[0]))}", [cite_value(index, book, fiche, values[0])],
                style="element", territory=territory_of(index, fiche.document), document=fiche.document,
            )  # fmt: skip
            continue
        whole = _cite_field(index, book, fiche, values)
        composition.add(f"{label} :", [whole] if whole else (), style="chapeau")
        for value in values[:items]:
            composition.add(
                quoted(_plain(index, fiche, value)), [cite_value(index, book, fiche, value)], style="element",
                territory=territory_of(index, fiche.document), document=fiche.document,
            )  # fmt: skip
        if left := len(values) - len(values[:items]):
            composition.add(f"… et {left} autre{'s' if left > 1 else ''}, dans la fiche.")
    if missing and len(missing) < len(fields):
        composition.add(f"{', '.join(missing).capitalize()} : {NOT_STATED}.")


def _cite_field(index: Index, book: CitationBook, fiche: FicheAction, values: Sequence[Value]) -> int | None:
    """The number of the citation of a whole field with its name, to be read in one piece."""
    pieces = [span for value in values for span in value.pieces()]
    start = _label_start(index.raw_text(fiche.document), min(span.start for span in pieces))
    end = max(span.end for span in pieces)
    if end - start > _LONGEST_EXTRACT:
        return None
    return book.cite_stretch(passage_of_value(index, fiche, values[0]), start, end)


def _label_start(raw: str, start: int) -> int:
    """Where the line that names a field begins: that of its first value, or a short one right above it."""
    line = raw.rfind("\n", 0, start) + 1
    if re.search(r"\w{2}", raw[line:start]):
        return line
    above = raw[:line].rstrip()
    label = above.rfind("\n") + 1
    return label if 0 < len(above) - label <= _LONGEST_LABEL else start


def _cite_title(index: Index, book: CitationBook, fiche: FicheAction, fields: Sequence[str]) -> int | None:
    """The number of the citation of a fiche's title; with the values given where they stand right under it."""
    pieces = [span for key in fields for value in fiche.fields.get(key, ()) for span in value.pieces()]
    title = fiche.title_value
    end = max((span.end for span in pieces), default=title.end)
    if not pieces or min(span.start for span in pieces) < title.start or end - title.start > _LONGEST_OPENING:
        return cite_value(index, book, fiche, title)
    return book.cite_stretch(passage_of_value(index, fiche, title), title.start, end)


def _cite_values(index: Index, book: CitationBook, fiche: FicheAction, fields: Sequence[str]) -> int | None:
    """The number of the citation of the fields asked for with their names, to be read in one piece.

    The short fields right before and after come with them: who opens it sees where the values stand.
    """
    asked = [value for key in fields for value in fiche.fields.get(key, ())]
    pieces = [span for value in asked for span in value.pieces()]
    if not pieces:
        return None
    start, end = min(span.start for span in pieces), max(span.end for span in pieces)
    others = [span for values in fiche.fields.values() for value in values for span in value.pieces()]
    before = [one.start for one in others if one.end <= start <= one.end + _BESIDE and one.end - one.start <= _SHORT]
    after = [one.end for one in others if one.start - _BESIDE <= end <= one.start and one.end - one.start <= _SHORT]
    start = _label_start(index.raw_text(fiche.document), min([start, *before]))
    end = max([end, *after])
    if end - start > _LONGEST_OPENING:
        return None
    return book.cite_stretch(passage_of_value(index, fiche, asked[0]), start, end)


def cite_value(index: Index, book: CitationBook, fiche: FicheAction, value: Value) -> int | None:
    """The number of the citation of a fiche's value."""
    return book.cite(Unit(_plain(index, fiche, value), value.pieces(), passage_of_value(index, fiche, value)))


def passage_of_value(index: Index, fiche: FicheAction, value: Value) -> Passage:
    """The passage that holds a value of a fiche (its first one where none holds it whole)."""
    passages = index.passages_of_fiche(fiche.id)
    for passage in passages:
        if passage.start <= value.start and value.end <= passage.end:
            return passage
    if passages:
        return passages[0]
    return min(index.passages(fiche.document), key=lambda passage: _distance(passage, value))


def _distance(passage: Passage, value: Value) -> tuple[int, int]:
    """How far a passage is from holding a value: an action of a table row has no passage of its own."""
    held = min(passage.end, value.end) - max(passage.start, value.start)
    return (-held, passage.end - passage.start)


def cell_text(index: Index, fiche: FicheAction, values: Sequence[Value], length: int) -> str:
    """Values of a fiche as the text of a table cell, cut at `length` characters."""
    return shorten(" ; ".join(_plain(index, fiche, value) for value in values), length)


def _plain(index: Index, fiche: FicheAction, value: Value) -> str:
    return squeeze(without_marks(readable_value(index, fiche.document, value)))


def _title_share(matcher: Matcher, fiche: FicheAction) -> float:
    return matcher.share(matcher.found(" ".join((fiche.title, *fiche.section_path))))


def _fiche_leads(result: SearchResult, fiche: FicheAction) -> bool:
    """True where the best fiche stands among the very first passages: otherwise the answer lies in plain text."""
    references = result.understood.references
    return (
        bool(references.fiches)
        or fiche.id in references.titled
        or any(ranked.passage.fiche == fiche.id for ranked in result.passages[:2])
    )
