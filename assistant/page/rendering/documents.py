"""The documents of the corpus: cards, periods on a line, outline."""

import math
from collections.abc import Sequence
from datetime import date

from assistant.compose.catalogue import STATUS_LABELS, period_text
from assistant.compose.places import shorten
from assistant.page.rendering.text import action_button, badge, counted, definition_list, notice, shown
from assistant.reading import readable_heading
from corpus.dates import last_day
from corpus.index.reader import DocumentRecord, Index
from corpus.records import DocumentEntry, Section

SOON_MONTHS = 12
"""A convention that ends within so many months is said to end soon."""
_COUNTED_IN_DAYS = 60
_KINDS = {
    "convention": "Convention", "plan-d-actions": "Plan d'actions", "projet-de-territoire": "Projet de territoire",
    "note": "Note",
}  # fmt: skip
_LONGEST_READING = 5000
_LONGEST_HEADING = 140


def render_documents(records: Sequence[DocumentRecord], today: date | None = None) -> str:
    """A card for each document, then their periods on one line of time."""
    if not records:
        return notice("Le corpus ne compte aucun document : ajoutez-en un.", "warning")
    today = today or date.today()
    cards = "".join(f'<li class="ctg-card">{_card(record, today)}</li>' for record in records)
    return f'{render_timeline(records, today)}<ul class="ctg-cards">{cards}</ul>'


def render_timeline(records: Sequence[DocumentRecord], today: date) -> str:
    """The periods of the documents, from the first to the last year that one of them names."""
    dated = [(record, *_years(record)) for record in records]
    known = [(record, start, end) for record, start, end in dated if end is not None]
    if len(known) < 2:
        return ""
    first = min(start if start is not None else end - 1 for _, start, end in known)
    last = max(end for _, _, end in known)
    width = max(last - first, 1.0)
    now = 100 * (today.year + (today.month - 1) / 12 + today.day / 366 - first) / width
    years = "".join(
        f'<span style="left:{100 * (year - first) / width:.1f}%">{year}</span>'
        for year in range(math.ceil(first), math.ceil(last))
    )
    marker = f'<i style="left:{now:.1f}%"></i>' if 0 <= now <= 100 else ""
    items = [f'<li class="ctg-timeline-years" aria-hidden="true"><span></span><span>{years}</span></li>']
    for record, start, end in sorted(known, key=lambda item: item[2]):
        left = 100 * ((start if start is not None else first) - first) / width
        size = max(100 * (end - first) / width - left, 3)
        open_start = ' class="ctg-open-start"' if start is None else ""
        line = f'<span{open_start} style="left:{left:.1f}%;width:{size:.1f}%"></span>'
        items.append(
            f"<li><span>{shown(record.entry.territory.short_name)}<br/>"
            f'<span class="ctg-muted">{shown(period_text(record))}</span></span>'
            f'<span class="ctg-timeline-line" aria-hidden="true">{line}{marker}</span></li>'
        )
    items += [
        f'<li><span>{shown(record.entry.territory.short_name)}<br/><span class="ctg-muted">Période non précisée</span>'
        '</span><span class="ctg-timeline-line ctg-undated" aria-hidden="true"></span></li>'
        for record, _, end in dated
        if end is None
    ]
    legend = f'<p class="ctg-timeline-now">Aujourd\'hui, le {today:%d/%m/%Y}</p>' if marker else ""
    return (
        f'<h3>Périodes</h3>{legend}<ul class="ctg-timeline" aria-label="Périodes des conventions">{"".join(items)}</ul>'
    )


def render_outline(index: Index, document: str) -> str:
    """The outline of a document as nested lists; each heading opens its part of the text."""
    sections = index.sections(document)
    children: dict[str | None, list[Section]] = {}
    for section in sections:
        children.setdefault(section.parent, []).append(section)
    root = next((section for section in sections if section.parent is None), None)
    tree = _branch(index, children, root.id if root else None)
    record = index.document(document)
    return (
        f"<p>{shown(record.entry.title)} : {counted(record.sections, 'partie')}, "
        f"{counted(record.passages, 'passage')}.</p>{tree}"
    )


def _card(record: DocumentRecord, today: date) -> str:
    entry = record.entry
    badges = [status_badge(entry)]
    if ending := ends_soon(record, today):
        badges.append(badge("draft", ending))
    held = [
        counted(number, *words)
        for number, words in (
            (record.fiches, ("fiche-action", "fiches-actions")),
            (record.actions, ("action de tableau", "actions de tableau")),
            (record.passages, ("passage",)),
            (record.pages or 0, ("page",)),
        )
        if number
    ]
    facts = definition_list(
        {
            "Nature": _KINDS[entry.kind],
            "Période": shown(period_text(record)),
            "Contenu": shown(", ".join(held)),
            "Département": shown(entry.territory.department or ""),
            "Caf": shown(entry.territory.caf or ""),
            "Communes": shown(_communes(entry.territory.communes)),
            "Statut": shown(entry.status_note or ""),
        }
    )
    read = action_button("source", "Lire le début", {"document": entry.id, "window": "0-3000"})
    title = f"<h3>{shown(entry.territory.name)}</h3><p>{shown(entry.title)}</p>"
    return f"{title}<p>{' '.join(badges)}</p>{facts}<p>{read}</p>"


def status_badge(entry: DocumentEntry) -> str:
    """Whether a document is signed, with what there is to know of it."""
    look = "draft" if entry.is_unsigned else "status"
    return badge(look, STATUS_LABELS[entry.status].capitalize(), entry.status_note or "")


def ends_soon(record: DocumentRecord, today: date) -> str:
    """ "Se termine dans 39 jours", "Se termine dans 7 mois", "Période terminée"; empty where none is so."""
    if record.entry.period_to is None:
        return ""
    days = (last_day(record.entry.period_to) - today).days
    if days < 0:
        return "Période terminée"
    if days < _COUNTED_IN_DAYS:
        return f"Se termine dans {counted(days, 'jour')}" if days else "Se termine aujourd'hui"
    months = days // 30
    return f"Se termine dans {months} mois" if months <= SOON_MONTHS else ""


def endings(records: Sequence[DocumentRecord], today: date | None = None) -> list[str]:
    """ "Se terminent dans 39 jours : Gevrey-Nuits, Firminy…": the conventions that end soon or have ended, by when."""
    named: dict[str, list[str]] = {}
    for record in records:
        if ending := ends_soon(record, today or date.today()):
            named.setdefault(ending, []).append(record.entry.territory.short_name)
    return [
        f"{ending.replace('Se termine', 'Se terminent') if len(names) > 1 else ending} : {', '.join(names)}"
        for ending, names in named.items()
    ]


def _years(record: DocumentRecord) -> tuple[float | None, float | None]:
    """First and last day of the period as years with a fraction; the end is the day after the last."""
    return _year(record.entry.period_from, end=False), _year(record.entry.period_to, end=True)


def _year(value: str | None, *, end: bool) -> float | None:
    if value is None:
        return None
    parts = [int(part) for part in value.split("-")]
    months = parts[1] - 1 if len(parts) > 1 else (12 if end else 0)
    if end and len(parts) > 1:
        months += 1
    return parts[0] + months / 12


def _communes(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"{len(names)} : {', '.join(names[:6])}{'…' if len(names) > 6 else ''}"


def _branch(index: Index, children: dict[str | None, list[Section]], parent: str | None) -> str:
    found = children.get(parent, [])
    if not found:
        return ""
    items = []
    for section in found:
        end = min(section.end, section.start + _LONGEST_READING)
        data = {"document": section.document, "window": f"{section.start}-{end}"}
        page = f' <span class="ctg-muted">p. {section.page}</span>' if section.page is not None else ""
        heading = f"{action_button('source', _heading(index, section), data, css='ctg-cell')}{page}"
        inside = _branch(index, children, section.id)
        if inside:
            inside = f"<details><summary>{counted(len(children[section.id]), 'partie')}</summary>{inside}</details>"
        items.append(f"<li>{heading}{inside}</li>")
    return f'<ul class="ctg-outline">{"".join(items)}</ul>'


def _heading(index: Index, section: Section) -> str:
    return shorten(readable_heading(index, section), _LONGEST_HEADING) or section.label
