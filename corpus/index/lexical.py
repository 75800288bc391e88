"""Words: stems of each passage in SQLite's full-text index, one column for each part of it.

Text is stemmed here and not by SQLite, so that the index and the questions go through the same French stemmer.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from corpus.index.catalogue import Catalogue
from corpus.records import FicheAction, Passage
from corpus.repairs import RepairedText
from corpus.text import STOPWORDS, stems, words

ColumnWeights = tuple[float, float, float, float]
DEFAULT_WEIGHTS: ColumnWeights = (3.0, 1.5, 1.0, 1.0)
"""Weights of title, section, context and body in BM25."""
NEAR = 6
"""Words that may stand between two words of a phrase, stop words left out."""


def find_phrase(
    catalogue: Catalogue, phrase: str, documents: Collection[str] | None, limit: int, weights: ColumnWeights
) -> list[tuple[str, float]]:
    """Passages that hold the words of a phrase near each other, best first, with their BM25 score (over 0).

    Documents restrict the search (None: all of them; empty: none). A phrase without words finds nothing. SQLite gives
    a word that stands in more than half of the passages a score just above zero.
    """
    query = match_query(stems(phrase))
    if not query or limit <= 0 or (documents is not None and not documents):
        return []
    condition = ""
    values: list[object] = [*weights, query]
    if documents is not None:
        condition = f" AND p.document IN ({', '.join('?' * len(documents))})"
        values += sorted(documents)
    rows = catalogue.rows(
        "SELECT p.id, -bm25(fts, ?, ?, ?, ?) AS score FROM fts JOIN passages p ON p.number = fts.rowid "
        f"WHERE fts MATCH ?{condition} ORDER BY score DESC, p.number LIMIT ?",
        [*values, limit],
    )
    return [(passage, float(score)) for passage, score in rows]


def match_query(tokens: Sequence[str]) -> str:
    """FTS5 query for words near each other. Each is quoted, so that nothing in it can be read as syntax."""
    quoted = ['"' + token.replace('"', '""') + '"' for token in tokens]
    if len(quoted) <= 1:
        return "".join(quoted)
    return f"NEAR({' '.join(quoted)}, {NEAR})"


def fts_row(passage: Passage, fiche: FicheAction | None, source: RepairedText) -> tuple[str, str, str, str]:
    """What is indexed of a passage: title, section, context, body, as stems.

    The body is what people read: a word that a recognition tore (`ceuvre`) is found as it is asked for (`œuvre`).
    """
    title = f"{fiche.ref} {fiche.title}" if fiche else ""
    parts = (title, " ".join(passage.section_path), passage.context, source.laid_over(passage.text, passage.spans))
    title_stems, section_stems, context_stems, body_stems = (" ".join(stems(part)) for part in parts)
    return title_stems, section_stems, context_stems, body_stems


def count_words(passages: Iterable[Passage]) -> Counter[str]:
    """Folded words and the number of passages that hold each: what a spelling is repaired against."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update(set(words(f"{passage.context} {passage.text}")) - STOPWORDS)
    return counts
