"""What users said becomes questions to complete, never questions as they are."""

import json
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.settings import Settings
from eval.dataset import load_questions, read_questions
from eval.feedback import feedback_file, read_feedback, write_candidates
from eval.run import main


def _keep(settings: Settings, *records: dict[str, object] | str) -> None:
    file = feedback_file(settings)
    file.parent.mkdir(parents=True)
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_feedback_becomes_candidates_that_must_be_completed(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    known = load_questions()[0].conversation()[-1]
    _keep(
        settings,
        {"question": "qui paie la cantine ?", "answer": "La Caf.", "reason": "faux", "generation": "g-12"},
        {"question": "Qui paie la cantine", "answer": "La Caf.", "reason": "incomplet", "generation": "g-12"},
        {"question": known, "answer": "…", "reason": "faux", "generation": "g-12"},
        {"question": "les horaires du relais ?", "answer": "…", "reason": None, "generation": "g-12"},
    )
    assert main(settings, from_feedback=True) == 0
    file = tmp_path / "eval" / "candidats.jsonl"
    written = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [candidate["question"] for candidate in written] == ["qui paie la cantine ?", "les horaires du relais ?"]
    assert "faux" in written[0]["note"]
    assert "La Caf." in written[0]["note"]
    with pytest.raises(CorpusError, match=r"candidats\.jsonl, ligne 1, clé type"):
        list(read_questions(file))


def test_a_completed_candidate_is_a_question(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    _keep(settings, {"question": "qui paie la cantine ?", "answer": "La Caf.", "reason": "faux", "generation": "g"})
    file = tmp_path / "candidats.jsonl"
    assert write_candidates(read_feedback(feedback_file(settings)), (), file) == 1
    candidate = json.loads(file.read_text(encoding="utf-8"))
    candidate |= {"type": "actor", "difficulty": "hard", "gold": [{"doc": "d", "quote": "la mairie paie"}]}
    candidate |= {"answer": "La mairie.", "must_include": ["mairie"]}
    file.write_text(json.dumps(candidate), encoding="utf-8")
    (question,) = read_questions(file)
    assert question.question == "qui paie la cantine ?"


def test_no_feedback_is_no_error_and_a_broken_line_is_named(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    file = feedback_file(settings)
    assert read_feedback(file) == ()
    _keep(settings, {"question": "qui paie ?", "reason": "faux"}, '{"reason": "faux"}')
    with pytest.raises(CorpusError, match=r"feedback\.jsonl, ligne 2, clé question"):
        read_feedback(file)
    file.write_bytes("où ?".encode("latin-1"))
    with pytest.raises(CorpusError, match=r"feedback\.jsonl est illisible : les avis sont en JSON Lines"):
        read_feedback(file)


def test_a_line_separator_inside_an_opinion_does_not_cut_its_line(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    _keep(settings, {"question": "qui paie\u2028la cantine\x85?", "reason": "faux"})
    assert [one.question for one in read_feedback(feedback_file(settings))] == ["qui paie\u2028la cantine\x85?"]
