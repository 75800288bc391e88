"""An answer as a person reads it: lines with their marks, badges, notices, table, sources counted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.compose.lines import REFUSAL
from assistant.compose.places import shorten
from assistant.page.rendering.marks import marks
from assistant.page.rendering.tables import render_table
from assistant.page.rendering.text import badge, counted, safe, shown
from corpus.glossary import Glossary
from corpus.records import Answer, Citation, Notice, Statement

_MARK = re.compile(r"\[(\d{1,3})\]")
_NATURES = {
    "norme": ("Norme", "Ce que dit un texte de loi ou un référentiel : vaut partout."),
    "pratique": ("Pratique", "Ce que fait ou prévoit un territoire : n'engage pas les autres."),
    "donnee": ("Donnée", "Relevé du catalogue ou des notes du projet."),
}
_NOTICES = {
    "conflict": ("Divergence", "warning"),
    "draft-document": ("Projet non signé", "warning"),
    "weak-evidence": ("Extrait peu probant", "warning"),
    "ambiguous": ("À préciser", "info"),
    "scope": ("Pour aller plus loin", "info"),
    "model-fault": ("Modèle de langue", "warning"),
}

_CAPTION = "Par territoire ; chaque numéro ouvre sa source"
_SENTENCES = "Les phrases citées, par territoire"
_LONG_NOTICE, _LONG_NOTICE_SHOWN = 320, 220


def render_answer(answer: Answer, glossary: Glossary | None = None, *, table_first: bool = False) -> str:
    """The whole answer; every mark in it opens a citation of the answer.

    `table_first`: what matters is the table; the sentences come folded after it.
    """
    citations = {citation.n: citation for citation in answer.citations}
    spelled = _Acronyms(glossary)
    lines = list(answer_lines(answer))
    table = render_table(answer.table, citations, _CAPTION) if answer.table else ""
    after = render_notices(answer.notices, citations) + render_evidence(answer)
    if table_first and table and lines:
        lead = f'<p class="ctg-lead">{shown(_Line.read(lines[0]).words)}</p>'
        sentences = _text(_composed(answer, lines[1:], citations, spelled))
        folded = f'<details class="ctg-fiche"><summary>{_SENTENCES}</summary>{sentences}</details>'
        return f"{lead}{table}{folded if lines[1:] else ''}{after}"
    body = _written(answer, citations) if answer.mode == "llm" else _composed(answer, lines, citations, spelled)
    return f"{_text(body)}{table}{after}"


def _text(body: str) -> str:
    return f'<div class="ctg-answer-text">{body}</div>'


def render_evidence(answer: Answer) -> str:
    """On how many passages and territories an answer rests, and how many sentences rest on none."""
    used = {number for statement in answer.statements for number in statement.citations}
    cited = [citation for citation in answer.citations if citation.n in used] or list(answer.citations)
    quoted = [citation for citation in cited if ":" not in citation.document]
    notes = len(cited) - len(quoted)
    territories = {citation.territory for citation in quoted if citation.territory}
    parts = []
    if quoted:
        parts.append(counted(len(quoted), "extrait"))
        alone = "1 seul territoire" if len(territories) == 1 else counted(len(territories), "territoire")
        parts.append(alone)
    if notes:
        parts.append(counted(notes, "note du projet", "notes du projet"))
    if not parts:
        return ""
    unsupported = sum(1 for statement in answer.statements if not statement.supported)
    thin = ""
    if unsupported:
        thin = badge("thin", f"Extrait peu probant : {counted(unsupported, 'phrase')} sans appui")
    dropped = f" · {counted(answer.dropped_citations, 'renvoi retiré', 'renvois retirés')}" * bool(
        answer.dropped_citations
    )
    return f'<p class="ctg-evidence"><span>Appui : {shown(", ".join(parts))}{dropped}</span> {thin}</p>'


def answer_lines(answer: Answer) -> Iterator[str]:
    """The lines of the answer's text, those of its table left out (the table is drawn from its own cells)."""
    in_table = False
    for line in answer.answer.splitlines():
        in_table = answer.table is not None and (in_table or line.startswith("| ")) and line.startswith("|")
        if line.strip() and not in_table:
            yield line.strip()


def _composed(answer: Answer, texts: Sequence[str], citations: Mapping[int, Citation], spelled: "_Acronyms") -> str:
    statements = {statement.text: statement for statement in answer.statements}
    lines = [_Line.read(line) for line in texts]
    parts: list[str] = []
    open_list = False
    labelled: tuple[str, str | None] | None = None
    for place, line in enumerate(lines):
        about = statements.get(line.words)
        if line.is_title:
            about = next((statements[after.words] for after in lines[place:] if after.words in statements), about)
            labelled = None
        label = ""
        if about is not None and (about.nature, about.territory) != labelled:
            labelled = (about.nature, about.territory)
            label = _nature_badge(about, line.words)
        if line.is_item != open_list:
            parts.append("<ul>" if line.is_item else "</ul>")
            open_list = line.is_item
        tag = "li" if line.is_item else "h4" if line.is_title else "p"
        if line.words.startswith(REFUSAL):
            parts.append(f'<p class="ctg-refusal">{shown(line.words)}</p>')
            continue
        content = f"{spelled.mark(line.words)} {marks(line.numbers, citations)}"
        parts.append(f"<{tag}>{content} {label}</{tag}>" if line.is_title else f"<{tag}>{label}{content}</{tag}>")
    return "".join(parts) + ("</ul>" if open_list else "")


def _written(answer: Answer, citations: Mapping[int, Citation]) -> str:
    """Sentences of a language model; what the sources do not support is told apart, never hidden."""
    sentences = []
    for statement in answer.statements:
        text = f"{shown(statement.text)} {marks(statement.citations, citations)}"
        if not statement.supported:
            flag = badge("thin", "non vérifié dans les sources")
            text = f'<span class="ctg-unsupported">{shown(statement.text)} {flag}</span>'
        sentences.append(text)
    return f"<p>{badge('model', 'Rédigé par un modèle de langue')}</p><p>{' '.join(sentences)}</p>"


@dataclass(frozen=True)
class _Line:
    """A line of the answer's text, its marks and its style apart."""

    words: str
    numbers: tuple[int, ...]
    is_item: bool
    is_title: bool

    @classmethod
    def read(cls, line: str) -> "_Line":
        is_item = line.startswith("- ")
        words = _MARK.sub("", line[2:] if is_item else line).strip()
        is_title = len(words) > 4 and words.startswith("**") and words.endswith("**")
        numbers = tuple(int(number) for number in _MARK.findall(line))
        return cls(words.strip("*").strip() if is_title else words, numbers, is_item, is_title)


def _nature_badge(statement: Statement, near: str) -> str:
    """The badge; the territory is named in it unless the words beside it already do."""
    name, meaning = _NATURES[statement.nature]
    territory = statement.territory
    named = territory is None or territory in near or statement.nature != "pratique"
    return badge(statement.nature, name if named else f"{name} · {territory}", meaning) + " "


def render_notices(notices: Sequence[Notice], citations: Mapping[int, Citation]) -> str:
    """The notices; several of one kind in one box."""
    kinds = dict.fromkeys(notice.kind for notice in notices)
    return "".join(_box([one for one in notices if one.kind == kind], citations) for kind in kinds)


def render_notice(notice: Notice, citations: Mapping[int, Citation]) -> str:
    """One notice in its box."""
    return _box([notice], citations)


def _box(notices: Sequence[Notice], citations: Mapping[int, Citation]) -> str:
    name, look = _NOTICES[notices[0].kind]
    if len(notices) == 1:
        content = f"<div>{_notice(notices[0], citations)}</div>"
    else:
        name = f"{name} ({len(notices)})"
        content = f"<ul>{''.join(f'<li>{_notice(one, citations)}</li>' for one in notices)}</ul>"
    return f'<div class="ctg-notice ctg-notice-{look}" role="note"><strong>{shown(name)}</strong> {content}</div>'


def _notice(notice: Notice, citations: Mapping[int, Citation]) -> str:
    """The words with their marks; long ones are folded."""
    text = shown(notice.text)
    if len(notice.text) > _LONG_NOTICE:
        sentence = notice.text.split(". ", 1)[0]
        beginning = sentence if len(sentence) <= _LONG_NOTICE_SHOWN else shorten(notice.text, _LONG_NOTICE_SHOWN)
        text = f"<details><summary>{shown(beginning)}</summary>{text}</details>"
    return f"{text} {marks(notice.citations, citations)}"


class _Acronyms:
    """Spells each acronym of the glossary out, once in an answer."""

    def __init__(self, glossary: Glossary | None) -> None:
        self._glossary = glossary
        self._seen: set[str] = set()

    def mark(self, text: str) -> str:
        """The text escaped, with its new acronyms marked."""
        if self._glossary is None:
            return shown(text)
        parts: list[str] = []
        at = 0
        for found in self._glossary.mentions(text):
            if found.entry.id in self._seen or not found.entry.full or found.start < at:
                continue
            self._seen.add(found.entry.id)
            word = safe(text[found.start : found.end])
            parts.append(f'{shown(text[at : found.start])}<abbr title="{safe(found.entry.full)}">{word}</abbr>')
            at = found.end
        return "".join(parts) + shown(text[at:])
