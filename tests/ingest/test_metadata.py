"""What a text says of itself is proposed with its evidence; the same text and a new version are recognised."""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from ingest_in_child import QuickEmbedder
from repair_support import entry_of, texts
from synthetic import RIVIERE, VALLEE
from test_pipeline import FOREZ, VAL, write_corpus

from corpus.index.reader import open_index
from corpus.records import Span, Territory
from corpus.settings import Settings
from corpus.text import fold
from ingest.likeness import KnownTexts
from ingest.metadata import Found, ProposedMetadata, proposals, propose_metadata
from ingest.new_files import propose_entry
from ingest.pipeline import ingest_corpus, remove_document

KNOWN_GAPS = {
    # The slides only say "4C", and nothing of where that is.
    ("cordais-causse", "department"),
    # An annex names neither its Caf nor its department nor its communes.
    ("gevrey-nuits", "department"),
}  # fmt: skip


BRAY = "la Communauté d'agglomération du Val de Bray, représentée par son président ;\n\n"


@lru_cache
def proposed(name: str) -> ProposedMetadata:
    return propose_metadata(texts()[name])


@pytest.mark.parametrize("name", sorted(texts()))
def test_the_delivered_documents_are_described_as_the_manifest_does(name: str) -> None:
    said, entry = proposed(name), entry_of(name)
    pairs = {
        "territory": (value(said.territory), named_as(value(said.territory), entry.territory)),
        "group": (said.group, entry.territory.kind == "groupement-de-communes"),
        "department": (value(said.department), entry.territory.department),
        "code": (said.department_code if said.department else entry.territory.department_code,
                 entry.territory.department_code),
        "caf": (value(said.caf), entry.territory.caf),
        "from": (value(said.period_from), entry.period_from),
        "to": (value(said.period_to), entry.period_to),
        "kind": (said.kind, entry.kind),
        "status": (said.status, entry.status),
    }  # fmt: skip
    wrong = {key for key, (found, right) in pairs.items() if plain(found) != plain(right)}
    assert {(name, key) for key in wrong} == {gap for gap in KNOWN_GAPS if gap[0] == name}


@pytest.mark.parametrize(
    ("name", "missing"),
    [("creusot-montceau-nord", {"saint eusebe"}), ("firminy-chambon-ricamarie", set()), ("monts-du-pilat", set())],
)
def test_communes_are_those_that_sign(name: str, missing: set[str]) -> None:
    found = {plain(commune.value) for commune in proposed(name).communes}
    listed = {plain(commune) for commune in entry_of(name).territory.communes}
    # The convention itself writes "TARENTEISE".
    assert found - {"tarenteise"} <= listed
    assert listed - found - {"tarentaise"} == missing


@pytest.mark.parametrize("name", sorted(texts()))
def test_evidence_holds_the_value(name: str) -> None:
    said, text = proposed(name), texts()[name]
    for found in (*said.communes, *filter(None, (said.territory, said.period_from, said.period_to))):
        words = text[found.evidence.start : found.evidence.end]
        assert words.strip()
        year = re.match(r"\d{4}", found.value)
        assert year[0] in words if year else last_word(found.value) in plain(words) or said.group
    assert said.kind_evidence is not None
    if said.status != "inconnu":
        assert said.status_evidence is not None


def named_as(found: str | None, territory: Territory) -> str:
    """The acronym by which a text knows its territory is one of the names of the manifest."""
    return found if found in territory.other_names and found.isupper() else territory.name


def value(found: Found | None) -> str | None:
    return found.value if found else None


def plain(said: object) -> object:
    if not isinstance(said, str):
        return said
    return re.sub(r"[^a-z0-9]+", " ", fold(said)).strip().replace(" et de ", " et ")


def last_word(name: str) -> str:
    return str(plain(name)).split()[-1]


def test_unseen_conventions_are_described() -> None:
    vallee, riviere = propose_metadata(VALLEE), propose_metadata(RIVIERE)
    assert (value(vallee.territory), value(vallee.caf), vallee.department_code) == ("Val Fleuri", "Caf du Cher", "18")
    assert (vallee.kind, vallee.status) == ("convention", "signe")
    assert VALLEE[slice(*span(vallee.status_evidence))].strip() == "Fait à Sancergues, le 3 mars 2024"
    assert (vallee.period_from, vallee.period_to, vallee.communes) == (None, None, ())
    assert (riviere.territory, riviere.caf, riviere.status, riviere.kind) == (None, None, "inconnu", "convention")


def span(found: Span | None) -> tuple[int, int]:
    assert found is not None
    return found.start, found.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la Communauté d'agglomération du Val de Bray, représentée par", "Communauté d'agglomération du Val de Bray"),
        ("la COMMUNAUTÉ DE COMMUNES DES HAUTS DE BRAY\nreprésentée par", "Communauté de communes DES Hauts de Bray"),
        ("Vu le code général des collectivités ; la communauté de communes a délibéré", None),
        (BRAY + "Les communes du secteur ouest signent. Le secteur ouest vieillit, le secteur\nouest manque de tout.",
         "Secteur ouest de la Communauté d'agglomération du Val de Bray"),
        (BRAY + "Les communes du secteur ouest et celles du secteur est. Le secteur ouest vieillit ; le secteur ouest "
         "et le secteur est manquent de crèches.", "Communauté d'agglomération du Val de Bray"),
        (BRAY + "Une crèche ouvre au secteur ouest ; le secteur ouest vieillit, le secteur ouest s'étend.",
         "Communauté d'agglomération du Val de Bray"),
        ("Un observatoire à l'échelle de\nla 4C pour suivre les besoins.", "4C"),
        ("Les élus de la CCVB ont délibéré.", "CCVB"),
        ("La classe de la 4C part en voyage.", None),
        ("Les permanences de la CCI : à l'échelle de la CCI, rien.", None),
    ],
)  # fmt: skip
def test_names_of_other_groupings(text: str, expected: str | None) -> None:
    assert plain(value(propose_metadata(text).territory)) == plain(expected)


def test_an_entry_takes_what_the_text_says_and_keeps_the_name_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "ctg ondaine.txt"
    file.write_text("x")
    entry = propose_entry(file, (), proposed("firminy-chambon-ricamarie"))
    assert (entry.status, entry.period_from, entry.territory.kind) == ("signe", "2022-01-01", "groupement-de-communes")
    assert entry.territory.other_names == ("ondaine",)
    assert len(entry.territory.short_name) <= 40


def test_a_text_that_does_not_name_its_territory_takes_the_name_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "ctg hautval-le-sec.txt"
    file.write_text("x")
    said = propose_metadata("Rien ici ne dit qui signe.")
    entry = propose_entry(file, (), said)
    assert entry.territory.name == "Hautval-le-sec"
    (told,) = proposals(entry, said, "")
    assert (told.field, told.quote) == ("Territoire, d'après le nom du fichier", "")


def test_the_same_text_and_a_new_version_are_recognised(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", val=long(VAL), forez=long(FOREZ))
    settings = Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "data", _env_file=None)
    embedder = QuickEmbedder(settings)
    ingest_corpus(settings, embedder=embedder)
    given = tmp_path / "reçus"
    given.mkdir()
    (given / "autre format.html").write_text(f"<p>{long(VAL)}</p>".replace("\n\n", "</p><p>"), encoding="utf-8")
    (given / "deuxieme.txt").write_text(long(VAL) + "\n\n" + "Article 3 : Avenant. La crèche aura trente places. " * 4)
    (given / "troisieme.html").write_text(f"<p>{(given / 'deuxieme.txt').read_text()}</p>", encoding="utf-8")
    report = ingest_corpus(settings, [given], embedder=embedder)
    assert report.duplicates == (("autre format.html", "val"), ("troisieme.html", "deuxieme"))
    assert report.added == ("deuxieme",)
    (note,) = report.notes
    assert note.document == "deuxieme"
    assert "« val »" in note.text
    assert "ctg remove val" in note.text
    assert ("Période", "2026-01-01 au 2030-12-31") in {(one.field, one.value) for one in report.proposals}
    raw = open_index(settings).raw_text("deuxieme")
    for one in report.proposals:
        assert " ".join(raw[one.start : one.end].split()) == one.quote


def long(text: str) -> str:
    return text + "\n" + " ".join(f"Le lieu numéro {place} ouvre ses portes le matin." for place in range(40))


def test_the_pages_of_a_removed_scan_are_deleted(tmp_path: Path) -> None:
    write_corpus(tmp_path / "corpus", val=VAL, forez=FOREZ)
    settings = Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "data", _env_file=None)
    embedder = QuickEmbedder(settings)
    ingest_corpus(settings, embedder=embedder)
    states = open_index(settings).generation.documents
    folders = {name: settings.data_dir / "pages" / state.file_hash[:32] for name, state in states.items()}
    for folder in folders.values():
        folder.mkdir(parents=True)
        (folder / "page-0001.jpg").write_bytes(b"x")
    remove_document(settings, "val", embedder=embedder)
    assert not folders["val"].exists()
    assert folders["forez"].exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (lambda text: text.replace("2030", "2032"), "« 31 décembre 2030 » devient « 31 décembre 2032 »"),
        (lambda text: text.replace("vingt", "trente"), "« crèche de vingt » devient « crèche de trente »"),
        (lambda text: text + "\nArticle 9 : Avenant. La durée est prolongée d'un an.", "en plus"),
        (lambda text: text.replace("Le lieu numéro 12 ouvre ses portes le matin.", ""), "a disparu"),
    ],
)  # fmt: skip
def test_a_version_that_differs_by_a_word_is_no_duplicate(changed: Callable[[str], str], told: str) -> None:
    old = long(VAL)
    new = changed(old)
    assert new != old
    known = KnownTexts(["val"], lambda _: old)
    close = known.closest(new)
    assert close is not None
    assert not close.same
    assert told in close.differences[0].told()


def test_pages_and_joined_words_make_no_version() -> None:
    said = [f"Le lieu numéro {place} ouvre ses portes le matin." for place in range(90)]
    pages = [said[start : start + 18] for start in range(0, 90, 18)]
    paged = "".join(f"{' '.join(page)}\nConvention du Val – page {at} sur 5\n" for at, page in enumerate(pages, 1))
    known = KnownTexts(["val"], lambda _: " ".join(said))
    close = known.closest(paged.replace("matin", "ma tin", 1))
    assert close is not None
    assert close.same
    misread = paged.replace("portes", "partes", 2)
    assert [one.same for one in (known.closest(misread), known.closest(misread, recognised=True)) if one] == [
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("read", "told", "same"),
    [
        ("15 000 € par an", "« aide de 12 » devient « aide de 15 »", False),
        ("18 000 € par an", "« aide de 12 » devient « aide de 18 »", False),
        ("12 000 € par on", None, True),
        ("12 0O0 € par an", None, True),
    ],
)
def test_a_changed_amount_of_a_scan_is_another_version(read: str, told: str | None, same: bool) -> None:
    old = long(VAL) + " La commune verse chaque année une aide de 12 000 € par an à la crèche du bourg."
    close = KnownTexts(["val"], lambda _: old).closest(old.replace("12 000 € par an", read), recognised=True)
    assert close is not None
    assert close.same is same
    assert [one.told() for one in close.differences] == ([told] if told else [])


def test_a_number_of_a_scan_that_may_be_misread_is_told_and_not_added() -> None:
    old = long(VAL) + " La crèche du bourg accueille au plus 13 enfants de moins de trois ans."
    read = old.replace("13 enfants", "18 enfants")
    close = KnownTexts(["val"], lambda _: old).closest(read, recognised=True)
    assert close is not None
    assert close.same
    assert [(one.doubtful, one.told()) for one in close.differences] == [
        (True, "« au plus 13 » devient « au plus 18 »")
    ]
    month = KnownTexts(["val"], lambda _: f"{old} Elle ouvre le lundi 4 mars au matin pour tous.")
    close = month.closest(f"{read} Elle ouvre le lundi 4 juin au matin pour tous.", recognised=True)
    assert close is not None
    assert not close.same
    assert [one.told() for one in close.differences] == ["« lundi 4 mars » devient « lundi 4 juin »"]


def test_a_doubtful_number_of_a_scan_is_told_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.adding.RECOGNISED_FORMATS", ("texte",))
    said = long(VAL) + " La crèche du bourg accueille au plus 13 enfants de moins de trois ans."
    write_corpus(tmp_path / "corpus", val=said, forez=long(FOREZ))
    settings = Settings(corpus_dir=tmp_path / "corpus", data_dir=tmp_path / "data", _env_file=None)
    embedder = QuickEmbedder(settings)
    ingest_corpus(settings, embedder=embedder)
    (tmp_path / "numérisé.txt").write_text(said.replace("13 enfants", "18 enfants"), encoding="utf-8")
    report = ingest_corpus(settings, [tmp_path / "numérisé.txt"], embedder=embedder)
    assert report.duplicates == (("numérisé.txt", "val"),)
    (note,) = report.notes
    assert note.document == "val"
    assert "« numérisé.txt », reconnu comme le même document, s'y lit autrement : « au plus 13 » devient" in note.text
    assert "retirez l'ancien (`ctg remove val`), puis redonnez ce fichier." in note.text
