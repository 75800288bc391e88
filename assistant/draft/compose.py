"""A draft put together, field by field: the requester's facts, the lines taken over, and what is left to fill in."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.compose.citing import CitationBook
from assistant.compose.units import Unit
from assistant.draft.lines import Candidate, gather_lines
from assistant.draft.merging import MergedLine, choose_lines, merge_lines, say_the_same
from assistant.draft.neutral import Neutraliser
from assistant.draft.records import DRAFT_KEYS, Draft, DraftLine, DraftRequest, Fact
from assistant.draft.similar import Similar
from assistant.draft.tidy import Tidier
from assistant.draft.wording import hole, hole_of, names_actor, phase_of
from corpus.index.reader import Index
from corpus.records import Citation, Notice
from corpus.themes import load_themes


@dataclass(frozen=True)
class _Measure:
    """How many lines of a field are taken over, and from which worth on."""

    most: int
    least: float = 0.32
    fewest: int = 3
    """Under this many, the next best lines complete the field."""
    in_order: bool = False
    """True where the lines follow the order of the work."""


_MEASURES: dict[str, _Measure] = {
    "axe": _Measure(1, 0.35, 1), "objectif_strategique": _Measure(1, 0.5, 1),
    "objectif_operationnel": _Measure(2, 0.45, 1), "contexte": _Measure(3, 0.4, 0),
    "objectifs": _Measure(8, in_order=True), "public": _Measure(3, 0.3, 1), "actions": _Measure(8, in_order=True),
    "etapes": _Measure(6, in_order=True), "pilote": _Measure(2, 0.3, 1), "partenaires": _Measure(8, 0.2),
    "moyens": _Measure(4, 0.24, 1), "indicateurs_suivi": _Measure(6), "indicateurs_evaluation": _Measure(6),
    "vigilance": _Measure(6, 0.28, 2),
}  # fmt: skip
_NEVER_TAKEN = frozenset({"perimetre", "budget", "calendrier"})
"""What another territory covers, spends and plans is never the requester's; it is only cited beside the hole."""
_LEFT_OPEN = frozenset({"pilote", "budget", "calendrier", "contexte"})
"""Always left to the requester, who alone knows it, unless they have said it."""
_LIST_KEYS = ("objectifs", "actions", "etapes", "indicateurs_suivi", "vigilance")
_MOST_FIRST_STEPS = 3
_FIRST_STEP = 0.26
_SECOND_TERRITORY = 0.2
_MOST_OF_SECOND = 3
_DANGLING = re.compile(
    r"^(?:or|cette|cet|ces|ce|cela|celui|celle|elles?|ils?|ainsi|en effet|de plus|par ailleurs|leurs?|son|sa|ses|il)\b"
    r"|\b(?:notre|nos|sur le territoire de|souhait\w+|en effet|donc|dans ce (?:contexte|cadre)|ainsi que)\b"
    r"|\b(?:a|ont) (?:\w+ée?s?|permis|retenu|mis|pris|fait)\b|\benvisag|\bse réunit\b"
    r"|,\s(?:elles?|ils?)\b"
    r"|\bces? (?:enjeux?|contexte|situations?|professionnel\w*|acteurs?|structures?|services?)\b", re.IGNORECASE,
)  # fmt: skip
_FIRST_PHASES = 1
"""Last phase of the work (0 diagnosis, 1 concertation) whose actions can serve as first steps."""


def compose_draft(
    index: Index, request: DraftRequest, similar: Similar, tidier: Tidier, neutraliser: Neutraliser
) -> Draft:
    """A draft from what `similar` holds; an empty frame, which says so, where it holds nothing."""
    candidates = gather_lines(index, similar, tidier, neutraliser)
    chosen = _chosen(candidates)
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
        title=_title(request),
        fields=fields,
        themes=request.themes,
        notices=_notices(index, request, similar),
    )


def _chosen(candidates: Sequence[Candidate]) -> dict[str, list[MergedLine]]:
    """Lines by field, each meaning in one field only."""
    chosen: dict[str, list[MergedLine]] = {}
    for key, measure in _MEASURES.items():
        fitting = [candidate for candidate in candidates if candidate.key == key and _fits(key, candidate)]
        chosen[key] = choose_lines(merge_lines(fitting), measure.most, measure.least, measure.fewest)
    _with_second_territory(chosen, candidates)
    _without_echoes(chosen, "actions", ("etapes", "objectifs"))
    _without_echoes(chosen, "axe", ("objectif_strategique", "objectif_operationnel", "objectifs", "actions"))
    _without_echoes(chosen, "objectif_operationnel", ("objectifs", "objectif_strategique"))
    _without_echoes(chosen, "indicateurs_suivi", ("indicateurs_evaluation",))
    if not chosen["etapes"]:
        _make_first_steps(chosen, candidates)
    for key, measure in _MEASURES.items():
        if measure.in_order:
            chosen[key].sort(key=lambda line: phase_of(line.best.text))
    return chosen


def _make_first_steps(chosen: dict[str, list[MergedLine]], candidates: Sequence[Candidate]) -> None:
    """Where no fiche gives its first steps: diagnosis and concertation, left over from the actions and objectives."""
    early = [
        candidate
        for candidate in candidates
        if candidate.key in ("actions", "objectifs") and phase_of(candidate.text) <= _FIRST_PHASES
    ]
    known = [line.best.text for key in ("actions", "objectifs") for line in chosen[key]]
    left = [line for line in merge_lines(early) if not any(say_the_same(line.best.text, text) for text in known)]
    steps = choose_lines(left, _MOST_FIRST_STEPS, _FIRST_STEP)
    if not steps and len(chosen["actions"]) > _MOST_FIRST_STEPS + 1:
        steps = [line for line in chosen["actions"] if phase_of(line.best.text) <= _FIRST_PHASES][:_MOST_FIRST_STEPS]
        chosen["actions"] = [line for line in chosen["actions"] if line not in steps]
    chosen["etapes"] = steps


def _with_second_territory(chosen: dict[str, list[MergedLine]], candidates: Sequence[Candidate]) -> None:
    """What only one territory gives is completed with the best lines of others, where they hold any."""
    drawn = {document for lines in chosen.values() for line in lines for document in line.documents}
    if len(drawn) != 1:
        return
    others = [
        candidate
        for candidate in candidates
        if candidate.document not in drawn and candidate.value >= _SECOND_TERRITORY and candidate.key in _LIST_KEYS
    ]
    for line in merge_lines(others)[:_MOST_OF_SECOND]:
        chosen[line.best.key].append(line)


def _fits(key: str, candidate: Candidate) -> bool:
    if key == "contexte":
        return not candidate.changed and not _DANGLING.search(candidate.text) and len(candidate.text) > 40
    if key in ("axe", "objectif_strategique", "objectif_operationnel", "pilote", "public"):
        return not candidate.holes
    return True


def _without_echoes(chosen: dict[str, list[MergedLine]], kept: str, others: Sequence[str]) -> None:
    for other in others:
        chosen[other] = [
            line for line in chosen[other]
            if not any(say_the_same(line.best.text, known.best.text) for known in chosen[kept])
        ]  # fmt: skip


def _field(
    key: str, request: DraftRequest, lines: Sequence[MergedLine], examples: Sequence[Unit], book: CitationBook
) -> tuple[DraftLine, ...]:
    given = _given(key, request)
    taken = [] if key in _NEVER_TAKEN or (given and key == "pilote") else [_taken(line, book) for line in lines]
    taken = [line for line in taken if line.sources]
    made = [*given, *(line for line in taken if not any(say_the_same(line.text, known.text) for known in given))]
    if not made or (key in _LEFT_OPEN and not (given and key != "contexte")):
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


def _taken(line: MergedLine, book: CitationBook) -> DraftLine:
    sources = tuple(filter(None, (_citation(book, unit) for unit in line.units)))
    return DraftLine(text=line.best.text, origin="adapte" if line.best.changed else "repris", sources=sources)


def _citation(book: CitationBook, unit: Unit) -> Citation | None:
    number = book.cite(unit)
    return None if number is None else book.citations()[number - 1]


def _examples(key: str, candidates: Sequence[Candidate]) -> list[Unit]:
    """Where the nearest fiches say what the requester must fill in."""
    if key not in ("pilote", "budget", "calendrier"):
        return []
    found: dict[str, Unit] = {}
    for candidate in candidates:
        if candidate.key == key:
            found.setdefault(candidate.document, candidate.unit)
    return list(found.values())[:2]


def _title(request: DraftRequest) -> str:
    return _sentence(request.subject)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _notices(index: Index, request: DraftRequest, similar: Similar) -> tuple[Notice, ...]:
    notices = []
    if not similar.entries:
        names = {theme.id: theme.name for theme in load_themes()}
        known = ", ".join(names.values())
        near = " ; ".join(f"« {entry.title} » ({entry.territory})" for entry in similar.closest[:3])
        closest = f" Fiches les plus proches : {near}." if near else ""
        notices.append(
            Notice(
                kind="weak-evidence",
                text=f"Aucune fiche du corpus ne traite de « {request.subject} » : voici un cadre vide.{closest} "
                f"Thèmes du corpus : {known}.",
            )
        )
    elif len({entry.document for entry in similar.entries}) == 1:
        notices.append(
            Notice(kind="scope", text="Un seul territoire traite ce sujet : le brouillon ne vient que de lui.")
        )
    drafts = [
        index.document(name).entry.territory.short_name
        for name in dict.fromkeys(entry.document for entry in similar.entries)
        if index.document(name).entry.status in ("projet", "document-de-travail")
    ]
    if drafts:
        notices.append(
            Notice(kind="draft-document", text=f"Documents non signés parmi les sources : {', '.join(drafts)}.")
        )
    return tuple(notices)


__all__ = ["compose_draft", "hole"]
