"""The lexicon: from what people type to what the documents write, and never the other way round."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus.lexicon import EVERYDAY_WEIGHT, GROUP_WEIGHT, RELATED_WEIGHT, STRICT_WEIGHT, Lexicon, load_lexicon
from corpus.phrases import phrase_key
from corpus.settings import CORPUS_PACKAGE
from corpus.text import stems, words

GLOSSARY = """
entries:
  - {id: rpe, term: RPE, full: relais petite enfance, definition: Lieu gratuit de conseil aux parents., theme: pilotage,
     former: [{name: RAM, until: 2021, confidence: A}], everyday: [relais nounou], related: [mam]}
  - {id: mam, term: MAM, full: maison d'assistants maternels, definition: Lieu de travail partagé., theme: pilotage}
"""
GROUPS = """
groups:
  - {id: argent, words: [pognon, cb], reach: [budget]}
  - {id: relais, words: [le lieu des nounous], reach: [RPE]}
  - {id: nounous, words: [nounous], reach: [assistant maternel]}
"""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture
def small(tmp_path: Path) -> Lexicon:
    (tmp_path / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "lexicon.yaml").write_text(GROUPS, encoding="utf-8")
    return load_lexicon([tmp_path / "lexicon.yaml"], tmp_path / "glossary.yaml")


def reached(lexicon: Lexicon, question: str) -> dict[str, float]:
    return {form: weight for expansion in lexicon.expand(words(question)) for form, weight in expansion.forms}


def test_weights_tell_another_name_from_an_everyday_word_and_from_a_neighbour(small: Lexicon) -> None:
    assert reached(small, "les RAM") == {
        "RPE": STRICT_WEIGHT,
        "relais petite enfance": STRICT_WEIGHT,
        "relais nounou": EVERYDAY_WEIGHT,
        "MAM": RELATED_WEIGHT,
        "maison d'assistants maternels": RELATED_WEIGHT,
    }
    assert reached(small, "le relais des nounous")["RPE"] == EVERYDAY_WEIGHT
    assert reached(small, "du pognon") == {"budget": GROUP_WEIGHT}
    assert reached(small, "le lieu des nounous")["relais petite enfance"] == pytest.approx(0.8 * GROUP_WEIGHT)


def test_groups_go_one_way(small: Lexicon) -> None:
    assert reached(small, "quel budget") == {}


def test_the_longest_phrase_is_taken_once_with_its_place(small: Lexicon) -> None:
    question = words("cb pour le relais de la petite enfance et les nounous")
    found = [question[start:end] for (start, end), _ in small.expand(question)]
    assert found == [["cb"], ["relais", "de", "la", "petite", "enfance"], ["nounous"]]


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("cb ca coute", {"budget", "moyens financiers"}),
        ("c'est qui le chef de file ?", {"pilote", "porteur de l'action"}),
        ("c'est pour quand", {"échéance", "calendrier"}),
        ("pour qui c'est fait", {"public cible", "publics visés"}),
        ("les papis et mamies du village", {"seniors", "bien vieillir"}),
        ("nos ados s'ennuient", {"jeunes", "accueil jeunes"}),
        ("garde de nuit pour les mômes", {"horaires atypiques", "enfants"}),
        ("j ai pas de voiture", {"transport à la demande"}),
        ("remplir ses papiers sur l'ordi", {"démarches administratives", "inclusion numérique"}),
        ("maman solo", {"familles monoparentales"}),
        ("parents qui craquent", {"burn out parental", "répit parental"}),
        ("comment casser la convention", {"résiliation", "dénoncée"}),
        ("aller au tribunal contre la caf", {"recours contentieux"}),
        ("logement pourri", {"habitat indigne"}),
        ("stage de 3eme", {"recherche de stages"}),
        ("jeunes ni en emploi ni en formation", {"jeunes non insérés"}),
        ("plus de docteurs", {"professionnels de santé"}),
        ("on manque de nounous", {"assistant maternel"}),
        ("le coordo", {"chargé de coopération"}),
        ("la comcom", {"communauté de communes", "EPCI"}),
    ],
)
def test_everyday_questions_reach_the_documents_words(lexicon: Lexicon, question: str, phrases: set[str]) -> None:
    keys = {phrase_key(form) for form in reached(lexicon, question)}
    assert {phrase for phrase in phrases if phrase_key(phrase) not in keys} == set()


def test_acronyms_that_are_also_small_words_are_not_seen_in_a_question(lexicon: Lexicon) -> None:
    assert not {"communauté d'agglomération", "Éducation nationale"} & set(reached(lexicon, "ca se passe en ville"))


def test_what_the_groups_reach_stands_in_the_documents(lexicon: Lexicon) -> None:
    texts = [f" {' '.join(stems(path.read_text(encoding='utf-8')))} " for path in _documents()]

    def stands(phrase: str) -> bool:
        return any(f" {' '.join(stems(phrase))} " in text for text in texts)

    phrases = [(group.id, phrase) for group in lexicon.groups for phrase in group.reach]
    missing = [pair for pair in phrases if not stands(pair[1])]
    assert len(lexicon.groups) >= 250
    assert len({group.id for group in lexicon.groups}) == len(lexicon.groups)
    assert len(missing) <= 0.01 * len(phrases), missing
    assert [group.id for group in lexicon.groups if not any(map(stands, group.reach))] == []


def _documents() -> Iterable[Path]:
    return (CORPUS_PACKAGE / "documents").glob("*.txt")
