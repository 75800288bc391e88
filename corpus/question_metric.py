"""How questions are compared with one another: a matrix learned so that questions with one answer come together.

A question's vector x becomes x·M, brought back to length 1. M is learned from the known questions by
`python -m ingest.training`, with the contrastive loss of van den Oord et al. 2018 (InfoNCE). Passages are compared
with the model's own vectors: a matrix learned for them too pushed away the conventions that it had never seen.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import CorpusError

METRIC_FILE = Path(__file__).with_name("question_metric.npz")

Matrix = NDArray[np.float32]


class QuestionMetric:
    """The matrix, dimension × dimension."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = np.asarray(matrix, dtype=np.float32)

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that tell two metrics apart."""
        return hashlib.sha256(self.matrix.tobytes()).hexdigest()[:16]

    def turned(self, vectors: Matrix) -> Matrix:
        """Rows of length 1, one for each row."""
        rows = vectors @ self.matrix
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def unchanged(dimension: int) -> QuestionMetric:
    """The metric of the model alone."""
    return QuestionMetric(np.eye(dimension, dtype=np.float32))


@lru_cache(maxsize=2)
def load_question_metric(path: Path = METRIC_FILE) -> QuestionMetric:
    """The metric that is shipped. Raises CorpusError where the file is missing or unreadable."""
    try:
        with np.load(path, allow_pickle=False) as content:
            return QuestionMetric(content["matrix"])
    except (OSError, ValueError, KeyError) as error:
        raise CorpusError(f"{path.name} est absent ou illisible : relancez « python -m ingest.training ».") from error


def save_question_metric(metric: QuestionMetric, path: Path = METRIC_FILE) -> None:
    """Write the matrix in half precision."""
    np.savez_compressed(path, matrix=metric.matrix.astype(np.float16))
