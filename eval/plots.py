"""The report's plots: PNG files drawn without a screen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from eval.labels import GROUPS, LABELS, PARTS, TARGETS
from eval.records import EvaluationReport, Figure, PartReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OURS, TARGET = "#1d4e89", "#c1440e"
_COLOURS = (OURS, "#8f7fa8", "#7f9f86", "#b08d6e", "#bdb0cf", "#b4cbb8", "#d6bfa9")
"""The assistant, then the baselines: one hue per kind, its paler tone for the second size of chunk."""
_HITS = ("hit@1", "hit@3", "hit@5", "hit@10", "hit@8k")


def draw_plots(report: EvaluationReport, folder: Path) -> tuple[Path, ...]:
    """Draw the plots of a report into a folder; the files made. A part without figures gives none."""
    files = []
    if any(part.systems for part in report.parts):
        files.append(_draw_systems(report, folder / "systemes.png"))
        files.append(_draw_groups(report, folder / "groupes.png"))
    if any(part.answers for part in report.parts):
        files.append(_draw_answers(report, folder / "reponses.png"))
    return tuple(files)


def _draw_systems(report: EvaluationReport, file: Path) -> Path:
    def draw(axes: "Axes", part: PartReport) -> None:
        systems = [system for system in part.systems if system.overall]
        height = 0.8 / max(1, len(systems))
        for place, system in enumerate(systems):
            rows = [row + place * height for row in range(len(_HITS))]
            figures = [system.overall[name] for name in _HITS]
            _bars(axes, rows, figures, height * 0.9, _COLOURS[place % len(_COLOURS)], system.name)
        for row, name in enumerate(_HITS):
            if name in TARGETS:
                axes.plot([TARGETS[name]] * 2, [row - height / 2, row + 0.8 - height / 2], color=TARGET, lw=2)
        axes.set_yticks([row + 0.4 - height / 2 for row in range(len(_HITS))], _HITS)

    return _panels(report, file, "Passage attendu trouvé (trait : cible)", draw, 6.4)


def _draw_groups(report: EvaluationReport, file: Path) -> Path:
    def draw(axes: "Axes", part: PartReport) -> None:
        groups = part.systems[0].groups
        named = [
            (f"{GROUPS.get(group, group)} ({figures['hit@5'].count})", figures["hit@5"])
            for key in ("difficulty", "type", "territory")
            for group, figures in groups.get(key, {}).items()
        ]
        _bars(axes, list(range(len(named))), [figure for _, figure in named], 0.7, OURS)
        axes.set_yticks(range(len(named)), [name for name, _ in named], fontsize=8)

    return _panels(report, file, "Dans les 5 premiers, par groupe (nombre de questions)", draw, 6.4)


def _draw_answers(report: EvaluationReport, file: Path) -> Path:
    def draw(axes: "Axes", part: PartReport) -> None:
        figures = part.answers.overall if part.answers else {}
        _bars(axes, list(range(len(figures))), list(figures.values()), 0.7, OURS)
        for row, name in enumerate(figures):
            if name in TARGETS:
                axes.plot([TARGETS[name]] * 2, [row - 0.42, row + 0.42], color=TARGET, lw=2)
        axes.set_yticks(range(len(figures)), [LABELS[name] for name in figures], fontsize=8)

    return _panels(report, file, "Réponses (trait : cible)", draw, 4.4)


def _panels(
    report: EvaluationReport, file: Path, title: str, draw: Callable[["Axes", PartReport], None], height: float
) -> Path:
    from matplotlib.figure import Figure as Canvas

    canvas = Canvas(figsize=(6.2 * len(report.parts), height), layout="constrained")
    canvas.suptitle(title, fontsize=11)
    for number, part in enumerate(report.parts, start=1):
        axes = canvas.add_subplot(1, len(report.parts), number)
        draw(axes, part)
        axes.set_title(f"{PARTS[part.split]}, {part.questions} questions", fontsize=9)
        axes.set_xlim(0, 1.02)
        axes.invert_yaxis()
        axes.grid(axis="x", alpha=0.3)
        axes.spines[["top", "right"]].set_visible(False)
    handles, names = axes.get_legend_handles_labels()
    if names:
        canvas.legend(handles, names, loc="outside lower center", ncols=4, fontsize=8, frameon=False)
    # No software version and no date inside: the same figures give the same file.
    canvas.savefig(file, dpi=110, metadata={"Software": None})
    return file


def _bars(
    axes: "Axes", rows: list[float], figures: list[Figure], height: float, colour: str, label: str | None = None
) -> None:
    values = [figure.value for figure in figures]
    below = [max(0.0, figure.value - figure.low) for figure in figures]
    above = [max(0.0, figure.high - figure.value) for figure in figures]
    error = {"elinewidth": 0.7, "ecolor": "#333333"}
    axes.barh(rows, values, height, xerr=(below, above), color=colour, label=label, error_kw=error)
