"""The whole evaluation on a small corpus: an assistant whose behaviour is known, its figures, its report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import CorpusError, SettingInvalid
from corpus.records import Answer, Citation, Passage, RankedPassage, Span
from corpus.settings import Settings
from eval.ablation import ablation_markdown, run_ablation
from eval.records import EvaluationReport, Question
from eval.report import read_report, to_markdown, write_report
from eval.run import run_evaluation
from eval.sources import Source
from eval.thresholds import check_thresholds, raise_thresholds

LINES = {
    "vallee": (
        "Le relais petite enfance est piloté par la communauté de communes.",
        "La convention de la vallée dure jusqu'au 31 décembre 2028.",
        "Le conseil municipal des jeunes se réunit quatre fois par an.",
    ),
    "plateau": (
        "La crèche des Coquelicots ouvrira vingt places en septembre.",
        "Le transport à la demande est financé par le département.",
        "Une maison d'assistants maternels est à l'étude au bourg.",
    ),
}
SOURCES = {name: Source(id=name, territory=name.title(), text="\n".join(lines)) for name, lines in LINES.items()}


@dataclass
class KeywordAssistant:
    """Returns the lines that share most words with the question, and quotes the first one where it shares two."""

    least_shared: int = 2
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def search(self, question: str, k: int = 10) -> "Found":
        self.asked.append((question,))
        wanted = _words(question)
        lines = [(name, line) for name in LINES for line in LINES[name]]
        scored = sorted(lines, key=lambda item: -len(wanted & _words(item[1])))
        return Found(tuple(_ranked(name, line, rank, wanted) for rank, (name, line) in enumerate(scored[:k], start=1)))

    def search_turns(self, turns: Sequence[str], k: int) -> "Found":
        self.asked.append(tuple(turns))
        return self.search(" ".join(turns), k)

    def ask(self, question: str) -> Answer:
        best = self.search(question, 1).passages[0]
        passage = best.passage
        if best.score < self.least_shared:
            refusal = "Le corpus ne répond pas à cette question."
            return Answer(question=question, resolved_question=question, answered=False, answer=refusal)
        citation = Citation(
            n=1, document=passage.document, territory=best.territory, section="", page=None, quote=passage.text,
            start=passage.start, end=passage.end, verified=True,
        )  # fmt: skip
        said = f"{passage.text} [1]"
        return Answer(question=question, resolved_question=question, answered=True, answer=said, citations=(citation,))

    def ask_turns(self, turns: Sequence[str]) -> Answer:
        return self.ask(" ".join(turns))


@dataclass
class Found:
    passages: tuple[RankedPassage, ...]


def _words(text: str) -> set[str]:
    return {word.strip(".?,").lower() for word in text.split() if len(word) > 4}


def _ranked(name: str, line: str, rank: int, wanted: set[str]) -> RankedPassage:
    start = SOURCES[name].text.index(line)
    passage = Passage(
        id=f"{name}#{start}", document=name, section=f"{name}#s0", section_path=("Texte",), kind="texte", text=line,
        spans=(Span(start=start, end=start + len(line)),), content_hash="",
    )  # fmt: skip
    shared = len(wanted & _words(line))
    return RankedPassage(
        rank=rank, score=float(shared), passage=passage, territory=name.title(), address="", fiche_title=None
    )


def _question(question_id: str, asked: str | tuple[str, ...], gold: str, line: int, **more: Any) -> Question:
    form = {"question": asked} if isinstance(asked, str) else {"turns": asked}
    golds = [{"doc": gold, "quote": LINES[gold][line]}] if gold else []
    fields = {
        "id": question_id, "type": "fact" if gold else "unanswerable", "difficulty": "hard", "gold": golds,
        "answer": "…", "must_include": ["a"] if gold else [], **form, **more,
    }  # fmt: skip
    return Question.model_validate(fields)


DEV = (
    _question("d1", "qui s'occupe du relais petite enfance ?", "vallee", 0, must_include=["communauté"]),
    _question("d2", ("la convention de la vallée ?", "elle dure jusqu'à quand ?"), "vallee", 1, must_include=["2029"]),
    _question("d3", "zéro mot en commun", "plateau", 2, must_include=["bourg"]),
    _question("d4", "quel budget pour la piscine ?", "", 0),
)
FROZEN = (
    _question("t1", "secret transport financé comment ?", "plateau", 1, must_include=["département"]),
    _question("t2", "secret la crèche Coquelicots ouvrira-t-elle une boutique ?", "", 0),
)


@pytest.fixture(scope="module")
def report() -> EvaluationReport:
    return run_evaluation(KeywordAssistant(), "all", False, SOURCES, {"dev": DEV, "test": FROZEN})


def _values(report: EvaluationReport, part: int) -> Mapping[str, float]:
    measured = report.parts[part]
    assert measured.answers is not None
    figures = {**measured.systems[0].overall, **measured.answers.overall}
    return {name: round(figure.value, 3) for name, figure in figures.items()}


def test_known_behaviour_gives_known_figures(report: EvaluationReport) -> None:
    dev = _values(report, 0)
    assert (dev["hit@1"], dev["hit@10"]) == (0.667, 1.0)
    assert (dev["answered"], dev["abstained"]) == (0.667, 1.0)
    assert (dev["all_facts"], dev["gold_cited"], dev["quotes_verified"]) == (0.333, 0.667, 1.0)
    frozen = _values(report, 1)
    assert (frozen["hit@1"], frozen["all_facts"], frozen["abstained"]) == (1.0, 1.0, 0.0)
    groups = report.parts[0].systems[0].groups
    assert groups["territory"]["Vallee"]["hit@1"].value == 1.0
    assert groups["document"]["plateau"]["hit@1"].value == 0.0
    assert report.parts[0].systems[0].p95_ms >= report.parts[0].systems[0].p50_ms > 0


def test_a_conversation_reaches_the_assistant_as_its_turns() -> None:
    assistant = KeywordAssistant()
    run_evaluation(assistant, "dev", False, SOURCES, {"dev": DEV[1:2]})
    assert DEV[1].turns in assistant.asked


def test_development_failures_are_told_and_the_frozen_part_only_named(report: EvaluationReport, tmp_path: Path) -> None:
    told = {(failure.id, failure.kind): failure for failure in report.parts[0].failures}
    assert set(told) == {("d3", "retrieval"), ("d2", "answer"), ("d3", "wrongly-refused")}
    assert told["d3", "retrieval"].question == "zéro mot en commun"
    assert told["d3", "retrieval"].rank == 6
    assert told["d2", "answer"].expected == ("2029",)
    assert [failure.model_dump(exclude_none=True) for failure in report.parts[1].failures] == [
        {"id": "t2", "kind": "wrongly-answered", "expected": (), "returned": ()}
    ]
    write_report(report, (), tmp_path)
    for file in ("report.json", "report.md"):
        written = (tmp_path / file).read_text(encoding="utf-8")
        assert "zéro mot en commun" in written
        assert "secret" not in written
        assert "t2" in written


def test_a_report_is_written_with_its_plots_and_read_back(report: EvaluationReport, tmp_path: Path) -> None:
    assert read_report(tmp_path) is None
    write_report(report, (), tmp_path)
    assert read_report(tmp_path) == report
    markdown = (tmp_path / "report.md").read_text(encoding="utf-8")
    plots = sorted(tmp_path.glob("*.png"))
    assert len(plots) == 3
    for plot in plots:
        assert f"({plot.name})" in markdown
        assert plot.read_bytes().startswith(b"\x89PNG")
    (tmp_path / "report.json").write_text(json.dumps({"date": "2026-01-01"}), encoding="utf-8")
    with pytest.raises(CorpusError, match="relancez"):
        read_report(tmp_path)


def test_thresholds_only_rise_and_name_what_is_under_them(report: EvaluationReport, tmp_path: Path) -> None:
    file = tmp_path / "thresholds.yaml"
    file.write_text("dev:\n  retrieval: {hit@1: 0.95}\n  answers: {abstained: 0.1}\n", encoding="utf-8")
    (breach,) = check_thresholds(report, file)
    assert (breach.split, breach.measure, breach.floor) == ("dev", "hit@1", 0.95)
    assert "0.667" in breach.sentence()
    assert breach.sentence() in to_markdown(report, (breach,))

    raised = raise_thresholds(report, file)
    assert raised.dev.retrieval["hit@1"] == 0.95
    abstained = report.parts[0].answers.overall["abstained"] if report.parts[0].answers else None
    assert abstained is not None
    assert 0.1 < raised.dev.answers["abstained"] < abstained.value
    assert raise_thresholds(report, file) == raised
    assert [breach.measure for breach in check_thresholds(report, file)] == ["hit@1"]


def test_an_ablation_shows_what_each_variant_brings_over_the_one_before(tmp_path: Path) -> None:
    def make(settings: Settings) -> KeywordAssistant:
        return KeywordAssistant() if settings.dense_weight else Reversed()

    settings = Settings(data_dir=tmp_path)
    variants = (("sans", {"dense_weight": 0.0}), ("avec", {"dense_weight": 0.5}))
    without, with_ = run_ablation(variants, settings, make_assistant=make, questions=DEV)
    assert without.gain == {}
    assert with_.gain["hit@1"].value == pytest.approx(with_.overall["hit@1"].value - without.overall["hit@1"].value)
    assert "(+33,3" in ablation_markdown((without, with_))
    with pytest.raises(SettingInvalid, match="vitesse"):
        run_ablation((("x", {"vitesse": 3}),), settings, make_assistant=make, questions=DEV)
    with pytest.raises(SettingInvalid, match="dense_weight"):
        run_ablation((("x", {"dense_weight": 9}),), settings, make_assistant=make, questions=DEV)


class Reversed(KeywordAssistant):
    """The worst lines first."""

    def search(self, question: str, k: int = 10) -> Found:
        return Found(super().search(question, k).passages[::-1])
