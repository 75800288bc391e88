"""A draft worked on by its reader: fiches ticked, lines struck, rewritten and added, one field composed again."""

from pathlib import Path

import pytest

from assistant.draft.records import Draft
from assistant.export.fiche import write_fiche
from assistant.service import Assistant
from corpus.errors import QuestionRejected
from corpus.text import letters

REQUEST = "guichet unique petite enfance pour la CC du Val Fleuri, RPE existant"


@pytest.fixture(scope="module")
def draft(real_assistant: Assistant) -> Draft:
    return real_assistant.draft(REQUEST)


def texts(draft: Draft, key: str) -> list[str]:
    return [line.text for line in draft.fields[key]]


def test_similar_fiches_are_shown_then_only_those_ticked_are_used(real_assistant: Assistant) -> None:
    found = real_assistant.similar_fiches(REQUEST)
    assert found.territory == "CC du Val Fleuri"
    assert len({entry.document for entry in found.entries}) >= 2
    assert all(entry.title and entry.territory and 0 < entry.score <= 1 for entry in found.entries)
    ticked = [entry.id for entry in found.entries if entry.document == "monts-du-pilat"][:2]
    drawn = real_assistant.draft(REQUEST, ticked)
    assert drawn.chosen == tuple(ticked)
    again = real_assistant.redraft_section(drawn, "objectifs")
    for made in (drawn, again):
        assert {source.document for source in made.citations()} == {"monts-du-pilat"}


def test_what_is_struck_gives_way_to_the_next_and_never_comes_back(real_assistant: Assistant, draft: Draft) -> None:
    before = texts(draft, "objectifs")
    made = draft
    seen = set(before[1:])
    for _ in range(3):
        made = real_assistant.redraft_section(made, "objectifs", kept=before[:1])
        after = texts(made, "objectifs")
        assert before[0] in after
        assert not seen & (set(after) - {before[0]})
        seen |= set(after) - {before[0]}
    assert set(before[1:]) <= set(made.struck["objectifs"])
    for key in made.fields:
        if key != "objectifs":
            assert texts(made, key) == texts(draft, key)


def test_a_field_that_has_nothing_left_says_so(real_assistant: Assistant, draft: Draft) -> None:
    made = draft
    for _ in range(12):
        made = real_assistant.redraft_section(made, "vigilance")
    assert texts(made, "vigilance") == ["[À COMPLÉTER : points de vigilance]"]
    assert [n.text for n in made.notices if n.text.startswith("Points de vigilance")] == [
        "Points de vigilance : les fiches proches n'ont pas d'autre ligne à proposer."
    ]
    budget = real_assistant.redraft_section(draft, "budget")
    assert texts(budget, "budget") == texts(draft, "budget")
    assert any("à vous de l'écrire" in notice.text for notice in budget.notices)


def test_an_edited_line_says_where_it_is_from(real_assistant: Assistant, draft: Draft) -> None:
    first, second, *rest = draft.fields["objectifs"]
    assert rest
    made = real_assistant.edit_section(
        draft, "objectifs", [first.text, f"{second.text} dès la rentrée", "Ouvrir le samedi matin à Fleurieux"]
    )
    kept, rewritten, own = made.fields["objectifs"]
    assert (kept.text, kept.origin) == (first.text, first.origin)
    assert rewritten.origin == "adapte"
    assert [letters(s.quote) for s in rewritten.sources] == [letters(s.quote) for s in second.sources]
    assert (own.origin, own.sources) == ("fourni", ())
    assert set(made.struck["objectifs"]) == {line.text for line in rest}
    again = real_assistant.redraft_section(made, "objectifs", kept=[kept.text])
    assert {"Ouvrir le samedi matin à Fleurieux", kept.text} <= set(texts(again, "objectifs"))
    assert not {line.text for line in rest} & set(texts(again, "objectifs"))


def test_a_hole_filled_in_is_the_requesters_and_an_emptied_field_is_a_hole(
    real_assistant: Assistant, draft: Draft
) -> None:
    filled = real_assistant.edit_section(draft, "pilote", ["La directrice du CIAS"])
    assert [(line.text, line.origin) for line in filled.fields["pilote"]] == [("La directrice du CIAS", "fourni")]
    emptied = real_assistant.edit_section(draft, "actions", ["  "])
    assert [line.origin for line in emptied.fields["actions"]] == ["a_completer"]
    one_less = real_assistant.strike_line(draft, "actions", texts(draft, "actions")[0])
    assert texts(one_less, "actions") == texts(draft, "actions")[1:]


def test_an_edited_draft_is_exported_with_its_sources_in_order(
    real_assistant: Assistant, draft: Draft, tmp_path: Path
) -> None:
    made = real_assistant.redraft_section(draft, "axe")
    made = real_assistant.edit_section(made, "public", ["Les familles du Val Fleuri"])
    numbers = [source.n for lines in made.fields.values() for line in lines for source in line.sources]
    assert [n for place, n in enumerate(numbers) if n not in numbers[:place]] == list(range(1, max(numbers) + 1))
    said = write_fiche(made, tmp_path / "fiche.md").read_text(encoding="utf-8")
    assert "- Les familles du Val Fleuri — *fourni par vous*" in said
    assert all(f"- [{source.n}] " in said for source in made.citations())


def test_lines_struck_beforehand_and_sections_wanted(real_assistant: Assistant, draft: Draft) -> None:
    gone = texts(draft, "actions")[:2]
    made = real_assistant.draft(REQUEST, struck={"actions": gone}, sections=("actions",))
    assert list(made.fields) == ["actions"]
    assert not set(gone) & set(texts(made, "actions"))
    assert made.struck == {"actions": tuple(gone)}


def test_an_unknown_field_is_named(real_assistant: Assistant, draft: Draft) -> None:
    with pytest.raises(QuestionRejected, match="« couleur » n'est pas une rubrique"):
        real_assistant.redraft_section(draft, "couleur")
    with pytest.raises(QuestionRejected, match="« couleur »"):
        real_assistant.edit_section(draft, "couleur", ["bleu"])
