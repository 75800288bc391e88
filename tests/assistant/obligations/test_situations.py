"""Twenty situations and the duties that the law gives each, worked out by hand from the articles."""

from datetime import date

import pytest

from assistant.obligations.rules import which_obligations
from assistant.obligations.situation import make_situation
from corpus.obligations import load_obligations

RPE, SCHEMA, PLAN, QUALITY = "rpe", "schema", "planifier", "qualite"
BASE = {"recenser", "informer"}
FOUR = BASE | {PLAN, QUALITY}
CORE = FOUR | {SCHEMA, RPE}
"""The six duties of the table; the parts of a duty (contents of the schéma, delays of the avis) follow it."""

SITUATIONS = [
    # population, type, transfer, day, duties, choices, who answers the request for an avis
    (120, "commune", "aucune", "2026-11-22", BASE, {PLAN, QUALITY, RPE}, "avis-non-requis"),
    (700, "commune", None, "2026-11-22", BASE, {PLAN, QUALITY, RPE}, "avis-non-requis"),
    (3500, "commune", "aucune", "2026-11-22", BASE, {PLAN, QUALITY, RPE}, "avis-non-requis"),
    (3501, "commune", "aucune", "2026-11-22", FOUR, {RPE}, "avis-projets"),
    (4200, "commune", "aucune", "2025-06-01", FOUR, {RPE}, "avis-projets"),
    (10000, "commune", "aucune", "2026-11-22", FOUR, {RPE}, "avis-projets"),
    (10001, "commune", "aucune", "2026-01-01", CORE, set(), "avis-projets"),
    (12000, "commune", "aucune", "2025-12-31", CORE - {RPE}, set(), "avis-projets"),
    (45000, "commune", "aucune", "2027-01-01", CORE, set(), "avis-projets"),
    (700, "commune", "toutes", "2026-11-22", set(), set(), "avis-transmettre"),
    (12000, "commune", "toutes", "2026-11-22", set(), set(), "avis-transmettre"),
    (5200, "commune", "3", "2026-11-22", BASE | {QUALITY}, {RPE}, "avis-transmettre"),
    (12000, "commune", "1,2", "2026-11-22", {PLAN, QUALITY, SCHEMA, RPE}, set(), "avis-projets"),
    (12000, "commune", "2,4", "2026-11-22", {"recenser", PLAN, SCHEMA}, set(), "avis-projets"),
    (15431, "epci", "toutes", "2026-11-22", CORE, set(), "avis-projets"),
    (9800, "epci", "toutes", "2026-11-22", FOUR, {RPE}, "avis-projets"),
    (3200, "epci", "toutes", "2026-11-22", BASE, {PLAN, QUALITY, RPE}, "avis-projets"),
    (14000, "epci", "aucune", "2026-11-22", set(), set(), None),
    (14000, "epci", "1,2", "2026-11-22", BASE | {RPE}, set(), None),
    (14000, "epci", "3", "2026-11-22", {PLAN, SCHEMA}, set(), "avis-projets"),
]


@pytest.mark.parametrize(("population", "kind", "transfer", "day", "duties", "choices", "avis"), SITUATIONS)
def test_duties_of_twenty_situations(
    population: int, kind: str, transfer: str | None, day: str, duties: set[str], choices: set[str], avis: str | None
) -> None:
    report = which_obligations(make_situation(population, kind, transfer, day))
    applies = {outcome.rule.id for outcome in report.applies}
    optional = {outcome.rule.id for outcome in report.optional}
    left_out = {outcome.rule.id: outcome.why for outcome in report.does_not_apply}
    assert applies & CORE == duties
    assert optional & CORE == choices
    assert set(left_out) >= CORE - duties - choices
    assert all(left_out.values())
    assert ("schema-contenu" in applies) == ("schema-transmission" in applies) == (SCHEMA in duties)
    assert ("ctg-schema" in optional) == (SCHEMA in duties)
    answers = {"avis-projets", "avis-non-requis", "avis-transmettre"} & applies
    assert answers == ({avis} if avis else set())


def test_a_commune_that_transferred_is_told_what_remains_and_who_exercises_the_rest() -> None:
    report = which_obligations(make_situation(5200, "commune", "3", "2026-11-22"))
    notes = " ".join(report.notes)
    assert "Compétence transférée : 3 (planifier" in notes
    assert "Il vous reste : 1 (recenser" in notes
    why = next(outcome.why for outcome in report.does_not_apply if outcome.rule.id == PLAN)
    assert "votre intercommunalité l'exerce" in why
    nothing_left = which_obligations(make_situation(5200, "commune", "toutes", "2026-11-22"))
    assert any("aucune des quatre" in note for note in nothing_left.notes)


def test_an_unsaid_transfer_is_a_visible_assumption() -> None:
    report = which_obligations(make_situation(14000, "epci", None, "2026-11-22"))
    assert any("suppose que vos communes vous ont transféré" in note for note in report.notes)
    duty = next(outcome for outcome in report.applies if outcome.rule.id == PLAN)
    assert "À condition" in duty.why
    assert any("suppose" in note for note in report.to_json()["situation"]["notes"])


def test_an_unknown_population_decides_nothing() -> None:
    report = which_obligations(make_situation(None, "commune", "aucune", "2026-11-22"))
    assert {outcome.rule.id for outcome in report.applies} & CORE == BASE
    undecided = {outcome.rule.id for outcome in report.does_not_apply if outcome.status == "undetermined"}
    assert {PLAN, QUALITY, SCHEMA, RPE} <= undecided


def test_calendar_tells_past_from_to_come() -> None:
    report = which_obligations(make_situation(12000, "commune", "aucune", "2025-02-01"))
    past = {step.date for step in report.past}
    to_come = {step.date: step for step in report.to_come}
    assert past == {"2025-01-01"}
    assert "rpe" in to_come["2026-01-01"].rules
    assert "2025-04-03" in to_come
    small = which_obligations(make_situation(900, "commune", "aucune", "2025-02-01"))
    assert "2026-01-01" not in {step.date for step in small.to_come}


def test_between_the_vote_and_the_entry_into_force_nothing_is_due_yet() -> None:
    report = which_obligations(make_situation(12000, "commune", "aucune", "2024-06-30"))
    assert not {outcome.rule.id for outcome in report.applies} & CORE
    assert any("1er janvier 2025" in note for note in report.notes)


def test_other_actors_and_themes_have_their_own_rules() -> None:
    manager = which_obligations(make_situation(None, "gestionnaire", on="2026-11-22"))
    assert {"referent-sante", "micro-creche-direction", "acm-declaration"} <= {
        outcome.rule.id for outcome in manager.applies
    }
    assert "2034-12-31" in {step.date for step in manager.to_come}
    leisure = which_obligations(make_situation(None, "gestionnaire", on="2026-11-22", theme="enfance"))
    assert {outcome.rule.theme for outcome in leisure.outcomes()} == {"enfance"}
    assert "nombre-enfants" in {
        outcome.rule.id for outcome in which_obligations(make_situation(None, "assistant-maternel")).applies
    }
    empty = which_obligations(make_situation(700, "commune", theme="logement"))
    assert not empty.outcomes()
    assert any("thème" in note for note in empty.notes)


def test_json_has_exactly_the_promised_keys() -> None:
    found = which_obligations(make_situation(12000, "commune", "aucune", date(2026, 11, 22))).to_json()
    assert set(found) == {"situation", "applies", "optional", "does_not_apply"}
    rule_keys = {"id", "title", "text", "reference", "since", "theme", "confidence", "corpus"}
    assert all(set(rule) == rule_keys for part in ("applies", "optional") for rule in found[part])
    assert all(set(rule) == rule_keys | {"why"} for rule in found["does_not_apply"])
    assert load_obligations().notice in found["situation"]["notes"]
