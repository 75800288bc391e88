"""The rules that answer a question, each with what it means in the question's own situation."""

from assistant.obligations.evidence import CorpusTexts, mentions_of
from assistant.obligations.judge import judge_rule
from assistant.obligations.lookup import LEAST_SCORE, rules_about
from assistant.obligations.report import RuleOutcome, Status
from assistant.obligations.situation import Situation
from corpus.obligations import ActorType, Rule

ACTOR_NAMES: dict[ActorType, str] = {
    "commune": "les communes",
    "epci": "les intercommunalités",
    "caf": "la Caf",
    "gestionnaire": "les gestionnaires de lieux d'accueil",
    "assistant-maternel": "les assistants maternels",
    "departement": "le département",
    "prefet": "le préfet",
}


def explain_rules(
    question: str,
    situation: Situation | None = None,
    texts: CorpusTexts | None = None,
    limit: int = 3,
    least: float = LEAST_SCORE,
) -> tuple[RuleOutcome, ...]:
    """The rules that a question is about, best first; empty where no rule is.

    Without a situation the status is "undetermined" and `why` says whom the rule binds. A rule for other actors than
    the situation's keeps its text and says so; behind a rule for the situation's own actor it is left out.
    """
    found: list[RuleOutcome] = []
    own = False
    for about in rules_about(question, limit, least=least):
        outcome = judge_rule(about.rule, situation) if situation is not None else None
        if outcome is None and own:
            continue
        own = own or outcome is not None
        if outcome is None:
            status: Status = "undetermined" if situation is None else "does_not_apply"
            outcome = RuleOutcome(rule=about.rule, status=status, why=whom_it_binds(about.rule))
        if texts is not None:
            outcome = outcome.model_copy(update={"mentions": mentions_of(about.rule, texts)})
        found.append(outcome)
    return tuple(found)


def whom_it_binds(rule: Rule) -> str:
    """As "Cette règle concerne les communes et les intercommunalités."."""
    names = list(dict.fromkeys(ACTOR_NAMES[binding.type] for binding in rule.binds))
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " et " + names[-1]
    return f"Cette règle concerne {listed}."
