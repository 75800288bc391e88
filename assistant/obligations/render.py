"""A report for a reader: Markdown, and the same as plain lines for a terminal."""

import re
from collections.abc import Sequence

from assistant.obligations.days import french_day, french_moment, from_moment
from assistant.obligations.judge import competence_names
from assistant.obligations.report import ObligationReport, RuleMention, RuleOutcome, Step
from assistant.obligations.situation import ALL_COMPETENCES, Situation, spaced
from corpus.dates import first_day
from corpus.obligations import Rule

_TYPE_WORDS = {
    "commune": "commune", "epci": "intercommunalité (EPCI)", "caf": "Caf", "gestionnaire": "gestionnaire",
    "assistant-maternel": "assistant maternel", "departement": "département", "prefet": "préfet",
}  # fmt: skip
_SAYS_WORDS = {"conforme": "Le corpus le dit", "pratique": "Ce que fait un territoire", "ecart": "Écart dans le corpus"}


def render_markdown(report: ObligationReport) -> str:
    """The whole report: situation, notice, duties, choices, what does not apply and why, calendar, reminders."""
    lines = ["## Obligations", "", f"**Situation :** {describe_situation(report.situation)}.", "", f"> {report.notice}"]
    lines += ["", *(f"- {note}" for note in report.notes)] if report.notes else []
    lines += _section("Obligatoire", report.applies, "Aucune obligation dans cette situation.")
    lines += _section("Facultatif", report.optional, "")
    lines += _left_out(report.does_not_apply)
    lines += _calendar("Échéances passées", report.past) + _calendar("Échéances à venir", report.to_come)
    if report.reminders:
        lines += ["", "### À savoir", ""]
        lines += [f"- **{outcome.rule.title}.** {outcome.rule.full_text()} *{outcome.rule.reference}.*"
                  for outcome in report.reminders]  # fmt: skip
    return "\n".join(lines) + "\n"


def render_text(report: ObligationReport) -> str:
    """The report without Markdown marks, for a plain terminal or a log."""
    text = re.sub(r"^#+ (.*)$", lambda match: match.group(1).upper(), render_markdown(report), flags=re.MULTILINE)
    text = re.sub(r"^> ", "", text, flags=re.MULTILINE)
    return re.sub(r"\*\*(.+?)\*\*|\*(.+?)\*", lambda match: match.group(1) or match.group(2), text)


def describe_situation(situation: Situation) -> str:
    """As "commune de 4 200 habitants, aucune compétence transférée, au 22 novembre 2026"."""
    words = _TYPE_WORDS[situation.type]
    if situation.population is not None and situation.type in ("commune", "epci"):
        words += f" de {spaced(situation.population)} habitant{'s' if situation.population > 1 else ''}"
    if situation.transfer is not None:
        words += ", " + _describe_transfer(situation.transfer)
    if situation.theme:
        words += f", thème {situation.theme}"
    return f"{words}, au {french_day(situation.on)}"


def render_rule(outcome: RuleOutcome) -> list[str]:
    """A rule as Markdown lines: title, text, reason, reference, date, then what the corpus says of it."""
    rule = outcome.rule
    lines = [f"**{rule.title}** ({rule.id}, confiance {rule.confidence})", "", rule.full_text(), ""]
    if outcome.why:
        lines.append(f"- Pourquoi : {outcome.why}")
    lines.append(f"- Texte : {rule.reference}. {in_force(rule)}")
    lines += [f"- {describe_mention(mention)}" for mention in outcome.mentions]
    return lines


def in_force(rule: Rule) -> str:
    """As "En vigueur à partir du 1er janvier 2025 ; vérifié le 22 novembre 2026."."""
    checked = f"note vérifiée le {french_moment(rule.checked_on)}"
    if rule.since is None:
        return f"Date : {rule.since_note or 'non retrouvée'} ; {checked}."
    end = f" et jusqu'au {french_moment(rule.until)}" if rule.until else ""
    return f"En vigueur {from_moment(rule.since)}{end} ; {checked}."


def describe_mention(mention: RuleMention) -> str:
    """As "Ce que fait un territoire (Monts du Pilat, Fiche PE7) : « … »", followed by its note."""
    citation = mention.citation
    page = f", p. {citation.page}" if citation.page is not None else ""
    place = f"{citation.territory or citation.document}, {citation.section}{page}"
    note = f" — {mention.note}" if mention.note else ""
    return f"{_SAYS_WORDS[mention.says]} ({place}) : « {citation.quote} »{note}"


def _section(title: str, outcomes: Sequence[RuleOutcome], empty: str) -> list[str]:
    if not outcomes:
        return ["", f"### {title}", "", empty] if empty else []
    lines = ["", f"### {title} ({len(outcomes)})"]
    for outcome in outcomes:
        lines += ["", *render_rule(outcome)]
    return lines


def _left_out(outcomes: Sequence[RuleOutcome]) -> list[str]:
    """What does not apply, one line a rule; the parts of a rule that does not apply are folded under it."""
    left = {outcome.rule.id for outcome in outcomes}
    parts: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.rule.part_of in left:
            parts.setdefault(str(outcome.rule.part_of), []).append(outcome.rule.title.lower())
    shown = [outcome for outcome in outcomes if outcome.rule.part_of not in left]
    if not shown:
        return []
    lines = ["", f"### Ne s'applique pas ({len(outcomes)})", ""]
    for outcome in shown:
        folded = parts.get(outcome.rule.id)
        more = f" Avec elle : {', '.join(folded)}." if folded else ""
        lines.append(f"- **{outcome.rule.title}** : {outcome.why} *{outcome.rule.reference}.*{more}")
    return lines


def _calendar(title: str, steps: Sequence[Step]) -> list[str]:
    if not steps:
        return []
    return ["", f"### {title}", ""] + [f"- {french_day(first_day(step.date))} : {step.text}" for step in steps]


def _describe_transfer(transfer: tuple[int, ...]) -> str:
    if not transfer:
        return "aucune compétence transférée"
    if transfer == ALL_COMPETENCES:
        return "les quatre compétences transférées"
    several = "compétences transférées" if len(transfer) > 1 else "compétence transférée"
    return f"{several} {competence_names(transfer)}"
