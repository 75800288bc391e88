"""What an acronym or a term means: the project's glossary first, then where the corpus uses it."""

import re

from assistant.compose.citing import CitationBook
from assistant.compose.lines import Composition
from assistant.retrieve.search import SearchResult
from assistant.understand.cues import plain_words
from corpus.glossary import Glossary, GlossaryEntry

_ASKS = re.compile(
    r"\b(?:ca veut dire quoi|veut dire quoi|que veut dire|que signifie|signifie|c est quoi|qu est ce qu|qu est ce que|"
    r"definition|definir|sigle|acronyme|exactement|svp|stp|la|le|les|l|un|une|de|du|des|d|en|dans|une|ctg|veut|dire|"
    r"ca|quoi|a|s|il|vous|plait|pour)\b"
)


def compose_glossary(glossary: Glossary, result: SearchResult, book: CitationBook) -> Composition | None:
    """The definition asked for; None where the question is not about a term that the glossary holds."""
    wanted = " ".join(_ASKS.sub(" ", plain_words(result.query.resolved_question)).split())
    if not wanted or len(wanted.split()) > 5:
        return None
    found = glossary.look_up(wanted)
    if not found.matches:
        return None
    composition = Composition()
    for match in found.matches[:2]:
        entry = match.entry
        text = definition_text(entry)
        number = book.cite_note(f"glossaire:{entry.id}", "Glossaire du projet", text)
        composition.add(text, [number], nature="donnee")
    return composition


def definition_text(entry: GlossaryEntry) -> str:
    """ "RPE (relais petite enfance) : … Ancien nom : RAM." """
    name = f"{entry.term} ({entry.full})" if entry.full and entry.full != entry.term else entry.term
    former = "; ".join(f"{old.name}{f' (jusqu’en {old.until})' if old.until else ''}" for old in entry.former)
    return f"{name} : {entry.definition}" + (f" Ancien nom : {former}." if former else "")
