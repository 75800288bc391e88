"""Every format read well: encodings, reading order, tables, lists, numbers and pages."""

from pathlib import Path
from typing import Any

import pytest

from corpus.records import ReadDocument
from ingest.readers import read_document, system_checks

ACCENTS = "Où l’été s’achève, l’œuvre « à demi » coûte 12 € – déjà ! Çà et là, Noël à L’Haÿ : maïs, août, forêt.\n"
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-32")


def test_ends_of_lines_of_old_macs_are_ends_of_lines(tmp_path: Path) -> None:
    file = tmp_path / "mac.txt"
    file.write_bytes("Article 1 : Objet\r\rUne crèche ouvre.\r".encode("mac_roman"))
    assert read_document(file).text == "Article 1 : Objet\n\nUne crèche ouvre.\n"


@pytest.mark.parametrize("encoding", [*WIDE, "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_accents_come_back_exact_from_every_encoding(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "texte.txt"
    file.write_bytes((ACCENTS * 3).encode(encoding))
    assert read_document(file).text == ACCENTS * 3


@pytest.mark.parametrize("encoding", ["iso8859_15", "cp850", "latin-1"])
def test_old_encodings_keep_their_letters(encoding: str, tmp_path: Path) -> None:
    text = "Les élus ont décidé à l'unanimité de créer un relais : coût prévu, 12 000 francs à répartir dès août.\r\n"
    file = tmp_path / "texte.txt"
    file.write_bytes((text * 4).encode(encoding))
    assert read_document(file).text == text * 4


def test_a_text_mixed_of_two_encodings_keeps_its_accents(tmp_path: Path) -> None:
    file = tmp_path / "texte.txt"
    file.write_bytes("Accueil périscolaire à créer\n".encode() * 9 + "Échéance : été\n".encode("cp1252"))
    assert read_document(file).text == "Accueil périscolaire à créer\n" * 9 + "Échéance : été\n"


def test_form_feeds_are_pages(tmp_path: Path) -> None:
    file = tmp_path / "texte.txt"
    file.write_text("Première page\fDeuxième page\f", encoding="utf-8")
    read = read_document(file)
    assert pages_of(read) == ["Première page\f", "Deuxième page\f"]


def test_pdf_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["Le diagnostic montre une baisse", "des naissances dans toutes les", "communes rurales, et l'offre"]
    right = ["reste trop éloignée de ceux qui", "en ont besoin, surtout le samedi", "et en début de soirée."]
    page_texts = [[(72, 60, "Petite enfance", 16), *lines(72, 100, left), *lines(320, 106, right)]]
    read = read_document(draw(tmp_path / "colonnes.pdf", page_texts))
    assert read.text == (
        "Petite enfance\n\nLe diagnostic montre une baisse des naissances dans toutes les communes rurales, et l'offre "
        "reste trop éloignée de ceux qui en ont besoin, surtout le samedi et en début de soirée."
    )


def test_pdf_hyphens_go_only_where_the_document_knows_the_word(tmp_path: Path) -> None:
    words = ["L'accueil scolaire et la co-", "éducation : les accueils périsco-", "laires, dont les périscolaires."]
    read = read_document(draw(tmp_path / "cesures.pdf", [lines(72, 100, words)]))
    assert read.text == "L'accueil scolaire et la co-éducation : les accueils périscolaires, dont les périscolaires."


def test_pdf_table_rows_are_lines_of_tabbed_cells(tmp_path: Path) -> None:
    import pymupdf

    document = pymupdf.open()
    page = document.new_page()
    for box, words in {
        (72, 100, 200, 160): "Axe 1 Petite enfance",
        (200, 100, 350, 130): "Créer une crèche",
        (200, 130, 350, 160): "Soutenir les MAM",
        (350, 100, 450, 130): "2025",
        (350, 130, 450, 160): "2026",
    }.items():
        page.draw_rect(pymupdf.Rect(box))
        page.insert_textbox((box[0] + 4, box[1] + 4, box[2] - 4, box[3] - 4), words, fontsize=9)
    document.save(tmp_path / "tableau.pdf")
    read = read_document(tmp_path / "tableau.pdf")
    assert read.text == "Axe 1 Petite enfance\tCréer une crèche\t2025\n\tSoutenir les MAM\t2026"


def test_pdf_pages_are_numbered_without_their_heads_feet_and_cuts(tmp_path: Path) -> None:
    bodies = ["Le comité se réunit deux fois par an et rend compte aux", "conseils municipaux.", "Article 2", "Fin."]
    pages = [
        [(72, 30, "CTG du Val de Test", 9), (72, 100, body, 11), (290, 825, f"Page {number} sur 4", 9)]
        for number, body in enumerate(bodies, 1)
    ]
    read = read_document(draw(tmp_path / "pages.pdf", pages))
    assert [page.number for page in read.pages] == [1, 2, 3, 4]
    assert "rend compte aux conseils municipaux." in read.text
    assert read.text.count("CTG du Val de Test") == 1
    assert "sur 4" not in read.text
    assert pages_of(read)[2].strip() == "Article 2"


@pytest.mark.parametrize("angle", [90, 180])
def test_a_turned_pdf_page_reads_like_any_other(angle: int, tmp_path: Path) -> None:
    import pymupdf

    texts = [(72, 100, "Plan d'actions", 14), *lines(72, 140, ["Pilote : Caf", "Échéance : 2026"])]
    draw(tmp_path / "droit.pdf", [texts])
    document = pymupdf.open(tmp_path / "droit.pdf")
    document[0].set_rotation(angle)
    document[0].remove_rotation()
    document[0].set_rotation(360 - angle)
    document.save(tmp_path / "tourne.pdf")
    assert read_document(tmp_path / "tourne.pdf").text == read_document(tmp_path / "droit.pdf").text


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_shown_on_its_side_is_read_as_one_would_turn_it(angle: int, tmp_path: Path) -> None:
    import pymupdf

    texts = [(72, 100, "Plan d'actions", 14), *lines(72, 140, ["Pilote : Caf", "Échéance : 2026"])]
    draw(tmp_path / "droit.pdf", [texts])
    document = pymupdf.open(tmp_path / "droit.pdf")
    document[0].set_rotation(angle)
    document.save(tmp_path / "couche.pdf")
    document[0].remove_rotation()
    document.save(tmp_path / "dessine.pdf")
    read = read_document(tmp_path / "droit.pdf").text
    assert read_document(tmp_path / "couche.pdf").text == read
    assert read_document(tmp_path / "dessine.pdf").text == read


def test_what_was_filled_into_a_form_is_read(tmp_path: Path) -> None:
    import pymupdf

    draw(tmp_path / "vierge.pdf", [[(72, 100, "Pilote de l'action :", 12)]])
    document = pymupdf.open(tmp_path / "vierge.pdf")
    field = pymupdf.Widget()
    field.field_name, field.field_type = "pilote", pymupdf.PDF_WIDGET_TYPE_TEXT
    field.field_value, field.rect = "CCAS de Sancergues", pymupdf.Rect(200, 84, 500, 106)
    document[0].add_widget(field)
    document.save(tmp_path / "rempli.pdf")
    assert "CCAS de Sancergues" in read_document(tmp_path / "rempli.pdf").text


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_docx_keeps_what_stands_in_controls_insertions_and_boxes(tmp_path: Path) -> None:
    box = f"<w:pict><w:txbxContent><w:p>{run('Encadré')}</w:p></w:txbxContent></w:pict>"
    read = read_document(
        docx_of(
            tmp_path / "revu.docx",
            f"<w:p {W}>{run('Durée : ')}<w:del>{run('3 ans')}</w:del><w:ins>{run('5 ans')}</w:ins></w:p>",
            f"<w:sdt {W}><w:sdtContent><w:p>{run('Pilote : Caf')}</w:p></w:sdtContent></w:sdt>",
            f"<w:p {W}><w:r>{box}</w:r></w:p>",
            f"<w:p {W}><w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r></w:p>",
        )
    )
    assert read.text == "Durée : 5 ans\n\nPilote : Caf\n\nEncadré"


def test_docx_counts_the_numbers_that_word_shows(tmp_path: Path) -> None:
    numbered = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='77'/></w:numPr>"
    paragraphs = [
        f"<w:p {W}><w:pPr>{numbered.format(depth)}</w:pPr>{run(words)}</w:p>"
        for depth, words in ((0, "Objet"), (1, "Champs"), (0, "Durée"))
    ]
    levels = "".join(
        f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for depth, form, text in ((0, "decimal", "Article %1 :"), (1, "lowerLetter", "%2)"))
    )
    definition = f"<w:abstractNum {W} w:abstractNumId='77'>{levels}</w:abstractNum>"
    used = f"<w:num {W} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"
    file = docx_of(tmp_path / "articles.docx", *paragraphs, numbering=(definition, used))
    assert read_document(file).text == "Article 1 : Objet\n\na) Champs\n\nArticle 2 : Durée"


def test_docx_pages_are_those_that_word_last_showed(tmp_path: Path) -> None:
    read = read_document(
        docx_of(
            tmp_path / "pages.docx",
            f"<w:p {W}><w:r><w:t>Première page, dont la phrase</w:t><w:lastRenderedPageBreak/>"
            "<w:t xml:space='preserve'> continue ici.</w:t></w:r></w:p>",
            f"<w:p {W}><w:r><w:lastRenderedPageBreak/><w:t>Troisième page</w:t></w:r></w:p>",
        )
    )
    assert read.text == "Première page, dont la phrase continue ici.\n\nTroisième page"
    assert [(page.number, text.strip()) for page, text in zip(read.pages, pages_of(read), strict=True)] == [
        (1, "Première page, dont la phrase"),
        (2, "continue ici."),
        (3, "Troisième page"),
    ]


def test_docx_merged_cells_stand_once_and_fiche_tables_read_as_fields(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    table = document.add_table(rows=4, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Fiche action 3"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Mise en œuvre"
    table.cell(1, 1).text, table.cell(2, 1).text = "Pilote : Caf", "Échéance : 2025"
    table.cell(3, 0).text, table.cell(3, 1).text = "Objectifs", "Rompre l'isolement"
    table.cell(3, 1).paragraphs[0].style = "List Bullet"
    table.cell(3, 1).add_paragraph("Créer du lien", style="List Bullet")
    document.save(tmp_path / "fiche.docx")
    assert read_document(tmp_path / "fiche.docx").text == (
        "Fiche action 3\t\nMise en œuvre\tPilote : Caf\n\tÉchéance : 2025\n\n"
        "Objectifs\n\n- Rompre l'isolement\n- Créer du lien"
    )


def test_html_shows_what_a_browser_shows(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    table = "<tr><td rowspan=2>EAJE</td><td>Les Lucioles</td></tr><tr><td>Les Loupiots</td></tr>"
    page = (
        "<html><head><meta charset=iso-8859-1><title>Onglet</title></head><body><script>voler()</script>"
        "<h1>Été à l’école</h1><p style='display:none'>caché</p><!-- note --><ul><li>un</li><li>deux</li></ul>"
        f"<table>{table}</table></body></html>"
    )
    file.write_bytes(page.encode("cp1252"))
    read = read_document(file)
    assert read.text == "Été à l’école\n\n- un\n- deux\n\nEAJE\tLes Lucioles\n\tLes Loupiots"
    assert (read.format, read.encoding) == ("html", "cp1252")


def test_odt_pages_lists_and_tables(tmp_path: Path) -> None:
    from odfdo import Document, Element, List, Paragraph, Table

    document = Document("text")
    body = document.body
    body.clear()
    body.append(Paragraph("Objectifs :"))
    body.append(List(["Informer les familles", "Soutenir les MAM"]))
    cut = Paragraph("La phrase commence")
    cut.append(Element.from_tag("text:soft-page-break"))
    cut.append(" et finit.")
    body.append(cut)
    table = Table("T", width=2, height=1)
    table.set_value((0, 0), "Pilote")
    table.set_value((1, 0), "Caf")
    body.append(table)
    document.save(str(tmp_path / "texte.odt"))
    read = read_document(tmp_path / "texte.odt")
    lists = "Objectifs :\n\n- Informer les familles\n- Soutenir les MAM"
    assert read.text == f"{lists}\n\nLa phrase commence et finit.\n\nPilote\tCaf"
    assert [page.number for page in read.pages] == [1, 2]
    assert pages_of(read)[1].strip().startswith("et finit.")


def test_reading_twice_gives_the_same_text(tmp_path: Path) -> None:
    file = draw(tmp_path / "deux.pdf", [lines(72, 100, ["Un premier texte", "puis un second."])])
    assert read_document(file) == read_document(file)


def test_system_checks_say_what_each_program_is_for() -> None:
    checks = {check.name: check for check in system_checks()}
    assert "PDF scannés" in checks["Tesseract (français)"].purpose
    assert all("install" in check.install for check in checks.values())


def run(words: str) -> str:
    """A run of text as Word stores it."""
    return f"<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>"


def pages_of(read: ReadDocument) -> list[str]:
    """Text of each page; checks that pages cover the text."""
    assert read.pages[0].start == 0
    assert read.pages[-1].end == len(read.text)
    assert all(page.end == after.start for page, after in zip(read.pages, read.pages[1:], strict=False))
    return [read.text[page.start : page.end] for page in read.pages]


def lines(x: float, y: float, texts: list[str]) -> list[tuple[float, float, str, float]]:
    """Lines of a paragraph from a point down, in type of 11 points."""
    return [(x, y + 13 * place, text, 11) for place, text in enumerate(texts)]


def draw(file: Path, pages: list[list[tuple[float, float, str, float]]]) -> Path:
    """A PDF with these texts: (x, y of the baseline, words, size)."""
    import pymupdf

    document = pymupdf.open()
    for texts in pages:
        page = document.new_page(width=595, height=842)
        for x, y, words, size in texts:
            page.insert_text((x, y), words, fontsize=size)
    document.save(file)
    return file


def docx_of(file: Path, *body: str, numbering: tuple[str, ...] = ()) -> Path:
    """A Word document with these elements as its body and as its list definitions."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    end: Any = document.element.body.sectPr
    for element in body:
        end.addprevious(parse_xml(element))
    definitions = document.part.numbering_part.element
    for place, element in enumerate(numbering):
        definitions.insert(place * len(definitions), parse_xml(element))
    document.save(str(file))
    return file
