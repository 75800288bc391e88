"""Free requests, as people type them."""

import pytest

from assistant.draft.request import read_request
from assistant.understand.territories import TerritoryFinder
from corpus.errors import QuestionRejected
from corpus.manifest import load_manifest
from corpus.settings import CORPUS_PACKAGE


@pytest.fixture(scope="module")
def finder() -> TerritoryFinder:
    return TerritoryFinder(load_manifest(CORPUS_PACKAGE, CORPUS_PACKAGE / "no-added-documents").entries)


@pytest.mark.parametrize(
    ("text", "subject", "territory"),
    [
        ("guichet unique petite enfance pour la CC du Val Fleuri, 12 communes", "guichet unique petite enfance",
         "CC du Val Fleuri"),
        ("rédige une fiche sur la parentalité", "parentalité", None),
        ("Création d'une MAM à Saint-Bonnet-le-Froid", "Création d'une MAM", "Saint-Bonnet-le-Froid"),
        ("bonjour, besoin d'une fiche LAEP itinérant pour la comcom des hauts plateaux, 8500 habitants, svp",
         "LAEP itinérant", "comcom des hauts plateaux"),
        ("transport à la demande", "transport à la demande", None),
        ("Bonjour je dois rendre une fiche sur le non recours aux droits pour notre ctg (ville de Castelroux, CCAS)",
         "non recours aux droits", "ville de Castelroux"),
        ("aide aux devoirs au collège, cc du Gâtinais vert", "aide aux devoirs au collège", "cc du Gâtinais vert"),
        ("créer une micro-crèche à Saint-Rémy, commune de 1800 habitants", "créer une micro-crèche", "Saint-Rémy"),
        ("lieu d'accueil enfants-parents (LAEP) itinérant", "lieu d'accueil enfants-parents LAEP itinérant", None),
        ("fiche mobilité des jeunes pour Firminy", "mobilité des jeunes", "Firminy"),
    ],
)  # fmt: skip
def test_subject_and_territory(text: str, subject: str, territory: str | None, finder: TerritoryFinder) -> None:
    request = read_request(text, finder)
    assert (request.subject, request.territory) == (subject, territory)


def test_facts_go_to_the_field_where_they_belong(finder: TerritoryFinder) -> None:
    request = read_request(
        "Fiche action : accueil des séniors isolés. Territoire : CC Loire Semène, 7 communes, budget : 20 000 €, "
        "pilote : la directrice du CIAS. Nous avons 2 clubs. Échéance : 2031",
        finder,
    )
    said = {(fact.key, fact.text) for fact in request.facts}
    assert {("perimetre", "7 communes"), ("budget", "20 000 €"), ("pilote", "la directrice du CIAS")} <= said
    assert ("calendrier", "2031") in said
    assert any(key == "contexte" and "2 clubs" in text for key, text in said)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("accès aux droits pour la CC de l'Aubrac, France services ouvert en 2024", "contexte",
         "France services ouvert en 2024"),
        ("mobilité des jeunes pour la CC Loire Semène, une mission locale", "contexte", "une mission locale"),
        ("horaires atypiques, on a une zone industrielle avec du travail posté", "contexte",
         "une zone industrielle avec du travail posté"),
        ("café des parents, pilote : centre social L'Escale, échéance mai 2028", "pilote", "centre social L'Escale"),
        ("café des parents, pilote : centre social L'Escale, échéance mai 2028", "calendrier", "échéance mai 2028"),
    ],
)  # fmt: skip
def test_what_follows_the_territory_is_told_of_it(text: str, key: str, said: str, finder: TerritoryFinder) -> None:
    assert (key, said) in {(fact.key, fact.text) for fact in read_request(text, finder).facts}


def test_own_territory_and_chosen_sources_are_told_apart(finder: TerritoryFinder) -> None:
    request = read_request("mobilité des jeunes pour Firminy, en t'inspirant des Monts du Pilat", finder)
    assert request.own_documents == ("firminy-chambon-ricamarie",)
    assert request.chosen_documents == ("monts-du-pilat",)


def test_only_the_sections_wanted(finder: TerritoryFinder) -> None:
    request = read_request("inclusion handicap, seulement les indicateurs et les points de vigilance", finder)
    assert request.subject == "inclusion handicap"
    assert set(request.sections) == {"indicateurs_suivi", "indicateurs_evaluation", "vigilance"}


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00"])
def test_an_empty_request_is_refused_in_one_sentence(text: str, finder: TerritoryFinder) -> None:
    with pytest.raises(QuestionRejected, match="demande est vide"):
        read_request(text, finder)


def test_a_request_without_subject_says_so(finder: TerritoryFinder) -> None:
    with pytest.raises(QuestionRejected, match="sujet"):
        read_request("peux-tu me rédiger une fiche action pour la CC du Val Fleuri ?", finder)


def test_a_decimal_comma_cuts_no_fact(finder: TerritoryFinder) -> None:
    request = read_request("RPE lieu ressource, CC des Deux Vals, 1,5 ETP au RPE", finder)
    assert ("moyens", "1,5 ETP au RPE") in {(fact.key, fact.text) for fact in request.facts}


def test_what_is_to_be_done_is_subject_whatever_it_counts(finder: TerritoryFinder) -> None:
    request = read_request(
        "PS jeunes : recruter un animateur et ouvrir un espace pour les 12-17 ans, CC des Deux Vals", finder
    )
    assert "recruter un animateur" in request.subject
    assert ("public", "Les 12-17 ans") in {(fact.key, fact.text) for fact in request.facts}


def test_a_label_amid_a_sentence_is_no_label(finder: TerritoryFinder) -> None:
    request = read_request("réunir les partenaires : forum annuel, annuaire, CC des Deux Vals", finder)
    assert "partenaires" in request.subject
    assert all("⟦" not in fact.text and fact.text for fact in request.facts)


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("mobilité des jeunes, CC Causses et Plateaux", ()),
        ("mobilité des jeunes pour la CC Marches du Lévezou", ()),
        ("France services itinérant, CC Hautes Terres, 26 communes", ()),
        ("mobilité des jeunes, CC des Monts du Pilat", ("monts-du-pilat",)),
        ("mobilité des jeunes pour la communauté de communes de Gevrey-Chambertin et Nuits-Saint-Georges",
         ("gevrey-nuits",)),
        ("LAEP, ville du Chambon-Feugerolles", ("firminy-chambon-ricamarie",)),
        ("LAEP, CC du Cordais et du Causse, 18 communes", ("cordais-causse",)),
    ],
)  # fmt: skip
def test_another_place_that_shares_a_word_is_no_known_territory(
    text: str, documents: tuple[str, ...], finder: TerritoryFinder
) -> None:
    assert read_request(text, finder).own_documents == documents


def test_where_the_action_is_to_stand_is_no_subject(finder: TerritoryFinder) -> None:
    request = read_request("installation d'une MAM dans un ancien logement d'instituteur, CC de l'Orée Bleue", finder)
    assert request.subject == "installation d'une MAM"
    assert request.themes == ("petite-enfance",)
    assert ("contexte", "dans un ancien logement d'instituteur") in {(fact.key, fact.text) for fact in request.facts}
    assert read_request("aide aux devoirs dans les écoles", finder).subject == "aide aux devoirs dans les écoles"


def test_who_runs_something_else_is_no_pilot(finder: TerritoryFinder) -> None:
    facts = read_request("LAEP, agglo de Vauzelle, un LAEP le jeudi porté par la ville", finder).facts
    assert "pilote" not in {fact.key for fact in facts}
