"""People read a recognised text repaired and are told so; its raw words stay what a citation is checked against."""

import json

import pytest
from click.testing import CliRunner

from assistant.cli.tables import print_answer
from assistant.compose.citing import quote_stands
from assistant.page.rendering.documents import render_outline
from assistant.page.rendering.source import render_source
from assistant.page.source_request import SourceRequest
from assistant.payloads import answer_payload, fiche_payload, search_payload
from assistant.reading import readable_fiche, readable_heading, readable_path
from assistant.service import Assistant
from corpus.records import Answer, Span
from corpus.text import squeeze

QUESTION = "Quel dispositif de gestion et de centralisation des demandes des familles est prévu au Creusot ?"
CREUSOT = "creusot-montceau-nord"


@pytest.fixture(scope="module")
def answer(real_assistant: Assistant) -> Answer:
    return real_assistant.ask(QUESTION)


def test_a_quote_is_read_repaired_and_checked_raw(real_assistant: Assistant, answer: Answer) -> None:
    repaired = [citation for citation in answer.citations if citation.repaired]
    assert repaired
    raw = real_assistant.index.raw_text(CREUSOT)
    for citation in repaired:
        spans = citation.spans or (Span(start=citation.start, end=citation.end),)
        assert citation.raw != citation.quote
        assert quote_stands(raw, citation.as_recognised, spans)
        assert citation.verified
    assert "relative à la création" in answer.answer
    assert "relative a la" not in answer.answer


def test_machines_are_given_both_readings(real_assistant: Assistant, answer: Answer) -> None:
    citations = answer_payload(answer)["citations"]
    assert any("relative a la création" in citation.get("raw", "") for citation in citations)
    found = search_payload(real_assistant.search(QUESTION, 3))["passages"]
    said = next(passage for passage in found if "relative à la création" in passage["text"])
    assert "relative a la création" in said["raw"]
    assert " a la " not in "".join(passage["section"] for passage in found)
    fiche = next(one for one in real_assistant.fiches("Creusot") if "bassins de vie" in one.title)
    payload = fiche_payload(real_assistant.index, fiche)
    assert payload["title"] == "Définir des bassins de vie et repenser l'offre"
    assert json.dumps(payload, ensure_ascii=False).count('"raw"') >= 3


def test_headings_are_read_repaired_wherever_they_show(real_assistant: Assistant) -> None:
    index = real_assistant.index
    read = {section.title: readable_heading(index, section) for section in index.sections(CREUSOT)}
    assert read["Premiéres fiche-actions élaborées"] == "Premières fiche-actions élaborées"
    assert read["AVléchelle du bassin nord de la Communauté urbaine"].startswith("À l'échelle du bassin nord")
    assert next(told for raw, told in read.items() if raw.endswith("domicile- travail")).endswith("domicile-travail")
    outline = render_outline(index, CREUSOT)
    assert "Premières fiche-actions" in outline
    assert "Premiéres" not in outline
    fiche = next(one for one in real_assistant.fiches("Creusot") if "bassins de vie" in one.title)
    assert "Premiéres" in fiche.section_path[0]
    assert fiche_payload(index, fiche)["section"].startswith("Annexe 4 : Premières fiche-actions élaborées › ")
    panel = render_source(index, SourceRequest(document=CREUSOT, spans=(Span(start=fiche.start, end=fiche.end),)))
    assert "Premières fiche-actions élaborées › " in panel


def test_a_heading_repeated_below_it_is_read_repaired(real_assistant: Assistant) -> None:
    index = real_assistant.index
    slides = [section.path[-1] for section in index.sections("cordais-causse") if "coopeération" in section.title]
    assert len(slides) == 2
    read = [readable_path(index, one)[-1] for one in index.sections("cordais-causse") if one.path[-1:] == (slides[1],)]
    assert read == [slides[1].replace("coopeération", "coopération")]


def test_a_clean_document_has_one_reading(real_assistant: Assistant) -> None:
    payload = search_payload(real_assistant.search("pilote de la fiche 5", 5, territories=("gevrey-nuits",)))
    assert not any("raw" in passage for passage in payload["passages"])
    fiche = real_assistant.index.fiches("gevrey-nuits")[0]
    assert readable_fiche(real_assistant.index, fiche) is fiche


def test_the_terminal_says_what_was_repaired_and_shows_the_raw_words_on_demand(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    print_answer(answer)
    plain = squeeze(capsys.readouterr().out)
    assert "fautes sûres réparées" in plain
    assert "relative a la création" not in plain
    print_answer(answer, raw=True)
    assert "reconnu : « Conduire une réflexion relative a la création" in squeeze(capsys.readouterr().out)


def test_the_source_panel_marks_repairs_and_keeps_the_raw_words(real_assistant: Assistant, answer: Answer) -> None:
    citation = next(one for one in answer.citations if one.repaired)
    spans = citation.spans or (Span(start=citation.start, end=citation.end),)
    panel = render_source(real_assistant.index, SourceRequest(document=CREUSOT, spans=spans))
    assert "Texte réparé" in panel
    assert '<ins class="ctg-repaired" title="Reconnu : « a »">à</ins>' in panel
    assert "Texte tel qu" in panel
    clean = real_assistant.index.fiches("gevrey-nuits")[0]
    other = render_source(
        real_assistant.index,
        SourceRequest(document="gevrey-nuits", spans=(Span(start=clean.start, end=clean.start + 40),)),
    )
    assert "ctg-repaired" not in other
    assert "Texte réparé" not in other


def test_the_command_takes_the_option() -> None:
    from assistant.cli.question_commands import ask

    told = CliRunner().invoke(ask, ["--help"])
    assert "--brut" in told.output
