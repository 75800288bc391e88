"""Reading the catalogue of one generation: documents, raw texts, outline, fiches, equipment, passages, vectors.

The file is opened as immutable: nothing in service is ever written, so no lock is taken and a read-only disk is fine.
"""

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from corpus.index.records import AttachedQuestion, DocumentCounts, DocumentRecord
from corpus.records import DocumentEntry, Equipment, FicheAction, PageSpan, Passage, Repair, Section

VECTOR_TYPE = np.dtype("<f4")


class Catalogue:
    """One catalogue, read only, safe for several threads."""

    def __init__(self, path: Path) -> None:
        """Raises IndexDamaged where the file is missing or is not a database."""
        self._path = path
        self._lock = threading.Lock()
        with self._readable():
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def documents(self) -> tuple[DocumentRecord, ...]:
        """The documents in the order of the manifest."""
        rows = self.rows(
            "SELECT entry, content_hash, file_hash, counts, format, encoding FROM documents ORDER BY position, id"
        )
        return tuple(
            DocumentRecord(
                entry=DocumentEntry.model_validate_json(entry),
                content_hash=content_hash,
                file_hash=file_hash,
                format=file_format,
                encoding=encoding,
                **DocumentCounts.model_validate_json(counts).model_dump(),
            )
            for entry, content_hash, file_hash, counts, file_format, encoding in rows
        )

    def raw_text(self, document: str) -> str:
        """The text that every span of the document points into; empty for an unknown document."""
        rows = self.rows("SELECT text FROM texts WHERE document = ?", (document,))
        return str(rows[0][0]) if rows else ""

    def pages(self, document: str) -> tuple[PageSpan, ...]:
        """Pages of the document in order; empty where the file shows none."""
        rows = self.rows("SELECT pages FROM documents WHERE id = ?", (document,))
        return tuple(PageSpan.model_validate(page) for page in json.loads(rows[0][0])) if rows else ()

    def repairs(self, document: str) -> tuple[Repair, ...]:
        """Sure repairs of the document's raw text, in order; none for a text that was not recognised."""
        rows = self.rows("SELECT record FROM repairs WHERE document = ?", (document,))
        return tuple(Repair.model_validate(repair) for repair in json.loads(rows[0][0])) if rows else ()

    def sections(self, document: str) -> tuple[Section, ...]:
        rows = self.rows("SELECT record FROM sections WHERE document = ? ORDER BY position", (document,))
        return tuple(Section.model_validate_json(record) for (record,) in rows)

    def fiches(self, document: str) -> tuple[FicheAction, ...]:
        """Fiches and recovered actions, in document order within each kind, fiches first."""
        rows = self.rows("SELECT record FROM fiches WHERE document = ? ORDER BY kind DESC, position", (document,))
        return tuple(FicheAction.model_validate_json(record) for (record,) in rows)

    def equipment(self, document: str) -> tuple[Equipment, ...]:
        rows = self.rows("SELECT record FROM equipment WHERE document = ? ORDER BY position", (document,))
        return tuple(Equipment.model_validate_json(record) for (record,) in rows)

    def passages(self, document: str) -> tuple[Passage, ...]:
        rows = self.rows("SELECT record FROM passages WHERE document = ? ORDER BY position", (document,))
        return tuple(Passage.model_validate_json(record) for (record,) in rows)

    def vocabulary(self) -> dict[str, int]:
        """Folded words (not stems) and the number of passages that hold each."""
        return dict(self.rows("SELECT word, SUM(passages) FROM words GROUP BY word"))

    def questions(self) -> tuple[list[str], list[AttachedQuestion], NDArray[np.float32]]:
        """Document, question and vector (one row each, in the same order) of each attached question."""
        rows = self.rows("SELECT document, question, quote, passages, vector FROM questions WHERE vector IS NOT NULL")
        attached = [
            AttachedQuestion(question=question, quote=quote, passages=json.loads(passages))
            for _, question, quote, passages, _ in rows
        ]
        matrix = np.frombuffer(b"".join(row[-1] for row in rows), dtype=VECTOR_TYPE)
        return [row[0] for row in rows], attached, matrix.reshape(len(rows), -1 if len(rows) else 0)

    def vectors(self) -> tuple[list[str], list[str], NDArray[np.float32]]:
        """Passage ids, their documents, and their vectors (one row each, in the same order)."""
        return read_vectors(
            self.rows("SELECT p.id, p.document, v.vector FROM vectors v JOIN passages p USING (number)")
        )

    def rows(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query. Raises IndexDamaged where the database cannot be read."""
        with self._readable(), self._lock:
            return self._connection.execute(query, tuple(values)).fetchall()

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(
                f"Le catalogue de l'index ({self._path}) est endommagé : lancez `ctg ingest` pour le reconstruire."
            ) from error


def read_vectors(rows: Iterable[tuple[str, str, bytes]]) -> tuple[list[str], list[str], NDArray[np.float32]]:
    """Ids, documents and the matrix of the vectors of rows (id, document, blob)."""
    ids, documents, blobs = [], [], []
    for passage, document, blob in rows:
        ids.append(passage)
        documents.append(document)
        blobs.append(np.frombuffer(blob, dtype=VECTOR_TYPE))
    matrix = np.stack(blobs).astype(np.float32) if blobs else np.zeros((0, 0), dtype=np.float32)
    return ids, documents, matrix
