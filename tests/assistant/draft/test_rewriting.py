"""A draft rewritten by a language model: a real server on loopback, which obeys, invents, chatters or fails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from draft_support import foreign_in, local_names, taken_lines

from assistant.draft.records import Draft
from assistant.service import Assistant
from corpus.errors import ModelUnavailable
from tests.assistant.model_server import model_server

REQUEST = "guichet unique petite enfance pour la CC du Val Fleuri, 12 communes, RPE existant"
LINE = re.compile(r"⟦ligne (\d+)⟧ (.*)")


@pytest.fixture(scope="module")
def draft(real_assistant: Assistant) -> Draft:
    return real_assistant.draft(REQUEST)


def with_model(real: Assistant, url: str, deadline: float = 20.0) -> Assistant:
    assistant = Assistant(
        real.settings.model_copy(update={"llm_url": url, "llm_model": "essai", "llm_deadline_s": deadline})
    )
    assistant._room = real._current()
    return assistant


def rewritten(real: Assistant, draft: Draft, key: str, write: Callable[[list[str]], str]) -> Draft:
    """The draft after a model that makes of the lines of a field the text that `write` makes."""

    def reply(body: dict[str, Any]) -> list[str]:
        return [write([text for _, text in LINE.findall(body["messages"][0]["content"])])]

    with model_server(pieces=reply) as server:
        return with_model(real, server.url).rewrite_draft(draft, [key])  # type: ignore[attr-defined]


def test_rewritten_lines_keep_their_sources(real_assistant: Assistant, draft: Draft) -> None:
    def write(lines: list[str]) -> str:
        return "\n".join(f"- {text}, avec le RPE existant. [{n}]" for n, text in enumerate(lines, start=1))

    made = rewritten(real_assistant, draft, "actions", write)
    before, after = draft.fields["actions"], made.fields["actions"]
    assert [line.text for line in after] == [f"{line.text}, avec le RPE existant" for line in before]
    assert {line.origin for line in after} == {"adapte"}
    assert [[s.quote for s in line.sources] for line in after] == [[s.quote for s in line.sources] for line in before]
    for key in draft.fields:
        if key != "actions":
            assert [line.text for line in made.fields[key]] == [line.text for line in draft.fields[key]]


def test_two_lines_made_one_keep_the_sources_of_both_and_what_is_forgotten_stays(
    real_assistant: Assistant, draft: Draft
) -> None:
    made = rewritten(real_assistant, draft, "actions", lambda lines: f"- {lines[0]} ; {lines[1]} [1][2]\nVoilà !")
    first, *rest = made.fields["actions"]
    quotes = {source.quote for line in draft.fields["actions"][:2] for source in line.sources}
    assert {source.quote for source in first.sources} == quotes
    assert [line.text for line in rest] == [line.text for line in draft.fields["actions"][2:]]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("{} dans 45 communes [1]", "[À COMPLÉTER : nombre]"),
        ("{} avec la ville de Bourg-Argental [1]", "[À COMPLÉTER"),
        ("Offrir des vacances gratuites aux pompiers volontaires du canton [1]", "pompiers"),
        ("Ne jamais {} [1]", "Ne jamais"),
        ("{} avec la MSA et la PMI [1]", "MSA"),
    ],
)
def test_what_the_model_adds_is_marked_and_its_names_and_figures_are_left_open(
    real_assistant: Assistant, draft: Draft, said: str, shown: str
) -> None:
    made = rewritten(real_assistant, draft, "actions", lambda lines: "- " + said.format(lines[0]))
    line = made.fields["actions"][0]
    assert line.origin == "genere"
    assert shown in line.text
    assert line.sources
    assert not foreign_in(line.text, local_names(real_assistant.index))


def test_a_whole_draft_rewritten_carries_nothing_local_and_loses_nothing(
    real_assistant: Assistant, draft: Draft
) -> None:
    with model_server(
        pieces=lambda body: [f"- {text} [{n}]\n" for n, text in LINE.findall(body["messages"][0]["content"])]
    ) as server:
        made = with_model(real_assistant, server.url).rewrite_draft(draft)  # type: ignore[attr-defined]
        prompts = [body["messages"][0]["content"] for body in server.requests]  # type: ignore[attr-defined]
    assert [(k, line.text) for k, line in taken_lines(made)] == [(k, line.text) for k, line in taken_lines(draft)]
    assert len(prompts) >= 5
    names = local_names(real_assistant.index)
    assert not [line for prompt in prompts for _, line in LINE.findall(prompt) if foreign_in(line, names)]
    assert "RPE existant" in prompts[0]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ({"hang": 6}, "temps accordé"),
        ({"status": 500}, "erreur 500"),
        ({"html": "<html>connexion</html>"}, "modèle de langue"),
        ({"pieces": ["- Recenser"], "cut": True}, "interrompue"),
        ({"pieces": ["Bien sûr, voici votre fiche."]}, "rien rendu"),
    ],
)
def test_a_fault_gives_the_draft_as_it_was_with_a_notice(
    real_assistant: Assistant, draft: Draft, script: dict[str, Any], said: str
) -> None:
    with model_server(**script) as server:
        deadline = 2.0 if "hang" in script else 60.0
        made = with_model(real_assistant, server.url, deadline).rewrite_draft(draft)  # type: ignore[attr-defined]
        assert len(server.requests) == 1  # type: ignore[attr-defined]
    assert made.fields == draft.fields
    faults = [notice.text for notice in made.notices if notice.kind == "model-fault"]
    assert len(faults) == 1
    assert said in faults[0]


def test_without_a_model_there_is_nothing_to_rewrite_with(real_assistant: Assistant, draft: Draft) -> None:
    with pytest.raises(ModelUnavailable, match="CTG_LLM_URL"):
        real_assistant.rewrite_draft(draft)
