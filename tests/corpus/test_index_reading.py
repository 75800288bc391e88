"""What a generation gives back, and how words and vectors find it."""

import concurrent.futures

import numpy as np
import pytest
from index_support import BUS, CRECHE, JEUNES, MAM, build_document, put, snapshot

from corpus.embedding import Embedder
from corpus.errors import IndexForeign, UnknownDocument
from corpus.index.reader import Index, open_index
from corpus.settings import Settings


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Index:
    settings = Settings(data_dir=tmp_path_factory.mktemp("var"))
    put(settings, embedder, [build_document("saulon", [CRECHE, MAM], fiche="Développer l'accueil du jeune enfant")])
    put(settings, embedder, [build_document("vergy", [JEUNES, BUS, "Budget : 2.5 ETP, 1 200 € en 2025."])])
    return open_index(settings)


def found(hits: list[tuple[str, float]]) -> list[str]:
    return [name for name, _ in hits]


def test_gives_back_what_was_put_in(index: Index) -> None:
    expected = build_document("saulon", [CRECHE, MAM], fiche="Développer l'accueil du jeune enfant")
    assert [record.id for record in index.documents()] == ["saulon", "vergy"]
    assert index.raw_text("saulon") == expected.read.text
    assert index.sections("saulon") == expected.sections
    assert index.fiches() == expected.fiches
    assert index.passages("saulon") == expected.passages
    assert index.passages_of_fiche("saulon#f1") == expected.passages[:1]
    assert index.passages_of_section("saulon#s0") == expected.passages
    assert index.document("vergy").passages == 3
    assert index.generation.counts.passages == len(index.passages()) == 5
    for passage in index.passages():
        assert index.raw_text(passage.document)[passage.start : passage.end] == passage.text


def test_unknown_ids_are_refused_in_words(index: Index) -> None:
    for ask in (index.raw_text, index.passage, index.fiche, index.section, index.document):
        with pytest.raises(UnknownDocument, match="inconnu"):
            ask("inconnu#p0-0")


def test_words_are_found_whatever_their_form(index: Index) -> None:
    assert found(index.lexical("micro-crèche")) == []
    assert found(index.lexical("MICROCRÈCHES")) == ["saulon#p0-0"]
    assert found(index.lexical("maisons d'assistantes maternelles")) == ["saulon#p0-1"]
    assert found(index.lexical("2.5")) == ["vergy#p0-2"]
    assert found(index.lexical("numérique", documents=["saulon"])) == []
    assert found(index.lexical("numérique", documents=[])) == []


def test_words_of_a_phrase_stand_near_each_other(index: Index) -> None:
    assert found(index.lexical("minibus familles")) == ["vergy#p0-1"]
    assert found(index.lexical("minibus mercredi")) == []


def test_a_word_of_the_title_weighs_more_than_one_of_the_text(index: Index) -> None:
    hits = dict(index.lexical("développer"))
    plain = dict(index.lexical("développer", weights=(0.0, 0.0, 0.0, 1.0)))
    assert hits["saulon#p0-0"] > plain["saulon#p0-0"]


@pytest.mark.parametrize("phrase", ['"', "a OR b*", "NEAR(x", "title:crèche ^", "'; DROP TABLE fts; --", "-", "\x00"])
def test_no_question_is_syntax(index: Index, phrase: str) -> None:
    assert all(score > 0 for _, score in index.lexical(phrase))


def test_vocabulary_counts_passages(index: Index) -> None:
    vocabulary = index.vocabulary()
    assert vocabulary["saulon"] == 2
    assert vocabulary["maternels"] == 1
    assert "de" not in vocabulary


def test_vectors_agree_with_a_plain_product(index: Index, embedder: Embedder) -> None:
    question = embedder.embed_query("mode de garde pour les bébés")
    vectors = embedder.embed([passage.embedding_text() for passage in index.passages()])
    expected = sorted(zip((vectors @ question).tolist(), (p.id for p in index.passages()), strict=True), reverse=True)
    hits = index.dense(question, limit=5)
    assert index.vectors_in_chroma
    assert found(hits) == [name for _, name in expected]
    assert [score for _, score in hits] == pytest.approx([score for score, _ in expected], abs=1e-4)
    assert {name.partition("#")[0] for name in found(index.dense(question, ["vergy"], 10))} == {"vergy"}


def test_a_vector_of_another_length_is_refused(index: Index) -> None:
    with pytest.raises(IndexForeign, match="384"):
        index.dense(np.ones(12, dtype=np.float32))


def test_several_people_at_once(index: Index, embedder: Embedder) -> None:
    question = embedder.embed_query("jeunes")
    expected = (index.lexical("permanences"), index.dense(question, None, 3))

    def ask(_: int) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
        return index.lexical("permanences"), index.dense(question, None, 3)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(40)))
    assert all(words == expected[0] and found(near) == found(expected[1]) for words, near in answers)


def test_reading_changes_nothing_in_service(settings: Settings, embedder: Embedder) -> None:
    put(settings, embedder, [build_document("saulon", [CRECHE, MAM])])
    before = snapshot(settings.index_dir)
    index = open_index(settings)
    assert index.dense(embedder.embed_query("crèche"))
    assert index.lexical("crèche")[:0] == []
    assert snapshot(settings.index_dir) == before
