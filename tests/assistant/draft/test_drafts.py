"""Drafts over the real corpus: drawn from several territories, sourced line by line, in the order of the work."""

import pytest
from draft_support import taken_lines
from rapidfuzz import fuzz

from assistant.compose.citing import quote_stands
from assistant.draft.payload import draft_payload
from assistant.draft.records import DRAFT_KEYS, Draft
from assistant.draft.wording import phase_of
from assistant.service import Assistant
from corpus.errors import QuestionRejected, UnknownDocument
from corpus.records import Span
from corpus.text import letters

LIST_KEYS = ("objectifs", "actions", "indicateurs_suivi", "indicateurs_evaluation", "vigilance")


@pytest.mark.parametrize(
    ("document", "quote"),
    [
        ("creusot-montceau-nord", "Créer une plateforme (inspiré du modele Doctolib par exemple"),
        (
            "creusot-montceau-nord",
            "recensement de 'ensemble des dispositifs de modes de gardes petite enfance existant",
        ),
        ("creusot-montceau-nord", "Volume de familles ayant trouvés une solution d’accueil"),
        ("monts-du-pilat", "Optimiser le fonctionnement du Guichet Unique Petite Enfance"),
        ("monts-du-pilat", "Optimiser l'attribution des places en EAJE"),
        ("monts-du-pilat", "Adaptabilité et réactivité du guichet unique face aux évolutions des besoins"),
        ("cordais-causse", "Un guichet unique, un guide de la petite enfance du territoire, un site internet"),
    ],
)
def test_the_draft_draws_on_what_the_others_wrote(val_fleuri: Draft, document: str, quote: str) -> None:
    lines = [
        line for _, line in taken_lines(val_fleuri)
        if any(
            source.document == document and letters(quote) in letters(source.as_recognised) for source in line.sources
        )
    ]  # fmt: skip
    assert lines
    assert max(fuzz.partial_ratio(letters(line.text), letters(quote)) for line in lines) >= 85


def test_the_requesters_facts_stand_where_they_belong(val_fleuri: Draft) -> None:
    assert val_fleuri.territory == "CC du Val Fleuri"
    given = {key: " ".join(line.text for line in lines if line.origin == "fourni")
             for key, lines in val_fleuri.fields.items()}  # fmt: skip
    assert "12 communes" in given["perimetre"]
    assert "RPE existant" in given["contexte"]
    assert "3 crèches dont 1 privée" in given["partenaires"]


def test_what_only_the_requester_knows_is_left_open(val_fleuri: Draft) -> None:
    for key in ("pilote", "budget", "calendrier"):
        left = [line for line in val_fleuri.fields[key] if line.origin == "a_completer"]
        assert left
        assert left[0].text.startswith("[À COMPLÉTER : ")
    assert "[À COMPLÉTER : pilote]" in {line.text for line in val_fleuri.fields["pilote"]}


def test_every_line_taken_over_has_its_verified_source(
    real_assistant: Assistant, drafts_by_theme: dict[str, Draft]
) -> None:
    for draft in drafts_by_theme.values():
        for _, line in taken_lines(draft):
            assert line.sources, line.text
            for source in line.sources:
                raw = real_assistant.index.raw_text(source.document)
                spans = source.spans or (Span(start=source.start, end=source.end),)
                assert quote_stands(raw, source.raw or source.quote, spans)
            if line.origin == "repris":
                close = max(fuzz.partial_ratio(letters(line.text), letters(s.quote)) for s in line.sources)
                assert close >= 80, (line.text, [source.quote for source in line.sources])


def test_several_territories_wherever_several_speak(drafts_by_theme: dict[str, Draft]) -> None:
    """Housing, health, ageing and sport have fiches in one territory only; themes with few lines have none anywhere."""
    full = {theme: draft for theme, draft in drafts_by_theme.items() if len(taken_lines(draft)) >= 10}
    assert len(full) >= 16
    alone = {theme for theme, draft in full.items() if len({source.document for source in draft.citations()}) < 2}
    assert alone <= {"logement", "sante", "bien-vieillir", "sport-associations"}


def test_fields_are_full_and_never_swollen(drafts_by_theme: dict[str, Draft]) -> None:
    for theme in ("petite-enfance", "jeunesse", "parentalite", "handicap", "vie-sociale", "numerique"):
        counts = [len(drafts_by_theme[theme].fields[key]) for key in LIST_KEYS[:3]]
        assert sum(counts) >= 5, theme
        assert max(counts) <= 9, theme


def test_lines_follow_the_order_of_the_work(drafts_by_theme: dict[str, Draft]) -> None:
    for draft in drafts_by_theme.values():
        for key in ("objectifs", "actions", "etapes"):
            phases = [phase_of(line.text) for line in draft.fields[key] if line.origin != "a_completer"]
            assert phases == sorted(phases)
    assert [phase_of(text) for text in (
        "Recenser les dispositifs", "Associer les habitants", "Créer une plateforme", "Communiquer auprès des familles",
        "Évaluer la démarche",
    )] == [0, 1, 2, 3, 4]  # fmt: skip


def test_what_several_fiches_say_is_said_once_with_all_its_sources(drafts_by_theme: dict[str, Draft]) -> None:
    merged = [line for draft in drafts_by_theme.values() for _, line in taken_lines(draft)
              if len({source.document for source in line.sources}) > 1]  # fmt: skip
    assert merged
    for draft in drafts_by_theme.values():
        for key, lines in draft.fields.items():
            texts = [letters(line.text) for line in lines]
            assert len(texts) == len(set(texts)), (draft.title, key)


def test_the_json_is_that_of_the_contract(val_fleuri: Draft) -> None:
    payload = draft_payload(val_fleuri)
    assert list(payload) == ["request", "territory", "similar", "title", "fields"]
    assert all(set(entry) == {"document", "fiche", "title", "score"} for entry in payload["similar"])
    assert list(payload["fields"]) == list(DRAFT_KEYS)
    for lines in payload["fields"].values():
        assert lines
        for line in lines:
            assert set(line) == {"text", "origin", "sources"}
            assert line["origin"] in ("repris", "adapte", "fourni", "genere", "a_completer")
            for source in line["sources"]:
                assert {"n", "document", "territory", "section", "page", "quote", "start", "end"} <= set(source)


def test_only_the_fiches_ticked_are_used(real_assistant: Assistant) -> None:
    draft = real_assistant.draft("guichet unique petite enfance", ["monts-du-pilat:PE4"])
    assert {source.document for source in draft.citations()} == {"monts-du-pilat"}
    assert [entry.ref for entry in draft.similar] == ["PE4"]
    with pytest.raises(UnknownDocument, match="monts-du-pilat:ZZ9"):
        real_assistant.draft("guichet unique petite enfance", ["monts-du-pilat:ZZ9"])


def test_a_territory_of_the_corpus_draws_on_the_others(real_assistant: Assistant) -> None:
    draft = real_assistant.draft("guichet unique petite enfance pour les Monts du Pilat")
    assert "monts-du-pilat" not in {source.document for source in draft.citations()}


def test_a_subject_that_the_corpus_ignores_gives_an_empty_frame_that_says_so(real_assistant: Assistant) -> None:
    draft = real_assistant.draft("jumelage avec une ville allemande")
    assert "Aucune fiche du corpus" in draft.notices[0].text
    assert draft.similar
    assert {line.origin for lines in draft.fields.values() for line in lines} == {"a_completer"}


def test_a_subject_only_mentioned_takes_only_the_lines_that_mention_it(real_assistant: Assistant) -> None:
    draft = real_assistant.draft("accueil des gens du voyage et scolarisation de leurs enfants")
    assert "Aucune fiche du corpus ne porte sur" in draft.notices[0].text
    lines = [line for _, line in taken_lines(draft)]
    assert 1 <= len(lines) <= 4
    assert all("voyage" in line.text for line in lines)


def test_an_empty_request_is_refused(real_assistant: Assistant) -> None:
    with pytest.raises(QuestionRejected, match="vide"):
        real_assistant.draft("  ")
