"""The plain template of fiches-actions, built once and shipped: `python -m assistant.export.fiche_template`.

Run it again after a change here; a Caf's own template (any DOCX with the same placeholders) needs none of this.
"""

from pathlib import Path
from typing import Any

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.records import DRAFT_KEYS
from assistant.export.fiche_docx import TEMPLATE, set_widths

_BLUE = "1F4E79"
_SHADE = "E8EEF4"
_SINGLE = frozenset({"axe", "perimetre", "budget", "calendrier"})
_WIDTHS_CM = (3.6, 13.4)


def build_template(path: Path = TEMPLATE) -> Path:
    """Write the template: A4, headings and lists in real styles, a table for the fields, a place for the sources."""
    from docx import Document
    from docx.shared import Cm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name, size in (("Normal", 10), ("List Bullet", 10), ("Title", 20), ("Subtitle", 11), ("Heading 1", 13)):
        style = document.styles[name]
        style.font.name = "Arial"
        style.font.size = Pt(size)
        _set_east_asian_font(style, "Arial")
        if name in ("Title", "Heading 1"):
            style.font.color.rgb = RGBColor.from_string(_BLUE)
    bullets = document.styles["List Bullet"].paragraph_format
    bullets.space_after = Pt(2)
    bullets.left_indent, bullets.first_line_indent = Cm(0.5), Cm(-0.5)
    document.add_paragraph("{{titre}}", style="Title")
    document.add_paragraph("{{territoire}}", style="Subtitle")
    document.add_paragraph("{{avertissement}}")
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for key in DRAFT_KEYS:
        label, content = table.add_row().cells
        label.paragraphs[0].add_run(FIELD_LABELS[key]).bold = True
        _shade(label)
        content.paragraphs[0].style = document.styles["Normal" if key in _SINGLE else "List Bullet"]
        content.paragraphs[0].add_run(f"{{{{{key}}}}}")
    set_widths(table, _WIDTHS_CM)
    document.add_heading("Sources", level=1)
    document.add_paragraph("{{sources}}")
    section.footer.paragraphs[0].add_run("{{titre}} — brouillon du {{date}}").font.size = Pt(8)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.core_properties.title = "Modèle de fiche-action"
    document.core_properties.author = "Assistant CTG"
    document.core_properties.language = "fr-FR"
    document.save(str(path))
    return path


def _set_east_asian_font(style: Any, name: str) -> None:
    from docx.oxml.ns import qn

    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        style.element.rPr.rFonts.attrib.pop(qn(attribute), None)


def _shade(cell: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


if __name__ == "__main__":
    build_template()
