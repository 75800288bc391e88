"""An action of a plan table beside its own fiche: year, pilote, objective."""

import re
from collections.abc import Iterator, Sequence

from assistant.conflicts.records import Finding, Place, Source
from corpus.records import FicheAction, Value
from corpus.text import STOPWORDS, letters, squeeze, stems, words

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_VAGUE_STEMS = (
    "action reflexion autour creation cre mettr plac mis developp developpement favoris renforc reflech projet cadr "
    "conduir men relat possibilit territoir intercommunal intercommunaux echel structur"
)
_VAGUE = frozenset(_VAGUE_STEMS.split())
_BETWEEN_ACTORS = re.compile(r"\s*[—–;,/]\s*|\s+-\s*|\s*-\s+|\s+et\s+")
_LEAST_SHARED = 3
_LEAST_SHARE = 0.6


def find_plan_gaps(sources: Sequence[Source]) -> Iterator[Finding]:
    """Years and pilotes that a plan table and a fiche of the same document give differently for one action."""
    for source in sources:
        for fiche, action in match_actions(source.fiches, source.actions):
            yield from _years(source, fiche, action)
            yield from _pilotes(source, fiche, action)


def match_actions(
    fiches: Sequence[FicheAction], actions: Sequence[FicheAction]
) -> tuple[tuple[FicheAction, FicheAction], ...]:
    """Each fiche with the row of the plan that is about the same action, where one clearly is; a row serves once."""
    scored = sorted(
        (
            (score, fiche.start, fiche, action)
            for fiche in fiches
            for action in actions
            if (score := _likeness(fiche, action)) > 0
        ),
        key=lambda item: (-item[0], item[1]),
    )
    taken: set[str] = set()
    matched = []
    for _, _, fiche, action in scored:
        if fiche.id not in taken and action.id not in taken:
            taken |= {fiche.id, action.id}
            matched.append((fiche, action))
    return tuple(matched)


def _likeness(fiche: FicheAction, action: FicheAction) -> float:
    row = _subject(action.title)
    best = 0.0
    for name in (fiche.title, *(value.text for value in fiche.fields.get("objectif_operationnel", ()))):
        ours = _subject(name)
        shared = ours & row
        share = len(shared) / max(1, min(len(ours), len(row)))
        if len(shared) >= _LEAST_SHARED and share >= _LEAST_SHARE:
            best = max(best, share + len(shared) / 100)
    return best


def _subject(text: str) -> set[str]:
    return {stem for stem in stems(text) if len(stem) > 2 and stem not in _VAGUE}


def _years(source: Source, fiche: FicheAction, action: FicheAction) -> Iterator[Finding]:
    ours, theirs = fiche.fields.get("calendrier", ()), action.fields.get("calendrier", ())
    first, second = _years_of(ours), _years_of(theirs)
    if not first or not second or first == second:
        return
    yield Finding(
        kind="echeance",
        subject=fiche.title,
        title=f"Échéance de « {fiche.title} » : {_list(second)} au plan, {_list(first)} à la fiche",
        explanation="Le plan d'actions et la fiche du même document ne donnent pas la même échéance. La fiche, plus "
        "détaillée, précise le plan ; aucune des deux n'est datée : à vérifier auprès du territoire.",
        places=(_place(source, action, theirs), _place(source, fiche, ours)),
    )


def _pilotes(source: Source, fiche: FicheAction, action: FicheAction) -> Iterator[Finding]:
    ours, theirs = fiche.fields.get("pilote", ()), action.fields.get("pilote", ())
    if not ours or not theirs:
        return
    named = " ".join(value.text for value in ours)
    missing = absent_actors(" ".join(value.text for value in theirs), named)
    if not missing:
        return
    yield Finding(
        kind="pilote",
        subject=fiche.title,
        title=f"Pilote de « {fiche.title} » : {', '.join(missing)} au plan, pas à la fiche",
        explanation="Le plan d'actions confie l'action à un acteur que la fiche du même document ne nomme pas. La "
        "fiche, plus détaillée, est la plus sûre ; à vérifier auprès du territoire.",
        places=(_place(source, action, theirs), _place(source, fiche, ours)),
    )


def absent_actors(in_plan: str, in_fiche: str) -> tuple[str, ...]:
    """The actors that a plan names and that a fiche does not, whatever the order and the spelling of the others."""
    known, glued = set(stems(in_fiche)), letters(in_fiche)
    return tuple(
        actor
        for part in _BETWEEN_ACTORS.split(in_plan)
        if (actor := squeeze(part))
        and len(letters(actor)) > 2
        and not any(stem in known or stem in glued for stem in stems(actor))
        and not _initials(in_fiche, actor)
    )


def _initials(text: str, actor: str) -> bool:
    """True where the actor is an acronym that the text spells out."""
    return letters(actor) in "".join(word[0] for word in words(text) if word not in STOPWORDS)


def _years_of(values: Sequence[Value]) -> tuple[str, ...]:
    return tuple(sorted({year for value in values for year in _YEAR.findall(value.text)}))


def _list(years: Sequence[str]) -> str:
    return " et ".join(years)


def _place(source: Source, fiche: FicheAction, values: Sequence[Value]) -> Place:
    pieces = [*fiche.title_value.pieces(), *(piece for value in values for piece in value.pieces())]
    return Place(source.document, tuple(pieces), exact=True)
