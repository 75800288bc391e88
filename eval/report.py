"""The report as files: JSON for machines and the page, Markdown and plots for people."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from corpus.errors import CorpusError, StoreNotWritable
from eval.failures import count_kinds
from eval.labels import GROUPS, KINDS, LABELS, PARTS, TARGETS
from eval.records import AnswerReport, EvaluationReport, Failure, Figure, PartReport, SystemReport
from eval.thresholds import Breach

REPORT_DIR = Path(__file__).resolve().parent / "report"
"""The committed copy of the last report: made by `ctg eval -o eval/report`."""
_COLUMNS = ("hit@1", "hit@3", "hit@5", "hit@10", "hit@8k", "mrr", "ndcg@10", "characters@5")
_GROUPINGS = {"difficulty": "difficulté", "type": "type", "document": "document", "territory": "territoire"}


def write_report(report: EvaluationReport, breaches: Sequence[Breach], folder: Path) -> None:
    """Write report.json, report.md and the plots. Raises StoreNotWritable where the folder cannot be written."""
    from eval.plots import draw_plots

    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.json").write_text(report.model_dump_json(indent=1) + "\n", encoding="utf-8")
        plots = draw_plots(report, folder)
        (folder / "report.md").write_text(to_markdown(report, breaches, plots), encoding="utf-8")
    except OSError as error:
        raise StoreNotWritable(
            f"Le dossier {folder} ne peut pas être écrit ({error.strerror or error}) : vérifiez ses droits et la "
            "place libre."
        ) from error


def read_report(folder: Path = REPORT_DIR) -> EvaluationReport | None:
    """The report of a folder; None where there is none. Raises CorpusError where it is of another version."""
    try:
        return EvaluationReport.model_validate_json((folder / "report.json").read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError as error:
        raise CorpusError(f"{folder / 'report.json'} est d'une autre version : relancez `ctg eval`.") from error


def to_markdown(report: EvaluationReport, breaches: Sequence[Breach] = (), plots: Sequence[Path] = ()) -> str:
    """The whole report, in French. plots: images to show, in the report's own folder."""
    blocks = ["# Évaluation d'Assistant CTG", _introduction(report)]
    if breaches:
        blocks.append("**Sous les planchers :**\n\n" + "\n".join(f"- {breach.sentence()}" for breach in breaches))
    blocks += [f"![{plot.stem}]({plot.name})" for plot in plots]
    for part in report.parts:
        blocks += _part(part)
    return "\n\n".join(blocks) + "\n"


def shown(figure: Figure | None) -> str:
    """A figure with its interval, as a French reader writes it; a length without decimals."""
    if figure is None:
        return "–"
    if figure.value > 2:
        return f"{figure.value:,.0f}".replace(",", "\u202f")
    return f"{_decimal(figure.value)} [{_decimal(figure.low)} ; {_decimal(figure.high)}]"


def _introduction(report: EvaluationReport) -> str:
    counts = ", ".join(
        f"{part.questions} questions de {PARTS[part.split]} (dont {part.answerable} auxquelles le corpus répond)"
        for part in report.parts
    )
    return (
        f"Mesuré le {report.date} : {counts}. Les questions sont de plusieurs mains ; la partie gelée n'est jamais "
        "regardée pendant les réglages. Un texte est trouvé quand il contient la citation attendue (lettres et "
        "chiffres comparés, ou ressemblance d'au moins 90 sur 100). Entre crochets, l'intervalle de confiance à 95 % "
        "(Wilson pour les parts, bootstrap pour le reste). Les systèmes de comparaison reçoivent les mêmes questions "
        "et les textes bruts, sans rien de notre vocabulaire ; une conversation leur est donnée d'un seul tenant. "
        f"Mémoire au plus haut pendant les mesures de l'assistant : {report.peak_memory_mb:.0f} Mo."
    )


def _part(part: PartReport) -> list[str]:
    title = PARTS[part.split]
    blocks = [f"## Recherche, partie {title}", _systems_table(part.systems)]
    if part.answers:
        blocks += [f"## Réponses, partie {title}", _answers_table(part.answers)]
    if part.systems:
        blocks.append(f"## Par groupe, partie {title}")
        blocks += [_group_table(part, key, label) for key, label in _GROUPINGS.items()]
    blocks.append(f"## Ce qui manque encore, partie {title}")
    return blocks + (_failure_lines(part.failures) if part.failures else ["Rien."])


def _systems_table(systems: Sequence[SystemReport]) -> str:
    header = ["système", *_COLUMNS, "p50 ms", "p95 ms", "index s", "textes"]
    rows = [
        [
            system.name,
            *(shown(system.overall.get(name)) for name in _COLUMNS),
            _decimal(system.p50_ms, 1),
            _decimal(system.p95_ms, 1),
            "–" if system.index_seconds is None else _decimal(system.index_seconds, 1),
            "–" if system.passages is None else str(system.passages),
        ]
        for system in systems
    ]
    targets = ["*cible*", *(_decimal(TARGETS[name]) if name in TARGETS else "" for name in _COLUMNS), "", "", "", ""]
    extra = ("gold_share@10", "all_gold@10", "territory_share@10")
    shares = [[system.name, *(shown(system.overall.get(name)) for name in extra)] for system in systems]
    return _table(header, [*rows, targets]) + "\n\n" + _table(["système", *(LABELS[name] for name in extra)], shares)


def _answers_table(answers: AnswerReport) -> str:
    rows = [
        [LABELS[name], shown(figure), str(figure.count), _decimal(TARGETS[name]) if name in TARGETS else ""]
        for name, figure in answers.overall.items()
    ]
    return (
        _table(["mesure", "valeur", "questions", "cible"], rows)
        + f"\n\nLongueur médiane de la prose : {answers.median_characters:.0f} caractères. Citations introuvables dans "
        f"leur document : {answers.unverified_quotes}. Temps de réponse : p50 {_decimal(answers.p50_ms, 0)} ms, "
        f"p95 {_decimal(answers.p95_ms, 0)} ms."
    )


def _group_table(part: PartReport, key: str, label: str) -> str:
    retrieval = part.systems[0].groups.get(key, {})
    answers = part.answers.groups.get(key, {}) if part.answers else {}
    found, said = ("hit@1", "hit@5", "hit@8k"), ("complete_and_short", "gold_cited", "answered", "abstained")
    rows = []
    for group in sorted({*retrieval, *answers}):
        ours, theirs = retrieval.get(group, {}), answers.get(group, {})
        count = max(figure.count for figure in {**ours, **theirs}.values())
        cells = [ours.get(name) for name in found] + [theirs.get(name) for name in said]
        rows.append([GROUPS.get(group, group), str(count), *(_decimal(cell.value) if cell else "–" for cell in cells)])
    return _table([label, "questions", *(LABELS[name] for name in (*found, *said))], rows)


def _failure_lines(failures: Sequence[Failure]) -> list[str]:
    counts = " ; ".join(f"{KINDS[kind]} : {count}" for kind, count in count_kinds(failures).items())
    if all(failure.question is None for failure in failures):
        rows = [[failure.id, KINDS[failure.kind], _rank(failure)] for failure in failures]
        return [counts + ".", _table(["question", "défaut", "rang"], rows)]
    return [counts + ".", *(_told(failure) for failure in failures)]


def _told(failure: Failure) -> str:
    lines = [f"- **{failure.id}** ({KINDS[failure.kind]}, rang {_rank(failure)}) : {failure.question}"]
    lines += [f"  - attendu : {expected}" for expected in failure.expected]
    lines += [f"  - rendu : {returned}" for returned in failure.returned]
    return "\n".join(lines)


def _rank(failure: Failure) -> str:
    return "–" if failure.rank is None else str(failure.rank)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _decimal(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace(".", ",")
