"""What people read of a document: its own words, repaired where its text was recognised from a picture (OCR)."""

import re

from corpus.index.reader import Index
from corpus.records import FicheAction, Passage, Section, Span, Value

_LABEL = 30
"""Characters that a heading may have in its document and not in its path: a label, blank lines."""
_CUT = re.compile(r"(?<=[a-zà-ÿ])- (?!(?:et|ou|puis|que|à)\b)(?=[a-zà-ÿ])")
"""Where the end of a line cut a compound word of a heading: "enfance- jeunesse", but not "pré- et post-natal"."""
_TO_THE = re.compile(r"(?<!\w)A[V\\/]['’]?l['’]?(?=[aeiouéèêîô][^\W\d_]{3})")
""" "À l'" as a recognition reads it before the first word of a heading: no word begins so."""


def readable_value(index: Index, document: str, value: Value) -> str:
    """The words of a value with the repairs of its source."""
    return index.repaired(document).laid_over(value.text, value.pieces())


def readable_title(index: Index, fiche: FicheAction) -> str:
    """The title of a fiche with the repairs of its source."""
    return index.repaired(fiche.document).laid_over(fiche.title, fiche.title_value.pieces())


def readable_address(index: Index, passage: Passage) -> str:
    """Where a passage stands, its headings with the repairs of their source."""
    return " › ".join(readable_steps(index, passage))


def readable_steps(index: Index, passage: Passage) -> tuple[str, ...]:
    """The headings above a passage with the repairs of their source."""
    return _readable_path(index, passage.document, passage.section, passage.section_path)


def readable_path(index: Index, section: Section) -> tuple[str, ...]:
    """The headings above a section and its own, with the repairs of their source."""
    return _readable_path(index, section.document, section.id, section.path)


def readable_heading(index: Index, section: Section) -> str:
    """The title of a section with the repairs of its source."""
    return _readable_heading(index, section, section.title) if _is_repaired(index, section.document) else section.title


def readable_fiche(index: Index, fiche: FicheAction) -> FicheAction:
    """A fiche with all its words repaired, its spans unchanged; the same fiche where nothing is to repair."""
    if not index.repaired(fiche.document).changes(fiche.start, fiche.end):
        return fiche
    fields = {
        key: tuple(value.model_copy(update={"text": readable_value(index, fiche.document, value)}) for value in values)
        for key, values in fiche.fields.items()
    }
    return fiche.model_copy(update={"title": readable_title(index, fiche), "fields": fields})


def _readable_path(index: Index, document: str, section: str, path: tuple[str, ...]) -> tuple[str, ...]:
    if not _is_repaired(index, document):
        return path
    steps: list[str] = []
    at: str | None = section
    for step in reversed(path):
        if at is None:
            return path
        held = index.section(at)
        steps.append(_readable_heading(index, held, step))
        at = held.parent
    return tuple(reversed(steps))


def _is_repaired(index: Index, document: str) -> bool:
    return bool(index.repaired(document).repairs)


def _readable_heading(index: Index, section: Section, heading: str) -> str:
    """A heading (with or without its label) with the repairs of the lines that its section begins with."""
    source = index.repaired(section.document)
    title = section.title if section.title and heading.endswith(section.title) else heading
    label = heading.removesuffix(title)
    begin = source.raw[section.start : min(section.end, section.start + len(heading) + _LABEL)]
    place = re.search(r"\s*".join(re.escape(char) for char in title if not char.isspace()), begin)
    start, end = (section.start + at for at in (place.span() if place else (0, len(begin))))
    words = source.laid_over(title, [Span(start=start, end=end)])
    return label + _CUT.sub("-", _TO_THE.sub("À l'", words))
