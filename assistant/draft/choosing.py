"""Which lines of the similar fiches a draft takes over, field by field: the nearest, each meaning once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.draft.idea import stems_of
from assistant.draft.lines import Candidate
from assistant.draft.merging import MergedLine, choose_lines, merge_lines, say_the_same
from assistant.draft.sound import tells
from assistant.draft.wording import phase_of


@dataclass(frozen=True)
class _Measure:
    """How many lines of a field are taken over, and from which worth on."""

    most: int
    least: float = 0.5
    fewest: int = 3
    """Under this many, the next best lines complete the field."""
    in_order: bool = False
    """True where the lines follow the order of the work."""


_MEASURES: dict[str, _Measure] = {
    "axe": _Measure(1, 0.35, 1), "objectif_strategique": _Measure(1, 0.5, 1),
    "objectif_operationnel": _Measure(2, 0.45, 1), "contexte": _Measure(2, 0.45, 0),
    "objectifs": _Measure(8, 0.4, in_order=True), "public": _Measure(3, 0.3, 1),
    "actions": _Measure(8, 0.4, in_order=True),
    "etapes": _Measure(6, 0.45, 0, in_order=True), "pilote": _Measure(2, 0.3, 1), "partenaires": _Measure(8, 0.25),
    "moyens": _Measure(4, 0.28, 1), "indicateurs_suivi": _Measure(5, 0.4),
    "indicateurs_evaluation": _Measure(5, 0.4), "vigilance": _Measure(6, 0.45, 0),
}  # fmt: skip
_LIST_KEYS = ("objectifs", "actions", "etapes", "indicateurs_suivi", "vigilance")
_MOST_FIRST_STEPS = 3
_FIRST_STEP = 0.5
_LEAST_NEW = 2
"""Who asks for other lines is given this many, though the field is full."""
_ON_REQUEST = 0.4
"""Who asks for other lines accepts lines worth this share of what a first draft takes."""
_MOST_WIDER = 3
"""A field that would stay empty takes this many lines on the wider idea."""
_WIDER_LEAST = 0.85
_FEWEST_TRUSTED = 2
"""A field with this many lines on the subject takes no doubtful one."""
_SECOND_TERRITORY = 0.3
_MOST_OF_SECOND = 3
_DANGLING = re.compile(
    r"^(?:or|pourtant|cependant|toutefois|enfin)\b|^.{0,12}qu['’](?:ils?|elles?)\b"
    r"|^(?:cette|cet|ces|ce|cela|celui|celle|elles?|ils?|ainsi|en effet|de plus|par ailleurs|leurs?|son|sa|ses|il)\b"
    r"|\b(?:notre|nos|sur le territoire de|souhait\w+|en effet|donc|dans ce (?:contexte|cadre)|ainsi que)\b"
    r"|\b(?:a|ont) (?:\w+ée?s?|permis|retenu|mis|pris|fait)\b|\benvisag|\bse réunit\b"
    r"|[,;]\s(?:elles?|ils?|leurs?|son|sa|ses)\b|^l'objectif est\b|\bnouveaux services\b"
    r"|^l(?:e|a|es)\s(?:communes?|communauté|collectivité|chargée?s?|conseill\w+)\b"
    r"|\bces? (?:enjeux?|contexte|situations?|professionnel\w*|acteurs?|structures?|services?)\b", re.IGNORECASE,
)  # fmt: skip
_UNDECIDED = re.compile(r"\bà (?:définir|préciser|identifier|confirmer|déterminer)\b", re.IGNORECASE)
_STEP = re.compile(
    r"^(?:s['’]|se )?(?:(?![LD]['’])[A-ZÉÊa-zé][a-zéèêâîôûç-]+(?:er|ir|re)\b|(?:étude|diagnostic|enquête|recensement|"
    r"bilan|état des lieux|concertation|rencontres?|réflexion|réunions?|analyse|repérage)\b)", re.IGNORECASE,
)  # fmt: skip
"""What opens a first step: something done, or the study that comes first."""
_SHORTEST_CONTEXT = 40
_ALIKE_CONTEXT = 0.6
"""Two sentences of context that share this part of the shorter one's words describe the same thing."""
_FIRST_PHASES = 1
"""Last phase of the work (0 diagnosis, 1 concertation) whose actions can serve as first steps."""


def choose_fields(
    candidates: Sequence[Candidate], struck: Mapping[str, Sequence[str]] | None = None
) -> dict[str, list[MergedLine]]:
    """Lines by field, each meaning in one field only. `struck`: field to the lines that must not come back there."""
    wanted = [one for one in candidates if not says_one_of(one.text, (struck or {}).get(one.key, ()))]
    candidates = [one for one in wanted if one.sure]
    chosen: dict[str, list[MergedLine]] = {}
    for key, measure in _MEASURES.items():
        fitting = [candidate for candidate in candidates if candidate.key == key and _fits(key, candidate)]
        chosen[key] = choose_lines(merge_lines(fitting), measure.most, measure.least, measure.fewest)
        if not chosen[key]:
            wider = sorted((_widened(one) for one in fitting), key=lambda one: -one.value)
            chosen[key] = choose_lines(merge_lines(wider), min(_MOST_WIDER, measure.most), _WIDER_LEAST * measure.least)
    for key, lines in chosen.items():
        chosen[key] = _without_doubtful(key, lines)
    chosen["contexte"] = _unlike(chosen["contexte"])
    chosen["public"] = _without_parts(chosen["public"])
    _with_second_territory(chosen, wanted)
    _without_echoes(chosen, "actions", ("etapes", "objectifs"))
    _without_echoes(chosen, "axe", ("objectif_strategique", "objectif_operationnel", "objectifs", "actions"))
    _without_echoes(chosen, "objectif_strategique", ("objectif_operationnel", "objectifs", "actions"))
    _without_echoes(chosen, "objectif_operationnel", ("objectifs", "actions", "etapes"))
    _without_echoes(chosen, "indicateurs_suivi", ("indicateurs_evaluation",))
    if not chosen["etapes"]:
        _make_first_steps(chosen, candidates)
    return {key: in_work_order(key, lines) for key, lines in chosen.items()}


def next_lines(
    key: str, candidates: Sequence[Candidate], kept: int, unwanted: Sequence[str], elsewhere: Sequence[str]
) -> list[MergedLine]:
    """The next best lines of one field, to stand beside `kept` others.

    `unwanted`: lines kept or struck; `elsewhere`: lines of the other fields. Neither is said again.
    """
    measure = _MEASURES.get(key)
    if measure is None:
        return []
    pool = [one for one in candidates if one.key == key and _fits(key, one)]
    if key == "etapes":
        pool += [one for one in candidates if one.key in ("actions", "objectifs") and _is_early(one)]
    pool = [one for one in pool if not says_one_of(one.text, unwanted) and not says_one_of(one.text, elsewhere)]
    lines = choose_lines(merge_lines(pool), max(_LEAST_NEW, measure.most - kept), _ON_REQUEST * measure.least)
    return in_work_order(key, lines)


def in_work_order(key: str, lines: Sequence[MergedLine]) -> list[MergedLine]:
    """The lines in the order of the work, where their field has one."""
    ordered = key in _MEASURES and _MEASURES[key].in_order
    return sorted(lines, key=lambda line: phase_of(line.best.text)) if ordered else list(lines)


def says_one_of(text: str, known: Sequence[str]) -> bool:
    """True where a line says what one of the known lines says."""
    return any(say_the_same(text, one) for one in known)


def _widened(candidate: Candidate) -> Candidate:
    return replace(candidate, value=candidate.wide_value)


def _is_early(candidate: Candidate) -> bool:
    return phase_of(candidate.text) <= _FIRST_PHASES


def _make_first_steps(chosen: dict[str, list[MergedLine]], candidates: Sequence[Candidate]) -> None:
    """Where no fiche gives its first steps: diagnosis and concertation, left over from the actions and objectives."""
    left_over = [one for one in candidates if one.key in ("actions", "objectifs") and _STEP.match(one.text)]
    known = [line.best.text for key in ("actions", "objectifs") for line in chosen[key]]
    left = [
        line
        for line in merge_lines([one for one in left_over if _is_early(one)])
        if not says_one_of(line.best.text, known)
    ]
    steps = choose_lines(left, _MOST_FIRST_STEPS, _FIRST_STEP)
    if not steps and len(chosen["actions"]) > _MOST_FIRST_STEPS + 1:
        early = [line for line in chosen["actions"] if _is_early(line.best) and _STEP.match(line.best.text)]
        steps = early[:_MOST_FIRST_STEPS]
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
        if candidate.document not in drawn
        and candidate.value >= _SECOND_TERRITORY
        and candidate.key in _LIST_KEYS
        and (candidate.spoken or (candidate.sure and not candidate.doubtful))
        and _fits(candidate.key, candidate)
    ]
    for line in merge_lines(others)[:_MOST_OF_SECOND]:
        known = chosen[line.best.key]
        if not says_one_of(line.best.text, [other.best.text for other in known]):
            known.append(line)


def _fits(key: str, candidate: Candidate) -> bool:
    if key == "contexte":
        whole = len(candidate.text) > _SHORTEST_CONTEXT and tells(candidate.text)
        return whole and not candidate.changed and not _DANGLING.search(candidate.text)
    if key in ("axe", "objectif_strategique", "objectif_operationnel", "pilote", "public"):
        return not candidate.holes and not _UNDECIDED.search(candidate.text)
    return True


def _unlike(lines: Sequence[MergedLine]) -> list[MergedLine]:
    kept: list[MergedLine] = []
    for line in lines:
        said = stems_of(line.best.text)
        known = [stems_of(other.best.text) for other in kept]
        if all(len(said & other) < _ALIKE_CONTEXT * min(len(said), len(other)) for other in known):
            kept.append(line)
    return kept


def _without_doubtful(key: str, lines: Sequence[MergedLine]) -> list[MergedLine]:
    """The lines on the subject; where there are hardly any, the best of the doubtful ones, but for the context."""
    trusted = [line for line in lines if not line.best.doubtful]
    doubtful = [line for line in lines if line.best.doubtful and key != "contexte"]
    return [*trusted, *doubtful[: max(0, _FEWEST_TRUSTED - len(trusted))]]


def _without_parts(lines: Sequence[MergedLine]) -> list[MergedLine]:
    """Without those who are named among others in another line ("Familles" beside "Parents et familles")."""
    said = [stems_of(line.best.text) for line in lines]
    return [line for line, mine in zip(lines, said, strict=True) if not any(mine < other for other in said)]


def _without_echoes(chosen: dict[str, list[MergedLine]], kept: str, others: Sequence[str]) -> None:
    for other in others:
        chosen[other] = [
            line for line in chosen[other]
            if not any(say_the_same(line.best.text, known.best.text) for known in chosen[kept])
        ]  # fmt: skip
