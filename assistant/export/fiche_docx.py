"""A drafted fiche put into a DOCX template.

A template is any DOCX with placeholders: `{{titre}}`, `{{territoire}}`, `{{date}}`, `{{sources}}`, `{{demande}}` and
one for each field (`{{pilote}}`, `{{actions}}`…). A paragraph that holds a field's placeholder alone is repeated for
each line, in its own style; `{{sources}}` alone in a paragraph becomes the table of sources.
"""

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.records import DRAFT_KEYS, Draft, DraftLine
from assistant.export.fiche import CAUTION, place_of, provenance, territory_line
from assistant.export.files import printable
from corpus.errors import ExportFailed

TEMPLATE = Path(__file__).with_name("templates") / "fiche-action.docx"
TEXT_NAMES = ("titre", "territoire", "date", "demande", "avertissement")
KNOWN_NAMES = (*TEXT_NAMES, "sources", *DRAFT_KEYS)
REQUIRED_NAMES = ("titre", "sources")
"""Without a title a fiche has no name, without its sources no one can check it."""

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_BROKEN = re.compile(r"\{\{[^{}]{0,40}\}?|\{?[^{}]{0,40}\}\}")
_HOLE = re.compile(r"(\[À COMPLÉTER[^\]]*\])")
_GREY = "5F6B76"
_SOURCE_WIDTHS_CM = (1.1, 6.6, 9.3)


def fiche_docx(draft: Draft, template: Path | None = None) -> bytes:
    """The draft as a DOCX. Raises ExportFailed, naming the placeholder, where the template cannot be used."""
    document = _open(template or TEMPLATE)
    paragraphs = list(_paragraphs(document))
    _check(paragraphs, (template or TEMPLATE).name)
    said = _texts(draft)
    shown = {name for paragraph in paragraphs for name in _PLACEHOLDER.findall(paragraph.text)}
    for paragraph in paragraphs:
        names = _PLACEHOLDER.findall(paragraph.text)
        if not names:
            continue
        alone = len(names) == 1 and _PLACEHOLDER.fullmatch(paragraph.text.strip())
        if alone and names[0] in DRAFT_KEYS:
            _put_lines(paragraph, draft.fields.get(names[0], ()))
        elif alone and names[0] == "sources":
            _put_sources(document, paragraph, draft)
        else:
            _put_text(paragraph, said)
    _add_left_out(document, draft, shown)
    _set_properties(document, draft)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _open(path: Path) -> Any:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        return Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise ExportFailed(
            f"Le modèle « {path.name} » ne peut pas être ouvert comme un fichier DOCX : vérifiez-le, ou utilisez "
            "le modèle livré."
        ) from error


def _paragraphs(document: Any) -> Iterator[Any]:
    """Paragraphs of the body, of its tables, of headers and footers."""
    yield from _paragraphs_in(document)
    for section in document.sections:
        for part in (section.header, section.footer):
            yield from _paragraphs_in(part)


def _paragraphs_in(container: Any) -> Iterator[Any]:
    yield from container.paragraphs
    for table in container.tables:
        seen: set[int] = set()
        for row in table.rows:
            for cell in row.cells:
                if id(cell._tc) not in seen:
                    seen.add(id(cell._tc))
                    yield from _paragraphs_in(cell)


def _check(paragraphs: list[Any], name: str) -> None:
    found: set[str] = set()
    for paragraph in paragraphs:
        names = _PLACEHOLDER.findall(paragraph.text)
        broken = _BROKEN.search(_PLACEHOLDER.sub(" ", paragraph.text))
        unknown = next((one for one in names if one not in KNOWN_NAMES), None)
        if broken:
            raise ExportFailed(
                f"Le modèle « {name} » a un repère mal fermé (« {broken.group().strip()} ») : corrigez-le."
            )
        if unknown is not None:
            raise ExportFailed(
                f"Le modèle « {name} » contient un repère inconnu : « {{{{{unknown}}}}} ». Repères possibles : "
                f"{', '.join(KNOWN_NAMES)}."
            )
        found |= set(names)
    missing = [one for one in REQUIRED_NAMES if one not in found]
    if missing:
        raise ExportFailed(f"Il manque au modèle « {name} » le repère « {{{{{missing[0]}}}}} » : ajoutez-le.")


def _texts(draft: Draft) -> dict[str, str]:
    texts = {
        "titre": draft.title, "territoire": territory_line(draft), "date": f"{date.today():%d/%m/%Y}",
        "demande": draft.request, "avertissement": " ".join([CAUTION, *(notice.text for notice in draft.notices)]),
        "sources": " ; ".join(f"[{source.n}] {place_of(source)}" for source in draft.citations()),
    }  # fmt: skip
    for key in DRAFT_KEYS:
        texts[key] = " ; ".join(line.text for line in draft.fields.get(key, ()))
    return {name: printable(text) for name, text in texts.items()}


def _put_text(paragraph: Any, said: dict[str, str]) -> None:
    """Placeholders amid other words. A placeholder may be cut over several runs: the first keeps its look."""
    text = _PLACEHOLDER.sub(lambda match: said[match.group(1)], paragraph.text)
    runs = paragraph.runs
    for run in runs[1:]:
        run._r.getparent().remove(run._r)
    runs[0].text = text


def _put_lines(paragraph: Any, lines: tuple[DraftLine, ...]) -> None:
    from docx.text.paragraph import Paragraph

    model = copy.deepcopy(paragraph._p)
    last = paragraph
    for place, line in enumerate(lines or (DraftLine(text="", origin="genere"),)):
        if place:
            element = copy.deepcopy(model)
            last._p.addnext(element)
            last = Paragraph(element, paragraph._parent)
        _write_line(last, line)


def _write_line(paragraph: Any, line: DraftLine) -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt, RGBColor

    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    first = paragraph.runs[0]
    look = copy.deepcopy(first._r.rPr) if first._r.rPr is not None else None
    first.text = ""
    for piece in filter(None, _HOLE.split(printable(line.text))):
        run = paragraph.add_run(piece)
        if look is not None:
            run._r.insert(0, copy.deepcopy(look))
        if _HOLE.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    said = provenance(line) if line.text else ""
    if said:
        run = paragraph.add_run(f" — {printable(said)}")
        run.font.size = Pt(8)
        run.font.color.rgb = RGBColor.from_string(_GREY)
        run.italic = True


def _put_sources(document: Any, paragraph: Any, draft: Draft) -> None:
    if not draft.citations():
        _put_text(paragraph, {**_texts(draft), "sources": "Aucune source : rien n'est repris d'un autre territoire."})
        return
    table = document.add_table(rows=1, cols=3)
    _set_style(document, table, ("Table Grid", "Grille du tableau"))
    for cell, name in zip(table.rows[0].cells, ("N°", "Où", "Ce que dit la source"), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    for source in draft.citations():
        cells = table.add_row().cells
        for cell, text in zip(cells, (f"[{source.n}]", place_of(source), f"« {source.quote} »"), strict=True):
            cell.text = printable(text)
    set_widths(table, _SOURCE_WIDTHS_CM)
    _set_small(table)
    paragraph._p.addprevious(table._tbl)
    for run in paragraph.runs:
        run.text = ""


def set_widths(table: Any, centimetres: tuple[float, ...]) -> None:
    """Fix the width of each column of a python-docx table; Word wants it on every cell too."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(width)


def _set_small(table: Any) -> None:
    """Small print, the heading repeated on each page, no row cut by a page."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    for place, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if not place:
            properties.append(OxmlElement("w:tblHeader"))
        for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
            paragraph.paragraph_format.space_after = Pt(0)
            for run in paragraph.runs:
                run.font.size = Pt(8)


def _set_style(document: Any, table: Any, names: tuple[str, ...]) -> None:
    known = {style.name for style in document.styles}
    for name in names:
        if name in known:
            table.style = document.styles[name]
            return


def _add_left_out(document: Any, draft: Draft, shown: set[str]) -> None:
    """Fields that the template has no place for are put at the end: nothing is lost in silence."""
    left = [key for key in draft.fields if key not in shown and draft.fields[key]]
    if left:
        document.add_paragraph().add_run("Rubriques que le modèle ne prévoit pas").bold = True
    for key in left:
        document.add_paragraph().add_run(FIELD_LABELS[key]).bold = True
        for line in draft.fields[key]:
            paragraph = document.add_paragraph()
            paragraph.add_run("")
            _write_line(paragraph, line)


def _set_properties(document: Any, draft: Draft) -> None:
    properties = document.core_properties
    properties.title = printable(draft.title)[:250]
    properties.subject = printable(f"Fiche-action — {draft.territory or 'territoire à préciser'}")[:250]
    properties.author = "Assistant CTG"
    properties.keywords = "fiche-action, CTG, brouillon"
    properties.comments = CAUTION
    properties.language = "fr-FR"
    properties.created = properties.modified = datetime.now().replace(microsecond=0)
