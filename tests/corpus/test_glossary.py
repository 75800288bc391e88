"""The glossary: complete for the delivered documents, true to them, and found whatever people type."""

import re
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.glossary import is_acronym, load_glossary
from corpus.settings import CORPUS_PACKAGE
from corpus.text import fold
from corpus.themes import load_themes

DOCUMENTS = {path.stem: path.read_text(encoding="utf-8") for path in (CORPUS_PACKAGE / "documents").glob("*.txt")}

PEOPLE_AND_PLACES = frozenset(
    {
        "ALADAME", "ANDRES", "ATTEYE", "BENIERE", "BONNEFOY", "BRUSCHET", "BUISSON", "CHARDON", "CHORAIN", "CIRON",
        "COCON", "COULON", "DUCREUX", "DURAND", "ELIE", "FALLOURD", "FANGET", "FARA", "GEOURJON", "GRILLEI", "HEITZ",
        "HEYRAUD", "JANNOT", "KAUFFER", "L17", "LACOUR", "LARGERON", "LAUBERAT", "LOUBET", "LUARD", "LUYA", "MAILLIOT",
        "MARTI", "MORENO", "PIGEAU", "ROYET", "SALCE", "VALLOT", "YOUPILA",
    }
)  # fmt: skip
OCR_FRAGMENTS = frozenset(
    {
        "A17", "B0", "BN", "CAIC", "COT", "CTS", "DR", "FC5", "FIUM", "G20", "HI", "IV", "IW", "LF", "LN", "LU", "O70",
        "S5", "SOO", "WI",
    }
)  # fmt: skip


def test_entries_are_coherent() -> None:
    entries = load_glossary().entries
    ids = [entry.id for entry in entries]
    themes = {theme.id for theme in load_themes()} | {"pilotage"}
    assert len(entries) >= 230
    assert len(set(ids)) == len(ids)
    assert {entry.theme for entry in entries} <= themes
    assert [(entry.id, other) for entry in entries for other in entry.related if other not in ids] == []
    assert [entry.id for entry in entries if entry.id in entry.related] == []
    assert len({entry.definition for entry in entries}) == len(entries)
    assert [entry.id for entry in entries if not entry.definition.endswith(".") or len(entry.definition) > 330] == []


def test_every_acronym_of_the_documents_is_explained() -> None:
    everyday_words = {
        fold(word) for text in DOCUMENTS.values() for word in re.findall(r"\b[A-ZÀ-Ý]?[a-zà-ÿœ]+\b", text)
    }
    known = {
        part
        for entry in load_glossary().entries
        for name in (*entry.names(), *entry.covers)
        for part in name.split()
        if is_acronym(part)
    }
    found = {
        word
        for text in DOCUMENTS.values()
        for line in text.splitlines()
        if not _shouted(line)
        for word in re.findall(r"(?<![\w'’-])(?:[dlDL]['’])?([A-Z][A-Z0-9]{1,7})s?(?!\w)", line)
    }
    assert len(found & known) > 100
    unexplained = {word for word in found - known if fold(word) not in everyday_words}
    assert unexplained - PEOPLE_AND_PLACES - OCR_FRAGMENTS - {"RETENIR"} == set()


def _shouted(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return not letters or sum(char.isupper() for char in letters) > 0.6 * len(letters)


def test_where_an_entry_is_seen_is_what_the_documents_say() -> None:
    glossary = load_glossary()
    named = {document: glossary.named_in(text) for document, text in DOCUMENTS.items()}
    wrong = {
        (entry.id, document)
        for entry in glossary.entries
        for document in DOCUMENTS
        if (entry.id in named[document]) != (document in entry.seen)
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("RAM", "rpe"),
        ("r.p.e", None),
        ("nounous", "assistant-maternel"),
        ("la NOUNOU", "assistant-maternel"),
        ("ass mat", "assistant-maternel"),
        ("maisons d’assistantes maternelles", "mam"),
        ("pole emploi", "france-travail"),
        ("centre aere", "alsh"),
        ("garderie du soir", "periscolaire"),
        ("aide aux devoirs", "clas"),
        ("chef de file", "pilote"),
        ("le coordo", "charge-de-cooperation"),
        ("ZRR", "frr"),
        ("téléalarme", "maintien-a-domicile"),
        ("comité départemental des services aux familles", "cdsf"),
    ],
)
def test_a_term_is_found_by_any_of_its_forms(typed: str, entry: str | None) -> None:
    found = load_glossary().look_up(typed)
    assert (found.matches[0].entry.id if found.matches else None) == entry


def test_an_acronym_with_two_meanings_gives_both_and_a_former_name_says_so() -> None:
    glossary = load_glossary()
    assert {match.entry.id for match in glossary.look_up("cej").matches} == {"cej", "cej-jeunes"}
    former = glossary.look_up("RAM").matches[0]
    assert former.kind == "ancien nom"
    assert [name.until for name in former.entry.former if name.name == "RAM"] == ["2021"]


def test_a_misspelt_word_gets_the_closest_terms_and_nonsense_gets_none() -> None:
    glossary = load_glossary()
    assert glossary.look_up("convension teritoriale globale").suggestions[0] == "CTG"
    assert "ALSH" in glossary.look_up("alhs").suggestions
    assert glossary.look_up("qzxwk").suggestions == ()
    assert glossary.look_up("  ").matches == ()


def test_acronyms_of_a_text_are_placed_and_common_words_are_not() -> None:
    text = "Les EHPADs et l'Alsh de Paris. En MAM, un pari sur le PEdT."
    mentions = load_glossary().mentions(text)
    assert [(text[mention.start : mention.end], mention.entry.id) for mention in mentions] == [
        ("EHPAD", "ehpad"),
        ("Alsh", "alsh"),
        ("MAM", "mam"),
        ("PEdT", "pedt"),
    ]


def test_a_wrong_key_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "glossaire.yaml"
    path.write_text(
        "entries:\n  - id: caf\n    term: Caf\n    definition: Organisme qui verse les prestations.\n"
        "    theme: pilotage\n    synonymes: [CAF]\n",
        encoding="utf-8",
    )
    with pytest.raises(CorpusError, match=r"glossaire.yaml, ligne 6, clé « entries.0.synonymes »"):
        load_glossary(path)
