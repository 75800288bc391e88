"""What each step brings: the same questions, with one more setting changed each time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from corpus.errors import SettingInvalid
from corpus.records.base import Record
from corpus.settings import Settings
from eval.dataset import load_questions
from eval.intervals import difference_figure
from eval.measure import Pairs, measure_retrieval, percentile
from eval.metrics import RETRIEVAL_MEASURES, figures_of
from eval.records import Figure, Question, RetrievalOutcome, Split
from eval.report import shown
from eval.sources import load_sources, texts_of
from eval.systems import AssistantSystem, AssistantUnderTest

MEASURES = ("hit@1", "hit@5", "hit@10", "hit@8k", "mrr")
Variant = tuple[str, Mapping[str, Any]]
"""Name of a variant and the settings that it changes."""


class AblationRow(Record):
    """One variant's figures."""

    name: str
    overall: dict[str, Figure]
    gain: dict[str, Figure]
    """Difference with the variant before, question by question; empty for the first one."""
    p50_ms: float
    p95_ms: float


def run_ablation(
    variants: Sequence[Variant],
    settings: Settings,
    split: Split = "dev",
    make_assistant: Callable[[Settings], AssistantUnderTest] | None = None,
    questions: Sequence[Question] | None = None,
) -> tuple[AblationRow, ...]:
    """Measure the ranking of each variant, in order, each with its gain over the one before.

    make_assistant and questions replace the project's own where given. Raises SettingInvalid where a variant
    changes a setting to a value that cannot be used, and whatever the assistant raises where it cannot answer.
    """
    make = make_assistant or _assistant
    systems = ((name, make(_changed(settings, name, changes))) for name, changes in variants)
    return measure_steps(systems, settings, split, questions)


def measure_steps(
    steps: Iterable[tuple[str, AssistantUnderTest]],
    settings: Settings,
    split: Split = "dev",
    questions: Sequence[Question] | None = None,
) -> tuple[AblationRow, ...]:
    """Measure the ranking of each named assistant, in order, each with its gain over the one before."""
    asked = load_questions(split) if questions is None else questions
    texts = texts_of(load_sources(settings))
    rows: list[AblationRow] = []
    before: Pairs[RetrievalOutcome] = ()
    for name, assistant in steps:
        pairs = measure_retrieval(AssistantSystem(assistant, texts, name), asked)
        milliseconds = [outcome.milliseconds for outcome, _ in pairs]
        rows.append(
            AblationRow(
                name=name,
                overall=figures_of(RETRIEVAL_MEASURES, pairs),
                gain=_gain(before, pairs) if before else {},
                p50_ms=percentile(milliseconds, 50),
                p95_ms=percentile(milliseconds, 95),
            )
        )
        before = pairs
    return tuple(rows)


def ablation_markdown(rows: Sequence[AblationRow]) -> str:
    """The rows as a Markdown table, each measure with its gain in points over the row before."""
    lines = ["| variante | " + " | ".join(MEASURES) + " | p50 ms | p95 ms |", "|" + "---|" * (len(MEASURES) + 3)]
    for row in rows:
        cells = [shown(row.overall.get(name)) + _points(row.gain.get(name)) for name in MEASURES]
        lines.append(f"| {row.name} | " + " | ".join(cells) + f" | {row.p50_ms:.0f} | {row.p95_ms:.0f} |")
    return "\n".join(lines) + "\n"


def _gain(before: Pairs[RetrievalOutcome], after: Pairs[RetrievalOutcome]) -> dict[str, Figure]:
    gains = {}
    for name in MEASURES:
        measure = RETRIEVAL_MEASURES[name]
        ours = [measure(outcome, question) or 0.0 for outcome, question in after]
        theirs = [measure(outcome, question) or 0.0 for outcome, question in before]
        gains[name] = difference_figure(ours, theirs)
    return gains


def _points(gain: Figure | None) -> str:
    if gain is None:
        return ""
    sure = "" if gain.low <= 0 <= gain.high else " *"
    return f" ({gain.value * 100:+.1f}{sure})".replace(".", ",")


def _changed(settings: Settings, name: str, changes: Mapping[str, Any]) -> Settings:
    unknown = set(changes) - set(Settings.model_fields)
    if unknown:
        raise SettingInvalid(f"Variante « {name} » : le réglage {sorted(unknown)[0]} n'existe pas (voir ctg settings).")
    try:
        return Settings.model_validate({**dict(settings), **changes})
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingInvalid(f"Variante « {name} », réglage {first['loc'][0]} : {first['msg']}.") from error


def _assistant(settings: Settings) -> AssistantUnderTest:
    from assistant.service import Assistant

    return Assistant(settings)
