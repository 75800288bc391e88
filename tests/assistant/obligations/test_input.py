"""What a person may type wrongly: each mistake gets one French sentence that says what to write instead."""

import subprocess
import sys
from datetime import date

import pytest

from assistant.obligations.days import french_moment, from_moment, parse_day
from assistant.obligations.situation import make_situation, read_transfer
from corpus.errors import SituationInvalid


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"population": -5}, "au moins 1"),
        ({"population": "0"}, "au moins 1"),
        ({"population": 5_000_000}, "aucune commune"),
        ({"population": "25000000", "type": "epci"}, "aucun territoire"),
        ({"population": "beaucoup"}, "« beaucoup » n'est pas un nombre"),
        ({"population": "4200.5"}, "n'est pas un nombre"),
        ({"type": "région"}, "choisissez parmi commune, epci"),
        ({"type": "epci", "transfer": "5"}, "3 = planifier"),
        ({"transfer": "un peu"}, "écrivez toutes, aucune"),
        ({"on": "2019-03-12"}, "Aucune de ces obligations n'existait au 12 mars 2019"),
        ({"on": "17/12/2023"}, "18 décembre 2023"),
        ({"on": "2026-02-30"}, "AAAA-MM-JJ"),
        ({"on": "demain"}, "AAAA-MM-JJ"),
        ({"on": "9999"}, "trop lointaine"),
        ({"theme": "astronomie"}, "petite-enfance"),
    ],
)
def test_mistakes_are_told_in_one_sentence(options: dict[str, str], words: str) -> None:
    with pytest.raises(SituationInvalid) as caught:
        make_situation(**options)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_everyday_forms_are_understood() -> None:
    situation = make_situation("15 431 hab", "comcom", "toutes", "31/12/2026", "crèche")
    assert (situation.population, situation.type, situation.transfer) == (15431, "epci", (1, 2, 3, 4))
    assert (situation.on, situation.theme) == (date(2026, 12, 31), "petite-enfance")
    before = date.today()
    assert before <= make_situation(700).on <= date.today()
    assert make_situation("3.500").population == 3500


def test_transfers_by_number_or_by_name() -> None:
    assert read_transfer("3, 1") == (1, 3)
    assert read_transfer("planifier et qualité") == (3, 4)
    assert read_transfer("aucune") == ()
    assert read_transfer("") is None


def test_days_as_people_write_them() -> None:
    assert parse_day("1er janvier 2026") == date(2026, 1, 1)
    assert parse_day("février 2028") == date(2028, 2, 29)
    assert parse_day("2025") == date(2025, 12, 31)
    assert french_moment("2018-09") == "septembre 2018"
    assert from_moment("2026-01-01") == "à partir du 1er janvier 2026"


def test_the_rules_are_read_without_heavy_libraries() -> None:
    code = (
        "import sys; import assistant.obligations.rules, assistant.obligations.reading, assistant.obligations.render;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'chromadb', 'llama_index', 'gradio', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
