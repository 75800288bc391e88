"""Pages as pictures: a page of a PDF drawn by PDFium, or a frame of an image file."""

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.readers.kinds import protected
from ingest.readers.limits import ReadLimits
from ingest.readers.refusal import refused

if TYPE_CHECKING:
    from PIL.Image import Image

SCAN_DPI = 300
VIEW_DPI = 120
_MOST_PIXELS = 40_000_000
_A4_WIDTH_INCHES = 8.27
_LEAST_DPI = 60
_QUALITY = 70


def count_pages(path: Path, limits: ReadLimits) -> int:
    """Frames of an image file. Raises DocumentUnreadable where it is damaged or has too many."""
    with _open_image(path) as image:
        count = int(getattr(image, "n_frames", 1))
    if count > limits.pages:
        raise refused(path, f"a {count} pages (limite : {limits.pages})", "découpez-le en plusieurs fichiers.")
    return count


def render_page(path: Path, limits: ReadLimits, page: int) -> str:
    """A page (from 1) as people see it: a JPEG in base64."""
    return picture_text(page_picture(path, page, VIEW_DPI)[0])


def page_picture(path: Path, page: int, dpi: int) -> tuple["Image", float]:
    """A page in shades of grey, and its dots per inch (fewer than asked for where the page is very large)."""
    if path.suffix.lower() == ".pdf":
        return _pdf_page(path, page, dpi)
    return _frame(path, page, dpi)


def picture_text(image: "Image") -> str:
    """An image as JPEG in base64."""
    stream = io.BytesIO()
    image.save(stream, format="JPEG", quality=_QUALITY)
    return base64.b64encode(stream.getvalue()).decode("ascii")


def _pdf_page(path: Path, page: int, dpi: int) -> tuple["Image", float]:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(path) as document:
            document.init_forms()
            shown = document[page - 1]
            width, height = shown.get_size()
            scale = dpi / 72
            scale *= min(1.0, (_MOST_PIXELS / max(1.0, width * height * scale * scale)) ** 0.5)
            return shown.render(scale=scale, grayscale=True).to_pil().convert("L"), scale * 72
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise protected(path) from error
        raise _damaged(path) from error


def _frame(path: Path, page: int, dpi: int) -> tuple["Image", float]:
    from PIL import ImageOps

    with _open_image(path) as image:
        try:
            image.seek(page - 1)
            own_dpi = _dpi_of(image)
            picture = ImageOps.exif_transpose(image).convert("L")
        except (OSError, EOFError, SyntaxError, ValueError) as error:
            raise _damaged(path) from error
    factor = min(dpi / own_dpi, (_MOST_PIXELS / max(1, picture.width * picture.height)) ** 0.5)
    if not 0.8 <= factor <= 1.25:
        size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
        return picture.resize(size), own_dpi * factor
    return picture, own_dpi


def _dpi_of(image: "Image") -> float:
    """Dots per inch as the file says, where that is believable; else as if the picture were a page of A4."""
    stated: Any = image.info.get("dpi", (0, 0))
    dpi = float(stated[0] or 0) if isinstance(stated, tuple) and stated else 0.0
    inches = min(image.size) / dpi if dpi >= _LEAST_DPI else 0.0
    if 4 <= inches <= 24:
        return dpi
    return max(_LEAST_DPI, min(image.size) / _A4_WIDTH_INCHES)


def _open_image(path: Path) -> "Image":
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = 2 * _MOST_PIXELS
    try:
        return Image.open(path)
    except Image.DecompressionBombError as error:
        raise refused(path, "est une image trop grande", "enregistrez-la à 300 points par pouce.") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> Exception:
    return refused(path, "est endommagé ou tronqué", "redonnez le fichier complet ou enregistrez-le de nouveau.")
