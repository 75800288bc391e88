"""A draft put together, field by field: the requester's facts, the lines taken over, and what is left to fill in."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.places import territory_of
from assistant.draft.choosing import choose_fields, says_one_of
from assistant.draft.lines import Candidate
from assistant.draft.merging import MergedLine
from assistant.draft.records import DRAFT_KEYS, Draft, DraftLine, DraftRequest, Fact, SimilarEntry
from assistant.draft.similar import Similar
from assistant.draft.wording import hole_of, names_actor
from corpus.index.reader import Index
from corpus.records import Citation, Notice
from corpus.text import fold, words
from corpus.themes import load_themes
from corpus.units import Unit

_UNWRITTEN = re.compile(r"\W*(?:a (?:completer|definir|preciser|determiner|chiffrer|venir)|non renseigne|sans objet)\b")
_MISREAD = re.compile(r"[|\\{}€_]|\s[.,;]\s|\d[a-zà-ÿ]{3}")
_MOST_NAMED = 3
NEVER_TAKEN = frozenset({"perimetre", "budget", "calendrier"})
"""What another territory covers, spends and plans is never the requester's; it is only cited beside the hole."""
_SAID_ALONE = frozenset({"pilote", "public"})
"""What the requester says of these is the whole of it."""
LEFT_OPEN = frozenset({"pilote", "budget", "calendrier", "contexte"})
"""Always left to the requester, who alone knows it, unless they have said it."""


def compose_draft(
    index: Index,
    request: DraftRequest,
    similar: Similar,
    candidates: Sequence[Candidate],
    struck: Mapping[str, Sequence[str]] | None = None,
) -> Draft:
    """A draft from the lines that `similar` holds; an empty frame, which says so, where it holds none.

    `struck`: field to the lines that must not come back there.
    """
    chosen = choose_fields(candidates, struck)
    book = CitationBook(index)
    fields = {
        key: _field(key, request, chosen.get(key, []), _examples(key, candidates), book)
        for key in DRAFT_KEYS
        if not request.sections or key in request.sections
    }
    return Draft(
        request=request.text,
        territory=request.territory,
        similar=similar.entries or similar.closest,
        title=_sentence(request.subject),
        fields=fields,
        themes=request.themes,
        notices=_notices(index, request, similar, fields),
        struck={key: tuple(lines) for key, lines in (struck or {}).items()},
    )


def _field(
    key: str, request: DraftRequest, lines: Sequence[MergedLine], examples: Sequence[Unit], book: CitationBook
) -> tuple[DraftLine, ...]:
    given = _given(key, request)
    closed = key in NEVER_TAKEN or (given and key in _SAID_ALONE)
    taken = [] if closed else [take_over(line, book) for line in lines]
    known = [line.text for line in given]
    made = [*given, *(line for line in taken if line.sources and not says_one_of(line.text, known))]
    if not made or (key in LEFT_OPEN and not (given and key != "contexte")):
        cited = tuple(filter(None, (_citation(book, unit) for unit in examples)))
        made.append(DraftLine(text=hole_of(key), origin="a_completer", sources=cited))
    return tuple(made)


def _given(key: str, request: DraftRequest) -> list[DraftLine]:
    """What the requester said that belongs in this field."""
    if key == "perimetre":
        return _joined_facts(request, lambda fact: fact.key == "perimetre")
    if key == "contexte":
        about = _joined_facts(request, lambda fact: fact.key in ("contexte", "perimetre"))
        return about if any(fact.key == "contexte" for fact in request.facts) else []
    facts = [fact for fact in request.facts if fact.key == key]
    if key == "partenaires":
        facts += [fact for fact in request.facts if fact.key == "contexte" and names_actor(fact.text)]
    return [DraftLine(text=_sentence(fact.text), origin="fourni") for fact in facts]


def _joined_facts(request: DraftRequest, wanted: Callable[[Fact], bool]) -> list[DraftLine]:
    facts = [fact.text for fact in request.facts if wanted(fact)]
    if not facts:
        return []
    head, *rest = facts
    return [DraftLine(text=_sentence(f"{head} : {', '.join(rest)}" if rest else head), origin="fourni")]


def take_over(line: MergedLine, book: CitationBook) -> DraftLine:
    """A chosen line with the sources of all that say it; without sources where no quote stands."""
    sources = tuple(filter(None, (_citation(book, unit) for unit in line.units)))
    return DraftLine(text=line.best.text, origin="adapte" if line.best.changed else "repris", sources=sources)


def _citation(book: CitationBook, unit: Unit) -> Citation | None:
    number = book.cite(unit)
    return None if number is None else book.citation(number)


def _examples(key: str, candidates: Sequence[Candidate]) -> list[Unit]:
    """Where the nearest fiches say what the requester must fill in."""
    if key not in ("pilote", "budget", "calendrier"):
        return []
    found: dict[str, Unit] = {}
    for candidate in candidates:
        if candidate.key == key and not _UNWRITTEN.match(fold(candidate.text)):
            found.setdefault(candidate.document, candidate.unit)
    return list(found.values())[:2]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _notices(
    index: Index, request: DraftRequest, similar: Similar, fields: Mapping[str, Sequence[DraftLine]]
) -> tuple[Notice, ...]:
    notices = []
    taken = any(line.sources and line.origin != "a_completer" for lines in fields.values() for line in lines)
    if similar.instead is not None and taken:
        first = request.subject.removesuffix(similar.instead).strip(" ,")
        notices.append(
            Notice(
                kind="weak-evidence",
                text=f"Aucune fiche du corpus ne porte sur « {first} » : les lignes reprises viennent de fiches sur "
                f"« {similar.instead} », pour ce qui a le même sens. Ce qui est propre à « {first} » est à écrire.",
            )
        )
    if not similar.entries:
        known = ", ".join(theme.name for theme in load_themes())
        near = _named(similar.closest)
        closest = f" Fiches les plus proches : {near}." if near else ""
        notices.append(
            Notice(
                kind="weak-evidence",
                text=f"Aucune fiche du corpus ne traite de « {request.subject} » : voici un cadre vide.{closest} "
                f"Thèmes du corpus : {known}.",
            )
        )
    elif not taken and (similar.distant or similar.instead is not None):
        notices.append(
            Notice(
                kind="weak-evidence",
                text=f"Aucune fiche du corpus ne porte sur « {request.subject} » et aucune ligne n'en parle assez pour "
                "être reprise : voici le cadre, avec ce que vous avez dit. Fiches les plus proches, à cocher si elles "
                f"conviennent : {_named(similar.entries)}.",
            )
        )
    elif similar.distant:
        notices.append(
            Notice(
                kind="weak-evidence",
                text=f"Aucune fiche du corpus ne porte sur « {request.subject} » : seules des lignes qui l'évoquent "
                "sont reprises. Fiches les plus proches, à cocher si elles conviennent : "
                f"{_named(similar.entries)}.",
            )
        )
    elif similar.unnamed and similar.instead is None:
        notices.append(
            Notice(
                kind="weak-evidence",
                text=f"Aucune fiche proche ne porte sur {_quoted(request, similar.unnamed)} : seules sont reprises les "
                "lignes qui en parlent et celles des fiches de même sens. Le reste est à écrire, ou à prendre dans les "
                "fiches proches que vous cocherez.",
            )
        )
    elif len({entry.document for entry in similar.entries}) == 1:
        notices.append(
            Notice(kind="scope", text="Un seul territoire traite ce sujet : le brouillon ne vient que de lui.")
        )
    drafts = [
        territory_of(index, name)
        for name in dict.fromkeys(entry.document for entry in similar.entries)
        if index.document(name).entry.is_unsigned
    ]
    if drafts:
        notices.append(
            Notice(kind="draft-document", text=f"Documents non signés parmi les sources : {', '.join(drafts)}.")
        )
    return tuple(notices)


def _quoted(request: DraftRequest, ideas: Sequence[str]) -> str:
    """The ideas as the requester typed them."""
    typed = {word: said for said in re.findall(r"\w+", request.subject) for word in words(said)}
    return ", ".join("« " + " ".join(typed.get(word, word) for word in idea.split()) + " »" for idea in ideas)


def _named(entries: Sequence[SimilarEntry]) -> str:
    """The three best that can be read."""
    legible = [entry for entry in entries if not _MISREAD.search(entry.title)]
    return " ; ".join(f"« {entry.title} » ({entry.territory})" for entry in legible[:_MOST_NAMED])
