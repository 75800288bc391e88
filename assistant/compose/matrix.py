"""The territory matrix: a row per territory, columns that fit, each cell cited, empty cells and absences named."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.compose.citing import CitationBook
from assistant.compose.confidence import speaks_of
from assistant.compose.fact import quoted
from assistant.compose.fields import cell_text, cite_value
from assistant.compose.labels import FIELD_LABELS, NOT_STATED
from assistant.compose.lines import Composition
from assistant.compose.places import shorten, territory_of
from assistant.compose.select import Candidate, score_units
from assistant.reading import readable_title
from assistant.retrieve.search import Searcher, SearchResult
from assistant.understand.conversation import without_territories
from assistant.understand.core import core_question
from assistant.understand.question import Understood
from corpus.index.reader import Index
from corpus.records import FicheAction, Table, TableCell
from corpus.text import letters
from corpus.units import Unit

_COLUMNS = ("etapes", "actions", "pilote", "partenaires", "budget", "calendrier", "indicateurs_suivi")
_ROWS_PER_TERRITORY = 3
_ROW_CLOSE = 0.6
"""A fiche makes a row when one of its passages scores at least this share of the territory's best."""
_CELL = 260
_PROSE = 1000
"""Characters of prose shared among the territories."""
_AROUND = 20
"""Characters of a line beside the name of its territory and what is quoted."""
_LINES = 3
_CLOSE = 0.7
"""A further line must score at least this share of the territory's best."""
_ENOUGH = 0.5
"""A territory speaks of the subject when its evidence is worth this share of the best of all."""
_KNOWN = 0.65
_KNOWN_MET = 0.35
"""Nearness of a known question from which the sentence that answered it is evidence, whatever its words; less where
the sentence holds a thing of the kind asked for."""
_NAMED = 0.45
"""The same for a territory that the question names: it is given what it has."""
_SHOWN = 3
"""Candidates that tell whether a territory speaks of the subject, the best ones."""


@dataclass(frozen=True)
class TerritoryFinding:
    """What one territory has on the subject."""

    document: str
    result: SearchResult
    candidates: tuple[Candidate, ...]
    fiches: tuple[FicheAction, ...]
    evidence: float
    """The best evidence of its first units, in [0, 1]."""
    answers: bool
    """True where what was found would be an answer for this territory alone."""


def compose_matrix(searcher: Searcher, result: SearchResult, book: CitationBook) -> Composition:
    """A table over the territories that the question covers; those with nothing are named as such."""
    index = searcher.index
    documents = [record.entry.id for record in index.documents() if record.entry.id not in result.query.excluded]
    named = len(result.query.territories) > 1
    if named:
        documents = [document for document in documents if document in result.query.territories]
    understood = _about_the_subject(searcher, result.understood)
    vector = searcher.question_vector(understood.core)
    findings = [find_in_territory(searcher, understood, document, vector) for document in documents]
    best = max((finding.evidence for finding in findings), default=0.0)
    speaking = [finding for finding in findings if best and _speaks(finding, best, named=named)]
    silent = [finding.document for finding in findings if finding not in speaking]
    composition = Composition(answered=bool(speaking))
    if not speaking:
        return composition
    names = ", ".join(territory_of(index, finding.document) for finding in speaking)
    said = "territoires sur" if len(speaking) > 1 else "territoire sur"
    verb = "en parlent" if len(speaking) > 1 else "en parle"
    composition.add(f"{len(speaking)} {said} {len(documents)} {verb} : {names}.")
    _add_lines(index, composition, book, sorted(speaking, key=lambda one: -one.evidence), _PROSE)
    if silent:
        names = ", ".join(territory_of(index, document) for document in silent)
        composition.add(f"Rien d'assez proche n'a été trouvé pour : {names} (ce qui ne prouve pas qu'il n'y ait rien).")
    composition.table = _table(index, book, speaking)
    return composition


def _about_the_subject(searcher: Searcher, understood: Understood) -> Understood:
    """The question without the territories it names and its "ailleurs": what each of them is then asked."""
    understanding = searcher.understanding
    subject = without_territories(understood.query.resolved_question, understanding.finder)
    query = understood.query.model_copy(update={"resolved_question": subject or understood.query.resolved_question})
    return Understood(query, understood.references, None, core_question(query.resolved_question))


def find_in_territory(
    searcher: Searcher, understood: Understood, document: str, vector: NDArray[np.float32] | None = None
) -> TerritoryFinding:
    """The best passages, units and fiches of one document for a question; `vector`: the question's, if known.

    Where a thing is asked for (a number, a price, a name), only the units that hold one are kept.
    """
    query = understood.query.model_copy(update={"territories": (document,), "excluded": (), "across": False})
    narrowed = Understood(query, understood.references, None, understood.core)
    found = searcher.find(narrowed, 8, vector)
    candidates = tuple(score_units(searcher, found, 5)) if found.passages else ()
    spoken = bool(candidates) and speaks_of(found, candidates)
    # A list of structures with their addresses says what exists, not what a territory does.
    told = tuple(candidate for candidate in candidates if candidate.unit.passage.kind != "equipement")
    candidates = told or candidates
    if any(candidate.met for candidate in candidates):
        candidates = tuple(candidate for candidate in candidates if candidate.met)
    best = found.passages[0].score if found.passages else 0.0
    close = (ranked for ranked in found.passages[:6] if ranked.score >= _ROW_CLOSE * best)
    ids = dict.fromkeys(ranked.passage.fiche for ranked in close if ranked.passage.fiche)
    fiches = tuple(searcher.index.fiche(fiche) for fiche in ids if fiche)
    evidence = max((_evidence(candidate) for candidate in candidates[:_SHOWN]), default=0.0)
    telling = tuple(candidate for candidate in candidates if _evidence(candidate) >= _ENOUGH * evidence)
    return TerritoryFinding(document, found, telling, fiches, evidence, spoken or evidence >= _NAMED)


def _evidence(candidate: Candidate) -> float:
    """Share of the question that a unit covers, or nearness of a known question that it answered, in [0, 1]."""
    sure = candidate.known >= (_KNOWN_MET if candidate.met else _KNOWN)
    return max(candidate.coverage, candidate.known if sure else 0.0)


def _speaks(finding: TerritoryFinding, best: float, *, named: bool) -> bool:
    """Whether a territory speaks of the subject, its evidence held against the best of all."""
    if named and any(candidate.known >= _NAMED for candidate in finding.candidates[:_SHOWN]):
        return True
    return finding.answers and finding.evidence >= _ENOUGH * best


def _add_lines(
    index: Index, composition: Composition, book: CitationBook, findings: Sequence[TerritoryFinding], room: int
) -> None:
    """The best unit of each territory, then further ones, the best first, within `room` characters."""
    chosen = {finding.document: [finding.candidates[0].unit] for finding in findings}
    room -= sum(_cost(index, units[0]) for units in chosen.values())
    further = [
        candidate
        for finding in findings
        for candidate in finding.candidates[1:]
        if candidate.score >= _CLOSE * finding.candidates[0].score
    ]
    for candidate in sorted(further, key=lambda one: -one.score):
        units = chosen[candidate.unit.passage.document]
        repeats = any(letters(candidate.unit.text) == letters(unit.text) for unit in units)
        if len(units) < _LINES and not repeats and (cost := _cost(index, candidate.unit)) <= room:
            units.append(candidate.unit)
            room -= cost
    for document, units in chosen.items():
        territory = territory_of(index, document)
        for place, unit in enumerate(units):
            composition.add(
                f"{territory}{', aussi' if place else ''} : {quoted(unit.reading)}", [book.cite(unit)],
                style="element", territory=territory, document=document,
            )  # fmt: skip


def _cost(index: Index, unit: Unit) -> int:
    return len(territory_of(index, unit.passage.document)) + len(unit.reading) + _AROUND


def _table(index: Index, book: CitationBook, findings: Sequence[TerritoryFinding]) -> Table | None:
    columns = [
        key
        for key in _COLUMNS
        if any(fiche.fields.get(key) for finding in findings for fiche in finding.fiches[:_ROWS_PER_TERRITORY])
    ]
    if not columns:
        return None
    rows = []
    for finding in findings:
        territory = territory_of(index, finding.document)
        if not finding.fiches:
            unit = finding.candidates[0].unit
            number = book.cite(unit)
            first = TableCell(text=shorten(unit.reading, _CELL), citations=(number,) if number else ())
            rows.append((TableCell(text=territory), first, *(TableCell(text=NOT_STATED) for _ in columns)))
            continue
        for fiche in finding.fiches[:_ROWS_PER_TERRITORY]:
            rows.append((TableCell(text=territory), *_fiche_cells(index, book, fiche, columns)))
    heads = ("Territoire", "Action", *(FIELD_LABELS[key] for key in columns))
    return Table(columns=heads, rows=tuple(rows))


def _fiche_cells(index: Index, book: CitationBook, fiche: FicheAction, columns: Sequence[str]) -> tuple[TableCell, ...]:
    title = cite_value(index, book, fiche, fiche.title_value)
    said = readable_title(index, fiche)
    name = said if fiche.kind == "action" else f"{fiche.ref} — {said}"
    cells = [TableCell(text=name, citations=(title,) if title else ())]
    for key in columns:
        values = fiche.fields.get(key, ())
        numbers = tuple(number for value in values[:3] if (number := cite_value(index, book, fiche, value)))
        text = cell_text(index, fiche, values, _CELL) if numbers else NOT_STATED
        cells.append(TableCell(text=text, citations=numbers))
    return tuple(cells)
