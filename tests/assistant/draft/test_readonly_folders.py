"""`ctg draft` where the kernel refuses to write: run without any privilege, the administrator's included."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
_DROP_FROM_BOUNDING_SET = 24
"""PR_CAPBSET_DROP of prctl(2): what is dropped there is not given back to root by the next program."""
_RUN = "import sys; from assistant.cli.main import main; sys.exit(main(sys.argv[1:]))"
_TRY = "import pathlib, sys; pathlib.Path(sys.argv[1], 'essai').write_text('')"


@pytest.fixture
def readonly(corpus_data_dir: Path, tmp_path: Path) -> Iterator[Path]:
    """A data folder and an output folder in which nothing can be created or changed."""
    (tmp_path / "sortie").mkdir()
    (tmp_path / "sortie" / "fiche.docx").write_text("la fiche d'hier", encoding="utf-8")
    (tmp_path / "donnees").mkdir()
    shutil.copytree(corpus_data_dir / "index", tmp_path / "donnees" / "index")
    places = [path for path in tmp_path.rglob("*") if not path.is_symlink()]
    _set_modes(places, 0o555, 0o444)
    if _without_privilege(["-c", _TRY, str(tmp_path / "sortie")], tmp_path).returncode == 0:
        _set_modes(places, 0o755, 0o644)
        pytest.skip("privileges cannot be dropped here")
    yield tmp_path
    _set_modes(places, 0o755, 0o644)


def test_a_readonly_data_folder_is_read(readonly: Path) -> None:
    done = _draft(readonly, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["fields"]["actions"]


def test_a_readonly_output_folder_is_one_sentence_and_loses_nothing(readonly: Path) -> None:
    for name in ("fiche.docx", "fiche.odt", "fiche.md"):
        target = readonly / "sortie" / name
        done = _draft(readonly, "-o", str(target))
        assert done.returncode == 2
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1
        assert done.stderr.startswith(f"ctg : Le fichier « {target} » ne peut pas être écrit (")
        assert "choisissez un autre dossier" in done.stderr
    assert [path.name for path in (readonly / "sortie").iterdir()] == ["fiche.docx"]
    assert (readonly / "sortie" / "fiche.docx").read_text(encoding="utf-8") == "la fiche d'hier"


def _draft(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return _without_privilege(
        ["-c", _RUN, "draft", "transport à la demande", "--rubriques", "actions", *options], folder
    )


def _without_privilege(arguments: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT, env={**os.environ, "CTG_DATA_DIR": str(folder / "donnees")}, preexec_fn=_drop_privileges,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def _drop_privileges() -> None:
    libc = ctypes.CDLL(None)
    for capability in range(64):
        libc.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0)


def _set_modes(places: list[Path], folders: int, files: int) -> None:
    for place in places:
        place.chmod(folders if place.is_dir() else files)
