"""Lines that bear on the subject surely enough to be taken over unasked."""

from draft_support import taken_lines

from assistant.draft.own_matters import OwnMatters
from assistant.draft.sound import makes_sense, tells
from assistant.service import Assistant


def test_a_place_of_the_requester_is_no_idea_to_look_for(real_assistant: Assistant) -> None:
    lines = [line.text for _, line in taken_lines(real_assistant.draft("création d'une MAM à Saint-Aubert"))]
    assert any("MAM" in line for line in lines)


def test_what_one_fiche_alone_speaks_of_is_not_lent(real_assistant: Assistant) -> None:
    mam = next(one for one in real_assistant.index.fiches("creusot-montceau-nord") if one.title == "Création de MAM")
    assert OwnMatters(real_assistant.index).of(mam) == {("bassin", "vie")}
    lines = [line.text for _, line in taken_lines(real_assistant.draft("création d'une MAM"))]
    assert lines
    assert not any("bassins de vie" in line for line in lines)


def test_a_fiche_that_shares_a_word_lends_nothing(real_assistant: Assistant) -> None:
    """A fiche on the shortage of doctors writes "santé" in its title; its lines are not on young people's."""
    lines = [line.text for _, line in taken_lines(real_assistant.draft("santé des jeunes : addictions, mal-être"))]
    assert not any("médecins" in line for line in lines)


def test_the_public_that_the_requester_gives_is_the_only_one(real_assistant: Assistant) -> None:
    draft = real_assistant.draft("mobilité des jeunes 16-25 ans, CC du Val Fleuri")
    assert [line.origin for line in draft.fields["public"]] == ["fourni"]


def test_lines_that_say_nothing_away_from_their_fiche() -> None:
    assert not makes_sense("La méthodologie, la coordination et le pilotage")
    assert not makes_sense("Statistiques France Services et numérique")
    assert not makes_sense("Le pôle d'appui, le territoire et autres intervenants")
    assert makes_sense("Nombre de familles accompagnées")
    assert not tells("Une pression budgétaire qui limite les marges de manœuvre")
    assert tells("Une offre qui manque de places fragilise les familles")
