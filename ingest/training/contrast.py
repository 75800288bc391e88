"""Learns how questions are compared (`corpus/question_metric.py`): those with one answer must come together.

The loss is InfoNCE (van den Oord et al. 2018): a question against every other known question, those attached to one of
its passages being right, with a penalty on the squared distance of the matrix from the identity (ridge).
"""

import numpy as np
from numpy.typing import NDArray

from corpus.question_metric import QuestionMetric
from ingest.training.examples import Examples

STEPS = 80
BATCH = 768
TEMPERATURE = 0.07
RIDGE = 3e-3
RATE = 1e-3
SEED = 0


def learn_question_metric(examples: Examples, rows: NDArray[np.bool_] | None = None) -> QuestionMetric:
    """The metric learned from the examples, or from some of their questions (`rows`)."""
    import torch
    from torch.nn.functional import normalize

    torch.manual_seed(SEED)
    chosen = np.flatnonzero(np.ones(len(examples.questions), dtype=np.bool_) if rows is None else rows)
    questions = torch.from_numpy(examples.questions[chosen])
    answers = torch.from_numpy(examples.answers[chosen].astype(np.float32))
    same = torch.eye(questions.shape[1])
    learned = torch.zeros_like(same, requires_grad=True)
    optimizer = torch.optim.AdamW([learned], lr=RATE, weight_decay=0.0)
    for _ in range(STEPS):
        batch = torch.randperm(len(chosen))[:BATCH]
        turned = normalize(questions @ (same + learned), dim=1)
        likeness = turned[batch] @ turned.T / TEMPERATURE
        likeness[torch.arange(len(batch)), batch] = -1e9
        shares = torch.log_softmax(likeness, dim=1)
        wrong = answers[batch] @ answers.T == 0
        wrong[torch.arange(len(batch)), batch] = True
        # A question that is the only one of its passage teaches nothing (and has no finite loss).
        kept = ~wrong.all(dim=1)
        right = torch.logsumexp(shares[kept].masked_fill(wrong[kept], -1e9), dim=1)
        loss = -right.mean() + RIDGE * learned.square().sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return QuestionMetric((same + learned).detach().numpy())


def answered_alike(
    examples: Examples, metric: QuestionMetric, rows: NDArray[np.bool_], cutoffs: tuple[int, ...] = (1, 5, 10)
) -> list[float]:
    """Share of the questions of `rows` that have, among the nearest other questions, one with the same passage."""
    turned = metric.turned(examples.questions)
    places = np.flatnonzero(rows)
    likeness = turned[places] @ turned.T
    likeness[np.arange(len(places)), places] = -np.inf
    order = np.argsort(-likeness, axis=1, kind="stable")[:, : max(cutoffs)]
    right = np.stack(
        [
            (examples.answers[near] & examples.answers[place]).any(axis=1)
            for place, near in zip(places, order, strict=True)
        ]
    )
    return [round(float(right[:, :cutoff].any(axis=1).mean()), 3) for cutoff in cutoffs]
