"""With a language model: its sentences are checked, its faults never reach the reader as an error."""

import time
from pathlib import Path
from typing import Any

import pytest

from assistant.llm.check import check_sentences
from assistant.llm.prompt import fill_prompt
from assistant.service import Assistant
from corpus.errors import CorpusError
from tests.assistant.model_server import model_server

QUESTION = "Quelle est la durée de la CTG des Monts du Pilat ?"


def assistant_with(real: Assistant, url: str, deadline: float = 20.0) -> Assistant:
    """The same corpus, opened once, with a language model at `url`."""
    model = {"llm_url": url, "llm_model": "essai", "llm_deadline_s": deadline}
    assistant = Assistant(real.settings.model_copy(update=model))
    assistant._room = real._current()
    return assistant


def test_a_supported_sentence_is_shown_with_the_documents_own_quote(real_assistant: Assistant) -> None:
    pieces = ["La convention des Monts du Pilat est conclue ", "du 1 janvier 2026 au 31 décembre 2030 [1]."]
    with model_server(pieces=pieces) as server:
        answer = assistant_with(real_assistant, server.url).ask(QUESTION)  # type: ignore[attr-defined]
        prompt = server.requests[0]["messages"][0]["content"]  # type: ignore[attr-defined]
    assert answer.mode == "llm"
    assert answer.statements[0].supported
    assert answer.citations[0].document == "monts-du-pilat"
    assert "⟦extrait 1⟧" in prompt
    assert QUESTION in prompt


def test_false_figures_and_invented_citations_are_marked_and_removed(real_assistant: Assistant) -> None:
    text = "La convention dure jusqu'au 31 décembre 2030 [1]. Elle coûte 45 000 euros [1]. La loi l'impose [99]."
    with model_server(pieces=[text]) as server:
        answer = assistant_with(real_assistant, server.url).ask(QUESTION)  # type: ignore[attr-defined]
    assert [statement.supported for statement in answer.statements] == [True, False, False]
    assert answer.dropped_citations == 1
    assert "[99]" not in answer.answer
    assert "non vérifié" in answer.answer
    assert any(notice.kind == "model-fault" for notice in answer.notices)


@pytest.mark.parametrize(
    "script",
    [
        {"status": 429},
        {"status": 503},
        {"status": 401},
        {"html": "<html><body>Portail</body></html>"},
        {"pieces": []},
        {"pieces": ["La convention dure "], "cut": True},
        {"pieces": ["La convention dure "], "finish": "length"},
        {"hang": 4},
        {"pieces": ["mot "] * 40, "drip": 0.2},
        {"pieces": ["Visitez https://exemple.org pour en savoir plus."]},
    ],
    ids=["429", "503", "401", "html", "vide", "coupe", "longueur", "muet", "goutte-a-goutte", "sans-source"],
)
def test_any_fault_of_the_server_gives_the_extractive_answer_in_time(
    real_assistant: Assistant, script: dict[str, Any]
) -> None:
    with model_server(**script) as server:
        begin = time.monotonic()
        answer = assistant_with(real_assistant, server.url, deadline=3.0).ask(QUESTION)  # type: ignore[attr-defined]
        spent = time.monotonic() - begin
    assert answer.mode == "extractive"
    assert "31 décembre 2030" in answer.answer
    assert any(notice.kind == "model-fault" for notice in answer.notices)
    assert "exemple.org" not in answer.answer
    assert spent < 20


def test_a_server_that_is_down_gives_the_extractive_answer(real_assistant: Assistant) -> None:
    answer = assistant_with(real_assistant, "http://127.0.0.1:9/v1").ask(QUESTION)
    assert answer.mode == "extractive"
    assert any("injoignable" in notice.text for notice in answer.notices)


def test_the_check_reads_numbers_names_and_support() -> None:
    evidence = ["Firminy : la crèche Les Picotis compte 12 places au Chambon-Feugerolles"]
    right, figure, name = check_sentences(
        "La crèche Les Picotis compte 12 places [1]. La crèche compte 15 places [1]. Marseille compte 12 places [1].",
        evidence,
    )
    assert right.supported
    assert "15" in figure.reasons[0]
    assert "Marseille" in name.reasons[0]


def test_a_prompt_names_its_missing_variable(tmp_path: Path) -> None:
    (tmp_path / "essai.md").write_text("Bonjour $nom, $inconnu", encoding="utf-8")
    with pytest.raises(CorpusError, match="inconnu"):
        fill_prompt("essai", tmp_path, nom="Ada")
