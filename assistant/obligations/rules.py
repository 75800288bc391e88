"""Who must do what: the rules of the project applied to one situation."""

from collections import defaultdict
from datetime import date

from assistant.obligations.days import french_day
from assistant.obligations.evidence import CorpusTexts, mentions_of
from assistant.obligations.judge import competence_names, judge_rule, transferred
from assistant.obligations.report import ObligationReport, RuleOutcome, Step
from assistant.obligations.situation import ALL_COMPETENCES, Situation
from corpus.dates import first_day
from corpus.obligations import Obligations, Rule, load_obligations


def which_obligations(
    situation: Situation, texts: CorpusTexts | None = None, obligations: Obligations | None = None
) -> ObligationReport:
    """What applies, what is optional and what does not apply, each with its reason, in the order of the rules.

    With `texts`, each rule carries what the corpus says of it, quotes found in the source. Raises CorpusError where
    the rules cannot be read.
    """
    known = obligations or load_obligations()
    kept = [rule for rule in known.rules if situation.theme is None or rule.theme == situation.theme]
    outcomes = [outcome for rule in kept if (outcome := judge_rule(rule, situation)) is not None]
    if texts is not None:
        outcomes = [outcome.model_copy(update={"mentions": mentions_of(outcome.rule, texts)}) for outcome in outcomes]
    duties = [outcome for outcome in outcomes if outcome.rule.level != "repere"]
    steps = _calendar(duties)
    today = situation.on.isoformat()
    return ObligationReport(
        situation=situation,
        applies=tuple(outcome for outcome in duties if outcome.status == "applies"),
        optional=tuple(outcome for outcome in duties if outcome.status == "optional"),
        does_not_apply=tuple(outcome for outcome in duties if outcome.status in ("does_not_apply", "undetermined")),
        reminders=tuple(
            outcome for outcome in outcomes if outcome.rule.level == "repere" and outcome.status == "applies"
        ),
        past=tuple(step for step in steps if step.date <= today),
        to_come=tuple(step for step in steps if step.date > today),
        notes=tuple(_notes(situation, known, kept, duties)),
        notice=known.notice,
    )


def _calendar(duties: list[RuleOutcome]) -> list[Step]:
    """Days of entry into force and deadlines of the duties that bind, now or later; one step a day for the former."""
    binding = [outcome for outcome in duties if outcome.rule.level == "obligatoire" and _binds(outcome)]
    starts: dict[str, list[Rule]] = defaultdict(list)
    steps: list[Step] = []
    for outcome in binding:
        rule = outcome.rule
        fixed = {deadline.date for deadline in rule.deadlines}
        steps += [Step(date=deadline.date, text=deadline.text, rules=(rule.id,)) for deadline in rule.deadlines]
        if rule.since and len(rule.since) == len("2025-01-01") and rule.since not in fixed:
            starts[rule.since].append(rule)
    steps += [
        Step(
            date=day,
            text="Entrée en vigueur : " + " ; ".join(rule.title for rule in rules),
            rules=tuple(rule.id for rule in rules),
        )
        for day, rules in starts.items()
    ]
    return sorted(steps, key=lambda step: step.date)


def _binds(outcome: RuleOutcome) -> bool:
    return outcome.status == "applies" or outcome.pending


def _notes(situation: Situation, known: Obligations, kept: list[Rule], duties: list[RuleOutcome]) -> list[str]:
    notes = []
    if not kept:
        notes.append("Aucune règle de ces notes ne porte sur ce thème.")
    start = min(first_day(rule.since) for rule in known.rules if rule.id == "recenser" and rule.since)
    if date.fromisoformat(known.law.enacted) <= situation.on < start:
        notes.append(
            f"Au {french_day(situation.on)}, la {known.law.name} est votée, mais les compétences d'autorité "
            f"organisatrice ne s'appliquent qu'à partir du {french_day(start)}."
        )
    if situation.type == "commune":
        notes += _commune_notes(situation)
    if situation.type == "epci":
        notes += _epci_notes(situation)
    if situation.type in ("commune", "epci") and situation.population is None:
        notes.append("Population non indiquée : ce qui dépend d'un seuil n'est pas tranché.")
    if situation.type in ("commune", "epci"):
        notes.append(
            "Si vous gérez vous-même une crèche, un relais ou un accueil de loisirs, d'autres règles s'ajoutent "
            "(type « gestionnaire »)."
        )
    return notes


def _commune_notes(situation: Situation) -> list[str]:
    given = transferred(situation)
    if situation.transfer is None:
        return ["Transfert non indiqué : la réponse suppose que la commune n'a rien transféré."]
    if not given:
        return []
    kept = tuple(number for number in ALL_COMPETENCES if number not in given)
    name, them = ("Compétences transférées", "les ") if len(given) > 1 else ("Compétence transférée", "l'")
    notes = [
        (
            f"{name} : {competence_names(given)}. C'est à l'intercommunalité ou au syndicat de {them}exercer ; les "
            "seuils s'y comptent sur la population de toutes les communes qui ont transféré."
        )
    ]
    if kept:
        notes.append(f"Il vous reste : {competence_names(kept)}, avec les seuils de votre propre population.")
    else:
        notes.append(
            "Il ne vous reste aucune des quatre compétences. Vous restez l'interlocuteur du porteur d'un projet de "
            "crèche privée, dont vous transmettez la demande d'avis."
        )
    return notes


def _epci_notes(situation: Situation) -> list[str]:
    if situation.transfer is None:
        return [
            (
                "Transfert non indiqué : la réponse suppose que vos communes vous ont transféré les quatre "
                "compétences. Vous n'exercez que ce qui a été expressément transféré ; le reste demeure aux communes."
            ),
            _COUNTED,
        ]
    if not situation.transfer:
        return [
            "Aucune compétence transférée : les communes restent autorités organisatrices, chacune avec sa population."
        ]
    kept = tuple(number for number in ALL_COMPETENCES if number not in situation.transfer)
    notes = [_COUNTED]
    if kept:
        notes.append(f"Restent aux communes : {competence_names(kept)}.")
    return notes


_COUNTED = "La population à indiquer est la somme des habitants des seules communes qui ont transféré."
