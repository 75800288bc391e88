"""Duties in the chat: the rules first (norme), then what territories of the corpus do (pratique); never mixed."""

import re
from collections.abc import Sequence

from assistant.compose.citing import CitationBook
from assistant.compose.fact import add_by_place, choose_units, quoted
from assistant.compose.lines import Composition
from assistant.compose.select import Candidate
from assistant.obligations.days import from_moment
from assistant.obligations.evidence import IndexTexts
from assistant.obligations.explain import explain_rules
from assistant.obligations.judge import population_limit
from assistant.obligations.lookup import LEAST_SCORE
from assistant.obligations.reading import read_situation
from assistant.obligations.render import describe_situation, in_force
from assistant.obligations.report import ObligationReport, RuleOutcome
from assistant.obligations.rules import which_obligations
from assistant.obligations.situation import Situation
from assistant.retrieve.search import SearchResult
from assistant.understand.cues import plain_words
from corpus.errors import SituationInvalid
from corpus.index.reader import Index
from corpus.obligations import Rule, load_obligations
from corpus.records import Notice
from corpus.units import Unit

_MOST_RULES = 3
_RULES_IN_PASSING = 2
"""Rules given where the question speaks of no situation of its own: the corpus then matters as much."""
_NORM_ROOM = 640
"""Characters for the rules, so that what the corpus says of them keeps its place."""
_NORM_IN_PASSING = 450
_PRACTICE_ROOM = 420
_LEFT_OUT = 4
_ALL_DUTIES = re.compile(
    r"\b(?:(?:quelles?|nos|mes|les|des|toutes?) (?:\w+ ){0,2}?(?:obligations?|devoirs?|competences|responsabilites)|"
    r"obligations d\w*|obligee?s? (?:a|de) (?:faire )?quoi|obligee?s? de faire|oblige (?:a|de) (?:faire )?quoi|"
    r"a quoi (?:on est|est on|je suis|sommes nous|suis je|nous oblige)\w*|"
    r"(?:que|qu est ce qu(?:e|on)?|quoi) (?:\w+ ){0,3}?(?:doit|dois|devons|devra|faut)|"
    r"(?:doit|dois|devons|devez|doivent|devra) (?:\w+ ){0,2}?quoi|"
    r"(?:nous|me|lui|leur|vous) reste\w*)\b"
)
"""Asks for everything that a situation obliges to, not for one rule."""
_THE_LAW = re.compile(
    r"\b(?:oblig\w*|lois?|legal\w*|legislati\w*|le droit|droit de|regle\w*|reglement\w*|decrets?|"
    r"norm(?:e|es|atif)|codes?|imposee?s?|impose|tenue?s?|interdit\w*|autorisee?s?|exige\w*|requis\w*|devoirs?)\b"
)
_SURELY = 10.0
"""What a rule must score where the question names neither law nor duty: "on doit", "peut-on" ask for anything."""
_STATUS = {
    "applies": "Oui, obligatoire",
    "optional": "Facultatif",
    "does_not_apply": "Non, pas dans cette situation",
    "undetermined": "Règle",
}
_STEP = " › "
"""What parts the steps of a citation's section."""
_CLOSEST = 5
"""Candidates among which the practice of a territory is taken, the one that answered the closest known question."""
_IN_PASSING = 260
"""Characters for the practice where the answer is the list of duties."""
_FOR_OTHERS = "Règle pour d'autres que vous"


def compose_duty(
    index: Index, result: SearchResult, book: CitationBook, candidates: list[Candidate]
) -> Composition | None:
    """The rules that the question is about, then the corpus; None where no rule surely is about it."""
    question = result.query.resolved_question
    composition = Composition()
    try:
        situation = read_situation(question)
    except SituationInvalid as error:
        composition.add(str(error))
        composition.answered = False
        return composition
    texts = IndexTexts(index)
    if situation is not None and _ALL_DUTIES.search(plain_words(question)):
        report = which_obligations(situation, texts)
        _add_every_duty(composition, book, report)
        closest = sorted(candidates[:_CLOSEST], key=lambda one: -one.known)[:1]
        _add_practice(index, composition, book, choose_units(index, closest, whole_lists=False, budget=_IN_PASSING))
        composition.notices.append(Notice(kind="scope", text=load_obligations().notice))
        composition.notices += [Notice(kind="scope", text=note) for note in report.notes]
        _add_departures(composition, report.applies)
        return composition
    least = LEAST_SCORE if situation is not None or _THE_LAW.search(plain_words(question)) else _SURELY
    most = _MOST_RULES if situation is not None else _RULES_IN_PASSING
    if result.query.territories and situation is None:
        most = 1
    outcomes = explain_rules(question, situation, texts, limit=most, least=least)
    if not outcomes and situation is not None:
        outcomes = which_obligations(situation, texts).applies[: 2 * _MOST_RULES]
    if not outcomes:
        return None
    _add_norm(composition, book, sorted(outcomes, key=lambda one: _status(one, situation) == _FOR_OTHERS), situation)
    _add_practice(index, composition, book, choose_units(index, candidates, whole_lists=False, budget=_PRACTICE_ROOM))
    composition.notices.append(Notice(kind="scope", text=load_obligations().notice))
    _add_departures(composition, outcomes)
    return composition


def _add_every_duty(composition: Composition, book: CitationBook, report: ObligationReport) -> None:
    """Every duty of a situation in one line each, then what is optional or does not apply, by name."""
    composition.add(_heading(report.situation), style="titre")
    composition.add(_how_many(len(report.applies)))
    for outcome in report.applies:
        rule = outcome.rule
        number = book.cite_note(f"obligation:{rule.id}", f"{rule.title} — {rule.reference}", rule.full_text())
        composition.add(f"{rule.title} ({_short_reference(rule)})", [number], style="element", nature="norme")
    others = report.does_not_apply
    for label, outcomes in (
        ("Selon la population, que vous n'avez pas indiquée", [one for one in others if one.status == "undetermined"]),
        ("Facultatif ici", report.optional),
        ("Ne s'applique pas ici", [one for one in others if one.status != "undetermined"]),
    ):
        kept = outcomes[:_LEFT_OUT]
        if kept:
            numbers = [
                book.cite_note(f"obligation:{one.rule.id}", f"{one.rule.title} — {one.rule.reference}", one.why)
                for one in kept
            ]
            names = " ; ".join(_lowered(one.rule.title) + _limit(one, report.situation) for one in kept)
            composition.add(f"{label} : {names}.", numbers, nature="norme")


def _limit(outcome: RuleOutcome, situation: Situation) -> str:
    """The threshold of a rule that waits for a population, as " (plus de 3 500 habitants)"."""
    words = population_limit(outcome.rule, situation.type) if outcome.status == "undetermined" else None
    return f" ({words})" if words else ""


def _heading(situation: Situation | None) -> str:
    return "Ce que dit la norme" + (f" ({describe_situation(situation)})" if situation else "")


def _how_many(duties: int) -> str:
    if not duties:
        return "Aucune obligation ne s'applique dans cette situation."
    return "Une obligation s'applique :" if duties == 1 else f"{duties} obligations s'appliquent :"


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def _add_norm(
    composition: Composition, book: CitationBook, outcomes: Sequence[RuleOutcome], situation: Situation | None
) -> None:
    composition.add(_heading(situation), style="titre")
    spent = 0
    for outcome in outcomes:
        rule = outcome.rule
        why = f" {outcome.why}" if situation is not None else ""
        line = f"{_status(outcome, situation)} — {rule.title} : {rule.full_text()}{why} ({_short_reference(rule)})"
        if spent and spent + len(line) > (_NORM_ROOM if situation is not None else _NORM_IN_PASSING):
            break
        spent += len(line)
        text = f"{rule.full_text()} — {rule.reference}. {in_force(rule)}".strip()
        number = book.cite_note(f"obligation:{rule.id}", f"{rule.title} — {rule.reference}", text)
        composition.add(line, [number], style="element", nature="norme")


def _short_reference(rule: Rule) -> str:
    """The first text of a rule's reference and the day from which it binds; the whole stands in its citation."""
    since = f", {from_moment(rule.since)}" if rule.since else ""
    return rule.reference.partition(" ;")[0] + since


def _status(outcome: RuleOutcome, situation: Situation | None) -> str:
    """What the rule is to the one who asks; "non" is kept for a rule that could have bound them."""
    if situation is None:
        return _STATUS[outcome.status] if outcome.status != "does_not_apply" else "Règle"
    if all(binding.type != situation.type for binding in outcome.rule.binds):
        return _FOR_OTHERS
    return _STATUS[outcome.status]


def _add_practice(index: Index, composition: Composition, book: CitationBook, units: Sequence[Unit]) -> None:
    """What territories write on the subject."""
    if units:
        composition.add("Ce qu'en écrivent des territoires du corpus (pratique, non la règle) :")
        add_by_place(index, composition, book, units)


def _add_departures(composition: Composition, outcomes: tuple[RuleOutcome, ...]) -> None:
    """What documents write otherwise than the rule: who, where and in which words, then what is right."""
    for mention in (mention for outcome in outcomes for mention in outcome.mentions):
        if mention.says == "ecart" and mention.note:
            where = f"{mention.citation.territory}, {mention.citation.section.split(_STEP)[-1]}"
            words = quoted(mention.citation.quote.rstrip(". "))
            composition.notices.append(Notice(kind="conflict", text=f"{where} : {words}. {mention.note}"))
