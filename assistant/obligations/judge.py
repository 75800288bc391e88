"""Does a rule bind this situation, and why? Population, transfer and date are compared, nothing is guessed."""

from assistant.obligations.days import french_day, french_moment, from_moment
from assistant.obligations.report import RuleOutcome, Status
from assistant.obligations.situation import ALL_COMPETENCES, Situation, spaced
from corpus.dates import first_day
from corpus.obligations import ActorType, Binding, Rule, load_obligations
from corpus.records.base import Record

_EVERYONE: dict[ActorType, str] = {
    "commune": "toute commune",
    "epci": "toute intercommunalité",
    "caf": "la Caf",
    "gestionnaire": "le gestionnaire d'un lieu d'accueil (crèche, relais ou accueil de loisirs, selon la règle)",
    "assistant-maternel": "l'assistant maternel",
    "departement": "le département",
    "prefet": "le préfet",
}
_RANKS: dict[Status, int] = {"applies": 0, "optional": 1, "undetermined": 2, "does_not_apply": 3}


class _Verdict(Record):
    status: Status
    why: str
    pending: bool = False


def judge_rule(rule: Rule, situation: Situation) -> RuleOutcome | None:
    """The outcome of a rule, None where the rule is for other kinds of actors."""
    verdicts = [_judge_binding(rule, binding, situation) for binding in rule.binds if binding.type == situation.type]
    if not verdicts:
        return None
    best = min(verdicts, key=lambda verdict: _RANKS[verdict.status])
    best = _judge_dates(rule, best, situation)
    return RuleOutcome(rule=rule, status=best.status, why=best.why, pending=best.pending)


def transferred(situation: Situation) -> tuple[int, ...]:
    """Competences taken as transferred: where nothing is said, none for a commune and all four for an EPCI."""
    if situation.transfer is not None:
        return situation.transfer
    return ALL_COMPETENCES if situation.type == "epci" else ()


def population_limit(rule: Rule, actor: ActorType) -> str | None:
    """The population from which a rule binds a kind of actor, as "plus de 3 500 habitants"; None without one."""
    for binding in rule.binds:
        if binding.type == actor and binding.population_over is not None:
            return f"plus de {spaced(binding.population_over)} habitants"
        if binding.type == actor and binding.population_up_to is not None:
            return f"au plus {spaced(binding.population_up_to)} habitants"
    return None


def competence_names(numbers: tuple[int, ...]) -> str:
    """As "1 (recenser les besoins et l'offre d'accueil) et 3 (planifier l'offre d'accueil)"."""
    names = load_obligations().competences
    parts = [f"{number} ({names[number]})" for number in numbers]
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " et " + parts[-1]


def _judge_binding(rule: Rule, binding: Binding, situation: Situation) -> _Verdict:
    given = transferred(situation)
    if binding.transferred is not None and binding.transferred not in given:
        name = competence_names((binding.transferred,))
        why = f"Ne concerne que les communes qui ont transféré la compétence {name}."
        return _Verdict(status="does_not_apply", why=why)
    elsewhere = _held_elsewhere(binding, situation, given)
    if elsewhere:
        return _Verdict(status="does_not_apply", why=elsewhere)
    status, why = _compare_population(rule, binding, situation)
    if status == "applies" and rule.level == "facultatif":
        status = "optional"
    sentences = [why, _shared(binding, situation, given), _assumed(binding, situation)]
    return _Verdict(status=status, why=" ".join(sentence for sentence in sentences if sentence))


def _held_elsewhere(binding: Binding, situation: Situation, given: tuple[int, ...]) -> str:
    """Why the duty is someone else's, because its competences are; empty where it is this actor's."""
    wanted = binding.competences
    if not wanted:
        return ""
    several = "les compétences" if len(wanted) > 1 else "la compétence"
    if situation.type == "epci" and not set(wanted) & set(given):
        return (
            f"Vos communes ne vous ont pas transféré {several} {competence_names(wanted)} : chacune continue de "
            "l'exercer, avec sa propre population."
        )
    if situation.type == "commune" and set(wanted) <= set(given):
        return (
            f"Vous avez transféré {several} {competence_names(wanted)} : votre intercommunalité l'exerce, et le seuil "
            "se compte sur l'ensemble des communes qui ont transféré."
        )
    return ""


def _compare_population(rule: Rule, binding: Binding, situation: Situation) -> tuple[Status, str]:
    over, up_to, population = binding.population_over, binding.population_up_to, situation.population
    if over is None and up_to is None:
        return "applies", _why_always(rule, binding, situation)
    counted = spaced(population) + " habitants" if population is not None else ""
    if situation.type == "epci" and counted:
        counted += " dans les communes qui ont transféré"
    limit = over if over is not None else up_to
    assert limit is not None
    words = f"plus de {spaced(limit)}" if over is not None else f"au plus {spaced(limit)}"
    if population is None:
        return "undetermined", f"Dépend de la population ({words} habitants) : indiquez la vôtre."
    if (over is not None and population > over) or (up_to is not None and population <= up_to):
        return "applies", f"{counted[0].upper()}{counted[1:]} : {words}."
    if over is None:
        return "does_not_apply", f"{counted} : ne concerne que les communes d'{words} habitants."
    exact = " Le seuil est strict : il n'est pas dépassé." if population == over else ""
    if rule.level == "obligatoire" and rule.below == "facultatif":
        exact += " La compétence vous ayant été transférée, vous l'exercez." if situation.type == "epci" else ""
        return "optional", f"{counted} : obligatoire seulement au-delà de {spaced(over)}, donc facultatif.{exact}"
    return "does_not_apply", f"{counted} : ne concerne que les collectivités de {words} habitants.{exact}"


def _why_always(rule: Rule, binding: Binding, situation: Situation) -> str:
    if situation.type == "commune" and binding.transferred is not None:
        return f"Vous avez transféré la compétence {competence_names((binding.transferred,))}."
    if situation.type == "epci" and binding.competences:
        held = tuple(number for number in binding.competences if number in transferred(situation))
        return f"Vous exercez la compétence {competence_names(held)}."
    concerned = _EVERYONE[situation.type]
    if rule.level == "facultatif":
        return f"Possible pour {concerned}, sans obligation."
    population = ", quelle que soit sa population" if situation.type in ("commune", "epci") else ""
    return f"Concerne {concerned}{population}."


def _shared(binding: Binding, situation: Situation, given: tuple[int, ...]) -> str:
    """What to say where the competences of one duty are split between the commune and the EPCI."""
    wanted = set(binding.competences)
    if situation.type in ("commune", "epci") and wanted & set(given) and wanted - set(given):
        return (
            f"Le texte rattache ce devoir aux compétences {competence_names(binding.competences)}, partagées ici entre "
            "commune et intercommunalité : convenez de qui le porte."
        )
    return ""


def _assumed(binding: Binding, situation: Situation) -> str:
    if situation.type == "epci" and situation.transfer is None and binding.competences:
        return "À condition que vos communes vous aient transféré la compétence."
    return ""


def _judge_dates(rule: Rule, verdict: _Verdict, situation: Situation) -> _Verdict:
    if verdict.status == "does_not_apply":
        return verdict
    if rule.until and first_day(rule.until) < situation.on:
        why = f"N'est plus en vigueur depuis le {french_moment(rule.until)}."
        return _Verdict(status="does_not_apply", why=why)
    # Below a threshold the choice is open whatever the day on which it becomes a duty for others.
    below = verdict.status == "optional" and rule.level == "obligatoire"
    if rule.since and first_day(rule.since) > situation.on and not below:
        why = f"Pas encore en vigueur au {french_day(situation.on)} : {from_moment(rule.since)}. {verdict.why}".strip()
        return _Verdict(status="does_not_apply", why=why, pending=verdict.status == "applies")
    return verdict
