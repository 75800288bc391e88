"""The packaged model and what is kept beside it: French meaning, question metric, shipped vectors, known questions."""

from pathlib import Path

import numpy as np
import pytest
from index_support import build_document

from corpus.attached_questions import QUESTIONS_FOLDER, KnownQuestion, read_known_questions
from corpus.embedding_packaged import DIMENSION, PackagedEmbedder
from corpus.errors import CorpusError
from corpus.index.questions import QuestionMemory
from corpus.index.records import AttachedQuestion
from corpus.known_vectors import load_known_vectors, save_known_vectors, text_key
from corpus.question_metric import QuestionMetric, load_question_metric, save_question_metric, unchanged
from corpus.settings import PACKAGED_MODEL, Settings
from corpus.unanswered import UNANSWERED_FOLDER, load_unanswered
from ingest.attaching import attach_questions
from ingest.training.examples import mark_answers

CARE = "Les assistantes maternelles accueillent les jeunes enfants à leur domicile."
TOWN = "Le conseil municipal se réunit en mairie le premier lundi du mois."


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> PackagedEmbedder:
    return PackagedEmbedder(PACKAGED_MODEL, tmp_path_factory.mktemp("modele"))


def test_everyday_words_are_near_the_words_of_the_field(embedder: PackagedEmbedder) -> None:
    question = embedder.embed_query("qui peut garder mon bébé, une nounou ?")
    near, far = embedder.embed([CARE, TOWN]) @ question
    assert near > far + 0.02
    assert np.linalg.norm(question) == pytest.approx(1.0, abs=1e-5)


def test_hostile_texts_have_a_vector(embedder: PackagedEmbedder) -> None:
    rows = embedder.embed(["", "a\0b", "\ud800", "x" * 20_000])
    assert rows.shape == (4, DIMENSION)
    assert np.isfinite(rows).all()


def test_shipped_vectors_are_those_that_the_model_computes(embedder: PackagedEmbedder, tmp_path: Path) -> None:
    texts = [CARE, TOWN]
    computed = np.stack([embedder._computed([text], query=False)[0] for text in texts])
    file = tmp_path / "v.npz"
    save_known_vectors("un-modèle", [text_key(text, False) for text in texts], computed, file)
    known = load_known_vectors("un-modèle", file)
    for text, row in zip(texts, computed, strict=True):
        kept = known.get(text, query=False)
        assert kept is not None
        assert float(kept @ row) > 0.999
        assert known.get(text, query=True) is None
    assert load_known_vectors("un autre", file).get(CARE, query=False) is None


def test_delivered_vectors_belong_to_the_installed_model(embedder: PackagedEmbedder) -> None:
    question = read_known_questions(Path(__file__).parents[2] / "corpus" / "questions")[0].question
    kept = load_known_vectors(embedder.base_fingerprint).get(question, query=True)
    assert kept is not None
    assert float(kept @ embedder._computed([question], query=True)[0]) > 0.99


def test_a_metric_comes_back_from_its_file(tmp_path: Path) -> None:
    made = np.random.default_rng(0).normal(size=(4, 4)).astype(np.float32)
    file = tmp_path / "m.npz"
    save_question_metric(QuestionMetric(made), file)
    read = load_question_metric(file)
    assert read.matrix == pytest.approx(made, abs=2e-3)
    vectors = np.eye(4, dtype=np.float32)
    assert unchanged(4).turned(vectors) == pytest.approx(vectors)
    assert np.linalg.norm(read.turned(vectors), axis=1) == pytest.approx(np.ones(4))
    with pytest.raises(CorpusError, match="python -m"):
        load_question_metric(tmp_path / "absent.npz")


def test_the_shipped_metric_brings_questions_with_one_answer_together(embedder: PackagedEmbedder) -> None:
    texts = ["qui paie le minibus ?", "le minibus c'est financé par qui", "on peut avoir un psy au collège ?"]
    alone = embedder.embed_queries(texts)
    asked = embedder.among_questions(alone)
    assert asked[0] @ asked[1] - asked[0] @ asked[2] > alone[0] @ alone[1] - alone[0] @ alone[2]


def test_a_question_is_attached_to_the_passage_that_holds_its_quote() -> None:
    passages = build_document("dd", ["Le relais ouvre\nle mardi à Bréda.", "Le parc est fermé."]).passages
    known = [
        KnownQuestion(document="dd", quote="le relais ouvre le mardi a Breda", question="quand c'est ouvert ?"),
        KnownQuestion(document="dd", quote="une phrase que rien ne contient", question="et ça ?"),
    ]
    attached = attach_questions(known, passages)
    assert [(item.question, item.passages) for item in attached] == [("quand c'est ouvert ?", (passages[0].id,))]


def test_what_is_learned_marks_every_passage_that_answers_a_question() -> None:
    one = AttachedQuestion(question="c ?", quote="q", passages=("a#2", "b#1"))
    assert mark_answers([one, one.model_copy(update={"passages": ()})], ["a#1", "a#2", "b#1"]).tolist() == [
        [False, True, True],
        [False, False, False],
    ]


def test_the_nearest_known_questions_of_each_passage() -> None:
    known = [
        AttachedQuestion(question="loin", quote="q", passages=("a#1",)),
        AttachedQuestion(question="près", quote="q", passages=("a#1", "a#2")),
        AttachedQuestion(question="autre", quote="q", passages=("b#1",)),
    ]
    x, y, z = np.eye(3, dtype=np.float32)
    memory = QuestionMemory(["a", "a", "b"], known, np.stack([y, x, z]))
    found = memory.nearest(np.asarray([0.9, 0.1, 0.0], dtype=np.float32), None)
    assert [near.question for near in found["a#1"]] == ["près", "loin"]
    assert [near.question for near in found["a#2"]] == ["près"]
    assert found["a#1"][1].nearness == found["b#1"][0].nearness == 0.0 < found["a#2"][0].nearness < 1.0
    assert set(memory.nearest(x, ["b"])) == {"b#1"}
    assert memory.nearest(x, None)["a#2"][0].nearness == pytest.approx(1.0)
    assert QuestionMemory([], [], np.zeros((0, 0), dtype=np.float32)).nearest(x, None) == {}


def test_a_wrong_line_of_questions_is_named(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"doc": "a", "quote": "b", "question": "c"}\n{"doc": "a"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"q\.jsonl, ligne 2"):
        read_known_questions(tmp_path)


def test_a_wrong_line_of_unanswered_questions_is_named(tmp_path: Path) -> None:
    folder = tmp_path / QUESTIONS_FOLDER / UNANSWERED_FOLDER
    folder.mkdir(parents=True)
    (folder / "h.jsonl").write_text('\n{"doc": null, "question": "c ?"}\n', encoding="utf-8")
    (question,) = load_unanswered(Settings(corpus_dir=tmp_path))
    assert (question.document, question.question, question.hand) == (None, "c ?", "h")
    (folder / "h.jsonl").write_text('\n{"question": "c ?"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"h\.jsonl, ligne 2 : une question sans réponse"):
        load_unanswered(Settings(corpus_dir=tmp_path))
