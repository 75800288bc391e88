"""The working folder saved in one file and put back, also over another one, and never from a damaged file."""

import io
import shutil
import tarfile
from pathlib import Path

import pytest

from corpus.backup import back_up, restore
from corpus.errors import BackupUnusable, IndexMissing
from corpus.index.health import find_faults
from corpus.index.reader import open_index
from corpus.settings import Settings


@pytest.fixture
def served(corpus_data_dir: Path, tmp_path: Path) -> Settings:
    """Settings of a working folder with an index, a document added and a template."""
    settings = Settings(data_dir=tmp_path / "var", _env_file=None)  # type: ignore[call-arg]
    shutil.copytree(corpus_data_dir / "index", settings.index_dir)
    for name, content in (("corpus/documents/ajout.txt", "bonjour"), ("modeles/caf.docx", "PK"), ("cache", "x")):
        path = settings.data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return settings


def test_a_backup_comes_back_as_it_was(served: Settings, tmp_path: Path) -> None:
    before = open_index(served)
    file = tmp_path / "sauvegarde.tar.gz"
    label = back_up(served, file)
    assert label.documents == len(before.documents()) == 5
    assert file.stat().st_mode & 0o077 == 0
    elsewhere = served.model_copy(update={"data_dir": tmp_path / "autre"})
    with pytest.raises(IndexMissing):
        open_index(elsewhere)
    restore(elsewhere, file)
    after = open_index(elsewhere)
    assert [record.entry.id for record in after.documents()] == [record.entry.id for record in before.documents()]
    assert after.raw_text("monts-du-pilat") == before.raw_text("monts-du-pilat")
    assert find_faults(elsewhere) == ()
    assert (elsewhere.added_dir / "documents" / "ajout.txt").read_text(encoding="utf-8") == "bonjour"
    assert (elsewhere.data_dir / "modeles" / "caf.docx").exists()
    assert not (elsewhere.data_dir / "cache").exists()
    assert not list(elsewhere.data_dir.glob(".*"))


def test_a_restoration_replaces_what_is_in_service_by_a_switch(served: Settings, tmp_path: Path) -> None:
    file = tmp_path / "sauvegarde.tar.gz"
    back_up(served, file)
    name = open_index(served).generation.name
    (served.added_dir / "documents" / "depuis.txt").write_text("ajouté depuis", encoding="utf-8")
    restore(served, file)
    assert open_index(served).generation.name > name
    assert not (served.added_dir / "documents" / "depuis.txt").exists()


@pytest.mark.parametrize("fault", ["cut", "other", "changed", "climbing", "missing"])
def test_a_file_that_is_no_backup_changes_nothing(served: Settings, tmp_path: Path, fault: str) -> None:
    file = tmp_path / "sauvegarde.tar.gz"
    back_up(served, file)
    _spoil(file, fault)
    name = open_index(served).generation.name
    with pytest.raises(BackupUnusable):
        restore(served, file)
    assert open_index(served).generation.name == name
    assert (served.added_dir / "documents" / "ajout.txt").exists()
    assert not (tmp_path / "evade.txt").exists()
    assert not list(served.data_dir.glob(".*"))


def _spoil(file: Path, fault: str) -> None:
    if fault == "missing":
        file.unlink()
    elif fault == "other":
        file.write_bytes(b"autre chose")
    elif fault == "cut":
        file.write_bytes(file.read_bytes()[:-2000])
    else:
        with tarfile.open(file, "r:gz") as archive:
            members = [(member, archive.extractfile(member)) for member in archive.getmembers()]
            contents = [(member, found.read() if found else b"") for member, found in members]
        with tarfile.open(file, "w:gz") as archive:
            for member, content in contents:
                changed = fault == "changed" and member.name.endswith("catalogue.sqlite")
                body = content[:-1] + b"\0x" if changed else content
                member.size = len(body)
                archive.addfile(member, io.BytesIO(body))
            if fault == "climbing":
                member = tarfile.TarInfo("../../evade.txt")
                member.size = 3
                archive.addfile(member, io.BytesIO(b"ah!"))
