"""Questions about the corpus itself: which territories, which periods, what ends when. Answered from the manifest."""

import re
from datetime import date

from assistant.compose.citing import CitationBook
from assistant.compose.lines import Composition
from corpus.index.reader import DocumentRecord, Index
from corpus.records import Query, Table, TableCell
from corpus.text import fold

STATUS_LABELS = {
    "signe": "signée",
    "projet": "projet non signé",
    "annexe": "annexe",
    "document-de-travail": "document de travail",
    "inconnu": "statut inconnu",
}
_ENDS = re.compile(
    r"\b(?:termine|terminent|fin|finissent|finit|expire|expirent|echeance|terme|renouvel\w*|s'arrete\w*)\b"
)
_YEAR = re.compile(r"\b(20\d\d)\b")


def compose_catalogue(index: Index, query: Query, book: CitationBook, today: date | None = None) -> Composition:
    """The documents of the corpus as a table; narrowed to those that end in the year asked for."""
    today = today or date.today()
    records = [record for record in index.documents() if not query.territories or record.entry.id in query.territories]
    folded = fold(query.resolved_question)
    composition = Composition()
    year = _year_asked(folded, today)
    if _ENDS.search(folded) and year:
        ending = [record for record in records if (record.entry.period_to or "").startswith(year)]
        names = ", ".join(record.entry.territory.short_name for record in ending) or "aucun"
        end = "se terminent" if len(ending) > 1 else "se termine"
        composition.add(
            f"{_counted(len(ending))} sur {len(records)} {end} en {year} : {names}.",
            [_cite(book, record) for record in (ending or records)], nature="donnee",
        )  # fmt: skip
    else:
        names = ", ".join(record.entry.territory.short_name for record in records)
        composition.add(
            f"Le corpus compte {_counted(len(records))} : {names}.",
            [_cite(book, record) for record in records], nature="donnee",
        )  # fmt: skip
    composition.table = Table(
        columns=("Territoire", "Document", "Période", "Statut", "Fiches-actions"),
        rows=tuple(
            tuple(
                TableCell(text=text, citations=(_cite(book, record),) if position == 0 else ())
                for position, text in enumerate(_row(record))
            )
            for record in records
        ),
    )
    return composition


def _counted(number: int) -> str:
    return f"{number} document{'s' if number > 1 else ''}"


def period_text(record: DocumentRecord) -> str:
    """ "du 2022-01-01 au 2026-12-31", "jusqu'au …", "à partir du …" or "non précisée"."""
    start, end = record.entry.period_from, record.entry.period_to
    if start and end:
        return f"{french_date(start)} – {french_date(end)}"
    if end:
        return f"jusqu'au {french_date(end)}"
    return f"à partir du {french_date(start)}" if start else "non précisée"


def french_date(value: str) -> str:
    """A date of the manifest as people write it: 2026-12-31 → 31/12/2026."""
    return "/".join(reversed(value.split("-")))


def _row(record: DocumentRecord) -> tuple[str, ...]:
    entry = record.entry
    return (
        entry.territory.short_name,
        entry.title,
        period_text(record),
        STATUS_LABELS[entry.status],
        str(record.fiches),
    )


def _cite(book: CitationBook, record: DocumentRecord) -> int:
    entry = record.entry
    text = f"{entry.title} — {entry.territory.name}, {period_text(record)}, {STATUS_LABELS[entry.status]}"
    return book.cite_note(f"reference:{entry.id}", "Manifeste du corpus", text)


def _year_asked(folded: str, today: date) -> str | None:
    if match := _YEAR.search(folded):
        return match.group(1)
    if "cette annee" in folded:
        return str(today.year)
    return str(today.year + 1) if "l'annee prochaine" in folded or "l'an prochain" in folded else None
