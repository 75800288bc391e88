"""The question set itself: what its authors wrote is valid, its gold stands in the documents, its split holds."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from corpus.attached_questions import QUESTIONS_FOLDER, read_known_questions
from corpus.errors import CorpusError
from corpus.settings import Settings
from corpus.text import fold, letters
from corpus.unanswered import load_unanswered
from eval.dataset import QUESTIONS_DIR, load_hands, load_questions
from eval.places import find_places
from eval.sources import load_sources
from eval.split import read_split, split_of, stratified_split, write_split

GOOD = {
    "id": "x-1",
    "question": "qui pilote ?",
    "type": "actor",
    "difficulty": "hard",
    "gold": [{"doc": "un-document", "quote": "Pilote : la mairie"}],
    "answer": "La mairie.",
    "must_include": ["mairie"],
}


def test_every_gold_quote_stands_in_its_document(tmp_path: Path) -> None:
    sources = load_sources(Settings(data_dir=tmp_path))
    missing = [
        (question.id, gold.quote)
        for question in load_questions()
        for gold in question.gold
        if gold.doc not in sources or not list(find_places(sources[gold.doc].text, gold.quote))
    ]
    assert missing == []


def test_a_found_place_reads_as_the_quote() -> None:
    document = "Article 1 : l’Accueil\n  du « Jeune »\nenfant, œuvre."
    (start, end), *others = find_places(document, "l'accueil du jeune enfant, oeuvre")
    assert document[start:end].startswith("l’Accueil")
    assert document[start:end].endswith("œuvre")
    assert others == []


def test_the_set_is_large_varied_and_mostly_in_other_words_than_the_documents() -> None:
    questions = load_questions()
    assert len(questions) >= 200
    assert len(load_hands()) >= 3
    assert sum(not question.answerable for question in questions) >= 40
    assert sum(bool(question.turns) for question in questions) >= 10
    assert Counter(question.difficulty for question in questions)["lexical"] <= len(questions) / 3
    assert len(Counter(question.type for question in questions)) == 10


def test_no_known_question_is_a_near_copy_of_an_evaluation_question() -> None:
    """What the index knows must not be what it is judged by: 82 of 100, as docs/modele.md says."""
    settings = Settings()
    folder = settings.corpus_dir / QUESTIONS_FOLDER
    known = [
        fold(one.question) for file in sorted(folder.glob("*.jsonl")) for one in read_known_questions(folder, file.name)
    ]
    known += [fold(one.question) for one in load_unanswered(settings)]
    judged = [fold(turn) for question in load_questions() for turn in question.conversation() if len(turn) >= 25]
    assert len(known) > 10_000
    assert len(judged) > 200
    likeness = process.cdist(known, judged, scorer=fuzz.ratio, score_cutoff=82, dtype=np.uint8)
    assert not likeness.any()


def test_no_question_stands_in_both_parts() -> None:
    dev, test = ({letters("".join(question.conversation())) for question in load_questions(part)} for part in PARTS)
    assert dev & test == set()


PARTS = ("dev", "test")


def test_the_stored_split_is_the_stratified_one_and_a_third_of_every_type_is_frozen() -> None:
    hands = load_hands()
    stored = read_split(QUESTIONS_DIR / "split.json")
    known = {hand: tuple(question for question in group if question.id in stored) for hand, group in hands.items()}
    assert set(stored) == {question.id for group in known.values() for question in group}

    totals = Counter(question.type for group in known.values() for question in group)
    frozen = Counter(question.type for group in known.values() for question in group if stored[question.id] == "test")
    assert all(abs(frozen[kind] - total / 3) <= 1 for kind, total in totals.items())
    for hand, group in known.items():
        if not group:
            continue
        share = sum(stored[question.id] == "test" for question in group) / len(group)
        assert 0.25 <= share <= 0.42, hand


def test_new_questions_move_no_old_one(tmp_path: Path) -> None:
    hands = load_hands()
    first, second, *_ = hands
    before = stratified_split({first: hands[first]})
    file = tmp_path / "split.json"
    assert write_split({first: hands[first]}, file) == before

    after = write_split({first: hands[first], second: hands[second]}, file)
    assert {question_id: after[question_id] for question_id in before} == before
    added = [question.id for question in hands[second]]
    assert [after[question_id] for question_id in added] == [split_of(question_id, {}) for question_id in added]
    assert 0.15 < sum(after[question_id] == "test" for question_id in added) / len(added) < 0.55


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"reponse": "oui"}, "reponse"),
        ({"type": "autre"}, "type"),
        ({"gold": [{"doc": "un-document", "citation": "Pilote"}]}, "gold.0"),
        ({"gold": []}, "gold"),
        ({"turns": ["a ?", "b ?"]}, "turns"),
        ({"must_include": []}, "must_include"),
    ],
)
def test_a_wrong_question_is_refused_with_file_line_and_key(
    tmp_path: Path, change: dict[str, object], named: str
) -> None:
    _write(tmp_path, "h1", GOOD, {**GOOD, "id": "x-2", **change})
    with pytest.raises(CorpusError, match=r"h1\.jsonl, ligne 2") as refused:
        load_questions(folder=tmp_path)
    assert named in str(refused.value)


def test_broken_json_repeated_keys_and_repeated_ids_are_refused(tmp_path: Path) -> None:
    hands = tmp_path / "hands"
    hands.mkdir()
    (hands / "h1.jsonl").write_text('{"id": "x-1",\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="ligne 1 : ce n'est pas du JSON"):
        load_questions(folder=tmp_path)
    (hands / "h1.jsonl").write_text('{"id": "x-1", "id": "x-2"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="clé id : elle est donnée deux fois"):
        load_questions(folder=tmp_path)
    _write(tmp_path, "h1", GOOD)
    _write(tmp_path, "h2", GOOD)
    with pytest.raises(CorpusError, match=r"h2\.jsonl, clé id : « x-1 » existe déjà dans h1\.jsonl"):
        load_questions(folder=tmp_path)


def test_a_missing_split_is_not_made_up(tmp_path: Path) -> None:
    _write(tmp_path, "h1", GOOD)
    with pytest.raises(CorpusError, match=r"split\.json manque"):
        load_questions("dev", tmp_path)


def _write(folder: Path, hand: str, *questions: dict[str, object]) -> None:
    (folder / "hands").mkdir(exist_ok=True)
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    (folder / "hands" / f"{hand}.jsonl").write_text(lines, encoding="utf-8")
