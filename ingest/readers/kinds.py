"""What a file is: its first bytes and its ending must agree, or it is named as mislabelled and not opened."""

import zipfile
from pathlib import Path
from typing import Literal

from ingest.readers.refusal import refused

FileKind = Literal["texte", "html", "pdf", "docx", "odt", "image"]

ENDINGS: dict[str, FileKind] = {
    ".txt": "texte",
    ".text": "texte",
    ".md": "texte",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
}
"""Endings that are read, and how."""

_USUAL_ENDINGS = (".txt", ".html", ".pdf", ".docx", ".odt", ".png", ".jpg", ".tif")
_USUAL_ENDING = {"texte": ".txt", "html": ".html", "pdf": ".pdf", "docx": ".docx", "odt": ".odt", "image": ".png"}
_AS_TEXT, _AS_PAGES = "enregistrez-le au format .docx ou .pdf.", "exportez-le en .pdf."
_SAVED_AS = {
    **dict.fromkeys(".doc .docm .dot .dotm .dotx .fodt .ott .rtf .wps .wpd .pages".split(), _AS_TEXT),
    **dict.fromkeys(
        ".csv .eml .key .msg .numbers .odp .ods .ppt .pptx .pub .vsd .vsdx .xls .xlsm .xlsx".split(), _AS_PAGES
    ),
    **dict.fromkeys((".7z", ".gz", ".rar", ".tar", ".zip"), "sortez-en les documents, puis donnez-les eux-mêmes."),
    **dict.fromkeys((".bmp", ".gif", ".heic", ".webp"), "enregistrez-le au format .png ou .jpg."),
}
"""What to do with usual files that are not read."""
_NAMES = {
    "texte": "un texte simple",
    "html": "une page HTML",
    "pdf": "un PDF",
    "docx": "un document Word (.docx)",
    "odt": "un document OpenDocument (.odt)",
    "image": "une image",
    "exe": "un programme exécutable",
    "rtf": "un document RTF",
    "zip": "une archive ZIP",
}
_HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EXECUTABLES = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_IMAGES = ("image/png", "image/jpeg", "image/tiff")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def find_kind(path: Path) -> FileKind:
    """What a file is. Raises DocumentUnreadable where its content is not what its ending says, or is not readable."""
    ending = path.suffix.lower()
    expected = ENDINGS.get(ending)
    if expected is None and ending:
        reason = f"a une terminaison qui n'est pas lue ({ending[:12]})"
        advice = _SAVED_AS.get(ending) or f"donnez l'un des formats lus ({readable_endings()})."
        raise refused(path, reason, advice)
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head and not head.strip(b"\x00"):
        raise refused(path, "ne contient que des zéros, comme une copie interrompue", "redonnez le fichier complet.")
    found = _kind_of_content(path, head, expected)
    for kind in ENDINGS.values():
        if found == kind and (expected in (kind, None) or (expected, found) == ("html", "texte")):
            return expected or kind
    raise _mislabelled(path, ending, found)


def readable_endings() -> str:
    """The usual endings that are read, as a sentence lists them."""
    return ", ".join(_USUAL_ENDINGS)


def _kind_of_content(path: Path, head: bytes, expected: FileKind | None) -> str:
    """A FileKind, or another key or name of what the bytes are."""
    if head.startswith(_EXECUTABLES) and b"\x00" in head:
        return "exe"
    if head.startswith(b"#!") and expected != "texte":
        return "exe"
    if head.startswith(_OLE):
        raise _old_or_protected_office(path)
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_package(path, expected)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _image_or_other(head) or ("html" if _looks_like_html(head) else "texte")


def _image_or_other(head: bytes) -> str | None:
    import filetype

    guess = filetype.guess(head)
    if guess is not None and not head.startswith(_WIDE_MARKS):
        if guess.mime in _IMAGES:
            return "image"
        return "rtf" if guess.extension == "rtf" else f"un fichier {guess.extension.upper()}"
    wide_text = head.startswith(_WIDE_MARKS) or not (set(head[0::2]) - {0} and set(head[1::2]) - {0})
    mixed_zeros = b"\x00" in head and not wide_text and head.count(0) < len(head) // 4
    return "des données binaires" if mixed_zeros else None


def _looks_like_html(head: bytes) -> bool:
    start = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html")) or b"<html" in start[:1024]


def _kind_of_package(path: Path, expected: FileKind | None) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            with package.open("mimetype") if "mimetype" in names else package.open(package.infolist()[0]) as member:
                mimetype = member.read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, IndexError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        if expected in ("docx", "odt"):
            raise refused(path, "est tronqué ou endommagé", "redonnez le fichier complet.") from error
        return "zip"
    if "word/document.xml" in names:
        return "docx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    return "zip"


def _old_or_protected_office(path: Path) -> Exception:
    with path.open("rb") as file:
        content = file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return protected(path)
    return refused(path, "est un document Word ancien (.doc)", _AS_TEXT)


def protected(path: Path) -> Exception:
    """The refusal of a file that asks for a password."""
    return refused(path, "est protégé par mot de passe", "retirez la protection, puis redonnez-le.")


def _mislabelled(path: Path, ending: str, found: str) -> Exception:
    name = _NAMES.get(found, found)
    if found in _USUAL_ENDING:
        advice = f"renommez-le avec la terminaison {_USUAL_ENDING[found]}."
    elif found == "rtf":
        advice = _AS_TEXT
    elif found == "exe":
        advice = "il n'est pas ouvert ; supprimez-le s'il ne vient pas de vous."
    else:
        advice = f"donnez un document dans un format lu ({readable_endings()})."
    verb = "ce sont" if name.startswith("des ") else "c'est"
    return refused(path, f"n'est pas ce que dit sa terminaison {ending or '(absente)'}, {verb} {name}", advice)
