"""`ctg draft` as it is typed."""

import json
from pathlib import Path

import pytest

from assistant.cli.main import main
from corpus.settings import load_settings


@pytest.fixture(autouse=True)
def _data_dir(corpus_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CTG_DATA_DIR", str(corpus_data_dir))
    monkeypatch.setenv("CTG_DENSE_WEIGHT", "0")
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_json_file_and_selection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "fiche.docx"
    asked = ["draft", "guichet unique petite enfance", "--avec", "monts-du-pilat:PE4", "--json", "-o", str(target)]
    assert main(asked) == 0
    payload = json.loads(capsys.readouterr().out)
    assert [entry["fiche"] for entry in payload["similar"]] == ["PE4"]
    assert target.exists()
    assert main(["draft", "--check", str(target)]) == 0
    assert "échéance" in capsys.readouterr().out


def test_text_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", "transport à la demande"]) == 0
    said = capsys.readouterr().out
    assert "repris de Monts du Pilat" in said
    assert "Sources" in said


@pytest.mark.parametrize("arguments", [["draft", ""], ["draft"], ["draft", "MAM", "-o", "fiche.xyz"],
                                       ["draft", "--check", "absente.docx"]])  # fmt: skip
def test_mistakes_are_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("ctg : ")
    assert len(said.err.strip().splitlines()) == 1
