"""The manifest: what it says of the delivered documents, how mistakes in it are told, what the user's own adds."""

from pathlib import Path

import pytest

from corpus.errors import CorpusError, UnknownDocument
from corpus.manifest import add_entry, load_manifest, remove_entry
from corpus.settings import CORPUS_PACKAGE
from corpus.text import letters

ENTRY = """
  - id: {id}
    file: {id}.txt
    title: Convention du Val
    kind: convention
    period_from: 2024
    territory:
      name: Pays du Val
      short_name: Val
      department_code: 01
      population: 1200
    provenance: Inventé pour les tests.
"""


def write_corpus(folder: Path, *entries: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.yaml").write_text("documents:" + "".join(entries), encoding="utf-8")
    return folder


def test_the_delivered_documents_exist_and_name_their_communes() -> None:
    manifest = load_manifest(CORPUS_PACKAGE, CORPUS_PACKAGE / "aucun")
    assert len(manifest.documents) == 5
    for document in manifest.documents:
        text = letters(document.path.read_text(encoding="utf-8"))
        missing = [
            name
            for name in document.entry.territory.communes
            # "du Creusot" for "Le Creusot", "Cordes" for "Cordes-sur-Ciel"
            if letters(name) not in text and letters(name.split("-sur-")[0].split()[-1]) not in text
        ]
        assert not missing, document.entry.id


def test_numbers_and_dates_become_what_the_field_asks_for(tmp_path: Path) -> None:
    entry = load_manifest(write_corpus(tmp_path / "corpus", ENTRY.format(id="val")), tmp_path / "ajouts").entries[0]
    assert (entry.period_from, entry.territory.department_code, entry.territory.population) == ("2024", "01", 1200)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("kind: convention", "kind: contrat", ("ligne 5", "kind", "contrat")),
        ("title:", "titel:", ("titel", "inconnue")),
        ("    provenance: Inventé pour les tests.\n", "", ("ligne 2", "provenance", "obligatoire")),
        ("population: 1200", "population: beaucoup", ("ligne 11", "territory.population", "nombre")),
        ("period_from: 2024", "period_from: printemps", ("ligne 6", "period_from", "AAAA")),
        ("id: val", "id: Val d'Or", ("ligne 2", "id")),
        ("file: val.txt", "file: ../val.txt", ("ligne 3", "file", "simple")),
        ("title: Convention du Val", "title: [", ("ligne", "YAML")),
        ("    kind: convention\n", "    kind: convention\n    kind: note\n", ("ligne 6", "kind", "deux fois")),
    ],
)
def test_a_mistake_is_told_with_file_line_and_key(
    tmp_path: Path, before: str, after: str, told: tuple[str, ...]
) -> None:
    folder = write_corpus(tmp_path / "corpus", ENTRY.format(id="val").replace(before, after))
    with pytest.raises(CorpusError) as mistake:
        load_manifest(folder, tmp_path / "ajouts")
    for part in (str(folder / "manifest.yaml"), *told):
        assert part in str(mistake.value)


def test_the_same_id_twice_is_a_mistake(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "corpus", ENTRY.format(id="val"), ENTRY.format(id="val"))
    with pytest.raises(CorpusError, match="« val »"):
        load_manifest(folder, tmp_path / "ajouts")


def test_added_and_removed_documents_never_touch_the_delivered_manifest(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", ENTRY.format(id="val"), ENTRY.format(id="mont"))
    added = tmp_path / "var" / "corpus"
    before = (corpus / "manifest.yaml").read_bytes()
    entry = load_manifest(corpus, added).entries[0]

    add_entry(added, entry.model_copy(update={"id": "forez", "title": "Convention « du Forez » : n° 2"}))
    stored = added / "documents" / entry.file
    stored.parent.mkdir()
    stored.write_text("Forez", encoding="utf-8")
    remove_entry(corpus, added, "mont")
    manifest = load_manifest(corpus, added)
    assert [document.entry.id for document in manifest.documents] == ["val", "forez"]
    assert manifest.documents[1].entry.title == "Convention « du Forez » : n° 2"
    assert manifest.documents[1].path == stored

    add_entry(added, entry.model_copy(update={"title": "Autre version"}))
    assert load_manifest(corpus, added).find("val").entry.title == "Autre version"  # type: ignore[union-attr]
    remove_entry(corpus, added, "forez")
    remove_entry(corpus, added, "val")
    assert load_manifest(corpus, added).documents == ()
    assert not stored.exists()
    assert (corpus / "manifest.yaml").read_bytes() == before
    with pytest.raises(UnknownDocument, match="mont"):
        remove_entry(corpus, added, "mont")
