"""Lines that bear on the subject surely enough to be taken over unasked."""

from dataclasses import replace

from draft_support import taken_lines

from assistant.draft.choosing import choose_fields
from assistant.draft.idea import stems_of
from assistant.draft.own_matters import OwnMatters
from assistant.draft.records import Draft
from assistant.draft.sound import makes_sense, tells
from assistant.service import Assistant

MAM = (
    "Bonjour, il nous faudrait une fiche action pour accompagner l'installation d'une maison d'assistants maternels "
    "dans un ancien logement d'instituteur, CC de l'Orée des Marches, 7 communes"
)


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
    assert not makes_sense("Objectiver les besoins")
    assert not makes_sense("Taux de satisfaction global")
    assert not makes_sense("Définir clairement les rôles et l'observatoire. responsabilités * Installer un bureau")
    assert makes_sense("Nombre de familles accompagnées")
    assert not tells("Une pression budgétaire qui limite les marges de manœuvre")
    assert tells("Une offre qui manque de places fragilise les familles")


def test_a_long_request_says_no_less_than_a_short_one(real_assistant: Assistant) -> None:
    draft = real_assistant.draft(MAM)
    lines = taken_lines(draft)
    assert len({source.document for _, line in lines for source in line.sources}) >= 2
    assert {"objectif_operationnel", "actions", "indicateurs_suivi"} <= {key for key, _ in lines}
    assert any("MAM" in line.text for key, line in lines if key == "actions")


def test_a_fiche_meant_by_other_words_is_found(real_assistant: Assistant) -> None:
    """The fiche on "rencontres intergénérationnelles" answers who asks for children to meet residents."""
    asked = "animations pour faire se rencontrer enfants du centre de loisirs et résidents de la maison de retraite"
    lines = [line.text for key, line in taken_lines(real_assistant.draft(asked)) if key == "actions"]
    assert any("EHPAD" in line for line in lines)


def test_a_doubtful_line_stands_only_where_nothing_better_does(real_assistant: Assistant) -> None:
    room = real_assistant._current().drafting
    candidates = room.candidates(room.read("guichet unique petite enfance pour la CC du Val Fleuri"))
    sure = choose_fields(candidates)["indicateurs_suivi"]
    assert len(sure) > 2
    doubted = {line.best.text for line in sure[1:]}
    mixed = choose_fields([replace(one, doubtful=one.text in doubted) for one in candidates])["indicateurs_suivi"]
    assert len(doubted & {line.best.text for line in mixed}) == 1
    alone = choose_fields([replace(one, doubtful=True) for one in candidates])
    assert len(alone["indicateurs_suivi"]) == 2
    assert not alone["contexte"]


def test_one_commune_does_nothing_in_the_communes(real_assistant: Assistant) -> None:
    draft = real_assistant.draft("ludothèque : prêt de jeux et animations, CCAS de Fresnoy-en-Brie")
    lines = taken_lines(draft)
    assert any(line.text == "Commune" for key, line in lines if key == "pilote")
    assert not any("communes" in line.text or line.text.startswith("Mairie") for _, line in lines)


def test_nobody_is_named_twice_among_the_public(drafts_by_theme: dict[str, Draft]) -> None:
    for draft in drafts_by_theme.values():
        said = [stems_of(line.text) for key, line in taken_lines(draft) if key == "public"]
        assert not any(one < other for one in said for other in said), draft.title
