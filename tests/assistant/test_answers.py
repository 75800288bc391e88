"""Answers over the real corpus: cited, verified, honest, in the form that the question asks for."""

import pytest

from assistant.compose.citing import quote_stands
from assistant.compose.lines import REFUSAL
from assistant.payloads import answer_payload
from assistant.service import Assistant
from corpus.records import Answer, Span

QUESTIONS = (
    "Quelle est la durée de la CTG des Monts du Pilat ?",
    "liste des EAJE du Chambon-Feugerolles",
    "G39 porteur et budget ?",
    "Comment les autres territoires ont-ils traité la création de MAM ?",
    "combien de fiches parlent de mobilité ?",
    "commune de 4 200 habitants : quelles obligations depuis le service public de la petite enfance ?",
    "stage 3eme",
    "c'est quoi un LAEP ?",
    "quelles conventions se terminent en 2026 ?",
    "résume la convention de Firminy",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_statement_is_cited_and_every_quote_stands_in_its_source(
    real_assistant: Assistant, question: str
) -> None:
    answer = real_assistant.ask(question)
    assert answer.answered
    assert answer.statements
    numbers = {citation.n for citation in answer.citations}
    for statement in answer.statements:
        assert statement.citations
        assert set(statement.citations) <= numbers
    assert_quotes_stand(real_assistant, answer)
    assert answer.dropped_citations == 0


def assert_quotes_stand(assistant: Assistant, answer: Answer) -> None:
    for citation in answer.citations:
        if ":" in citation.document:
            continue
        raw = assistant.index.raw_text(citation.document)
        spans = citation.spans or (Span(start=citation.start, end=citation.end),)
        assert quote_stands(raw, citation.as_recognised, spans), citation


def test_a_duration_is_answered_by_its_sentence(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("Quelle est la durée de la CTG des Monts du Pilat ?")
    first = answer.citations[0]
    assert first.document == "monts-du-pilat"
    assert "1 janvier 2026 au 31 décembre 2030" in answer.answer
    assert any(notice.kind == "draft-document" for notice in answer.notices)


def test_a_conversation_keeps_to_the_territory_and_the_theme_chosen(real_assistant: Assistant) -> None:
    turns = ("Comment accueillir plus d'enfants ?", "et les indicateurs ?")
    answer = real_assistant.ask_turns(turns, ("gevrey-nuits",), "petite-enfance")
    passages = [real_assistant.index.passage(one.passage) for one in answer.citations if one.passage]
    assert passages
    assert {passage.document for passage in passages} == {"gevrey-nuits"}
    assert all("petite-enfance" in passage.themes for passage in passages)


def test_a_title_opens_the_stretch_that_its_lines_are_taken_from(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("Quels sont les points de vigilance de la fiche action 0 de Gevrey ?")
    quotes = {citation.n: citation.quote for citation in answer.citations}
    lead = next(line for line in answer.answer.splitlines() if line.startswith("Points de vigilance"))
    whole = quotes[int(lead.split("[")[1].rstrip("] "))]
    values = [quotes[number] for statement in answer.statements for number in statement.citations]
    assert len(values) > 1
    assert all(value in whole for value in values)


def test_a_field_of_a_named_fiche(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("G39 porteur et budget ?")
    assert "Mairie (s)" in answer.answer
    assert "Supplémentaire à mobiliser" in answer.answer


def test_a_comparison_gives_a_row_per_territory_and_names_the_silent_ones(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("Comment les autres territoires ont-ils traité la création de MAM ?")
    assert answer.table is not None
    territories = {row[0].text for row in answer.table.rows}
    assert len(territories) >= 3
    for row in answer.table.rows:
        for cell in row[1:]:
            assert cell.citations or cell.text == "non précisé dans le document"


def test_a_count_has_its_denominator(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("combien de fiches parlent de mobilité ?")
    assert "sur 77" in answer.answer


def test_duties_come_from_rules_first_and_practice_apart(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("commune de 4 200 habitants : doit-on établir un schéma pluriannuel ?")
    natures = [statement.nature for statement in answer.statements]
    assert natures[0] == "norme"
    assert all(
        citation.document.startswith("obligation:")
        for statement in answer.statements
        if statement.nature == "norme"
        for citation in answer.citations
        if citation.n in statement.citations
    )
    assert any("Légifrance" in notice.text for notice in answer.notices)


@pytest.mark.parametrize(
    "question",
    [
        "Combien d'enfants max peut accueillir une MAM en même temps ?",
        "c'est quoi le montant du bonus territoire par place de crèche ?",
        "quelle est la capitale de la Mongolie",
    ],
)
def test_what_the_corpus_does_not_hold_is_said_in_one_fixed_sentence(real_assistant: Assistant, question: str) -> None:
    answer = real_assistant.ask(question)
    assert not answer.answered
    assert answer.answer.startswith(REFUSAL)


@pytest.mark.parametrize("question", ["bonjour", "merci beaucoup", "que sais-tu faire ?"])
def test_manners_cite_nothing(real_assistant: Assistant, question: str) -> None:
    answer = real_assistant.ask(question)
    assert answer.answered
    assert not answer.citations


def test_a_conversation_keeps_its_subject(real_assistant: Assistant) -> None:
    answer = real_assistant.ask_turns(["Quelle est la durée de la CTG des Monts du Pilat ?", "et à Firminy ?"])
    assert "31 décembre 2026" in answer.answer
    assert answer.citations[0].document == "firminy-chambon-ricamarie"


def test_the_payload_is_the_contract_s(real_assistant: Assistant) -> None:
    payload = answer_payload(real_assistant.ask("G39 porteur et budget ?"))
    assert set(payload) == {
        "question", "resolved_question", "answered", "mode", "answer", "statements", "citations", "table", "notices",
        "timings",
    }  # fmt: skip
    assert set(payload["statements"][0]) == {"text", "citations", "supported", "nature", "territory"}
    assert {"n", "document", "territory", "section", "page", "quote", "start", "end", "verified"} <= set(
        payload["citations"][0]
    )
    assert set(payload["timings"]) == {"retrieve_ms", "compose_ms"}


def test_a_fiche_that_does_not_exist_is_said_not_to(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("La fiche action 19 de Gevrey-Nuits, qui la pilote ?")
    assert not answer.answered
    assert "Il n'y a pas de fiche « 19 »" in answer.answer
    assert "de « 0 » à « 18 »" in answer.answer
    assert {citation.document for citation in answer.citations} == {"gevrey-nuits"}
    assert real_assistant.ask("La fiche action 9 de Gevrey-Nuits, qui la pilote ?").answered


@pytest.mark.parametrize(
    "question", ["c'est qui le maire de Saint-Eusèbe ?", "combien de places à la crèche les Picotis ?"]
)
def test_what_is_said_of_another_name_is_no_answer(real_assistant: Assistant, question: str) -> None:
    assert not real_assistant.ask(question).answered


def test_a_name_that_two_territories_bear_is_given_for_both(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("Les Lucioles, c'est dans quelle commune ?")
    assert {citation.document for citation in answer.citations} >= {"gevrey-nuits", "monts-du-pilat"}


def test_a_field_opens_with_its_name(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("fiche E19 : pilote et budget ?")
    assert any("Budget :" in citation.quote and "Porteur" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "combien de gens touchent l'APL dans la CUCM ?",
        "le bus d'animation coûte combien, c'est chiffré ?",
        "la Ricamarie a délibéré quel jour ?",
        "usage responsable du téléphone par les ados ?",
    ],
)
def test_a_thing_asked_for_in_passing_is_not_a_reason_to_refuse(real_assistant: Assistant, question: str) -> None:
    assert real_assistant.ask(question).answered


def test_a_fiche_named_by_number_is_told_in_short(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("que dit la fiche 7 de Gevrey ?")
    assert answer.answered
    assert "Objectifs :" in answer.answer
    assert "autres, dans la fiche" in answer.answer
    assert {citation.document for citation in answer.citations} == {"gevrey-nuits"}


def test_what_a_named_fiche_leaves_out_is_said_so(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("Quels partenaires pour la fiche S23 du Pilat ?")
    assert not answer.answered
    assert "partenaires, non précisé dans le document" in answer.answer


def test_first_steps_are_the_actions_where_the_template_has_no_other(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("quelles étapes dans la fiche 7 de Gevrey ?")
    assert "Négocier avec des organismes de formation" in answer.answer
    assert {citation.section for citation in answer.citations} == {answer.citations[0].section}


@pytest.mark.parametrize(
    "question",
    [
        "à qui peut-on s'adresser pour emprunter des jeux dans le secteur de Gevrey ?",
        "quels diplômes doit-on viser pour trouver des animateurs à Gevrey ?",
    ],
)
def test_what_one_may_or_must_do_is_not_always_the_law(real_assistant: Assistant, question: str) -> None:
    answer = real_assistant.ask(question)
    assert answer.answered
    assert not any(statement.nature == "norme" for statement in answer.statements)


def test_a_count_does_not_leave_out_what_else_was_asked(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("combien d'assistantes maternelles au bassin nord du Creusot et leur moyenne d'âge")
    assert "182" in answer.answer
    assert "50 ans" in answer.answer


def test_a_field_comes_with_what_else_was_asked(real_assistant: Assistant) -> None:
    alone = real_assistant.ask("quel est le porteur de la fiche G14 du Pilat ?").answer
    both = real_assistant.ask("quel est le porteur de la fiche G14 du Pilat et la ligne de rabattement du TAD ?").answer
    assert "CCMP" in alone
    assert "CCMP" in both
    assert "L17" in both
    assert "L17" not in alone


def test_the_section_that_the_question_names_comes_first(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("le poste de chargé de coopération au Cordais, en quoi ça consiste ?")
    assert "Chargé-e de coopération" in answer.answer.splitlines()[0]


def test_the_other_version_of_a_date_is_quoted_and_cited(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("depuis quand la CCMP est-elle autorité organisatrice de la petite enfance ?")
    other = next(line for line in answer.answer.splitlines() if line.startswith("- Autre version"))
    assert "septembre 2024" in answer.answer
    assert "1er janvier 2025" in other
    assert any(other.endswith(f"[{citation.n}]") for citation in answer.citations)


def test_a_refusal_shows_no_sentence_twice(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("combien de litres de gazole le transport à la demande du Pilat brûle-t-il ?")
    near = [line.rsplit(" [", 1)[0] for line in answer.answer.splitlines() if line.startswith("- ")]
    assert not answer.answered
    assert len(near) == len(set(near)) > 0
