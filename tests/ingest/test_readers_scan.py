"""Scanned pages: read by Tesseract, straightened, kept page by page, the reading taken up where it stopped."""

import io
import json
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein
from rendering import needs_tesseract, scan, write_pdf

from corpus.text import words
from ingest.readers import ReadLimits, read_document
from ingest.readers.ocr_words import words_of
from ingest.readers.scan import page_image
from ingest.readers.straighten import find_skew

GEVREY = Path(__file__).resolve().parents[2] / "corpus/documents/gevrey-nuits.txt"
WORD_ERRORS = 0.03
"""Share of words that recognition may get wrong on a clean page turned a little."""


@needs_tesseract
def test_a_skewed_page_of_fiches_comes_back_with_its_words_lists_and_table(tmp_path: Path) -> None:
    text = GEVREY.read_text(encoding="utf-8")
    summary, fiche = text.index("Axes prioritaires"), text.index("Fiche action 0 :")
    table = text[summary : text.index("Axe 1 : Petite enfance", summary)]
    page = table + "\n" + text[fiche : text.index("Moyens mobilisés", fiche)]
    write_pdf(page, tmp_path / "page.pdf")
    scan(tmp_path / "page.pdf", tmp_path / "scan.pdf", degrees=1.4)

    read = read_document(tmp_path / "scan.pdf", kept_pages=tmp_path / "pages")

    assert read.format == "pdf-scan"
    assert [one.number for one in read.pages] == [1]
    expected, found = words(page), words(read.text)
    assert Levenshtein.distance(expected, found) <= WORD_ERRORS * len(expected)
    rows = [line.split("\t") for line in read.text.split("\n") if "\t" in line]
    assert [len(row) for row in rows] == [3, 3, 3]
    assert rows[0] == ["Axes prioritaires", "Objectifs", "Fiches-actions"]
    items = [line for line in page.split("\n") if line.startswith("- ")]
    assert sum(line.startswith("- ") for line in read.text.split("\n")) >= 0.9 * len(items)


@needs_tesseract
def test_an_interrupted_reading_goes_on_with_the_pages_that_are_missing(tmp_path: Path) -> None:
    from PIL import Image

    frames = [Image.open(picture(f"Fiche action {number}. Pilote : la Caf.")) for number in (1, 2)]
    frames[0].save(tmp_path / "scan.tiff", save_all=True, append_images=frames[1:], dpi=(200, 200))
    steps: list[tuple[int, int]] = []
    first = read_document(
        tmp_path / "scan.tiff", kept_pages=tmp_path / "pages", progress=lambda done, total: steps.append((done, total))
    )
    assert steps[-1] == (2, 2)
    assert "Fiche action 2" in first.text
    assert len(first.pages) == 2

    kept = next((tmp_path / "pages").glob("*/page-0001.json"))
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"text": "page gardée"}))
    kept.with_name("page-0002.json").unlink()
    again = read_document(tmp_path / "scan.tiff", kept_pages=tmp_path / "pages")
    assert again.text.startswith("page gardée")
    assert "Fiche action 2" in again.text


@needs_tesseract
def test_a_pdf_with_one_scanned_page_reads_all_its_pages(tmp_path: Path) -> None:
    import pymupdf

    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Article 1 : objet de la convention")
    page = document.new_page()
    page.insert_image(page.rect, stream=picture("Article 2 : durée de la convention").getvalue())
    document.save(tmp_path / "mixte.pdf")
    read = read_document(tmp_path / "mixte.pdf", kept_pages=tmp_path / "pages")
    assert [read.text[one.start : one.end].split(" :")[0] for one in read.pages] == ["Article 1", "Article 2"]


def test_without_tesseract_the_pages_that_have_text_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pymupdf

    document = pymupdf.open()
    document.new_page().insert_text((72, 72), "Article 1 : objet de la convention")
    page = document.new_page()
    page.insert_image(page.rect, stream=picture("Article 2").getvalue())
    document.save(tmp_path / "mixte.pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    read = read_document(tmp_path / "mixte.pdf", kept_pages=tmp_path / "pages")
    assert read.text.strip() == "Article 1 : objet de la convention"
    assert len(read.notes) == 1
    assert "pages 2 sans texte" in read.notes[0]
    assert "Tesseract" in read.notes[0]


def test_the_original_page_can_be_shown(tmp_path: Path) -> None:
    from PIL import Image

    write_pdf("Fiche action 1 : ouvrir un lieu\n", tmp_path / "page.pdf")
    shown = Image.open(io.BytesIO(page_image(tmp_path / "page.pdf", 1, ReadLimits(), tmp_path / "pages")))
    assert shown.format == "JPEG"
    assert shown.height > shown.width > 900
    assert shown.convert("L").getextrema()[0] < 100


@pytest.mark.parametrize("degrees", [-3.2, 0.0, 1.4])
def test_skew_is_measured(degrees: float) -> None:
    from PIL import Image

    page = Image.open(picture("\n".join(["Le comité de pilotage se réunit deux fois par an."] * 12)))
    turned = page.rotate(degrees, fillcolor=255, expand=True)
    assert find_skew(turned) == pytest.approx(-degrees, abs=0.15)


@pytest.mark.parametrize(
    ("sign", "width", "height", "read"),
    [("—", 31, 12, "→"), ("—", 24, 4, "–"), ("-", 10, 3, "–"), ("+", 10, 10, "•"), ("=", 11, 10, "•")],
)
def test_a_sign_between_two_items_is_told_by_its_shape(sign: str, width: int, height: int, read: str) -> None:
    """In dots at 200 per inch, as Tesseract measured them in type of 10 points; the word before has no tall letter."""
    rows = [
        {"text": text, "left": left, "top": top, "width": wide, "height": high, "conf": 88.0,
         "block_num": 1, "par_num": 1, "line_num": 1}
        for text, left, top, wide, high in
        [("moyens", 0, 110, 90, 26), (sign, 110, 118 - height // 2, width, height), ("Adultes", 160, 102, 100, 28)]
    ]  # fmt: skip
    assert [word.text for word in words_of(rows, 0.36)] == ["moyens", read, "Adultes"]


def picture(text: str) -> io.BytesIO:
    """A picture of a page of A5 with a text, at 200 dots per inch."""
    import pymupdf

    document = pymupdf.open()
    page = document.new_page(width=420, height=595)
    page.insert_textbox((40, 60, 390, 560), text, fontsize=13)
    return io.BytesIO(page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY).tobytes("png"))
