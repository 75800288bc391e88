"""What people read of a document: its own words, repaired where its text was recognised from a picture (OCR)."""

from corpus.index.reader import Index
from corpus.records import FicheAction, Passage, Section, Span, Value

_LABEL = 30
"""Characters that a heading may have in its document and not in its path: a label, blank lines."""


def readable_value(index: Index, document: str, value: Value) -> str:
    """The words of a value with the repairs of its source."""
    return index.repaired(document).laid_over(value.text, value.pieces())


def readable_title(index: Index, fiche: FicheAction) -> str:
    """The title of a fiche with the repairs of its source."""
    return index.repaired(fiche.document).laid_over(fiche.title, fiche.title_value.pieces())


def readable_address(index: Index, passage: Passage) -> str:
    """Where a passage stands, its headings with the repairs of their source."""
    if not index.repaired(passage.document).repairs:
        return passage.address()
    steps: list[str] = []
    at: str | None = passage.section
    for step in reversed(passage.section_path):
        if at is None:
            return passage.address()
        section = index.section(at)
        steps.append(_readable_heading(index, section, step))
        at = section.parent
    return " › ".join(reversed(steps))


def readable_fiche(index: Index, fiche: FicheAction) -> FicheAction:
    """A fiche with all its words repaired, its spans unchanged; the same fiche where nothing is to repair."""
    if not index.repaired(fiche.document).changes(fiche.start, fiche.end):
        return fiche
    fields = {
        key: tuple(value.model_copy(update={"text": readable_value(index, fiche.document, value)}) for value in values)
        for key, values in fiche.fields.items()
    }
    return fiche.model_copy(update={"title": readable_title(index, fiche), "fields": fields})


def _readable_heading(index: Index, section: Section, heading: str) -> str:
    """A heading (with or without its label) with the repairs of the lines that its section begins with."""
    end = min(section.end, section.start + len(heading) + _LABEL)
    return index.repaired(section.document).laid_over(heading, [Span(start=section.start, end=end)])
