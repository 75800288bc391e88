"""`python -m ingest.training`: from the known questions to all that is learned from them, in one command.

Writes `corpus/associations.json` (words), `corpus/known_vectors.npz` (vectors of the delivered texts) and
`corpus/question_metric.npz` (how questions are compared), and prints what learning brings on questions kept aside.
"""

import json

import numpy as np
from numpy.typing import NDArray

from corpus.associations import ASSOCIATIONS_FILE
from corpus.attached_questions import QUESTIONS_FOLDER, read_known_questions
from corpus.embedding_packaged import DIMENSION, PackagedEmbedder
from corpus.question_metric import QuestionMetric, save_question_metric, unchanged
from corpus.settings import PACKAGED_MODEL, load_settings
from ingest.training.associations import learn_associations
from ingest.training.contrast import answered_alike, learn_question_metric
from ingest.training.examples import Examples, collect_examples

_FOLDS = 8


def main() -> None:
    """Learn the words, then how questions are compared; print what that brings."""
    settings = load_settings()
    pairs = read_known_questions(settings.corpus_dir / QUESTIONS_FOLDER)
    learned = learn_associations(pairs)
    lines = [f"{json.dumps(word)}: {json.dumps(others, ensure_ascii=False)}" for word, others in learned.items()]
    ASSOCIATIONS_FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{len(pairs)} paires, {len(learned)} mots associés : {ASSOCIATIONS_FILE.name}", flush=True)

    before = unchanged(DIMENSION)
    examples = collect_examples(settings, PackagedEmbedder(PACKAGED_MODEL, settings.data_dir, before))
    print(f"{len(examples.questions)} questions rattachées, {len(examples.passages)} passages", flush=True)
    _report_held_out(examples, before)
    save_question_metric(learn_question_metric(examples))


def _report_held_out(examples: Examples, before: QuestionMetric) -> None:
    """Shares of questions whose 1, 5, 10 nearest others hold one with the same answer, on what was kept aside."""
    print("\nUne question de même réponse parmi les 1, 5, 10 plus proches :")
    # Questions to one passage go together: none of a passage kept aside is learned from.
    groups = examples.answers.argmax(axis=1) % _FOLDS
    _print_row("passages jamais appris (1 sur 8)", examples, before, groups == 0)
    for document in sorted(set(examples.documents.tolist())):
        _print_row(f"convention jamais apprise : {document}", examples, before, examples.documents == document)


def _print_row(name: str, examples: Examples, before: QuestionMetric, held: NDArray[np.bool_]) -> None:
    alone = answered_alike(examples, before, held)
    learned = answered_alike(examples, learn_question_metric(examples, ~held), held)
    print(f"{name} ({int(held.sum())} questions) : {alone} sans apprentissage, {learned} avec", flush=True)


if __name__ == "__main__":
    main()
