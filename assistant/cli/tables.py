"""Results for people, in the terminal: rich text, document words shown as they are, never as markup."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from assistant.compose.catalogue import STATUS_LABELS, period_text
from assistant.compose.labels import FIELD_LABELS
from assistant.compose.places import territory_of
from assistant.export.files import source_place
from assistant.reading import readable_fiche
from assistant.retrieve.search import SearchResult
from corpus.index.reader import DocumentRecord, Index
from corpus.records import Answer, FicheAction

_REPAIRED = "texte issu d'une reconnaissance (OCR), fautes sûres réparées ; --brut montre ce qui a été reconnu"


def console() -> Console:
    """A console on standard output; wide where it is not a terminal, so that nothing is cut in a file."""
    return Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else 140)


def print_passages(result: SearchResult, explain: bool, raw: bool = False) -> None:
    """Ranked passages with their place; with `explain`, the reasons; with `raw`, recognised texts as they were read."""
    out = console()
    if not result.passages:
        out.print("Aucun passage trouvé.")
        return
    if result.query.resolved_question != result.query.question:
        out.print(Text(f"Question comprise : {result.query.resolved_question}", style="italic"))
    for ranked in result.passages:
        page = f", p. {ranked.passage.page}" if ranked.passage.page is not None else ""
        place = f"{ranked.rank}. {ranked.territory} — {ranked.address}{page}  ({ranked.score:.2f})"
        out.print(Text(place, style="bold"))
        out.print(Text(ranked.repaired or ranked.passage.text))
        if ranked.repaired:
            out.print(Text(f"   reconnu : {ranked.passage.text}" if raw else f"   {_REPAIRED}", style="dim"))
        if explain:
            reasons = ", ".join(f"{name} {share:g}" for name, share in ranked.reasons)
            out.print(Text(f"   pourquoi : {reasons}", style="dim"))
        out.print()


def print_answer(answer: Answer, raw: bool = False) -> None:
    """An answer, its notices and its sources; with `raw`, what a recognition read where the answer is repaired."""
    out = console()
    if answer.resolved_question != answer.question:
        out.print(Text(f"Question comprise : {answer.resolved_question}", style="italic"))
    out.print(Markdown(_plain_markdown(answer.answer)))
    for notice in answer.notices:
        out.print(Text(f"⚠ {notice.text}", style="yellow"))
    if answer.citations:
        out.print(Text("\nSources", style="bold"))
    for citation in answer.citations:
        out.print(Text(f"[{citation.n}] {source_place(citation)}{' *' if citation.repaired else ''}"))
        if raw and citation.repaired:
            out.print(Text(f"    reconnu : « {citation.raw} »", style="dim"))
    if any(citation.repaired for citation in answer.citations):
        out.print(Text(f"* {_REPAIRED}", style="dim"))


def print_documents(records: Sequence[DocumentRecord]) -> None:
    """The catalogue as a table."""
    table = Table(box=None, pad_edge=False)
    for head in ("Document", "Territoire", "Période", "Statut", "Pages", "Sections", "Fiches", "Actions", "Passages"):
        table.add_column(
            head, justify="right" if head in ("Pages", "Sections", "Fiches", "Actions", "Passages") else "left"
        )
    for record in records:
        entry = record.entry
        table.add_row(
            entry.id, entry.territory.short_name, period_text(record), STATUS_LABELS[entry.status],
            "—" if record.pages is None else str(record.pages), str(record.sections), str(record.fiches),
            str(record.actions), str(record.passages),
        )  # fmt: skip
    console().print(table)


def print_fiches(index: Index, fiches: Sequence[FicheAction]) -> None:
    """Fiches with their fields."""
    out = console()
    for fiche in (readable_fiche(index, one) for one in fiches):
        out.print(Text(f"{fiche.ref} — {fiche.title}  ({territory_of(index, fiche.document)})", style="bold"))
        for key, values in fiche.fields.items():
            text = " ; ".join(value.text for value in values)
            out.print(Text(f"  {FIELD_LABELS[key]} : {text}"))
        out.print()
    out.print(Text(f"{len(fiches)} fiche(s) ou action(s)."))


def _plain_markdown(text: str) -> str:
    """Marks like [1] shown as they are: rich would take them for links."""
    return text.replace("[", "\\[")
