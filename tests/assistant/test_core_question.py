"""What people put around a question goes; what it asks stays."""

import pytest

from assistant.understand.core import core_question


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Merci de me rappeler à quelles dates ils ont voté, je dois les viser.", "à quelles dates ils ont voté"),
        ("bonjour, pouvez-vous me dire qui pilote la fiche 7 ?", "qui pilote la fiche 7 ?"),
        ("nombre de crèches du bassin nord ? c'est pour une slide", "nombre de crèches du bassin nord ?"),
        ("les étapes d'une CTG svp, je présente ça au conseil", "les étapes d'une CTG svp"),
        ("TAD du Pilat pr un flyer du centre social : combien de jours ?", "TAD du Pilat: combien de jours ?"),
        (
            "Élue d'opposition, je prépare une question orale : quelle est la part des familles monoparentales ?",
            "quelle est la part des familles monoparentales ?",
        ),
    ],
)
def test_what_surrounds_a_question_goes(typed: str, asked: str) -> None:
    assert core_question(typed) == asked


@pytest.mark.parametrize(
    "typed",
    [
        "combien la Caf verse en tout, il me faut le total et la part PS",
        "Je souhaite citer le taux de pauvreté de Firminy : quel chiffre donne la convention ?",
        "enfants handicapés : sur quelle structure s'appuient-ils ?",
        "quelles aides pour les parents, et pour quel âge ?",
        "c'est pour qui ?",
        "pour un bus itinérant",
    ],
)
def test_what_a_question_asks_stays(typed: str) -> None:
    assert core_question(typed) == typed
