"""A source opened: the words around a quote as the document has them, the quote highlighted, where and what it is."""

import itertools
import re
import time

from assistant.compose.catalogue import period_text
from assistant.page.rendering.documents import status_badge
from assistant.page.rendering.fiches import fiche_badges, render_fiche
from assistant.page.rendering.marks import spans_text
from assistant.page.rendering.repaired import raw_details, repaired_badge, shown_repaired
from assistant.page.rendering.text import action_button, badge, definition_list, safe, shown, shown_source
from assistant.page.source_request import SourceRequest
from assistant.reading import readable_fiche, readable_path, readable_title
from corpus.errors import UnknownDocument
from corpus.index.reader import DocumentRecord, Index
from corpus.records import FicheAction, Section, Span

_AROUND = 900
"""Characters shown on each side of a quote, up to the end of a line."""
_LONGEST_QUOTE = 6000

EMPTY = (
    '<div class="ctg-source-empty"><h2>Source</h2><p>Cliquez sur un numéro '
    "dans une réponse : le passage s'ouvre ici, surligné dans son contexte.</p></div>"
)
_TURN = (
    '<div class="ctg-turn" role="group" aria-label="Sources de cette réponse" hidden="hidden">'
    + action_button("step", "‹ Précédente", {"by": -1}, name="Source précédente")
    + "<span></span>"
    + action_button("step", "Suivante ›", {"by": 1}, name="Source suivante")
    + "</div>"
)
"""From one source of an answer to the next; the page's script counts them and shows it where there are several."""


def render_source(index: Index, request: SourceRequest) -> str:
    """The panel for a place of a document. Raises UnknownDocument where the index has no such document or place."""
    record = index.document(request.document)
    raw = index.raw_text(request.document)
    spans = tuple(span for span in request.spans if span.end <= len(raw))
    if not spans and request.window is None:
        raise UnknownDocument("Ce passage n'est plus dans l'index (il a été mis à jour) : posez la question à nouveau.")
    window = _window(raw, spans, request.window)
    at = spans[0].start if spans else window.start
    return _frame(
        request,
        heading=shown(record.entry.territory.name),
        badges=_badges(record) + repaired_badge(index, request.document, window),
        place=_place(index, request.document, at),
        context=_context(index, request.document, window, spans),
        steps=_steps(request, window, len(raw)),
        facts=raw_details(index.repaired(request.document), window, _tidy(raw[window.start : window.end]))
        + _facts(record),
    )


def render_note(request: SourceRequest, title: str, text: str, facts: dict[str, str]) -> str:
    """The panel for a note of the project: a rule, a definition, the description of a document."""
    return _frame(
        request,
        heading=shown(title),
        badges=badge("note", "Note du projet", "Écrite et vérifiée pour l'assistant ; ce n'est pas une convention."),
        place="",
        context=f"<mark>{safe(text)}</mark>",
        steps="",
        facts=definition_list({term: safe(value) for term, value in facts.items()}),
    )


def render_fiche_source(index: Index, request: SourceRequest, fiche: FicheAction) -> str:
    """The panel for a fiche: its fields, and a way to the page it stands on."""
    record = index.document(fiche.document)
    data = {"document": fiche.document, "spans": spans_text([Span(start=fiche.start, end=fiche.end)])}
    said = readable_title(index, fiche)
    title = f"{fiche.ref} — {said}" if fiche.kind == "fiche" else said
    return _frame(
        request,
        heading=shown(title),
        badges=f"{badge('pratique', record.entry.territory.short_name)} {_badges(record)} {fiche_badges(fiche)}",
        place=_place(index, fiche.document, fiche.start),
        context=render_fiche(readable_fiche(index, fiche)),
        steps=f'<div class="ctg-steps">{action_button("source", "Lire la fiche dans le document", data)}</div>',
        facts="",
        css="ctg-context ctg-fiche-fields",
        name="Champs de la fiche",
    )


def _frame(request: SourceRequest, *, heading: str, badges: str, place: str, context: str, steps: str,
           facts: str, css: str = "ctg-context", name: str = "Passage dans son contexte") -> str:  # fmt: skip
    number = f'<span class="ctg-number">{safe(request.n)}</span> ' if request.n else ""
    close = action_button("close-source", "Fermer", {}, css="ctg-action ctg-close", title="Fermer (Échap)")
    return (
        f'<section class="ctg-source-open" aria-labelledby="ctg-source-title" data-opened="{time.time_ns()}">'
        f'<div class="ctg-source-head"><h2 id="ctg-source-title" tabindex="-1">{number}{heading}</h2>{close}</div>'
        f'{_TURN}<p class="ctg-badges">{badges}</p>{place}{steps}'
        f'<div class="{css}" tabindex="0" role="region" aria-label="{name}">{context}</div>'
        f"{facts}</section>"
    )


def _badges(record: DocumentRecord) -> str:
    return status_badge(record.entry) + " " + badge("status", period_text(record), "Période")


def _place(index: Index, document: str, at: int) -> str:
    section = _section_at(index, document, at)
    path = " › ".join(readable_path(index, section)) if section else ""
    page = _page_at(index, document, at)
    shown_page = f'<span class="ctg-page">page {page}</span>' if page is not None else ""
    return f'<p class="ctg-path">{shown_source(path)} {shown_page}</p>' if path or shown_page else ""


def _section_at(index: Index, document: str, at: int) -> Section | None:
    """The smallest section that holds a place."""
    around = [section for section in index.sections(document) if section.start <= at < section.end]
    return min(around, key=lambda section: section.end - section.start, default=None)


def _page_at(index: Index, document: str, at: int) -> int | None:
    return next((page.number for page in index.pages(document) if page.start <= at < page.end), None)


def _window(raw: str, spans: tuple[Span, ...], wanted: Span | None) -> Span:
    if wanted is not None:
        start = min(wanted.start, max(0, len(raw) - 1))
        return Span(start=start, end=min(len(raw), max(wanted.end, start + 1), start + _LONGEST_QUOTE))
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    last = min(last, first + _LONGEST_QUOTE)
    start = raw.find("\n", max(0, first - _AROUND), first) + 1 if first > _AROUND else 0
    end = raw.rfind("\n", last, last + _AROUND)
    return Span(start=start or max(0, first - _AROUND), end=end if end > last else min(len(raw), last + _AROUND))


def _context(index: Index, document: str, window: Span, spans: tuple[Span, ...]) -> str:
    """The window in pieces: outside the spans, inside them, and the pages that begin in it."""
    pages = {page.start: page.number for page in index.pages(document) if page.number is not None}
    cuts = {window.start, window.end} | {start for start in pages if window.start < start < window.end}
    for span in spans:
        cuts |= {place for place in (span.start, span.end) if window.start < place < window.end}
    places = sorted(cuts)
    parts = []
    for start, end in itertools.pairwise(places):
        if start in pages and start > window.start:
            parts.append(f'<span class="ctg-page-break">page {pages[start]}</span>')
        text = _tidy(shown_repaired(index.repaired(document), start, end))
        inside = any(span.start <= start and end <= span.end for span in spans)
        parts.append(f"<mark>{text}</mark>" if inside else text)
    return "".join(parts)


def _tidy(text: str) -> str:
    """The words without the long runs of spaces and empty lines by which a plain text imitates a layout."""
    return re.sub(r"\n\s*\n\s*", "\n\n", re.sub(r"[ \t]{2,}", "  ", text))


def _steps(request: SourceRequest, window: Span, length: int) -> str:
    size = 2 * _AROUND
    buttons = []
    for label, start, end, possible in (
        ("Lire avant", max(0, window.start - size), window.start, window.start > 0),
        ("Lire après", window.end, min(length, window.end + size), window.end < length),
    ):
        data = {
            "document": request.document,
            "spans": spans_text(request.spans) or None,
            "window": f"{start}-{end}",
            "n": request.n or None,
        }
        if possible:
            buttons.append(action_button("source", label, data))
    if request.window is not None and request.spans:
        data = {"document": request.document, "spans": spans_text(request.spans), "n": request.n or None}
        buttons.insert(1, action_button("source", "Revenir à la citation", data))
    return f'<div class="ctg-steps" role="group" aria-label="Lire autour">{"".join(buttons)}</div>'


def _facts(record: DocumentRecord) -> str:
    entry = record.entry
    facts = definition_list(
        {
            "Document": shown(entry.title),
            "Département": safe(entry.territory.department or ""),
            "Caf": safe(entry.territory.caf or ""),
            "Statut": shown(entry.status_note or ""),
            "Provenance": shown(entry.provenance),
        }
    )
    return f'<details class="ctg-about"><summary>À propos de ce document</summary>{facts}</details>'
