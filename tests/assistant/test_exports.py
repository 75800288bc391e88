"""Answers taken away as files: every format holds the words, their marks and their sources."""

import csv
import io
from pathlib import Path

import pytest
from docx import Document

from assistant.export.conversation import write_conversation
from assistant.export.tables import write_comparison
from corpus.errors import ExportFailed
from corpus.records import Answer, Citation, Table, TableCell

QUESTION = "Comparer l'accueil des jeunes enfants\x0b et celui de leurs familles " + "sur chaque territoire " * 15
QUOTE = "Ouvrir une MAM\x07 à Jonzieux"
SOURCE = Citation(
    n=1, document="monts-du-pilat", territory="Monts du Pilat", section="Annexe 3 › Fiche PE4", page=12, quote=QUOTE,
    start=0, end=9, verified=True,
)  # fmt: skip
TABLE = Table(
    columns=("Territoire", "Action"),
    rows=((TableCell(text="Monts du Pilat"), TableCell(text="=MAM", citations=(1,))),),
)
ANSWER = Answer(
    question=QUESTION, resolved_question=QUESTION, answered=True, answer="Une ligne. [1]", citations=(SOURCE,),
    table=TABLE,
)  # fmt: skip


def test_a_word_file_takes_any_question_and_any_character_of_a_source(tmp_path: Path) -> None:
    for written in (
        write_comparison(ANSWER, tmp_path / "comparaison.docx"),
        write_conversation([ANSWER], tmp_path / "conversation.docx"),
    ):
        document = Document(str(written))
        (grid,) = document.tables
        assert [[cell.text for cell in row.cells] for row in grid.rows] == [
            ["Territoire", "Action"],
            ["Monts du Pilat", "=MAM [1]"],
        ]
        assert "[1] Monts du Pilat — Annexe 3 › Fiche PE4, p. 12 : « Ouvrir une MAM à Jonzieux »" in [
            paragraph.text for paragraph in document.paragraphs
        ]


def test_a_spreadsheet_runs_no_cell_as_a_formula(tmp_path: Path) -> None:
    text = write_comparison(ANSWER, tmp_path / "comparaison.csv").read_text(encoding="utf-8-sig")
    head, row = csv.reader(io.StringIO(text), delimiter=";")
    assert head == ["Territoire", "Action", "Sources"]
    assert row[:2] == ["Monts du Pilat", "'=MAM"]


def test_markdown_ends_with_the_sources(tmp_path: Path) -> None:
    place = "Monts du Pilat — Annexe 3 › Fiche PE4, p. 12"
    for written in (
        write_comparison(ANSWER, tmp_path / "comparaison.md"),
        write_conversation([ANSWER], tmp_path / "conversation.md"),
    ):
        assert f"[1] {place}" in written.read_text(encoding="utf-8").strip().splitlines()[-1]


def test_what_cannot_be_exported_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match=r"« \.xls » n'est pas connu : utilisez \.docx, \.csv ou \.md\."):
        write_comparison(ANSWER, tmp_path / "comparaison.xls")
    with pytest.raises(ExportFailed, match=r"utilisez \.docx ou \.md\."):
        write_conversation([ANSWER], tmp_path / "conversation.pdf")
    with pytest.raises(ExportFailed, match="pas de tableau"):
        write_comparison(ANSWER.model_copy(update={"table": None}), tmp_path / "comparaison.md")
    with pytest.raises(ExportFailed, match=r"\(ce dossier n'existe pas\) : choisissez un autre dossier"):
        write_conversation([ANSWER], tmp_path / "absent" / "conversation.md")
