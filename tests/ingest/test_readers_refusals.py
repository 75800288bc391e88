"""One bad file of every kind: each is refused with one sentence that names it, the reason and what to do."""

import io
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import DocumentUnreadable
from ingest.new_files import list_files
from ingest.readers import ReadLimits, read_document

WORDS = "Fiche action 1 : Ouvrir un lieu d'accueil. Pilote : la Caf. Échéance : 2025."


def pdf_bytes(text: str = WORDS, password: str = "") -> bytes:
    import pymupdf

    document = pymupdf.open()
    if text:
        document.new_page().insert_text((72, 72), text)
    else:
        document.new_page()
    locked = {"encryption": pymupdf.PDF_ENCRYPT_AES_256, "user_pw": password, "owner_pw": password}
    return bytes(document.tobytes(**locked if password else {}))


def docx_bytes(text: str = WORDS) -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt_bytes(text: str = WORDS) -> bytes:
    from odfdo import Document, Paragraph

    document = Document("text")
    document.body.append(Paragraph(text))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def png_bytes() -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(stream, format="PNG")
    return stream.getvalue()


def with_member(package: bytes, name: str, content: bytes) -> bytes:
    """The package with one of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return stream.getvalue()


def docx_body(xml: str, declaration: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<?xml version="1.0"?>{declaration}<w:document xmlns:w="{namespace}"><w:body>{xml}</w:body></w:document>'
    return with_member(docx_bytes(), "word/document.xml", body.encode())


def locked_odt() -> bytes:
    manifest = zipfile.ZipFile(io.BytesIO(odt_bytes())).read("META-INF/manifest.xml")
    cipher = b"<manifest:encryption-data/></manifest:manifest>"
    return with_member(odt_bytes(), "META-INF/manifest.xml", manifest.replace(b"</manifest:manifest>", cipher))


def locked_docx() -> bytes:
    """Word puts a protected document in the container of its old format, under this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


def macro_docx() -> bytes:
    """A document with macros, renamed."""
    types = zipfile.ZipFile(io.BytesIO(docx_bytes())).read("[Content_Types].xml")
    plain = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return with_member(
        docx_bytes(), "[Content_Types].xml", types.replace(plain, b"vnd.ms-word.document.macroEnabled.main+xml")
    )


def swelling_docx() -> bytes:
    return docx_body(f"<w:p><w:r><w:t>{'a' * 45_000_000}</w:t></w:r></w:p>")


def swelling_pdf() -> bytes:
    """A page whose content is 400 MB of text operators, packed in some 400 kB."""
    packer = zlib.compressobj(9)
    piece = b"BT /F1 12 Tf 72 700 Td (a) Tj ET\n" * 30_000
    packed = b"".join([packer.compress(piece) for _ in range(400)] + [packer.flush()])
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources " + font + b" >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


ENTITIES = "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
OUTSIDE = "<!DOCTYPE w [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
PARAGRAPH = "<w:p><w:r><w:t>%s</w:t></w:r></w:p>"

BAD_FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("vide.txt", lambda: b"", "est vide"),
    "blank": ("blanc.txt", lambda: b" \n\n \n", "aucun texte"),
    "binary text": ("octets.txt", lambda: bytes(range(256)) * 40, "ce sont des données binaires"),
    "zeros": ("zeros.pdf", lambda: bytes(5000), "zéros.*redonnez"),
    "text cut inside a character": ("coupe.txt", lambda: "Durée : une année".encode()[:-2], "tronqué"),
    "unknown ending": ("tableau.xlsx", lambda: docx_bytes(), "pas lue.*exportez-le en \\.pdf"),
    "executable": ("convention.pdf", lambda: b"MZ\x90\x00" + bytes(500) + b"%PDF-1.4", "programme exécutable"),
    "PDF named .docx": ("convention.docx", pdf_bytes, "c'est un PDF.*renommez"),
    "Word named .pdf": ("convention.pdf", docx_bytes, "c'est un document Word.*renommez"),
    "image named .txt": ("page.txt", png_bytes, "c'est une image"),
    "archive named .docx": ("lot.docx", lambda: with_member(odt_bytes(), "mimetype", b"x"), "archive ZIP"),
    "old Word": ("ancien.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "Word ancien.*enregistrez"),
    "locked PDF": ("secret.pdf", lambda: pdf_bytes(password="x"), "protégé par mot de passe : retirez"),
    "locked DOCX": ("secret.docx", locked_docx, "protégé par mot de passe"),
    "locked ODT": ("secret.odt", locked_odt, "protégé par mot de passe"),
    "truncated PDF": ("coupe.pdf", lambda: pdf_bytes()[:-400], "tronqué"),
    "PDF of nothing": ("faux.pdf", lambda: b"%PDF-1.4\n" + b"rien " * 90 + b"%%EOF", "endommagé"),
    "PDF without words": ("blanc.pdf", lambda: pdf_bytes(""), "aucun texte"),
    "truncated DOCX": ("coupe.docx", lambda: docx_bytes()[:-900], "tronqué"),
    "truncated ODT": ("coupe.odt", lambda: odt_bytes()[:-900], "tronqué"),
    "broken XML": ("casse.docx", lambda: docx_body("<w:p>"), "endommagé"),
    "truncated image": ("page.png", lambda: png_bytes()[:9000], "tronqué"),
    "HTML without words": ("vide.html", lambda: b"<html><body><script>x</script></body></html>", "aucun texte"),
    "macros": ("macros.docx", macro_docx, "macros de Word : enregistrez-le au format .docx, sans macros"),
    "deep HTML": ("profond.html", lambda: b"<html>" + b"<div>" * 30_000 + WORDS.encode(), "endommagé"),
    "entity bomb": ("entites.docx", lambda: docx_body(PARAGRAPH % "&b;", ENTITIES), "XML dangereuses"),
    "outside entity": ("fuite.docx", lambda: docx_body(PARAGRAPH % "&f;", OUTSIDE), "XML dangereuses"),
    "ZIP bomb": ("bombe.docx", swelling_docx, "trop gros une fois décompressé"),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_named_with_its_reason(case: str, tmp_path: Path) -> None:
    name, make, reason = BAD_FILES[case]
    file = tmp_path / name
    file.write_bytes(make())
    with pytest.raises(DocumentUnreadable, match=reason) as refusal:
        read_document(file, kept_pages=tmp_path / "pages")
    sentence = str(refusal.value)
    assert f"« {name} »" in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="n'existe pas"):
        read_document(tmp_path / "absent.pdf")
    with pytest.raises(DocumentUnreadable, match="est un dossier : donnez-le lui-même"):
        read_document(tmp_path)


def test_a_folder_gives_what_it_holds_without_what_systems_leave_there(tmp_path: Path) -> None:
    for name in ("ctg.pdf", "~$ctg.docx", "Thumbs.db", ".DS_Store", "ctg.url"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "annexes").mkdir()
    assert [file.name for file in list_files([tmp_path])] == ["annexes", "ctg.pdf", "ctg.url"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("ctg.doc", "enregistrez-le au format .docx"), ("ctg.docm", "enregistrez-le au format .docx"),
        ("budget.xlsx", "exportez-le en .pdf"), ("budget.csv", "exportez-le en .pdf"),
        ("ctg.zip", "sortez-en les documents"), ("ctg.url", "donnez l'un"),
    ],
)  # fmt: skip
def test_other_office_files_are_told_how_to_be_saved(name: str, advice: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(DocumentUnreadable, match=f"terminaison qui n'est pas lue.*{advice}"):
        read_document(tmp_path / name)


def test_a_large_file_is_refused_at_once_unopened(tmp_path: Path) -> None:
    file = tmp_path / "gros.pdf"
    with file.open("wb") as stream:
        stream.truncate(200_000_000)
    started = time.perf_counter()
    with pytest.raises(DocumentUnreadable, match=r"trop gros \(200 Mo ; limite : 50 Mo\).*CTG_FILE_MAX_MB"):
        read_document(file)
    assert time.perf_counter() - started < 1


def test_a_text_longer_than_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(WORDS * 20)
    with pytest.raises(DocumentUnreadable, match="contient trop de texte : découpez-le"):
        read_document(tmp_path / "long.txt", limits=ReadLimits(characters=1000))


def test_more_pages_than_the_limit_are_refused(tmp_path: Path) -> None:
    import pymupdf

    document = pymupdf.open()
    for _ in range(6):
        document.new_page().insert_text((72, 72), WORDS)
    document.save(tmp_path / "long.pdf")
    with pytest.raises(DocumentUnreadable, match=r"6 pages \(limite : 5\)"):
        read_document(tmp_path / "long.pdf", limits=ReadLimits(pages=5))


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "lent.docx"
    file.write_bytes(docx_body(PARAGRAPH % "un mot" * 300_000))
    started = time.perf_counter()
    with pytest.raises(DocumentUnreadable, match="n'a pas pu être lu en 1 secondes"):
        read_document(file, limits=ReadLimits(seconds=1))
    assert time.perf_counter() - started < 10


def test_a_file_that_swells_ends_with_its_child(tmp_path: Path) -> None:
    import psutil

    file = tmp_path / "bombe.pdf"
    file.write_bytes(swelling_pdf())
    assert file.stat().st_size < 2_000_000
    started = time.perf_counter()
    with pytest.raises(DocumentUnreadable, match=r"mémoire|secondes"):
        read_document(file, limits=ReadLimits(seconds=20, memory_mb=512))
    assert time.perf_counter() - started < 30
    assert not [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]


def test_a_hostile_name_is_shown_harmless(tmp_path: Path) -> None:
    file = tmp_path / "fiche\u202e\x1b[31m\nfdp.exe"
    file.write_bytes(b"MZ")
    with pytest.raises(DocumentUnreadable) as refusal:
        read_document(file)
    assert str(refusal.value).isprintable()


def test_a_scan_without_tesseract_says_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "scan.png"
    file.write_bytes(png_bytes())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentUnreadable, match=r"scan sans texte et Tesseract.*tesseract-"):
        read_document(file, kept_pages=tmp_path / "pages")
