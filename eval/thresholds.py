"""Figures under which the evaluation fails. They are the last measured ones less their noise, and only rise."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field

from corpus.records.base import HandWritten, Record
from corpus.yamlfile import load_yaml
from eval.records import EvaluationReport, Figure, PartReport, Split

THRESHOLDS_FILE = Path(__file__).resolve().parent / "thresholds.yaml"
HELD = {
    "retrieval": ("hit@1", "hit@3", "hit@5", "hit@8k", "mrr"),
    "answers": ("complete_and_short", "gold_cited", "quotes_verified", "answered", "abstained"),
}
"""The measures that are held to a floor; for all of them higher is better."""
Z_95 = 1.96
_HEADER = """\
# Planchers de l'évaluation : `ctg eval` échoue (code 1) quand une mesure passe dessous.
# Ce sont les dernières valeurs mesurées moins leur bruit (une erreur type) ; elles ne font que monter :
# `ctg eval --raise-thresholds` les relève quand les mesures le permettent, rien ne les abaisse.
"""


class Floors(HandWritten):
    """Measure to the least value allowed, for one part of the questions."""

    retrieval: dict[str, float] = Field(default_factory=dict)
    answers: dict[str, float] = Field(default_factory=dict)


class Thresholds(HandWritten):
    """The floors of both parts."""

    dev: Floors = Floors()
    test: Floors = Floors()


class Breach(Record):
    """A measure under its floor."""

    split: Split
    measure: str
    value: float
    floor: float

    def sentence(self) -> str:
        """As a person reads it."""
        return f"{self.split}, {self.measure} : {self.value:.3f} est sous le plancher de {self.floor:.3f}."


def check_thresholds(report: EvaluationReport, file: Path = THRESHOLDS_FILE) -> tuple[Breach, ...]:
    """The measures of the assistant that are under their floors. Raises CorpusError where the file is wrong."""
    thresholds = load_yaml(file, Thresholds)
    return tuple(
        Breach(split=part.split, measure=measure, value=figures[measure].value, floor=floor)
        for part in report.parts
        for kind, figures in _figures(part).items()
        for measure, floor in _floors(thresholds, part.split, kind).items()
        if measure in figures and figures[measure].value < floor
    )


def raise_thresholds(report: EvaluationReport, file: Path = THRESHOLDS_FILE) -> Thresholds:
    """Raise the floors to the report's figures less their noise, where that is higher, and write them."""
    old = load_yaml(file, Thresholds)
    new = {"dev": old.dev.model_dump(), "test": old.test.model_dump()}
    for part in report.parts:
        for kind, figures in _figures(part).items():
            for measure in HELD[kind]:
                if measure in figures:
                    floors = new[part.split][kind]
                    floors[measure] = max(floors.get(measure, 0.0), _floor(figures[measure]))
    raised = Thresholds.model_validate(new)
    file.write_text(_HEADER + yaml.safe_dump(new, sort_keys=False), encoding="utf-8")
    return raised


def _figures(part: PartReport) -> dict[Literal["retrieval", "answers"], dict[str, Figure]]:
    return {
        "retrieval": part.systems[0].overall if part.systems else {},
        "answers": part.answers.overall if part.answers else {},
    }


def _floors(thresholds: Thresholds, split: Split, kind: Literal["retrieval", "answers"]) -> dict[str, float]:
    floors = thresholds.dev if split == "dev" else thresholds.test
    return floors.retrieval if kind == "retrieval" else floors.answers


def _floor(figure: Figure) -> float:
    noise = (figure.high - figure.low) / 2 / Z_95
    return round(max(0.0, figure.value - noise), 3)
