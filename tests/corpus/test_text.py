"""Stems: words of one family meet, words that only look alike do not."""

import pytest

from corpus.text import squeeze, stem, stems, without_marks, words


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


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ('<input checked="" type="checkbox"/>Oui <input type="checkbox"/>Non', "☒ Oui ☐ Non"),
        ("<INPUT TYPE=CHECKBOX CHECKED>Oui", "☒ Oui"),
        ("la **1^{ère}** année", "la 1ère année"),
        (f'<td style="{"width: 10px; " * 8}">Pilote</td>', "Pilote"),
        ("3 < 5 et 7 > 2", "3 < 5 et 7 > 2"),
    ],
)
def test_marks_of_an_extraction_are_left_out_and_boxes_keep_their_state(raw: str, read: str) -> None:
    assert squeeze(without_marks(raw)) == read
