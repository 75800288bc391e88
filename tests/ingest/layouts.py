"""Conventions laid out in two more ways that real ones use, by a hand that is not the code's: fiches as headings with
bold labels and running lines, and one landscape table with merged cells for each fiche."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from rendering import write_docx, write_html, write_odt, write_pdf

FIELDS = {
    "Origine de l'action": "contexte", "Résultats attendus": "objectifs", "Publics visés": "public",
    "Description de l'action": "actions", "Porteur de l'action": "pilote", "Acteurs à mobiliser": "partenaires",
    "Moyens alloués": "moyens", "Plan de financement": "budget", "Temporalité": "calendrier",
    "Indicateurs de réussite": "indicateurs_evaluation", "Points d'attention": "vigilance",
}  # fmt: skip
"""What the two conventions call their fields, and which field each is."""


@dataclass(frozen=True)
class Fiche:
    """A made-up fiche: a label has one value, or the items of a list."""

    reference: str
    title: str
    fields: dict[str, tuple[str, ...]]


PLATEAU = (
    Fiche("1.1", "Ouvrir une crèche de dix places à Sainte-Foy-le-Haut", {
        "Origine de l'action": ("Quarante et une familles attendent une place ; la seule crèche du plateau est "
                                "complète depuis 2022 et trois assistantes maternelles partent en retraite.",),
        "Résultats attendus": ("Dix places ouvertes en 2027", "Un accueil possible dès 6 h 45 pour les parents qui "
                               "travaillent à l'hôpital"),
        "Porteur de l'action": ("Communauté de communes du Plateau d'Hautval",),
        "Acteurs à mobiliser": ("Caf", "PMI", "commune de Sainte-Foy-le-Haut"),
        "Plan de financement": ("320 000 € d'investissement, dont 60 % demandés à la Caf",),
        "Temporalité": ("Études en 2026, ouverture en septembre 2027",),
        "Indicateurs de réussite": ("Nombre de places occupées", "Part de familles monoparentales accueillies"),
    }),
    Fiche("1.2", "Faire connaître le métier d'assistante maternelle", {
        "Origine de l'action": ("Le nombre d'assistantes maternelles a baissé de 18 % en cinq ans.",),
        "Publics visés": ("demandeurs d'emploi", "personnes en reconversion"),
        "Description de l'action": ("Trois réunions par an avec France Travail", "Un film de trois minutes tourné chez "
                                    "des professionnelles du plateau", "Des portes ouvertes au relais"),
        "Porteur de l'action": ("Relais petite enfance Les Galopins",),
        "Temporalité": ("2026",),
        "Points d'attention": ("Ne pas promettre d'agrément avant l'avis de la PMI.",),
    }),
    Fiche("2.1", "Créer un accueil de loisirs itinérant pour les 11-15 ans", {
        "Origine de l'action": ("Six villages n'ont aucun lieu pour les collégiens pendant les vacances.",),
        "Résultats attendus": ("Une semaine d'animation dans chaque village à chaque période de vacances",),
        "Porteur de l'action": ("Fédération départementale des foyers ruraux",),
        "Acteurs à mobiliser": ("collège Jean-Rostand", "MSA"),
        "Moyens alloués": ("Deux animateurs à mi-temps et un minibus de neuf places",),
        "Temporalité": ("De 2026 à 2029",),
        "Indicateurs de réussite": ("Jeunes inscrits", "Villages desservis"),
    }),
)  # fmt: skip
AXES = {"1": "Grandir sur le plateau", "2": "Donner leur place aux jeunes"}
CLOSING = "Les fiches sont revues chaque année par le comité de pilotage, qui se réunit en mars."


def write_text(text: str, form: str, file: Path) -> None:
    """A plain text as a file of one of the formats; "colonnes.pdf" is in two columns."""
    if form == "docx":
        write_docx(text, file)
    elif form == "odt":
        write_odt(text, file)
    elif form == "html":
        write_html(text, file)
    else:
        write_pdf(text, file, 2 if form == "colonnes.pdf" else 1)


def write_headings(form: str, file: Path) -> None:
    """The fiches as headings: short values stand after their bold label, long ones and lists under it; a running line
    at the top and the page number at the foot of each page."""
    (_headings_docx if form == "docx" else _headings_pdf)(file)


def write_tables(form: str, file: Path) -> None:
    """One table for each fiche across a landscape page: its title in a cell as wide as the table, four columns for
    short fields, long ones over three merged columns, and last a row of labels above a row of values."""
    (_tables_docx if form == "docx" else _tables_pdf)(file)


def _is_short(values: Sequence[str]) -> bool:
    return len(values) == 1 and len(values[0]) < 60


def _headings_docx(file: Path) -> None:
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = "Convention territoriale globale du Plateau d'Hautval"
    document.sections[0].footer.paragraphs[0].text = "Annexe 2"
    document.add_heading("Annexe 2 - Les fiches-actions", level=1)
    for fiche in PLATEAU:
        axis = fiche.reference.split(".")[0]
        if fiche.reference.endswith(".1"):
            document.add_heading(f"Axe {axis} – {AXES[axis]}", level=2)
        document.add_heading(f"Fiche {fiche.reference} – {fiche.title}", level=3)
        for label, values in fiche.fields.items():
            if _is_short(values):
                line = document.add_paragraph()
                line.add_run(f"{label} : ").bold = True
                line.add_run(values[0])
                continue
            document.add_paragraph().add_run(label).bold = True
            for value in values:
                document.add_paragraph(value, style="List Bullet" if len(values) > 1 else None)
    document.add_heading("Suivi", level=1)
    document.add_paragraph(CLOSING)
    document.save(str(file))


def _headings_pdf(file: Path) -> None:
    import pymupdf

    parts = ["<h1>Annexe 2 - Les fiches-actions</h1>"]
    for fiche in PLATEAU:
        axis = fiche.reference.split(".")[0]
        if fiche.reference.endswith(".1"):
            parts.append(f"<h2>Axe {axis} – {AXES[axis]}</h2>")
        parts.append(f"<h3>Fiche {fiche.reference} – {escape(fiche.title)}</h3>")
        for label, values in fiche.fields.items():
            if _is_short(values):
                parts.append(f"<p><b>{label} : </b>{escape(values[0])}</p>")
            else:
                parts += [f"<p><b>{label}</b></p>", _list(values)]
    parts.append(f"<h1>Suivi</h1><p>{CLOSING}</p>")
    story = pymupdf.Story("".join(parts), user_css="body{font-family:serif;font-size:11px} h3{color:#444}")
    document = pymupdf.open()
    more = True
    while more:
        page = document.new_page(width=595, height=842)
        more = _draw(document, page, story, pymupdf.Rect(70, 80, 525, 770))
        page.insert_text((70, 45), "Convention territoriale globale du Plateau d'Hautval", fontsize=8)
        page.insert_text((290, 810), f"{len(document)}", fontsize=8)
    document.save(file)


def _list(values: Sequence[str]) -> str:
    if len(values) == 1:
        return f"<p>{escape(values[0])}</p>"
    return "<ul>" + "".join(f"<li>{escape(value)}</li>" for value in values) + "</ul>"


def _rows(fiche: Fiche) -> list[list[tuple[str | tuple[str, ...], int]]]:
    """Rows of cells with the number of columns that each covers; a tuple is the value of a field."""
    rows: list[list[tuple[str | tuple[str, ...], int]]] = [[(f"FICHE ACTION N° {fiche.reference} : {fiche.title}", 4)]]
    short = [label for label, values in fiche.fields.items() if _is_short(values)]
    last = [label for label in fiche.fields if label not in short][-2:]
    for place in range(0, len(short) - 1, 2):
        rows.append([(one, 1) for label in short[place : place + 2] for one in (label, fiche.fields[label])])
    for label, values in fiche.fields.items():
        if label not in last and (label not in short or (len(short) % 2 and label == short[-1])):
            rows.append([(label, 1), (values, 3)])
    rows.append([(label, 2) for label in last])
    rows.append([(fiche.fields[label], 2) for label in last])
    return rows


def _tables_docx(file: Path) -> None:
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    document.add_paragraph("Annexe 2 - Les fiches-actions")
    for fiche in PLATEAU:
        table = document.add_table(rows=0, cols=4, style="Table Grid")
        for row in _rows(fiche):
            cells = table.add_row().cells
            column = 0
            for content, width in row:
                cell = cells[column].merge(cells[column + width - 1])
                _fill_cell(cell, content)
                column += width
        document.add_paragraph()
    document.add_paragraph("Suivi")
    document.add_paragraph(CLOSING)
    document.save(str(file))


def _fill_cell(cell: Any, content: str | tuple[str, ...]) -> None:
    if isinstance(content, str):
        cell.paragraphs[0].add_run(content).bold = True
        return
    cell.paragraphs[0].text = content[0]
    if len(content) > 1:
        cell.paragraphs[0].style = "List Bullet"
    for value in content[1:]:
        cell.add_paragraph(value, style="List Bullet")


def _tables_pdf(file: Path) -> None:
    import pymupdf

    document = pymupdf.open()
    edges = (40, 170, 420, 550, 802)
    for number, fiche in enumerate(PLATEAU):
        page = document.new_page(width=842, height=595)
        top = 70.0
        if number == 0:
            page.insert_text((40, 50), "Annexe 2 - Les fiches-actions", fontsize=14)
        for row in _rows(fiche):
            column, boxes = 0, []
            for content, width in row:
                words = f"<b>{escape(content)}</b>" if isinstance(content, str) else _list(content)
                story = pymupdf.Story(
                    words, user_css="body{font-family:sans-serif;font-size:10px} p,ul{margin:0} ul{padding-left:14px}"
                )
                inner = pymupdf.Rect(edges[column] + 5, top + 4, edges[column + width] - 5, 590)
                boxes.append((edges[column], edges[column + width], story.place(inner)[1][3], story))
                column += width
            bottom = max(lowest for _, _, lowest, _ in boxes) + 5
            for left, right, _, story in boxes:
                page.draw_rect(pymupdf.Rect(left, top, right, bottom), width=0.7)
                story.place(pymupdf.Rect(left + 5, top + 4, right - 5, 590))
                _draw_placed(document, page, story)
            top = bottom
    page.insert_text((40, top + 40), "Suivi", fontsize=14)
    page.insert_text((40, top + 60), CLOSING, fontsize=10)
    document.save(file)


def _draw(document: Any, page: Any, story: Any, box: Any) -> bool:
    """Lays as much of a story as fits in a box of the page; True where some is left."""
    more, _ = story.place(box)
    _draw_placed(document, page, story)
    return bool(more)


def _draw_placed(document: Any, page: Any, story: Any) -> None:
    import io

    import pymupdf

    buffer = io.BytesIO()
    writer = pymupdf.DocumentWriter(buffer)
    story.draw(writer.begin_page(page.rect))
    writer.end_page()
    writer.close()
    with pymupdf.open("pdf", buffer.getvalue()) as overlay:
        page.show_pdf_page(page.rect, overlay, 0)
