"""`python -m eval.calibrate`: learns when to answer and when to abstain (`assistant/compose/confidence_model.yaml`).

Answered: known questions of a hand, asked with that hand's questions taken out of the index and the metric learned
without them. Unanswered: the shipped questions of a hand, compared only with those of the other hands. So what is
learned from is what a new person's question would meet. Needs the index; prints what the decision is worth on hands
kept aside, then on the development questions.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import yaml

from assistant.compose import confidence
from assistant.compose.confidence import evidence_features
from assistant.compose.select import score_units
from assistant.retrieve.search import Searcher
from assistant.retrieve.unanswered import Unanswered
from assistant.service import Assistant
from corpus.attached_questions import QUESTIONS_FOLDER, read_known_questions
from corpus.embedding_packaged import PackagedEmbedder
from corpus.index.questions import QuestionMemory
from corpus.settings import PACKAGED_MODEL, Settings, load_settings
from corpus.unanswered import UnansweredQuestion, load_unanswered
from eval.dataset import load_questions
from ingest.training.contrast import learn_question_metric
from ingest.training.examples import Examples, mark_answers

MODEL_FILE = Path(confidence.__file__).with_name("confidence_model.yaml")
REFUSED = 0.04
"""Share of the answered questions that may be refused: it sets the threshold."""
_TURNS = 4
"""Groups of hands kept aside one after the other."""
_SAMPLE = 350
"""Known questions asked for each group of hands."""
_REGULARIZATION = 0.3
_SEED = 5
_DEPTH = 8

Features = dict[str, float]


def main() -> None:
    """Collect, measure on hands kept aside, learn on all, write the model and measure it on the development part."""
    settings = load_settings()
    assistant = Assistant(settings)
    folds = _folds(settings)
    rows: list[tuple[Features, int, int]] = []
    for fold, hands in enumerate(folds.answered):
        rows += [(features, 1, fold) for features in _answered(assistant, settings, hands)]
        rows += [(features, 0, fold) for features in _unanswered(assistant, settings, folds.unanswered[fold])]
        print(f"mains {', '.join((*hands, *folds.unanswered[fold]))} : {len(rows)} questions", flush=True)
    held_out = np.zeros(len(rows))
    for fold in range(len(folds.answered)):
        learned = _learn([row for row in rows if row[2] != fold])
        for place, (features, _, mine) in enumerate(rows):
            held_out[place] = learned.score(features) if mine == fold else held_out[place]
    answered = np.asarray([label for _, label, _ in rows], dtype=bool)
    threshold = float(np.quantile(held_out[answered], REFUSED))
    abstained = float((held_out[~answered] < threshold).mean())
    print(f"mains jamais apprises : {REFUSED:.0%} refusées à tort, {abstained:.1%} des sans réponse reconnues")
    model = _learn(rows).model_copy(update={"threshold": round(threshold, 4)})
    _write(model)
    _report_development(Assistant(settings), model)


class _Folds:
    """Hands that are kept aside together, for each turn."""

    def __init__(self, answered: Sequence[str], unanswered: Sequence[str]) -> None:
        turns = min(_TURNS, len(unanswered))
        self.answered = [tuple(answered[turn::turns]) for turn in range(turns)]
        self.unanswered = [tuple(unanswered[turn::turns]) for turn in range(turns)]


def _folds(settings: Settings) -> _Folds:
    folder = settings.corpus_dir / QUESTIONS_FOLDER
    return _Folds(
        [file.stem for file in sorted(folder.glob("*.jsonl"))],
        sorted({question.hand for question in load_unanswered(settings)}),
    )


def _answered(assistant: Assistant, settings: Settings, hands: Sequence[str]) -> list[Features]:
    """Features of known questions of some hands, for a search that never met those hands."""
    searcher = assistant.searcher
    documents, questions = searcher.index.questions.asked
    theirs = {
        (question.document, question.question)
        for hand in hands
        for question in read_known_questions(settings.corpus_dir / QUESTIONS_FOLDER, f"{hand}.jsonl")
    }
    held = np.asarray([(document, one.question) in theirs for document, one in zip(documents, questions, strict=True)])
    plain = PackagedEmbedder(PACKAGED_MODEL, settings.data_dir)
    vectors = plain.embed_queries([one.question for one in questions])
    passages = sorted({passage for one in questions for passage in one.passages})
    no_passages = np.zeros((0, vectors.shape[1]), dtype=np.float32)
    examples = Examples(vectors, no_passages, mark_answers(questions, passages), documents)
    metric = learn_question_metric(examples, ~held)
    memory = QuestionMemory(
        documents[~held].tolist(),
        [one for one, out in zip(questions, held, strict=True) if not out],
        metric.turned(vectors[~held]),
    )
    embedder = PackagedEmbedder(PACKAGED_MODEL, settings.data_dir, metric)
    asked = replace(
        searcher, index=searcher.index.remembering(memory), embedder=embedder,
        unanswered=_memory(searcher, settings, load_unanswered(settings), embedder),
    )  # fmt: skip
    chosen = random.Random(_SEED).sample(np.flatnonzero(held).tolist(), min(_SAMPLE, int(held.sum())))
    return [_features(asked, questions[place].question) for place in chosen]


def _unanswered(assistant: Assistant, settings: Settings, hands: Sequence[str]) -> list[Features]:
    """Features of the unanswered questions of some hands, compared only with those of the others."""
    searcher = assistant.searcher
    known = load_unanswered(settings)
    embedder = PackagedEmbedder(PACKAGED_MODEL, settings.data_dir)
    others = _memory(searcher, settings, [one for one in known if one.hand not in hands], embedder)
    asked = replace(searcher, unanswered=others)
    return [_features(asked, one.question) for one in known if one.hand in hands]


def _memory(
    searcher: Searcher, settings: Settings, questions: Sequence[UnansweredQuestion], embedder: PackagedEmbedder
) -> Unanswered:
    documents = searcher.understanding.documents
    return Unanswered(questions, embedder, documents, documents)


def _features(searcher: Searcher, question: str) -> Features:
    result = searcher.search(question, 10)
    return evidence_features(result, score_units(searcher, result, _DEPTH))


def _learn(rows: Sequence[tuple[Features, int, int]]) -> confidence.ConfidenceModel:
    """Logistic regression on standardized features, its weights brought back to their own units."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = list(rows[0][0])
    table = np.asarray([[features[name] for name in names] for features, _, _ in rows])
    scaler = StandardScaler().fit(table)
    regression = LogisticRegression(max_iter=3000, C=_REGULARIZATION, class_weight="balanced")
    regression.fit(scaler.transform(table), [label for _, label, _ in rows])
    weights = regression.coef_[0] / scaler.scale_
    return confidence.ConfidenceModel(
        intercept=round(float(regression.intercept_[0] - (weights * scaler.mean_).sum()), 4),
        threshold=0.0,
        weights={name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
    )


def _write(model: confidence.ConfidenceModel) -> None:
    head = "# Quand répondre : appris par « python -m eval.calibrate » ; ne pas modifier à la main.\n"
    text = yaml.safe_dump(model.model_dump(), sort_keys=False, allow_unicode=True)
    MODEL_FILE.write_text(head + text, encoding="utf-8")


def _report_development(assistant: Assistant, model: confidence.ConfidenceModel) -> None:
    asked = [question for question in load_questions("dev") if question.question]
    scores = [model.score(_features(assistant.searcher, question.question or "")) for question in asked]
    kept = np.asarray(scores) >= model.threshold
    answerable = np.asarray([bool(question.gold) for question in asked])
    print(
        f"partie « dev » : {1 - kept[answerable].mean():.1%} refusées à tort, "
        f"{1 - kept[~answerable].mean():.1%} des sans réponse reconnues"
    )


if __name__ == "__main__":
    main()
