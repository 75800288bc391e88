"""Summaries: of a convention (who, when, which axes, which fiches) or of a theme, from typed data only."""

from collections.abc import Sequence

from assistant.compose.catalogue import STATUS_LABELS, period_text
from assistant.compose.citing import CitationBook
from assistant.compose.fields import cite_value
from assistant.compose.lines import Composition
from assistant.compose.places import shorten, territory_of
from assistant.reading import readable_title
from assistant.retrieve.search import SearchResult
from corpus.index.reader import DocumentRecord, Index
from corpus.records import FicheAction, Passage, Section, Span
from corpus.units import Unit

_MOST_SECTIONS = 16
_MOST_FICHES = 12


def compose_summary(index: Index, result: SearchResult, book: CitationBook) -> Composition | None:
    """The summary of the one convention that the question names; None where it names none or several."""
    if len(result.query.territories) != 1 or _has_subject(result):
        return None
    record = index.document(result.query.territories[0])
    composition = Composition()
    _add_identity(composition, book, record)
    sections = [section for section in index.sections(record.entry.id) if section.kind in ("axe", "theme", "objectif")]
    _add_sections(index, composition, book, sections or _articles(index, record))
    fiches = [fiche for fiche in index.fiches() if fiche.document == record.entry.id]
    _add_fiches(index, composition, book, fiches)
    return composition


def _has_subject(result: SearchResult) -> bool:
    """True where the question asks for the summary of something inside the convention."""
    rare = [hit for hit in result.hits if hit.rarity > 2.5]
    return bool(result.query.references) or len(rare) > 1


def _add_identity(composition: Composition, book: CitationBook, record: DocumentRecord) -> None:
    entry = record.entry
    text = (
        f"{entry.title} — {entry.territory.name}. Période : {period_text(record)}. "
        f"Statut : {STATUS_LABELS[entry.status]}. {record.fiches} fiches-actions, {record.actions} actions de tableau."
    )
    number = book.cite_note(f"reference:{entry.id}", "Manifeste du corpus", text)
    composition.add(text, [number], nature="donnee", territory=entry.territory.short_name, document=entry.id)


def _articles(index: Index, record: DocumentRecord) -> list[Section]:
    return [section for section in index.sections(record.entry.id) if section.kind in ("article", "annexe")]


def _add_sections(index: Index, composition: Composition, book: CitationBook, sections: Sequence[Section]) -> None:
    seen: set[str] = set()
    kept = [section for section in sections if not (section.title in seen or seen.add(section.title))]  # type: ignore[func-returns-value]
    if not kept:
        return
    composition.add("Ce qu'elle couvre", style="titre")
    for section in kept[:_MOST_SECTIONS]:
        number = _cite_heading(index, book, section)
        if number is not None:
            composition.add(
                shorten(section.title, 160), [number], style="element",
                territory=territory_of(index, section.document), document=section.document,
            )  # fmt: skip


def _cite_heading(index: Index, book: CitationBook, section: Section) -> int | None:
    """The number of the citation of a section's heading, where a passage holds it."""
    raw = index.raw_text(section.document)
    line_end = raw.find("\n", section.start)
    end = min(section.end, line_end if line_end >= 0 else len(raw))
    passage = _passage_at(index, section)
    if passage is None or not raw[section.start : end].strip():
        return None
    span = Span(start=section.start, end=end)
    return book.cite(Unit(raw[section.start : end], (span,), passage))


def _passage_at(index: Index, section: Section) -> Passage | None:
    for passage in index.passages():
        if passage.document == section.document and passage.start <= section.start < passage.end:
            return passage
    return next(iter(index.passages_of_section(section.id)), None)


def _add_fiches(index: Index, composition: Composition, book: CitationBook, fiches: Sequence[FicheAction]) -> None:
    if not fiches:
        return
    composition.add(f"Ses fiches-actions ({len(fiches)})", style="titre")
    for fiche in fiches[:_MOST_FICHES]:
        title = shorten(readable_title(index, fiche), 120)
        composition.add(
            f"{fiche.ref} — {title}", [cite_value(index, book, fiche, fiche.title_value)],
            style="element", nature="donnee", territory=territory_of(index, fiche.document), document=fiche.document,
        )  # fmt: skip
    if len(fiches) > _MOST_FICHES:
        composition.add(f"… et {len(fiches) - _MOST_FICHES} autres.")
