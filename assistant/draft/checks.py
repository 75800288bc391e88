"""The checks of a review, one function each: from a fiche and its similar ones to findings."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from assistant.compose.citing import CitationBook
from assistant.compose.labels import FIELD_LABELS
from assistant.compose.places import fiche_name, shorten
from assistant.draft.findings import Finding, ReviewedFiche
from assistant.draft.idea import stems_of
from assistant.draft.legal import legal_findings
from assistant.draft.lines import unit_of_value
from assistant.draft.merging import say_the_same
from assistant.draft.partners import partners_of, shared_partners
from assistant.draft.similar import Similar
from assistant.draft.subject import themes_of, transversal_themes
from corpus.dates import MONTHS
from corpus.index.reader import Index
from corpus.records import Citation, FicheAction, Value
from corpus.text import letters, squeeze, without_marks

_OPEN = re.compile(
    r"\[?\s*(?:à|a)\s+(?:compl[ée]ter|d[ée]finir|pr[ée]ciser|d[ée]terminer)\b|\.{5,}|_{4,}|\bxxx+\b", re.IGNORECASE
)
_WHEN = re.compile(
    rf"\b(?:19|20)\d\d\b|\b(?:{'|'.join(MONTHS)}|trimestre|"
    r"semestre|rentrée|mois|ans?|annuel\w*|chaque année)\b", re.IGNORECASE,
)  # fmt: skip
_YEAR = re.compile(r"\b20\d\d\b")
_BASELINE = re.compile(
    r"\d|\b(?:valeur (?:de départ|initiale|de référence)|(?:état|situation) initiale?|point de départ|N-1|référence)\b",
    re.IGNORECASE,
)  # fmt: skip
_SOURCE = re.compile(
    r"\b(?:source|statistiques?|données|enquêtes?|questionnaires?|registre|tableau de bord|logiciel|bilans?|rapport|"
    r"relevé|comptage|feuilles? de présence|observatoire|insee|caf|fréquentation mesurée)\b", re.IGNORECASE,
)  # fmt: skip
_SAYS_SOURCE = re.compile(
    r"\bsources?\s*:|\(\s*(?:source|mesur|enquête|questionnaire|statistique|données)|\bmesurée?s?\b|\bstatistiques\b|"
    r"\b(?:données|enquêtes?|bilans?|tableau de bord) (?:caf|msa|insee|du|de la|des)\b", re.IGNORECASE,
)  # fmt: skip
_GENERIC = stems_of(
    "nombre taux niveau qualité évolution satisfaction volume part action actions famille familles territoire mise"
    " place développer renforcer favoriser améliorer permettre accompagner créer soutenir acteurs partenaires"
    " professionnels meilleure meilleur besoins offre service services habitants projet projets dispositif mettre"
    " proposer"
)
_INDICATORS = ("indicateurs_suivi", "indicateurs_evaluation")
_LONGEST_QUOTE = 140
_MOST_LISTED = 4
_NEAR = 0.6
_SHORT = 25
_SEVERAL = 3
_NEARLY_ALL = 0.8
_ALIKE = 2
"""Stems that an indicator shares with the objective it is shown for; one is enough where the objective has no more."""


@dataclass(frozen=True)
class ReviewContext:
    """A fiche under review with what it is held against."""

    index: Index
    fiche: ReviewedFiche
    similar: Similar
    own_documents: tuple[str, ...]
    book: CitationBook

    @cached_property
    def models(self) -> tuple[FicheAction, ...]:
        """The similar fiches (actions of tables have too few fields to be models)."""
        return tuple(self.index.fiche(entry.id) for entry in self.similar.entries if entry.kind == "fiche")

    def cite(self, fiche: FicheAction, value: Value) -> Citation | None:
        """The citation of a value of a similar fiche."""
        unit = unit_of_value(self.index, fiche, value)
        number = None if unit is None else self.book.cite(unit)
        return None if number is None else self.book.citation(number)

    def quoted(self, fiche: FicheAction, value: Value) -> str:
        """What a similar fiche says, after its name."""
        return f"{fiche_name(self.index, fiche)} : « {shorten(squeeze(without_marks(value.text)), _LONGEST_QUOTE)} »"

    def examples(
        self, keys: Sequence[str], most: int = 2, telling: re.Pattern[str] | None = None
    ) -> tuple[str | None, tuple[Citation, ...]]:
        """What the nearest fiches write in some fields, with its citations; only what `telling` finds, where given."""
        said: list[str] = []
        cited: list[Citation] = []
        for fiche in self.models:
            if len(said) == most:
                break
            values = [
                value for key in keys for value in fiche.fields.get(key, ())
                if not _OPEN.search(value.text) and (telling is None or telling.search(value.text))
            ]  # fmt: skip
            citation = self.cite(fiche, values[0]) if values else None
            if citation is not None:
                said.append(f"{self.quoted(fiche, values[0])} [{citation.n}]")
                cited.append(citation)
        return (" ; ".join(said) or None), tuple(cited)


Check = Callable[[ReviewContext], Iterable[Finding]]


def _missing_pilot(context: ReviewContext) -> Iterator[Finding]:
    if any(not _OPEN.search(line) for line in context.fiche.lines("pilote")):
        return
    others, cited = context.examples(("pilote",))
    yield Finding(
        kind="pilote-absent", key="pilote", others=others, sources=cited,
        text="Aucun pilote n'est nommé : dites qui répond de l'action.",
    )  # fmt: skip


def _missing_deadline(context: ReviewContext) -> Iterator[Finding]:
    lines = context.fiche.lines("calendrier", "etapes")
    if any(_WHEN.search(line) and not _OPEN.search(line) for line in lines):
        return
    others, cited = context.examples(("calendrier",), telling=_YEAR)
    yield Finding(
        kind="echeance-absente", key="calendrier", others=others, sources=cited,
        text="Aucune échéance n'est donnée : indiquez au moins une année de début et une de fin.",
    )  # fmt: skip


def _indicators(context: ReviewContext) -> Iterator[Finding]:
    lines = [line for line in context.fiche.lines(*_INDICATORS) if not _OPEN.search(line)]
    if not lines:
        others, cited = context.examples(_INDICATORS)
        yield Finding(
            kind="indicateurs-absents", key="indicateurs_suivi", others=others, sources=cited,
            text="Aucun indicateur n'est donné : choisissez-en au moins un par objectif.",
        )  # fmt: skip
        return
    bare = [line for line in lines if not _BASELINE.search(line) and not _SOURCE.search(line)]
    if bare:
        others, cited = _sourced_example(context)
        yield Finding(
            kind="indicateur-sans-reference",
            key="indicateurs_suivi",
            text=f"{_count(len(bare), len(lines), 'indicateur')} sans valeur de départ ni source de la donnée : "
            f"{_listed(bare)}. Écrivez d'où vient le chiffre et ce qu'il vaut aujourd'hui.",
            others=others,
            sources=cited,
        )


def _objectives_without_indicator(context: ReviewContext) -> Iterator[Finding]:
    lines = context.fiche.lines(*_INDICATORS)
    indicators = [stems_of(line) - _GENERIC for line in lines]
    themes = {theme for line in lines for theme in themes_of("", line)} & transversal_themes()
    objectives = [line for line in context.fiche.lines("objectifs") if not _OPEN.search(line)]
    alone = [
        line for line in objectives
        if not any((stems_of(line) - _GENERIC) & found for found in indicators) and not themes & {*themes_of("", line)}
    ]  # fmt: skip
    if not alone or not indicators:
        return
    found = list(islice(filter(None, (_indicator_for(context, line) for line in alone)), 2))
    yield Finding(
        kind="objectif-sans-indicateur", key="objectifs",
        text=f"{_count(len(alone), len(objectives), 'objectif')} que rien ne mesure : {_listed(alone)}.",
        others=" ; ".join(f"{said} [{citation.n}]" for said, citation in found) or None,
        sources=tuple(citation for _, citation in found),
    )  # fmt: skip


def _missing_partners(context: ReviewContext) -> Iterator[Finding]:
    present = partners_of(context.fiche.text)
    missing = {name: places for name, places in shared_partners(context.models).items() if name not in present}
    if not missing:
        return
    first = {fiche.id: (fiche, value) for places in reversed(missing.values()) for fiche, value in places}
    cited = tuple(filter(None, (context.cite(fiche, value) for fiche, value in list(first.values())[:3])))
    names = ", ".join(f"« {name} »" for name in missing)
    absent, they = ("n'apparaissent", "les") if len(missing) > 1 else ("n'apparaît", "le")
    yield Finding(
        kind="partenaire-absent", key="partenaires", sources=cited,
        text=f"{names} {absent} pas : chaque fiche proche qui nomme ses partenaires {they} cite.",
        others=f"{len(first)} fiches proches sur {len(first)} {' '.join(f'[{citation.n}]' for citation in cited)}",
    )  # fmt: skip


def _overlap(context: ReviewContext) -> Iterator[Finding]:
    """A fiche of the same territory that already deals with it."""
    subject = context.similar.subject
    for document in context.own_documents:
        for fiche in context.index.fiches(document):
            if _is_itself(fiche, context.fiche):
                continue
            near = subject.relevance(fiche.title) >= _NEAR and len(subject.terms) > 1
            if not near and not say_the_same(fiche.title, context.fiche.title):
                continue
            citation = context.cite(fiche, fiche.title_value)
            if citation is None:
                continue
            yield Finding(
                kind="recouvrement", key=None, sources=(citation,),
                text=f"Une fiche de ce territoire traite déjà ce sujet : {fiche_name(context.index, fiche)} "
                f"[{citation.n}]. Complétez-la, ou dites ce qui distingue la vôtre.",
            )  # fmt: skip


def _is_itself(fiche: FicheAction, reviewed: ReviewedFiche) -> bool:
    """True where the fiche under review is this one: nearly all that it says stands there."""
    values = [letters(value.text) for values in fiche.fields.values() for value in values if len(value.text) > _SHORT]
    text = letters(reviewed.text)
    return len(values) >= _SEVERAL and sum(value in text for value in values) >= _NEARLY_ALL * len(values)


def _left_open(context: ReviewContext) -> Iterator[Finding]:
    left = [
        FIELD_LABELS[key] for key, lines in context.fiche.fields.items()
        if key != "calendrier" and any(_OPEN.search(line) for line in lines)
        and not (key == "pilote" and all(_OPEN.search(line) for line in lines))
    ]  # fmt: skip
    if left:
        yield Finding(
            kind="a-completer",
            key=None,
            text=f"Rubriques encore à compléter : {', '.join(name.lower() for name in left)}.",
        )


def _legal(context: ReviewContext) -> Iterator[Finding]:
    yield from legal_findings(context.fiche, context.similar.subject, context.book)


CHECKS: tuple[Check, ...] = (
    _overlap, _missing_pilot, _missing_deadline, _indicators, _objectives_without_indicator, _missing_partners, _legal,
    _left_open,
)  # fmt: skip


def _sourced_example(context: ReviewContext) -> tuple[str | None, tuple[Citation, ...]]:
    """An indicator of a similar fiche that does say where its figure comes from."""
    for fiche in context.models:
        for key in _INDICATORS:
            for value in fiche.fields.get(key, ()):
                if _SAYS_SOURCE.search(value.text) and (citation := context.cite(fiche, value)):
                    return f"{context.quoted(fiche, value)} [{citation.n}]", (citation,)
    return None, ()


def _indicator_for(context: ReviewContext, objective: str) -> tuple[str, Citation] | None:
    wanted = stems_of(objective) - _GENERIC
    best: tuple[int, FicheAction, Value] | None = None
    for fiche in context.models:
        for value in (value for key in _INDICATORS for value in fiche.fields.get(key, ())):
            shared = len(wanted & stems_of(value.text))
            if shared >= min(_ALIKE, len(wanted)) and shared and (best is None or shared > best[0]):
                best = (shared, fiche, value)
    if best is None or (citation := context.cite(best[1], best[2])) is None:
        return None
    return context.quoted(best[1], best[2]), citation


def _count(some: int, whole: int, noun: str) -> str:
    return f"{some} {noun}{'s' if some > 1 else ''} sur {whole}"


def _listed(lines: Sequence[str]) -> str:
    shown = ", ".join(f"« {shorten(line, 90)} »" for line in lines[:_MOST_LISTED])
    return shown + (f" et {len(lines) - _MOST_LISTED} autre(s)" if len(lines) > _MOST_LISTED else "")
