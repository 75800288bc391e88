"""Canary queries: does a generation find what it holds? Asked before it is put in service, in a process of its own."""

from corpus.errors import IndexDamaged
from corpus.index.catalogue import Catalogue, read_vectors
from corpus.index.lexical import match_query
from corpus.index.vectors import VectorStore

_MOST_CANARIES = 60
_NEIGHBOURS = 10
_SAME = 0.999


def check_catalogue(catalogue: Catalogue) -> None:
    """Integrity, equal counts, and passages found again by their own words. Raises IndexDamaged, saying what failed."""
    if (verdict := catalogue.rows("PRAGMA integrity_check")) != [("ok",)]:
        raise _failed(f"catalogue incohérent ({verdict[0][0]})")
    counts = {
        table: catalogue.rows(f"SELECT COUNT(*) FROM {table}")[0][0] for table in ("passages", "vectors", "fts_docsize")
    }
    if len(set(counts.values())) > 1:
        raise _failed(f"passages, vecteurs et mots ne concordent pas ({counts})")
    for number, words in catalogue.rows(
        f"SELECT rowid, body FROM fts WHERE rowid IN ({_sampled_numbers()}) AND body <> ''"
    ):
        query = match_query(words.split()[:2])
        if not catalogue.rows("SELECT 1 FROM fts WHERE fts MATCH ? AND rowid = ?", (query, number)):
            raise _failed(f"le passage {number} n'est pas retrouvé par ses mots")


def check_vectors(catalogue: Catalogue, store: VectorStore) -> None:
    """Every passage has its vector, and passages are found again by theirs. Raises IndexDamaged, saying what failed."""
    expected = dict(catalogue.rows("SELECT p.id, v.text_hash FROM passages p JOIN vectors v USING (number)"))
    if store.hashes() != expected:
        raise _failed("les vecteurs ne sont pas ceux du catalogue")
    ids, documents, matrix = read_vectors(
        catalogue.rows(
            "SELECT p.id, p.document, v.vector FROM passages p JOIN vectors v USING (number) "
            f"WHERE p.number IN ({_sampled_numbers()})"
        )
    )
    for passage, document, vector in zip(ids, documents, matrix, strict=True):
        found = store.search(vector, [document], _NEIGHBOURS)
        # Twin passages share a vector, so the passage itself may stand behind them.
        if not found or found[0][1] < _SAME:
            raise _failed(f"le passage {passage} n'est pas retrouvé par son vecteur")


def _sampled_numbers() -> str:
    """Passages spread over the whole index: the first of each document, and others at even steps."""
    return (
        f"SELECT number FROM (SELECT number FROM passages WHERE position = 0 ORDER BY number LIMIT {_MOST_CANARIES}) "
        f"UNION SELECT number FROM (SELECT number, ROW_NUMBER() OVER (ORDER BY number) AS r, COUNT(*) OVER () AS n "
        f"FROM passages) WHERE r % MAX(1, n / {_MOST_CANARIES}) = 0"
    )


def _failed(reason: str) -> IndexDamaged:
    return IndexDamaged(f"L'index préparé ne répond pas comme il faut : {reason}. Relancez `ctg ingest`.")
