"""The evaluation report and the versions in use, as figures a reader can follow."""

import base64
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from assistant.obligations.days import french_day
from assistant.page.rendering.tables import render_rows
from assistant.page.rendering.text import definition_list, notice, shown
from eval.labels import LABELS, PARTS, TARGETS
from eval.records import EvaluationReport, Figure, PartReport
from eval.report import shown as shown_figure

_SEARCH = ("hit@1", "hit@5", "hit@8k", "mrr")
_PLOTS = {
    "systemes.png": "Part des questions dont le passage attendu est trouvé, par système ; le trait montre la cible.",
    "groupes.png": "Part des questions dont le passage attendu est dans les 5 premiers, par groupe de questions.",
    "reponses.png": "Qualité des réponses ; le trait montre la cible.",
}


def render_evaluation(report: EvaluationReport | None, folder: Path) -> str:
    """The last report; a notice where there is none."""
    if report is None:
        return notice("Aucune évaluation n'a été faite : lancez « ctg eval ».", "warning")
    parts = "".join(_part(part) for part in report.parts)
    return f"<p>Mesuré le {french_day(date.fromisoformat(report.date[:10]))}.</p>{parts}{_plots(folder)}"


def render_versions(versions: Mapping[str, str]) -> str:
    """What answers at present."""
    return definition_list({name: shown(value) for name, value in versions.items()})


def _part(part: PartReport) -> str:
    columns = ("Système", *(LABELS[name] for name in _SEARCH), "p50 (ms)")
    rows = [
        (shown(system.name), *(_figure(system.overall.get(name)) for name in _SEARCH), f"{system.p50_ms:.0f}")
        for system in part.systems
    ]
    blocks = [
        f"<h3>Partie {shown(PARTS[part.split])} : {part.questions} questions, dont {part.answerable} avec réponse</h3>",
        render_rows(columns, rows, "Recherche (entre crochets, l'intervalle de confiance à 95 %)"),
    ]
    if part.answers is not None:
        rows = [(shown(LABELS[name]), _bar(figure), _target(name)) for name, figure in part.answers.overall.items()]
        blocks.append(render_rows(("Réponses", "Valeur", "Cible"), rows, "Réponses"))
    return "".join(blocks)


def _figure(figure: Figure | None) -> str:
    return shown(shown_figure(figure))


def _bar(figure: Figure) -> str:
    share = max(0, min(100, round(100 * figure.value))) if figure.value <= 1 else 100
    bar = f'<span class="ctg-bar" aria-hidden="true"><span style="width:{share}%"></span></span>'
    return f"{_figure(figure)} <span class='ctg-muted'>sur {figure.count}</span>{bar}"


def _target(name: str) -> str:
    return shown(f"{TARGETS[name]:.2f}".replace(".", ",")) if name in TARGETS else ""


def _plots(folder: Path) -> str:
    images = []
    for name, meaning in _PLOTS.items():
        file = folder / name
        if file.is_file():
            data = base64.b64encode(file.read_bytes()).decode()
            images.append(f'<p><img class="ctg-plot" alt="{shown(meaning)}" src="data:image/png;base64,{data}"/></p>')
    return "".join(images)


def feedback_counts(reasons: Sequence[str | None]) -> str:
    """How many readers found an answer useful, and how many did not."""
    bad = sum(1 for reason in reasons if reason)
    return f"{len(reasons) - bad} « utile », {bad} « pas utile »"
