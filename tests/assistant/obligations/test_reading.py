"""The situation read in everyday questions: population, type, transfer, date, and numbers that are none of them."""

from datetime import date

import pytest

from assistant.obligations.explain import explain_rules
from assistant.obligations.numbers import find_numbers, spelled_value
from assistant.obligations.reading import read_situation
from assistant.obligations.situation import make_situation
from corpus.errors import SituationInvalid

ALL = (1, 2, 3, 4)

WORDINGS = [
    # question, type, population, transfer
    ("Je suis maire d'un village de 700 habitants, que dois-je faire ?", "commune", 700, None),
    ("comcom de 14 000 hab : le schéma est-il obligatoire ?", "epci", 14000, None),
    ("on est 4200, faut-il planifier ?", "commune", 4200, None),
    ("Une commune de 12 000 âmes doit-elle ouvrir un relais ?", "commune", 12000, None),
    ("epci 15000 hab qui a pris la compétence, que doit-on faire ?", "epci", 15000, ALL),
    ("Avec 10 001 habitants, le RPE est-il obligatoire ?", "commune", 10001, None),
    ("3 500 hab pile, on doit planifier ou pas ?", "commune", 3500, None),
    ("Ville de 25 000 : quelles obligations ?", "commune", 25000, None),
    ("petite commune (850 hab), obligations SPPE ?", "commune", 850, None),
    ("pop 6500, on doit faire un schéma ?", "commune", 6500, None),
    ("Population : 11 200. Le relais est-il obligatoire ?", "commune", 11200, None),
    ("une ville de trois mille cinq cents habitants doit-elle planifier ?", "commune", 3500, None),
    ("commune de 15k hab, RPE ?", "commune", 15000, None),
    ("métropole de 1,2 million d'habitants : quelles compétences ?", "epci", 1200000, None),
    ("les communes de plus de 10 000 habitants doivent-elles un schéma ?", "commune", 10001, None),
    ("commune de moins de 3500 habitants : planification obligatoire ?", "commune", 3499, None),
    ("on est presque 10 000 habitants, le relais est-il obligatoire ?", "commune", 9999, None),
    ("bourg de 2.300 hab. : guichet unique obligatoire ?", "commune", 2300, None),
    ("la commune compte 640 administrés, que dit la loi ?", "commune", 640, None),
    ("Notre intercommunalité regroupe 16 communes et 15 431 habitants, schéma ?", "epci", 15431, None),
    ("Commune de 8 000 hab qui a transféré ses compétences à l'agglo : que nous reste-t-il ?", "commune", 8000, ALL),
    ("On a transféré la planification à la comcom, commune de 5 200 habitants", "commune", 5200, (3,)),
    ("Commune de 5 200 habitants, planification transférée à l'agglo : que reste-t-il ?", "commune", 5200, (3,)),
    ("Planification et qualité ont été transférées, 5 200 habitants", "commune", 5200, (3, 4)),
    ("Quelle planification si la compétence est transférée, 5 200 habitants", "commune", 5200, ALL),
    ("Nous avons délégué recenser et informer à la com com, 5 100 habitants", "commune", 5100, (1, 2)),
    ("Communauté de communes de 9 800 habitants, sans transfert. Obligations ?", "epci", 9800, ()),
    ("Notre comcom n'a pas pris la compétence, elle compte 20 000 habitants", "epci", 20000, ()),
    ("CC de 13 200 hbts ayant la compétence qualité, RPE obligatoire ?", "epci", 13200, (4,)),
    ("agglo de 78.000 habitants, compétences 1 et 2 transférées", "epci", 78000, (1, 2)),
    ("Notre agglo est compétente en petite enfance : 62 000 hab", "epci", 62000, ALL),
    ("commune de 700 hab dans une comcom de 14 000 hab, qui fait quoi ?", "commune", 700, None),
    ("La compétence est intercommunale, commune de 3 900 hab : que reste-t-il ?", "commune", 3900, ALL),
    ("Si la commune de 12 000 habitants ne transfère rien, faut-il un RPE ?", "commune", 12000, ()),
    ("si on transfère tout à l'interco, que nous reste-t-il ?", "commune", None, ALL),
    ("syndicat mixte de 11 000 habitants auquel on a transféré la planification", "epci", 11000, (3,)),
    ("Mairie de 1 200 habitants. Une crèche de 24 places veut ouvrir : un avis ?", "commune", 1200, None),
    ("La loi du 18 décembre 2023 s'applique-t-elle à mon village de 320 habitants ?", "commune", 320, None),
    ("Quelles sont les obligations d'une assistante maternelle ?", "assistant-maternel", None, None),
    ("Je gère une micro-crèche, quelles sont mes obligations ?", "gestionnaire", None, None),
    ("Quelles sont les obligations de la Caf ?", "caf", None, None),
    ("La Caf doit-elle signer la convention ?", "caf", None, None),
    ("Peut-on transférer la compétence à la comcom, est-on obligé ?", "commune", None, None),
    ("Les communes doivent-elles informer les familles ?", "commune", None, None),
    ("Combien de micro-crèches pour une commune de 2 025 habitants ?", "commune", 2025, None),
]

NO_SITUATION = [
    "Micro-crèche de 12 places, quel taux d'encadrement ?",
    "Que se passe-t-il en 2025 ?",
    "La prime est de 300 euros, est-ce encore vrai ?",
    "Combien de fiches dans la convention 2022-2026 ?",
    "Qui pilote la fiche 12 à la commune de Firminy ?",
    "On est 3 élus, comment on fait ?",
    "Il y a 45 assistantes maternelles et 320 enfants de moins de 3 ans au village",
    "Quelle est la population de Firminy ?",
    "Combien d'habitants compte la CCMP ?",
    "Le budget de la fiche est de 12 000 euros",
    "Au-delà de combien d'habitants ?",
    "Quels partenaires pour le café des parents ?",
    "La CTG est-elle obligatoire pour toucher les bonus de la Caf ?",
    "Faut-il l'accord du département ?",
]


@pytest.mark.parametrize(("question", "kind", "population", "transfer"), WORDINGS)
def test_reads_everyday_wordings(
    question: str, kind: str, population: int | None, transfer: tuple[int, ...] | None
) -> None:
    situation = read_situation(question)
    assert situation is not None
    assert (situation.type, situation.population, situation.transfer) == (kind, population, transfer)


@pytest.mark.parametrize("question", NO_SITUATION)
def test_other_numbers_are_no_population(question: str) -> None:
    assert read_situation(question) is None


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Au 1er janvier 2025, une commune de 12 000 hab devait-elle avoir un RPE ?", date(2025, 1, 1)),
        ("En 2026, commune de 10 500 habitants : relais obligatoire ?", date(2026, 12, 31)),
        ("une commune de 9 999 habitants au 31/12/2025", date(2025, 12, 31)),
        ("Notre CTG a été signée en 2024, commune de 12 000 habitants : schéma ?", None),
        ("Notre RPE existe depuis 2011, commune de 12 000 habitants", None),
        ("Commune de 900 habitants : la CTG s'arrête fin 2026, que faire ?", None),
    ],
)
def test_reads_the_day_asked_for_and_no_other(question: str, day: date | None) -> None:
    """`day`: None for today, which may change while the tests run."""
    before = date.today()
    situation = read_situation(question)
    assert situation is not None
    assert situation.on == day if day else before <= situation.on <= date.today()


@pytest.mark.parametrize(
    "question",
    [
        "commune de 25 millions d'habitants ?",
        "commune de -50 habitants, obligations ?",
        "En 2019, une commune de 12 000 habitants devait-elle avoir un relais ?",
        "village de 700 habitants : quelles obligations en 2019 ?",
    ],
)
def test_impossible_situations_are_told(question: str) -> None:
    with pytest.raises(SituationInvalid):
        read_situation(question)


def test_rules_for_other_actors_give_way_to_those_for_the_one_who_asks() -> None:
    question = "Commune de 12 000 habitants : relais petite enfance, formation de l'assistant maternel, obligatoires ?"
    unread = {outcome.rule.id for outcome in explain_rules(question, limit=6)}
    situated = explain_rules(question, read_situation(question), limit=6)
    assert "formation-assistant" in unread
    assert "rpe" in {outcome.rule.id for outcome in situated}
    assert all(any(binding.type == "commune" for binding in outcome.rule.binds) for outcome in situated)
    elsewhere = explain_rules("Combien d'heures dure la formation d'un assistant maternel ?", make_situation(700))
    assert elsewhere[0].status == "does_not_apply"
    assert "assistants maternels" in elsewhere[0].why


def test_numbers_in_figures_and_in_words() -> None:
    assert [number.value for number in find_numbers("de 3 500 a 10.001, soit 4,2 mille ou deux cents")] == [
        3500, 10001, 4200, 200,
    ]  # fmt: skip
    assert spelled_value("quatre-vingt-dix mille trois cent vingt et un") == 90321
    assert spelled_value("douze places") is None
