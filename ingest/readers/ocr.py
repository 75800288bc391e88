"""Character recognition of one page, through Tesseract: words with places become text as those of a PDF do."""

from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from ingest.readers.blocks import write_blocks
from ingest.readers.grids import find_grids
from ingest.readers.limits import ReadLimits
from ingest.readers.ocr_words import Row, words_of
from ingest.readers.page_layout import lay_out, line_pieces
from ingest.readers.paragraphs import Habits
from ingest.readers.raster import SCAN_DPI, VIEW_DPI, page_picture, picture_text
from ingest.readers.straighten import find_and_erase_rules, straighten
from ingest.readers.tables import frames_of

if TYPE_CHECKING:
    from PIL.Image import Image

_LANGUAGE = "fra"
_TURNED_CONFIDENCE = 55.0
_ORIENTATION_CONFIDENCE = 1.5


def recognise_page(path: Path, limits: ReadLimits, page: int) -> dict[str, Any]:
    """{"text": the page's text, "image": the straightened page as JPEG in base64}."""
    image, dpi = page_picture(path, page, SCAN_DPI)
    image = straighten(image)
    clean, rules = find_and_erase_rules(image, dpi)
    rows = _recognise(clean, limits)
    quarter_turns = _quarter_turns(clean, rows, limits)
    if quarter_turns:
        image = straighten(image.rotate(90 * quarter_turns, expand=True, fillcolor=255))
        clean, rules = find_and_erase_rules(image, dpi)
        rows = _recognise(clean, limits)
    words = words_of(rows, 72 / dpi)
    habits = Habits.of([line_pieces(words)])
    loose, frames = frames_of(words, find_grids(rules), habits)
    view = image.resize((round(image.width * VIEW_DPI / dpi), round(image.height * VIEW_DPI / dpi)))
    return {"text": write_blocks(lay_out(loose, habits, frames))[0], "image": picture_text(view)}


def _recognise(image: "Image", limits: ReadLimits) -> list[Row]:
    import pytesseract

    image.format = "TIFF"  # handed over as it is: packing a page as PNG takes a tenth of the time of reading it
    table = pytesseract.image_to_data(
        image,
        lang=_LANGUAGE,
        config="--oem 1 --psm 3",
        timeout=limits.seconds,
        output_type=pytesseract.Output.DICT,
    )
    rows = [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
    return [row for row in rows if row["text"].strip() and float(row["conf"]) >= 0]


def _quarter_turns(image: "Image", rows: list[Row], limits: ReadLimits) -> int:
    """Quarter turns to the left that put a page upright; only looked for where hardly anything was understood."""
    import pytesseract

    sure = [float(row["conf"]) for row in rows]
    if sure and median(sure) >= _TURNED_CONFIDENCE:
        return 0
    try:
        found = pytesseract.image_to_osd(image, timeout=limits.seconds, output_type=pytesseract.Output.DICT)
    except pytesseract.TesseractError:  # too few letters to tell
        return 0
    if float(found["orientation_conf"]) < _ORIENTATION_CONFIDENCE:
        return 0
    return (int(found["orientation"]) // 90) % 4
