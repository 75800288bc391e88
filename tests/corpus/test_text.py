"""Stems: words of one family meet, words that only look alike do not."""

import pytest

from corpus.text import stem, stems, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ado", "ados"),
        ("lieu", "lieux"),
        ("nounou", "nounous"),
        ("isole", "isolees"),
        ("denoncer", "denoncee"),
        ("annee", "annees"),
        ("local", "locaux"),
        ("creer", "creee"),
        ("communication", "communiquer"),
        ("financer", "financent"),
        ("aide", "aident"),
        ("gerer", "gerent"),
        ("adolescent", "adolescents"),
    ],
)
def test_words_of_one_family_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cafe", "caf"),
        ("repit", "repas"),
        ("mamie", "mam"),
        ("commune", "communication"),
        ("qualite", "qualitatifs"),
        ("papi", "papiers"),
        ("isoler", "isolement"),
        ("etudier", "etudiants"),
        ("peri", "pere"),
    ],
)
def test_words_that_look_alike_keep_their_own_stem(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_ocr_elisions_and_stop_words_are_left_out() -> None:
    assert words("I'accueil et |'offre, qu'il l’a") == ["accueil", "et", "offre", "il", "a"]
    assert stems("Les offres de la commune") == [stem("offre"), stem("commune")]
