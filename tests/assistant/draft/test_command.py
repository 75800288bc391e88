"""`ctg draft` as it is typed."""

import json
import os
import shutil
from pathlib import Path

import pytest

from assistant.cli.main import main
from corpus.settings import load_settings
from tests.assistant.model_server import model_server


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
                                       ["draft", "--check", "absente.docx"],
                                       ["draft", "MAM", "--rubriques", "couleur"],
                                       ["draft", "MAM", "--avec", "monts-du-pilat:ZZ9"],
                                       ["draft", "MAM", "-o", "absent/fiche.docx"],
                                       ["draft", "MAM", "-o", "fiche.docx", "--modele", "absent.docx"]])  # fmt: skip
def test_mistakes_are_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("ctg : ")
    assert len(said.err.strip().splitlines()) == 1


def test_sections_and_lines_that_are_not_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["draft", "guichet unique petite enfance", "--rubriques", "objectifs,vigilance", "--json"]
    assert main(asked) == 0
    before = json.loads(capsys.readouterr().out)["fields"]
    assert list(before) == ["objectifs", "vigilance"]
    gone = before["objectifs"][0]["text"]
    assert main([*asked, "--sans", gone]) == 0
    assert gone not in [line["text"] for line in json.loads(capsys.readouterr().out)["fields"]["objectifs"]]
    assert main(["draft", "MAM", "--rubriques", "couleur"]) == 2
    assert "« couleur » n'est pas une rubrique" in capsys.readouterr().err


def test_a_configured_model_rewrites_unless_told_not_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with model_server(pieces=["- Ouvrir un guichet aux familles [1]"]) as server:
        monkeypatch.setenv("CTG_LLM_URL", server.url)  # type: ignore[attr-defined]
        monkeypatch.setenv("CTG_LLM_MODEL", "essai")
        load_settings.cache_clear()
        asked = ["draft", "guichet unique petite enfance", "--rubriques", "actions", "--json"]
        assert main([*asked, "--sans-modele"]) == 0
        assert not server.requests  # type: ignore[attr-defined]
        plain = json.loads(capsys.readouterr().out)
        assert main(asked) == 0
        assert len(server.requests) == 1  # type: ignore[attr-defined]
    said = capsys.readouterr()
    made = json.loads(said.out)
    assert "Actions…" in said.err
    assert made["fields"]["actions"][0]["text"] == "Ouvrir un guichet aux familles"
    assert made["fields"]["actions"][0]["sources"] == plain["fields"]["actions"][0]["sources"]


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path under a file, and where the kernel refuses: real failures, for the administrator too."""
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    targets = [tmp_path / "fichier" / "fiche.docx"]
    if Path("/sys").is_dir() and not os.access("/sys/fiche.md", os.F_OK):
        targets.append(Path("/sys/fiche.md"))
    for target in targets:
        assert main(["draft", "MAM", "--rubriques", "pilote", "-o", str(target)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.strip().splitlines()) == 1
        assert said.err.startswith(f"ctg : Le fichier « {target} » ne peut pas être écrit (")
        assert "choisissez un autre dossier" in said.err


def test_a_data_folder_that_cannot_be_written_is_read_all_the_same(
    corpus_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(corpus_data_dir / "index", tmp_path / "index")
    (tmp_path / "empreintes.json").mkdir()
    monkeypatch.setenv("CTG_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("CTG_DENSE_WEIGHT")
    load_settings.cache_clear()
    assert main(["draft", "MAM", "--rubriques", "actions", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fields"]["actions"]
