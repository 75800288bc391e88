"""The summary that `ctg eval` prints: a table per part, and what is under its floor."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from eval.labels import LABELS, TARGETS
from eval.records import EvaluationReport, PartReport
from eval.report import shown
from eval.thresholds import Breach

_COLUMNS = ("hit@1", "hit@5", "hit@10", "hit@8k", "mrr", "characters@5")


def print_summary(report: EvaluationReport, breaches: Sequence[Breach], folder: Path) -> None:
    """Print the figures of a report, and where its files are."""
    console = Console()
    for part in report.parts:
        console.print(_systems(part))
        if part.answers:
            console.print(_answers(part))
    for breach in breaches:
        console.print(breach.sentence(), style="bold red")
    console.print(f"Rapport : {folder / 'report.md'}")


def _systems(part: PartReport) -> Table:
    table = Table(title=f"Recherche, partie {part.split} : {part.answerable} questions", title_justify="left")
    for heading in ("système", *_COLUMNS, "p50 ms", "p95 ms"):
        table.add_column(heading)
    for system in part.systems:
        figures = (shown(system.overall.get(name)) for name in _COLUMNS)
        table.add_row(system.name, *figures, f"{system.p50_ms:.0f}", f"{system.p95_ms:.0f}")
    return table


def _answers(part: PartReport) -> Table:
    table = Table(title=f"Réponses, partie {part.split} : {part.questions} questions", title_justify="left")
    for heading in ("mesure", "valeur", "questions", "cible"):
        table.add_column(heading)
    for name, figure in (part.answers.overall if part.answers else {}).items():
        target = f"{TARGETS[name]:.2f}" if name in TARGETS else ""
        table.add_row(LABELS[name], shown(figure), str(figure.count), target)
    return table
