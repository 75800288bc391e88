"""Nothing local is carried over: the proof over drafts on every theme of the corpus."""

import pytest
from draft_support import foreign_in, local_names, quoted_titles, taken_lines, titles_in

from assistant.draft.gazetteer import Gazetteer
from assistant.draft.neutral import Neutraliser
from assistant.draft.records import Draft
from assistant.service import Assistant
from corpus.themes import load_themes


@pytest.fixture(scope="module")
def names(real_assistant: Assistant) -> frozenset[str]:
    return local_names(real_assistant.index)


@pytest.fixture(scope="module")
def titles(real_assistant: Assistant) -> frozenset[str]:
    return quoted_titles(real_assistant.index)


@pytest.fixture(scope="module")
def neutraliser(real_assistant: Assistant) -> Neutraliser:
    return Neutraliser(Gazetteer(real_assistant.index), "communauté de communes", "CC du Val Fleuri")


def test_no_foreign_name_or_figure_in_a_draft_on_any_theme(
    drafts_by_theme: dict[str, Draft], names: frozenset[str]
) -> None:
    lines = [(theme, line.text) for theme, draft in drafts_by_theme.items() for _, line in taken_lines(draft)]
    assert len(lines) > 20 * len(drafts_by_theme)
    assert not [(theme, text, foreign) for theme, text in lines if (foreign := foreign_in(text, names))]


def test_no_line_that_could_be_drawn_on_holds_a_foreign_name_or_figure(
    real_assistant: Assistant, names: frozenset[str], titles: frozenset[str]
) -> None:
    """Not only what a first draft shows: whatever a reader may pull out by composing a field again."""
    room = real_assistant._current().drafting
    seen: dict[str, str] = {}
    for theme in load_themes():
        request = room.read(f"fiche-action « {theme.name} » pour la CC du Val Fleuri")
        seen |= {line.text: theme.id for line in room.candidates(request)}
    assert len(seen) > 1000
    foreign = {text: found for text in seen if (found := foreign_in(text, names) + titles_in(text, titles))}
    assert not foreign


def test_the_proof_would_see_what_the_sources_hold(real_assistant: Assistant, names: frozenset[str]) -> None:
    """The same check over the fiches themselves finds their names and figures: it is not blind."""
    raw = [value.text for fiche in real_assistant.index.fiches() for v in fiche.fields.values() for value in v]
    seen = {found for text in raw for found in foreign_in(text, names)}
    assert {"bourg argental", "gevrey", "ccmp", "loupiots", "2024", "10"} <= seen


def test_the_proof_would_see_a_newsletter_named_by_a_common_word(titles: frozenset[str]) -> None:
    assert titles_in("Nombre de partenaires ayant communiqué via Sortir", titles) == ["Sortir"]
    assert not titles_in("Sortir les familles de l'isolement", titles)


@pytest.mark.parametrize(
    ("said", "neutral"),
    [
        ("L'ensemble des communes du bassin NORD", "L'ensemble des communes du territoire"),
        ("Visibilité pour les habitants de la CCMP", "Visibilité pour les habitants de la communauté de communes"),
        ("CCMP", "Communauté de communes"),
        ("Coordination des 3 LAEP existants", "Coordination des LAEP existants"),
        ("Réunions pour les secrétaires des 16 Mairies", "Réunions pour les secrétaires des Mairies"),
        ("Pérennité de la ludothèque \"tu joues\"", "Pérennité de la ludothèque"),
        ("Les enfants de 0-3 ans, les 1 000 premiers jours", "Les enfants de 0-3 ans, les 1 000 premiers jours"),
        ("Développer des chantiers jeunes (patrimoine, cf. réseau Rempart)", "Développer des chantiers jeunes"),
        ("Communiquer dans la newsletter « Sortir » de la communauté de communes",
         "Communiquer dans la newsletter de la communauté de communes"),
        ("Les accueils du Nord de la Communauté de communes", "Les accueils de la Communauté de communes"),
        ("En lien avec les deux RPE du territoire", "En lien avec les RPE du territoire"),
        ("Solliciter la PMI, la Caf et France services", "Solliciter la PMI, la Caf et France services"),
    ],
)  # fmt: skip
def test_lines_made_neutral(said: str, neutral: str, neutraliser: Neutraliser) -> None:
    assert neutraliser.neutralise(said).text == neutral


@pytest.mark.parametrize(
    "said",
    [
        "Créer 12 places à Gevrey-Chambertin avant 2025",
        "Budget de 20 000 € voté le 14 décembre 2022",
        "Transformer la microcrèche « Les Loupiots » de Saulon-la-Rue",
        "Rencontrer Monsieur HEYRAUD au 04 77 00 00 00",
        "Un taux de 17,7 % sur la Côte-d'Or",
        "Des actions communiquées via Sortir par les partenaires",
        "Des stagiaires de l'IRTESS accueillis dans les structures",
    ],
)
def test_what_is_local_becomes_a_hole(said: str, neutraliser: Neutraliser, names: frozenset[str]) -> None:
    made = neutraliser.neutralise(said)
    assert made.changed
    assert not foreign_in(made.text, names) or not made.usable
