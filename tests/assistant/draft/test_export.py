"""Drafts as files: DOCX from a template, ODT, Markdown."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.records import DRAFT_KEYS, Draft
from assistant.export.fiche import write_fiche
from assistant.export.fiche_docx import TEMPLATE
from corpus.errors import ExportFailed


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def template_with(tmp_path: Path, *paragraphs: str) -> Path:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    path = tmp_path / "modele.docx"
    document.save(str(path))
    return path


def test_the_docx_holds_every_line_with_its_source(val_fleuri: Draft, tmp_path: Path) -> None:
    path = write_fiche(val_fleuri, tmp_path / "fiche.docx")
    said = words_of(path)
    assert "{{" not in said
    for lines in val_fleuri.fields.values():
        for line in lines:
            assert line.text in said
    for source in val_fleuri.citations():
        assert f"[{source.n}]" in said
        assert source.quote in said
    assert "repris de" in said
    assert "fourni par vous" in said


def test_the_docx_has_real_styles_a_table_and_metadata(val_fleuri: Draft, tmp_path: Path) -> None:
    document = Document(str(write_fiche(val_fleuri, tmp_path / "fiche.docx")))
    assert document.paragraphs[0].style.name == "Title"
    assert [row.cells[0].text for row in document.tables[0].rows] == [FIELD_LABELS[key] for key in DRAFT_KEYS]
    actions = document.tables[0].rows[list(DRAFT_KEYS).index("actions")].cells[1].paragraphs
    assert {paragraph.style.name for paragraph in actions} == {"List Bullet"}
    assert len(actions) == len(val_fleuri.fields["actions"])
    assert document.core_properties.title == "Guichet unique petite enfance"
    assert document.core_properties.language == "fr-FR"


def test_the_shipped_template_is_what_its_script_makes(tmp_path: Path) -> None:
    from assistant.export.fiche_template import build_template

    assert words_of(build_template(tmp_path / "modele.docx")) == words_of(TEMPLATE)


def test_a_caf_may_bring_its_own_template(val_fleuri: Draft, tmp_path: Path) -> None:
    template = template_with(tmp_path, "Fiche {{ titre }} de {{territoire}}", "{{actions}}", "{{sources}}")
    said = words_of(write_fiche(val_fleuri, tmp_path / "fiche.docx", template))
    assert "Fiche Guichet unique petite enfance de CC du Val Fleuri" in said
    assert val_fleuri.fields["vigilance"][0].text in said, "what the template has no place for is put at the end"


@pytest.mark.parametrize(
    ("paragraphs", "named"),
    [
        (("{{titre}}", "{{sources}}", "{{pilotte}}"), "{{pilotte}}"),
        (("{{titre}}", "{{actions}}"), "{{sources}}"),
        (("{{titre}}", "{{sources}}", "{{pilote}"), "{{pilote}"),
    ],
)
def test_a_broken_template_names_its_placeholder(
    val_fleuri: Draft, tmp_path: Path, paragraphs: tuple[str, ...], named: str
) -> None:
    with pytest.raises(ExportFailed) as failed:
        write_fiche(val_fleuri, tmp_path / "fiche.docx", template_with(tmp_path, *paragraphs))
    assert named in str(failed.value)
    assert not (tmp_path / "fiche.docx").exists()


def test_a_template_that_is_no_docx(val_fleuri: Draft, tmp_path: Path) -> None:
    template = tmp_path / "modele.docx"
    template.write_bytes(b"PK\x03\x04 not really")
    with pytest.raises(ExportFailed, match=r"modele\.docx"):
        write_fiche(val_fleuri, tmp_path / "fiche.docx", template)


def test_odt_and_markdown_hold_the_same_lines(val_fleuri: Draft, tmp_path: Path) -> None:
    from odfdo import Document as Odt

    odt = Odt(str(write_fiche(val_fleuri, tmp_path / "fiche.odt")))
    text = odt.get_formatted_text()
    markdown = write_fiche(val_fleuri, tmp_path / "fiche.md").read_text(encoding="utf-8")
    for line in val_fleuri.fields["actions"]:
        assert line.text in " ".join(text.split())
        assert f"- {line.text}" in markdown
    assert odt.meta.title == "Guichet unique petite enfance"


def test_unknown_ending_and_folder_that_cannot_be_written(val_fleuri: Draft, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match=r"\.docx, \.odt ou \.md"):
        write_fiche(val_fleuri, tmp_path / "fiche.pdf")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ExportFailed, match="ce n'est pas un dossier"):
        write_fiche(val_fleuri, tmp_path / "file" / "fiche.docx")
    with pytest.raises(ExportFailed, match="ce dossier n'existe pas"):
        write_fiche(val_fleuri, tmp_path / "absent" / "fiche.docx")


@pytest.mark.parametrize("ending", ["docx", "odt", "md"])
def test_a_read_only_folder_is_one_french_sentence(val_fleuri: Draft, tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "lecture-seule"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        # The administrator may write anywhere but where the kernel says no.
        folder = Path("/sys")
    if not folder.exists() or os.access(folder / "fiche.docx", os.W_OK):
        pytest.skip("aucun dossier en lecture seule sur cette machine")
    with pytest.raises(
        ExportFailed, match=r"\((?:vous n'avez pas le droit|ce dossier est en lecture seule|.*n'existe pas)"
    ):
        write_fiche(val_fleuri, folder / f"fiche.{ending}")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) n'est pas installé")
@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_libreoffice_opens_it(val_fleuri: Draft, tmp_path: Path, ending: str) -> None:
    path = write_fiche(val_fleuri, tmp_path / f"fiche.{ending}")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    import pymupdf

    with pymupdf.open(tmp_path / "fiche.pdf") as document:
        text = " ".join(" ".join(page.get_text().split()) for page in document)
    assert "Guichet unique petite enfance" in text
    assert "Optimiser le fonctionnement du Guichet Unique" in text
