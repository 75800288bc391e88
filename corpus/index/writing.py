"""Writing the catalogue of a generation that is not in service yet."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged, StoreNotWritable
from corpus.index.catalogue import VECTOR_TYPE
from corpus.index.lexical import count_words, fts_row
from corpus.index.records import DocumentCounts, IndexedDocument
from corpus.records import Passage
from corpus.repairs import RepairedText

_SCHEMA = Path(__file__).with_name("schema.sql")
_RECORD_TABLES = ("sections", "fiches", "equipment")


@contextmanager
def open_for_writing(path: Path) -> Iterator["CatalogueWriter"]:
    """A catalogue to change, made with its tables where there is none. Everything is kept on leaving, or nothing.

    Raises IndexDamaged where the file is not a sound database, StoreNotWritable where it cannot be written.
    """
    try:
        fresh = not path.exists()
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            # The file is not in service: what protects it is the switch, not SQLite's journal.
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
            if fresh:
                connection.executescript(_SCHEMA.read_text(encoding="utf-8"))
            connection.execute("BEGIN")
            yield CatalogueWriter(connection)
            connection.execute("COMMIT")
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        # SQLite tells a full or read-only disk from damage only by its extended codes.
        if error.sqlite_errorname.startswith(("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")):
            raise StoreNotWritable(
                f"L'index ne peut pas être écrit dans {path.parent.parent} ({error}) : "
                "vérifiez la place libre et les droits."
            ) from error
        raise IndexDamaged(f"Le catalogue {path} est endommagé ({error}).") from error
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(f"Le catalogue {path} est endommagé ({error}).") from error


class CatalogueWriter:
    """Changes to a catalogue, document by document."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def replace_document(self, document: IndexedDocument) -> int:
        """Put a document in, in place of its previous version; the number of passages that still need a vector.

        A passage whose indexed words are unchanged keeps the vector it had, wherever it stood.
        """
        known = self._vectors_of(text_hash(passage) for passage in document.passages)
        asked = self._question_vectors(document.entry.id)
        self.remove_document(document.entry.id)
        self._insert_document(document)
        self._insert_questions(document, asked)
        return self._insert_passages(document, known)

    def remove_document(self, document: str) -> None:
        """Take everything of a document out; nothing happens where there is none."""
        execute = self._connection.execute
        numbers = "SELECT number FROM passages WHERE document = ?"
        execute(f"DELETE FROM fts WHERE rowid IN ({numbers})", (document,))
        execute(f"DELETE FROM vectors WHERE number IN ({numbers})", (document,))
        for table in ("passages", "questions", "words", "texts", "repairs", *_RECORD_TABLES):
            execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        execute("DELETE FROM documents WHERE id = ?", (document,))

    def set_order(self, ids: Sequence[str]) -> None:
        """Give the documents the order of the manifest."""
        self._connection.executemany(
            "UPDATE documents SET position = ? WHERE id = ?", [(position, name) for position, name in enumerate(ids)]
        )

    def counts(self) -> dict[str, tuple[str, str, DocumentCounts]]:
        """Content hash, file hash and counts of each document."""
        rows = self._connection.execute("SELECT id, content_hash, file_hash, counts FROM documents ORDER BY position")
        return {
            name: (content_hash, file_hash, DocumentCounts.model_validate_json(counts))
            for name, content_hash, file_hash, counts in rows
        }

    def forget_vectors(self) -> None:
        """Drop every vector: another model is in use."""
        self._connection.execute("DELETE FROM vectors")
        self._connection.execute("UPDATE questions SET vector = NULL")

    def without_vector(self) -> list[tuple[int, Passage]]:
        """Number and passage of each that has no vector."""
        rows = self._connection.execute(
            "SELECT number, record FROM passages WHERE number NOT IN (SELECT number FROM vectors) ORDER BY number"
        )
        return [(number, Passage.model_validate_json(record)) for number, record in rows]

    def set_vectors(self, passages: Sequence[tuple[int, Passage]], vectors: NDArray[np.float32]) -> None:
        """Give numbered passages their vectors, one row each."""
        self._connection.executemany(
            "INSERT INTO vectors VALUES (?, ?, ?)",
            [
                (number, text_hash(passage), row.astype(VECTOR_TYPE).tobytes())
                for (number, passage), row in zip(passages, vectors, strict=True)
            ],
        )

    def questions_without_vector(self) -> list[tuple[int, str]]:
        """Number and text of each attached question that has no vector."""
        return self._connection.execute(
            "SELECT number, question FROM questions WHERE vector IS NULL ORDER BY number"
        ).fetchall()

    def set_question_vectors(self, numbers: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Give numbered questions their vectors, one row each."""
        self._connection.executemany(
            "UPDATE questions SET vector = ? WHERE number = ?",
            [(row.astype(VECTOR_TYPE).tobytes(), number) for number, row in zip(numbers, vectors, strict=True)],
        )

    def dimension(self) -> int:
        """Length of the vectors; 0 where there is none."""
        row = self._connection.execute("SELECT LENGTH(vector) FROM vectors LIMIT 1").fetchone()
        return int(row[0]) // VECTOR_TYPE.itemsize if row else 0

    def tidy(self) -> None:
        """Merge the full-text index's segments, so that years of updates do not slow it down."""
        self._connection.execute("INSERT INTO fts (fts) VALUES ('optimize')")

    def _vectors_of(self, hashes: Iterable[str]) -> dict[str, bytes]:
        known = {}
        for key in set(hashes):
            row = self._connection.execute("SELECT vector FROM vectors WHERE text_hash = ? LIMIT 1", (key,)).fetchone()
            if row:
                known[key] = row[0]
        return known

    def _question_vectors(self, document: str) -> dict[str, bytes]:
        rows = self._connection.execute(
            "SELECT question, vector FROM questions WHERE document = ? AND vector IS NOT NULL", (document,)
        )
        return dict(rows.fetchall())

    def _insert_questions(self, document: IndexedDocument, known: dict[str, bytes]) -> None:
        self._connection.executemany(
            "INSERT INTO questions VALUES (NULL, ?, ?, ?, ?, ?)",
            [
                (document.entry.id, item.question, item.quote, json.dumps(item.passages), known.get(item.question))
                for item in document.questions
            ],
        )

    def _insert_document(self, document: IndexedDocument) -> None:
        name = document.entry.id
        counts = DocumentCounts(
            pages=len(document.read.pages) or None,
            sections=len(document.sections),
            fiches=len(document.fiches),
            actions=len(document.actions),
            equipment=len(document.equipment),
            passages=len(document.passages),
            questions=len(document.questions),
        )
        pages = "[" + ", ".join(page.model_dump_json() for page in document.read.pages) + "]"
        self._connection.execute(
            "INSERT INTO documents VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?)",
            (
                name, document.entry.model_dump_json(), document.content_hash, document.file_hash,
                counts.model_dump_json(), document.read.format, document.read.encoding, pages,
            ),
        )  # fmt: skip
        self._connection.execute("INSERT INTO texts VALUES (?, ?)", (name, document.read.text))
        repairs = "[" + ", ".join(repair.model_dump_json() for repair in document.read.repairs) + "]"
        self._connection.execute("INSERT INTO repairs VALUES (?, ?)", (name, repairs))
        self._connection.executemany(
            "INSERT INTO sections VALUES (?, ?, ?, ?)",
            [(part.id, name, position, part.model_dump_json()) for position, part in enumerate(document.sections)],
        )
        self._connection.executemany(
            "INSERT INTO equipment VALUES (?, ?, ?, ?)",
            [(row.id, name, position, row.model_dump_json()) for position, row in enumerate(document.equipment)],
        )
        self._connection.executemany(
            "INSERT INTO fiches VALUES (?, ?, ?, ?, ?)",
            [
                (fiche.id, name, fiche.kind, position, fiche.model_dump_json())
                for position, fiche in enumerate((*document.fiches, *document.actions))
            ],
        )

    def _insert_passages(self, document: IndexedDocument, known: dict[str, bytes]) -> int:
        fiches = {fiche.id: fiche for fiche in (*document.fiches, *document.actions)}
        source = RepairedText(document.read.text, document.read.repairs)
        missing = 0
        for position, passage in enumerate(document.passages):
            number = self._connection.execute(
                "INSERT INTO passages VALUES (NULL, ?, ?, ?, ?)",
                (passage.id, document.entry.id, position, passage.model_dump_json()),
            ).lastrowid
            row = fts_row(passage, fiches.get(passage.fiche or ""), source)
            self._connection.execute(
                "INSERT INTO fts (rowid, title, section, context, body) VALUES (?, ?, ?, ?, ?)", (number, *row)
            )
            key = text_hash(passage)
            if key in known:
                self._connection.execute("INSERT INTO vectors VALUES (?, ?, ?)", (number, key, known[key]))
            else:
                missing += 1
        self._connection.executemany(
            "INSERT INTO words VALUES (?, ?, ?)",
            [(document.entry.id, word, count) for word, count in sorted(count_words(document.passages).items())],
        )
        return missing


def text_hash(passage: Passage) -> str:
    """What a vector depends on: two passages with the same indexed words share it."""
    return hashlib.sha256(passage.embedding_text().encode("utf-8", "surrogatepass")).hexdigest()
