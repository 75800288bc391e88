"""Plain text in any encoding: what stands in the file is kept to the letter, line endings included.

Only the bare carriage returns of old Macs become line feeds, one for one: nothing else knows them as ends of lines.
"""

import re
from pathlib import Path

from corpus.records import PageConvention, ReadDocument
from ingest.pages import find_pages
from ingest.readers.refusal import refused

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_FRENCH_SIGNS = dict.fromkeys("àâæçéèêëîïôœùûüÿ«»’", 1.0) | dict.fromkeys("ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ‘“”–—…€°•²³\xa0", 0.8)
"""Signs beyond ASCII that a French text uses; the most usual ones count more."""
_SURE_SHARE = 0.7
_SAMPLE_BYTES = 300_000
_MULTIBYTE = re.compile(rb"[\xc3\xc2\xc5\xe2][\x80-\xbf]+")
_HIGH = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(path: Path, convention: PageConvention) -> ReadDocument:
    """The text of a plain file with its pages as `convention` says they are shown.

    Raises DocumentUnreadable for a file without text, cut in the middle of a character, or that is not text.
    """
    payload = path.read_bytes()
    text, encoding = decode_text(path, payload)
    if _CONTROL.search(text):
        raise refused(path, "n'est pas un texte", "vérifiez qu'il s'agit du bon fichier ou enregistrez-le de nouveau.")
    if not text.strip():
        raise refused(path, "ne contient aucun texte", "vérifiez qu'il s'agit du bon fichier.")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    if convention == "aucune" and "\f" in text.strip():
        convention = "saut-de-page"
    return ReadDocument(text=text, pages=find_pages(text, convention), format="texte", encoding=encoding)


def decode_text(path: Path, payload: bytes) -> tuple[str, str]:
    """Text and name of the encoding that was found; a byte-order mark is not part of the text."""
    for mark, encoding in _BOMS:
        if payload.startswith(mark):
            return _decode_whole(path, payload[len(mark) :], encoding), encoding
    wide = _wide_encoding(payload)
    if wide:
        return _decode_whole(path, payload, wide), wide
    try:
        return payload.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start:
            raise _truncated(path) from error
    if _mostly_utf8(payload):
        return _decode_by_line(payload), "utf-8+cp1252"
    encoding = _one_byte_encoding(payload)
    return payload.decode(encoding, errors="replace"), encoding


def _decode_whole(path: Path, payload: bytes, encoding: str) -> str:
    try:
        return payload.decode(encoding)
    except UnicodeDecodeError as error:
        raise _truncated(path) from error


def _truncated(path: Path) -> Exception:
    return refused(path, "est tronqué (un caractère y est coupé)", "redonnez le fichier complet.")


def _wide_encoding(payload: bytes) -> str | None:
    """UTF-16 without a byte-order mark: in a French text nearly every other byte is zero."""
    head = payload[:4096]
    if len(head) < 2 or b"\x00" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.7 * len(odd) and even.count(0) == 0:
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) == 0:
        return "utf-16-be"
    return None


def _mostly_utf8(payload: bytes) -> bool:
    """True for a text put together from UTF-8 and another encoding: most accents are right UTF-8 pairs."""
    high = sum(len(run) for run in _HIGH.findall(payload))
    return bool(high) and sum(len(run) for run in _MULTIBYTE.findall(payload)) > 0.6 * high


def _decode_by_line(payload: bytes) -> str:
    lines = []
    for line in payload.split(b"\n"):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
    return "\n".join(lines)


def _one_byte_encoding(payload: bytes) -> str:
    """The encoding that gives the most letters and signs a French text uses; else the library's best guess."""
    lines = [line for line in payload.splitlines(keepends=True) if _HIGH.search(line)]
    sample = b"".join(lines)[:_SAMPLE_BYTES]
    shares = {encoding: _french_share(sample.decode(encoding, errors="replace")) for encoding in _WESTERN}
    likely = max(_WESTERN, key=lambda encoding: shares[encoding])
    if shares[likely] >= _SURE_SHARE:
        return likely
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best else likely


def _french_share(text: str) -> float:
    beyond_ascii = [char for char in text if char > "\x7f"]
    return sum(_FRENCH_SIGNS.get(char, 0.0) for char in beyond_ascii) / max(1, len(beyond_ascii))
