"""What a request is about: whom it is for, its parts, and the lines that belong to others."""

import pytest

from assistant.draft.idea import stems_of
from assistant.draft.merging import say_the_same
from assistant.draft.subject import Subject
from assistant.draft.weighing import make_subject
from assistant.draft.wording import phase_of, publics_of
from assistant.service import Assistant
from corpus.records import Term


def subject_of(assistant: Assistant, typed: str, *ideas: str) -> Subject:
    terms = [Term(word=idea, forms=((idea, 1.0),)) for idea in ideas]
    return make_subject(terms, (), [*assistant.index.fiches(), *assistant.index.actions()], typed)


@pytest.mark.parametrize(
    ("asked", "line", "others"),
    [
        ("déplacements des seniors", "Former les jeunes à l'utilisation des transports", True),
        ("échanges entre jeunes et aînés", "Rompre l'isolement des seniors", False),
        ("qualité d'accueil dans les crèches", "Augmenter le nombre d'assistants maternels", True),
        ("qualité d'accueil dans les crèches", "Accueillir les jeunes enfants dans de bonnes conditions", False),
        ("guichet unique petite enfance", "Valoriser le métier d'assistant maternel", False),
    ],
)
def test_lines_for_other_people(asked: str, line: str, others: bool) -> None:
    assert Subject((), (), publics=publics_of(asked)).is_for_others(line) is others


def test_one_word_of_a_pair_is_worth_what_it_tells(real_assistant: Assistant) -> None:
    subject = subject_of(real_assistant, "animations intergénérationnelles", "animations", "intergenerationnelles")
    assert subject.relevance("Développer les rencontres intergénérationnelles") > 0.6
    assert subject.relevance("Des animations pour tous") < 0.4


def test_either_side_of_et_can_stand_alone(real_assistant: Assistant) -> None:
    subject = subject_of(
        real_assistant, "vie associative et bénévolat, budget", "vie associative", "benevolat", "budget"
    )
    assert min(subject.relevance("Portraits, bénévolat"), subject.relevance("Soutenir la vie associative")) >= 0.5


def test_same_line_with_and_without_its_place() -> None:
    assert say_the_same("Caf (chargées de conseil et développement)", "Caf")
    assert stems_of("Caf")
    assert phase_of("Une évaluation annuelle par le comité technique") == 4
