"""« Ma CTG tient-elle lieu de schéma ? » Each content that the decree asks is looked for in a convention.

The evidence is lexical and every piece is a quote of the document. A turn of phrase that only announces a content
("figure en annexe 1", "à élaborer") never makes it present.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.compose.citing import CitationBook
from assistant.obligations.evidence_units import DocumentUnits, FramedUnit
from assistant.obligations.schema_report import ContentRow, Presence, SchemaCheck
from corpus.index.reader import DocumentRecord, Index
from corpus.schema_contents import SchemaContent, SchemaContents, Signal, load_schema_contents
from corpus.text import letters
from corpus.units import Unit

MOST_QUOTES = 3
"""Quotes shown for one content."""
LENGTH_COST = 300
"""Characters of a quote that weigh as much as one form found: a short quote tells more."""
_DECREE_DAY = "2025-03-22"


@dataclass(frozen=True)
class _Evidence:
    unit: Unit
    strength: Literal["forte", "faible"]
    score: float


def check_schema(index: Index, document_id: str, contents: SchemaContents | None = None) -> SchemaCheck:
    """What a document of the index holds of the schéma pluriannuel, content by content, with quotes.

    Raises UnknownDocument where the index has no such document, CorpusError where the contents cannot be read.
    """
    known = contents or load_schema_contents()
    record = index.document(document_id)
    units = DocumentUnits(index, document_id, known.frame, known.announced)
    book = CitationBook(index)
    rows = tuple(_check_content(content, units, book, known.reference) for content in known.contents)
    return SchemaCheck(
        document=document_id,
        title=record.entry.title,
        territory=record.entry.territory.short_name,
        rows=rows,
        citations=book.citations(),
        conclusion=_conclusion(rows),
        notes=tuple(_notes(record)),
        notice=known.notice,
    )


def _check_content(content: SchemaContent, units: DocumentUnits, book: CitationBook, reference: str) -> ContentRow:
    evidence = sorted(
        (found for signal in content.signals for found in _find(signal, units)),
        key=lambda found: (found.strength != "forte", -found.score, found.unit.start),
    )
    presence: Presence = "absent" if not evidence else "present" if evidence[0].strength == "forte" else "partiel"
    kept = [found for found in evidence if presence != "present" or found.strength == "forte"]
    numbers: list[int] = []
    shown: set[str] = set()
    for found in kept:
        said = letters(found.unit.text)
        if said in shown:
            continue
        shown.add(said)
        number = book.cite(found.unit)
        if number is not None:
            numbers.append(number)
        if len(numbers) == MOST_QUOTES:
            break
    if not numbers:
        presence = "absent"
    return ContentRow(
        id=content.id,
        title=content.title,
        text=content.text,
        part=content.part,
        reference=content.reference or reference,
        reservation=content.reservation,
        presence=presence,
        citations=tuple(numbers),
        why=_why(presence),
    )


def _find(signal: Signal, units: DocumentUnits) -> Iterator[_Evidence]:
    if signal.kinds:
        for found in units.equipment(signal.kinds):
            yield _Evidence(found.unit, signal.strength, 1.0)
    elif signal.fields:
        for found in units.field_values(signal.fields, signal.pattern):
            yield _evidence(signal, found, 1)
    else:
        for found, forms in units.matching(signal.groups, framed=signal.framed, pattern=signal.pattern):
            yield _evidence(signal, found, forms)


def _evidence(signal: Signal, found: FramedUnit, forms: int) -> _Evidence:
    strength = "faible" if found.announced and not signal.promise else signal.strength
    closeness = 0.5 if found.framed_by_itself else 0.0
    return _Evidence(found.unit, strength, forms + closeness - len(found.unit.text) / LENGTH_COST)


def _why(presence: Presence) -> str:
    if presence == "present":
        return "Des passages de la convention établissent ce contenu."
    if presence == "partiel":
        return "La convention l'annonce ou n'en donne qu'une partie."
    return "Aucun indice n'a été trouvé dans le texte du document."


def _conclusion(rows: tuple[ContentRow, ...]) -> str:
    present = sum(1 for row in rows if row.presence == "present")
    missing = [row.title.lower() for row in rows if row.presence == "absent"]
    partial = [row.title.lower() for row in rows if row.presence == "partiel"]
    plural = "contenus attendus sont établis" if present > 1 else "contenu attendu est établi"
    counted = f"{present or 'Aucun'} {plural} sur {len(rows)}"
    if not missing and not partial:
        return f"{counted} : ce document réunit les indices de tous les attendus ; faites-le confirmer par votre Caf."
    parts = []
    if partial:
        parts.append(f"à compléter : {', '.join(partial)}")
    if missing:
        parts.append(f"introuvables : {', '.join(missing)}")
    return f"{counted} : en l'état, ce document ne suffit pas à tenir lieu de schéma ({' ; '.join(parts)})."


def _notes(record: DocumentRecord) -> Iterator[str]:
    entry = record.entry
    yield (
        "Le schéma n'est dû que par une autorité organisatrice de plus de 10 000 habitants qui planifie l'offre "
        "d'accueil."
    )
    if entry.status == "projet":
        yield "Ce document est un projet : refaites la vérification sur la version signée."
    if entry.kind != "convention":
        yield "Ce document n'est pas la convention entière : ce qui manque ici peut se trouver dans ses autres parties."
    if entry.period_from is not None and entry.period_from < _DECREE_DAY[: len(entry.period_from)]:
        yield (
            "Cette période commence avant le décret du 20 mars 2025 : une CTG antérieure ne vaut pas schéma d'office, "
            "un avenant peut la compléter."
        )
    if entry.period_from is None:
        yield "La période du document n'est pas connue : vérifiez s'il est antérieur au décret du 20 mars 2025."
