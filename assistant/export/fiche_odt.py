"""A drafted fiche as an ODT: headings, lists and a table of sources in the styles of the format."""

import io
from typing import Any

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.records import Draft
from assistant.export.fiche import CAUTION, place_of, provenance, territory_line
from assistant.export.files import printable


def fiche_odt(draft: Draft) -> bytes:
    """The draft as an ODT."""
    from odfdo import Document, Header, List, ListItem, Paragraph

    document = Document("text")
    body = document.body
    body.clear()
    body.append(Header(1, printable(draft.title)))
    body.append(Paragraph(printable(territory_line(draft))))
    body.append(Paragraph(printable(" ".join([CAUTION, *(notice.text for notice in draft.notices)]))))
    for key, lines in draft.fields.items():
        body.append(Header(2, FIELD_LABELS[key]))
        items = List()
        for line in lines:
            said = provenance(line)
            items.append(ListItem(printable(f"{line.text} — {said}" if said else line.text)))
        body.append(items)
    if draft.citations():
        body.append(Header(2, "Sources"))
        body.append(_sources_table(draft))
    document.meta.title = printable(draft.title)
    document.meta.creator = "Assistant CTG"
    document.meta.description = CAUTION
    document.meta.language = "fr-FR"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _sources_table(draft: Draft) -> Any:
    from odfdo import Row, Table

    table = Table("Sources")
    for values in (
        ("N°", "Où", "Ce que dit la source"),
        *((f"[{source.n}]", place_of(source), f"« {source.quote} »") for source in draft.citations()),
    ):
        row = Row()
        row.set_values([printable(value) for value in values])
        table.append_row(row)
    return table
