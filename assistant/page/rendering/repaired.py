"""Words of a recognised text (OCR) as people read them: each repair is marked and says what was recognised."""

from assistant.page.rendering.text import attributes, badge, shown, shown_source
from corpus.index.reader import Index
from corpus.records import Span
from corpus.repairs import RepairedText

_MEANING = "Ce texte vient d'une reconnaissance de caractères ; les fautes sûres sont réparées à la lecture."


def shown_repaired(source: RepairedText, start: int, end: int) -> str:
    """The markup of [start, end): the document's words, repaired ones underlined with the raw ones in their title."""
    parts, position = [], start
    for repair in source.inside(start, end):
        parts.append(shown_source(source.raw[position : repair.start]))
        words = shown(repair.text)
        if any(char.isalpha() for char in repair.text):
            said = f"Reconnu : « {source.raw[repair.start : repair.end]} »"
            words = f"<ins{attributes({'class': 'ctg-repaired', 'title': said})}>{words}</ins>"
        parts.append(words)
        position = repair.end
    return "".join([*parts, shown_source(source.raw[position:end])])


def repaired_badge(index: Index, document: str, window: Span) -> str:
    """A badge where what is shown was repaired; empty where it was not."""
    changed = index.repaired(document).changes(window.start, window.end)
    return " " + badge("status", "Texte réparé", _MEANING) if changed else ""


def raw_details(source: RepairedText, window: Span, text: str) -> str:
    """The words as they were recognised, folded away; `text` is the raw window, tidied. Empty where nothing differs."""
    if not source.changes(window.start, window.end):
        return ""
    return (
        '<details class="ctg-about"><summary>Texte tel qu\'il a été reconnu (avant réparation)</summary>'
        f'<div class="ctg-context">{shown_source(text)}</div></details>'
    )
