"""The evaluation report and the versions in use, as figures a reader can follow."""

import base64
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from assistant.obligations.days import french_day
from assistant.page.rendering.tables import render_rows
from assistant.page.rendering.text import bar, definition_list, notice, shown
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
    parts = "".join(
        f'<details class="ctg-fiche"><summary>Partie {shown(PARTS[part.split])}, mesure par mesure</summary>'
        f"{_part(part)}</details>"
        for part in report.parts
    )
    day = french_day(date.fromisoformat(report.date[:10]))
    return f"{_plainly(report.parts[-1])}<p>Mesuré le {day}.</p>{_plots(folder)}{parts}"


def render_versions(versions: Mapping[str, str]) -> str:
    """What answers at present."""
    return definition_list({name: shown(value) for name, value in versions.items()})


def _plainly(part: PartReport) -> str:
    """What the last part measured, for who reads no table: in times out of a hundred."""
    search = part.systems[0].overall if part.systems else {}
    answers = part.answers.overall if part.answers is not None else {}
    items = "".join(
        f"<li>{shown(words)} : <strong>{round(100 * figures[name].value)} fois sur 100</strong> "
        f'<span class="ctg-muted">({figures[name].count} questions)</span></li>'
        for name, words, figures in (
            ("hit@5", "Le passage attendu est dans les cinq premiers trouvés", search),
            ("all_facts", "La réponse donne tous les faits attendus", answers),
            ("quotes_verified", "Toutes les citations se retrouvent mot pour mot dans le document", answers),
            ("abstained", "Quand le corpus ne répond pas, l'assistant le dit", answers),
        )
        if name in figures
    )
    asked = f"{part.questions} questions, partie {PARTS[part.split]}"
    return f"<h3>En clair ({shown(asked)})</h3><ul class='ctg-plainly'>{items}</ul>" if items else ""


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
        rows = [(shown(LABELS[name]), _barred(figure), _target(name)) for name, figure in part.answers.overall.items()]
        blocks.append(render_rows(("Réponses", "Valeur", "Cible"), rows, "Réponses"))
    return "".join(blocks)


def _figure(figure: Figure | None) -> str:
    return shown(shown_figure(figure))


def _barred(figure: Figure) -> str:
    return f"{_figure(figure)} <span class='ctg-muted'>sur {figure.count}</span>{bar(100 * figure.value)}"


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
    """How many readers found an answer useful, how many did not, and why."""
    bad = [reason.split(" : ", 1)[0] for reason in reasons if reason]
    why = ", ".join(f"{reason} : {number}" for reason, number in Counter(bad).most_common())
    return f"{len(reasons) - len(bad)} « utile », {len(bad)} « pas utile »{f' ({why})' if why else ''}"
