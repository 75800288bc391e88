"""The lines of similar fiches, actions and passages that a draft may take over, each with its place and its worth."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.compose.fields import passage_of_value
from assistant.compose.units import Unit, split_units
from assistant.draft.neutral import Neutraliser
from assistant.draft.records import SimilarEntry
from assistant.draft.similar import Similar
from assistant.draft.subject import Subject, text_of, themes_of
from assistant.draft.tidy import Tidier
from assistant.draft.wording import is_concrete
from corpus.index.reader import Index
from corpus.records import FicheAction, Passage, Value
from corpus.text import fold, letters, squeeze, without_marks

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÂÉÈÊÎÔÙÇ])")
_FULL = 0.5
"""A line that covers this share of the subject is wholly about it."""
_GENTLE = 0.75
"""Under 1: a fiche that comes second is still worth much of the first."""
_OWN_FRAME = 0.85
"""The axis of a fiche this near the subject is its axis, whatever other theme its words name."""
_WHOLLY = 0.9
_BY_ITS_AXIS = 0.6
"""What an action of a plan table is worth when only its axis or its objective names the subject."""
_STEEP = 1.4
"""Above 1: the last words of the subject, the rarest together, count more than the first."""
_FRAME_KEYS = frozenset({"axe", "objectif_strategique", "perimetre", "budget", "calendrier"})
"""Fields that frame a fiche: they come with it, whatever words they use."""
_FRAME_SHARE = 0.75
_FICHE_SHARE = 0.45
"""What a line is worth by the fiche it stands in alone."""
_OTHER_THEME = 0.4
_WITH_HOLE = 0.6
_DOUBTFUL = 0.6
"""A line that its author wrote with a question mark."""
_PASSING = 0.4
"""A line on what exists or goes on where it was written."""
_SHORT_NAME = 3
_OWN_STATE = re.compile(
    r"^(?:projet en cours|existence|poursui|continu|reprise|perennis)|\breouvert|\ben cours\b|\bactuel|"
    r"\bdeja\b|\bmodele existant|\bla perennite\b|^absence|^beaucoup|^delitement|^disparition|"
    r"\bcontinuer\b|\bpar ailleurs\b|\bmene par\b|"
    r"\b(?:ces|cet|cette) (?!action|projet|temps|coordination|instance)|"
    r"\brealisees? (?:dans le cadre|par)\b|\btravail mene\b|\bcommencer par\b|"
    r"\bexprime|\binsuffisa|\bmanque d"
)
_VAGUE = re.compile(
    r"^(?:global|tout public|tous|acteurs?\s*\(?s?\)?\s*du territoire|(?:petite )?enfance|jeunesse|enfance jeunesse)$"
)
"""Said of any action: no audience and no partner is named."""
_LEADS = re.compile(
    r"\b(?:charge\w* de cooperation|coordina\w*|referent\w*|responsable|communautes?|collectivite|instance|gouvernance|"
    r"ccas|cias|epci|intercommunal\w*|directions?|directeur|directrice|mairies?|commune)\b"
)
"""Who can lead an action; the others named as "pilotes" are those it is led with."""
_ACTION_OPENING = re.compile(
    r"^(?:[A-ZÉÊ][a-zéèêâîôûç'’-]+(?:er|ir|re)\b|(?:Création|Mise en place|Développement|Organisation|Élaboration|"
    r"Formation|Réalisation|Construction|Un |Une |Des )\b)"
)
_PASSAGE_SHARE = 0.4
"""Plain text gives only lines that cover this much of the subject."""
_PASSAGE_LENGTHS = (25, 220)


@dataclass(frozen=True)
class Candidate:
    """A line that may be taken over into a field."""

    key: str
    text: str
    changed: bool
    """True where something local was taken off."""
    holes: int
    unit: Unit
    """The place it comes from."""
    document: str
    value: float
    """Worth in [0, 1]: how near its fiche and its own words are to the subject."""
    fiche_weight: float
    """Score of its fiche against the best one's, in [0, 1]."""


def gather_lines(index: Index, similar: Similar, tidier: Tidier, neutraliser: Neutraliser) -> list[Candidate]:
    """Every line worth considering, the best first."""
    best = max((entry.score for entry in similar.entries), default=1.0) or 1.0
    found = []
    for entry in similar.entries:
        weight = (entry.score / best) ** _GENTLE
        for key, text, unit in _raw_lines(index, entry, similar.subject):
            tidy = tidier.tidy(text, entry.document)
            neutral = neutraliser.neutralise(tidy.text)
            if not tidy.legible or not neutral.usable:
                continue
            worth = _worth(similar.subject, neutral.text, weight, entry, index, key)
            worth *= _WITH_HOLE if neutral.holes else 1.0
            worth *= _DOUBTFUL if "?" in neutral.text else 1.0
            worth *= _PASSING if _OWN_STATE.search(fold(neutral.text)) else 1.0
            if key in ("public", "partenaires", "pilote") and _VAGUE.match(fold(neutral.text)):
                continue
            if key in ("partenaires", "pilote") and len(neutral.text.split()) <= _SHORT_NAME:
                neutral = replace(neutral, text=_without_article(neutral.text))
            field = "partenaires" if key == "pilote" and not _LEADS.search(fold(neutral.text)) else key
            found.append(
                Candidate(field, neutral.text, neutral.changed, neutral.holes, unit, entry.document, worth, weight)
            )
    return sorted(found, key=lambda candidate: (-candidate.value, candidate.text))


def unit_of_value(index: Index, fiche: FicheAction, value: Value) -> Unit | None:
    """The quotable place of a fiche's value; None where no passage holds it."""
    passage = _passage_of(index, fiche, value)
    return None if passage is None else Unit(squeeze(without_marks(value.text)), value.pieces(), passage)


def _passage_of(index: Index, fiche: FicheAction, value: Value) -> Passage | None:
    """A fiche's own passage, or the one that its table row or slide stands in."""
    if index.passages_of_fiche(fiche.id):
        return passage_of_value(index, fiche, value)
    around = index.passages_of_section(fiche.section) or index.passages(fiche.document)
    holding = [passage for passage in around if passage.start <= value.start < passage.end]
    return min(holding, key=lambda passage: passage.end - passage.start, default=around[0] if around else None)


def _worth(subject: Subject, text: str, weight: float, entry: SimilarEntry, index: Index, key: str) -> float:
    about: float = min(1.0, subject.relevance(text) / _FULL) ** _STEEP
    framing = key in _FRAME_KEYS
    if entry.kind == "action" and key == "actions":
        about = max(about, _BY_ITS_AXIS * min(1.0, subject.relevance(text_of(index.fiche(entry.id))) / _FULL))
    title_themes = () if framing or entry.kind == "passage" else themes_of(index.fiche(entry.id).title, "")
    also = title_themes if set(title_themes[:1]) & set(subject.themes) else ()
    foreign = subject.of_another_theme(text, also) and about < _WHOLLY and not (framing and weight >= _OWN_FRAME)
    other = _OTHER_THEME if foreign else 1.0
    share = _FRAME_SHARE if framing else _FICHE_SHARE
    return weight * (share + (1 - share) * about) * other


def _raw_lines(index: Index, entry: SimilarEntry, subject: Subject) -> Iterator[tuple[str, str, Unit]]:
    if entry.kind == "passage":
        yield from _passage_lines(index, entry, subject)
        return
    fiche = index.fiche(entry.id)
    title = unit_of_value(index, fiche, fiche.title_value)
    aimed = "objectif_operationnel" not in fiche.fields and _ACTION_OPENING.match(fiche.title)
    if title is not None and entry.kind == "fiche" and aimed:
        yield "objectif_operationnel", fiche.title, title
    for key, values in fiche.fields.items():
        if key == "champs":
            continue
        for value in values:
            unit = unit_of_value(index, fiche, value)
            if unit is None:
                continue
            for text in _split(key, value.text):
                yield _place(fiche, key, text), text, unit


def _place(fiche: FicheAction, key: str, text: str) -> str:
    """A fiche without actions writes them among its objectives."""
    return "actions" if key == "objectifs" and "actions" not in fiche.fields and is_concrete(text) else key


def _split(key: str, text: str) -> Sequence[str]:
    if key == "contexte":
        return _SENTENCE.split(squeeze(text))
    if key in ("pilote", "partenaires"):
        parts = [part for part in re.split(r"\s+[—–-]\s*|\s*;\s*", text) if re.search(r"\w", part)]
        return [name for part in parts for name in _names(part)]
    return (text,)


def _without_article(text: str) -> str:
    """ "La Caf" is named "Caf" among partners."""
    bare = re.sub(r"^(?:l[ae]s?\s+|l['’])", "", text, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]


def _names(text: str) -> Sequence[str]:
    """ "Caf et MSA" names two partners; "professionnels de l'enfance et de la jeunesse" names one group."""
    parts = [part.strip() for part in re.split(r",\s+|\s+et\s+|\s/\s", text) if part.strip(" .…")]
    short = all(len(part.split()) <= 3 and not re.match(r"(?:de|du|des|d['’])\b", part) for part in parts)
    return parts if short and "(" not in text else (text,)


def _passage_lines(index: Index, entry: SimilarEntry, subject: Subject) -> Iterator[tuple[str, str, Unit]]:
    """Lines of plain text that say what is done about the subject."""
    shortest, longest = _PASSAGE_LENGTHS
    headings = [letters(step) for step in index.passage(entry.id).section_path]
    for unit in split_units(index, index.passage(entry.id)):
        if (
            any(step.endswith(letters(unit.text)) for step in headings)
            or "?" in unit.text
            or not _ACTION_OPENING.match(unit.text)
        ):
            continue
        if shortest <= len(unit.text) <= longest and subject.relevance(unit.text) >= _PASSAGE_SHARE:
            yield "actions", unit.text, unit
