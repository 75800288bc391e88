"""Duties in the chat: the rules first (norme), then what territories of the corpus do (pratique); never mixed."""

from assistant.compose.citing import CitationBook
from assistant.compose.fact import PROSE_BUDGET, add_by_place, choose_units
from assistant.compose.lines import Composition
from assistant.compose.select import Candidate
from assistant.obligations.evidence import IndexTexts
from assistant.obligations.explain import explain_rules
from assistant.obligations.reading import read_situation
from assistant.obligations.render import describe_situation, in_force
from assistant.obligations.report import RuleOutcome
from assistant.obligations.rules import which_obligations
from assistant.obligations.situation import Situation
from assistant.retrieve.search import SearchResult
from corpus.errors import SituationInvalid
from corpus.index.reader import Index
from corpus.obligations import load_obligations
from corpus.records import Notice

_MOST_RULES = 3
_RULES_IN_PASSING = 2
"""Rules given where the question speaks of no situation of its own: the corpus then matters as much."""
_STATUS = {
    "applies": "Oui, obligatoire",
    "optional": "Facultatif",
    "does_not_apply": "Non, pas dans cette situation",
    "undetermined": "Règle",
}


def compose_duty(
    index: Index, result: SearchResult, book: CitationBook, candidates: list[Candidate]
) -> Composition | None:
    """The rules that the question is about, then the corpus; None where no rule is about it."""
    question = result.query.resolved_question
    composition = Composition()
    try:
        situation = read_situation(question)
    except SituationInvalid as error:
        composition.add(str(error))
        composition.answered = False
        return composition
    texts = IndexTexts(index)
    most = _MOST_RULES if situation is not None else _RULES_IN_PASSING
    if result.query.territories and situation is None:
        most = 1
    outcomes = explain_rules(question, situation, texts, limit=most)
    if not outcomes and situation is not None:
        outcomes = which_obligations(situation, texts).applies[: 2 * _MOST_RULES]
    if not outcomes:
        return None
    _add_norm(composition, book, outcomes, situation)
    _add_practice(index, composition, book, candidates)
    composition.notices.append(Notice(kind="scope", text=load_obligations().notice))
    _add_departures(composition, outcomes)
    return composition


def _add_norm(
    composition: Composition, book: CitationBook, outcomes: tuple[RuleOutcome, ...], situation: Situation | None
) -> None:
    heading = "Ce que dit la norme" + (f" ({describe_situation(situation)})" if situation else "")
    composition.add(heading, style="titre")
    spent = 0
    for outcome in outcomes:
        rule = outcome.rule
        text = f"{rule.full_text()} — {rule.reference}. {in_force(rule)}".strip()
        status = _STATUS[outcome.status] if situation is not None or outcome.status != "does_not_apply" else "Règle"
        line = f"{status} — {rule.title} : {text}"
        if spent and spent + len(line) > (PROSE_BUDGET if situation is not None else PROSE_BUDGET // 2):
            break
        spent += len(line)
        number = book.cite_note(f"obligation:{rule.id}", f"{rule.title} — {rule.reference}", text)
        composition.add(line, [number], style="element", nature="norme")
        if situation is not None and outcome.why and outcome.status != "undetermined":
            composition.add(outcome.why, [number], style="element", nature="norme")


def _add_practice(index: Index, composition: Composition, book: CitationBook, candidates: list[Candidate]) -> None:
    """What territories write on the subject, within what is left of the room."""
    units = choose_units(index, candidates, whole_lists=False)[:3]
    if units:
        composition.add("Ce qu'en écrivent des territoires du corpus (pratique, non la règle) :")
        add_by_place(index, composition, book, units)


def _add_departures(composition: Composition, outcomes: tuple[RuleOutcome, ...]) -> None:
    for outcome in outcomes:
        for mention in outcome.mentions:
            if mention.says == "ecart" and mention.note:
                composition.notices.append(Notice(kind="conflict", text=mention.note))
