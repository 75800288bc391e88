"""What is local in the shipped corpus, worked out here without the code under test."""

import re
import unicodedata

from assistant.draft.records import Draft, DraftLine
from corpus.index.reader import Index

HOLE = re.compile(r"\[À COMPLÉTER[^\]]*\]")
TAKEN = ("repris", "adapte", "genere")
_AGES = re.compile(
    r"(?:de )?\d{1,2} ?(?:(?:-|/|à|et) ?\d{1,2} ?)?(?:ans|mois)\b|jeunes de \d\d à \d\d|\b1 000 premiers jours|"
    r"\b\d{1,2}(?:er|ère|ères|e|è|ème)\b",
    re.IGNORECASE,
)
_SIGNATORY = re.compile(r"\b(?:Monsieur|Madame|M\.|Mme)\s+(?:[A-Z][\w-]+\s+)+?([A-ZÉÈ]{4,})\b")


def plain(text: str) -> str:
    """Lower case, no accents, words separated by one space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def local_names(index: Index) -> frozenset[str]:
    """Names of territories, communes, departments, equipment and signatories, as `plain` writes them."""
    names: set[str] = set()
    for record in index.documents():
        territory = record.entry.territory
        names |= {plain(name) for name in (territory.name, territory.short_name, *territory.communes)}
        names |= {plain(name) for name in territory.other_names if plain(name)}
        names |= {plain(territory.department or territory.name)}
        names |= {plain(match) for match in _SIGNATORY.findall(index.raw_text(record.entry.id))}
    lower = " ".join(" ".join(re.findall(r"\b[a-zà-ÿ]+\b", index.raw_text(r.entry.id))) for r in index.documents())
    written_small = set(plain(lower).split())
    for row in index.equipment():
        names |= {word for word in plain(row.name).split() if len(word) > 4 and word not in written_small}
    return frozenset(name for name in names if len(name) > 1)


def foreign_in(text: str, names: frozenset[str]) -> list[str]:
    """Local names and figures in a line, holes left out. The loire of "bassin de la Loire" counts, "nuits" does not."""
    bare = HOLE.sub(" ", text)
    said = f" {plain(bare)} "
    capitals = {plain(word) for word in re.findall(r"\b[A-ZÀ-Ý0-9][\w'’-]*", bare)}
    found = [
        name for name in names
        if f" {name} " in said and (" " in name or any(name in capital.split() for capital in capitals))
    ]  # fmt: skip
    return found + re.findall(r"\d+", _AGES.sub(" ", bare))


def quoted_titles(index: Index) -> frozenset[str]:
    """What documents call by a name in quotation marks after "newsletter", "journal", "association"…"""
    named = re.compile(
        r"\b(?:newsletter|journal|bulletin|magazine|gazette|association|festival|collectif|programme|ludothèque|crèche|"
        r"espace|structure)s?\s+[«\"“]\s*([A-ZÀ-Ý][\w'’-]+)", re.IGNORECASE,
    )  # fmt: skip
    texts = [index.raw_text(record.entry.id) for record in index.documents()]
    return frozenset(match for text in texts for match in named.findall(text) if match[0].isupper() and len(match) > 2)


def titles_in(text: str, titles: frozenset[str]) -> list[str]:
    """Those titles amid a line; its first word has a capital anyway."""
    return [word for word in re.findall(r"(?<=\w )[A-ZÀ-Ý][\w'’-]+", text) if word in titles]


def taken_lines(draft: Draft) -> list[tuple[str, DraftLine]]:
    """Lines that come from elsewhere than the requester, with their field."""
    return [(key, line) for key, lines in draft.fields.items() for line in lines if line.origin in TAKEN]
