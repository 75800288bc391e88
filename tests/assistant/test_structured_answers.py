"""Answers made from typed data: lists of structures, fiches by what a field says, two questions in one."""

from dataclasses import fields

import pytest

from assistant.by_theme import within_theme
from assistant.service import Assistant
from assistant.understand.parts import question_parts
from corpus.units import split_units


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        (
            "quelles communes du Pilat ont un accueil périscolaire municipal ?",
            ["Burdignes", "Planfoy", "St Julien Molin Molette", "Bourg-Argental"],
            ["Marlhes"],
        ),
        ("cb de micro creches dans le pilat", ["LE COCON"], ["LOUPIOTS", "MAM"]),
        ("liste des crèches du Chambon-Feugerolles", ["Les Picotis", "Les Pirouettes"], ["Gaminerie", "périscolaire"]),
        ("ou est la creche de Jonzieux", ["2 rue de la Semène"], ["LES LUCIOLES"]),
    ],
)
def test_a_list_of_structures_is_answered_by_its_rows(
    real_assistant: Assistant, question: str, told: list[str], untold: list[str]
) -> None:
    said = real_assistant.ask(question).answer.casefold()
    assert [one for one in told if one.casefold() not in said] == []
    assert [one for one in untold if one.casefold() in said] == []


def test_a_list_cut_short_cites_only_the_rows_that_it_gives(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("liste des accueils de loisirs")
    assert "autres, dans la même liste" in answer.answer
    assert [one.n for one in answer.citations if f"[{one.n}]" not in answer.answer] == []


@pytest.mark.parametrize(
    "question", ["Combien de berceaux à la crèche Youpila ?", "quels horaires à la crèche Les Picotis ?"]
)
def test_a_list_of_structures_does_not_answer_what_it_does_not_tell(real_assistant: Assistant, question: str) -> None:
    assert "de la liste des structures" not in real_assistant.ask(question).answer


@pytest.mark.parametrize(
    ("question", "key", "value", "others"),
    [
        ("quelles fiches du Pilat sont classées Top 5 ?", "interet", "Top 5", "intérêt fort"),
        (
            "fiches au budget supplémentaire à mobiliser ?",
            "budget",
            "Supplémentaire à mobiliser",
            "Existant",
        ),
        ("quelles fiches concernent Graix ?", "perimetre", "Graix", None),
    ],
)
def test_fiches_are_found_by_what_a_field_says(
    real_assistant: Assistant, question: str, key: str, value: str, others: str | None
) -> None:
    answer = real_assistant.ask(question)
    fiches = [fiche for fiche in real_assistant.index.fiches() if fiche.kind == "fiche"]
    wanted = [fiche.ref for fiche in fiches if value in [one.text for one in fiche.fields.get(key, ())]]
    assert wanted
    assert [ref for ref in wanted if ref not in answer.answer] == []
    assert answer.answer.startswith(f"{len(wanted)} fiche")
    if others:
        unwanted = [fiche.ref for fiche in fiches if others in [one.text for one in fiche.fields.get(key, ())]]
        assert [ref for ref in unwanted if f"- {ref} " in answer.answer] == []


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("Quelles conventions se terminent en 2026 ?", True),
        ("quand se terminent les conventions du corpus ?", True),
        ("quels territoires couvres-tu ?", True),
        ("Quels territoires ont une ludothèque ?", False),
        ("quelles conventions parlent de MAM ?", False),
        ("comment renouveler notre CTG ?", False),
    ],
)
def test_the_list_of_documents_is_given_only_to_who_asks_for_it(
    real_assistant: Assistant, question: str, listed: bool
) -> None:
    assert (real_assistant.search(question, 1).query.intent == "corpus") is listed


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("c'est qui le pilote et jusqu'à quand ça dure ?", 2),
        ("Combien de places ? et où sont-elles ?", 2),
        ("quelles actions pour les jeunes et les familles ?", 1),
        ("où et quand ?", 1),
    ],
)
def test_two_questions_in_one_sentence_are_told_apart(question: str, parts: int) -> None:
    assert len(question_parts(question)) == parts


def test_both_questions_of_a_sentence_are_answered(real_assistant: Assistant) -> None:
    answer = real_assistant.ask("jusqu'à quand court la CTG de Firminy et qui préside le comité de pilotage ?")
    assert "31 décembre 2026" in answer.answer
    assert "comité de pilotage" in answer.answer.casefold()


def test_no_unit_is_a_wall_of_text(real_assistant: Assistant) -> None:
    index = real_assistant.index
    lengths = [len(unit.text) for passage in index.passages() for unit in split_units(index, passage)]
    assert max(lengths) <= 600


def test_a_box_ticked_is_told_from_one_that_is_not(real_assistant: Assistant) -> None:
    index = real_assistant.index
    texts = [
        unit.text
        for passage in index.passages("monts-du-pilat")
        for unit in split_units(index, passage)
        if "Transférée par l'ensemble des communes" in unit.text
    ]
    assert texts
    assert all("☒ Transférée par l'ensemble" in text and "☐ Transférée par certaines" in text for text in texts)


def test_a_search_narrowed_to_a_theme_loses_nothing_else(real_assistant: Assistant) -> None:
    whole = real_assistant.searcher
    narrowed = within_theme(whole, "jeunesse")
    assert [one.name for one in fields(whole) if getattr(narrowed, one.name) is not getattr(whole, one.name)] == [
        "index"
    ]


def test_a_follow_up_asks_for_a_field_of_the_fiche_spoken_of(real_assistant: Assistant) -> None:
    first = "y a quoi dans le pilat pour les anciens qui restent chez eux, genre repas livrés ou téléalarme ?"
    result = real_assistant.search_turns([first, "qui pilote ?"])
    fiche = result.understood.history_fiche
    assert fiche is not None
    leaning = real_assistant.search_turns(["les ados c'est prévu quand à Gevrey ?", "pourquoi si tard ?"])
    assert leaning.query.territories == ("gevrey-nuits",)
