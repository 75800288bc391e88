"""Obligations and the schéma checklist, each rule with its text, its date and what the corpus says of it."""

from collections.abc import Iterable, Sequence

from assistant.compose.places import shorten
from assistant.obligations.days import french_day
from assistant.obligations.render import describe_situation, in_force
from assistant.obligations.report import ObligationReport, RuleMention, RuleOutcome, Step
from assistant.obligations.schema_report import PRESENCE_WORDS, ContentRow, SchemaCheck
from assistant.page.rendering.marks import marks, source_button
from assistant.page.rendering.tables import render_rows
from assistant.page.rendering.text import badge, counted, notice, shown
from corpus.dates import first_day
from corpus.records import Citation

_SAYS = {
    "conforme": ("norme", "Le corpus le dit"),
    "pratique": ("pratique", "Ce que fait un territoire"),
    "ecart": ("draft", "Écart dans le corpus"),
}
_LONGEST_QUOTE = 220
_PRESENCE = {"present": "good", "partiel": "draft", "absent": "thin"}


def render_obligations(report: ObligationReport) -> str:
    """The whole report: what applies first, what does not and why last."""
    parts = [
        f'<p class="ctg-resolved">Situation : <em>{shown(describe_situation(report.situation))}</em></p>',
        notice(report.notice, "warning", role="note"),
        *(notice(text, role="note") for text in report.notes),
        _group("Obligatoire", report.applies, "Aucune obligation dans cette situation.", opened=True),
        _group("Facultatif", report.optional, "", opened=True),
        _calendar("À venir", report.to_come),
        _calendar("Déjà passé", report.past),
        _group("Ne s'applique pas", report.does_not_apply, "", opened=False),
        _group("À savoir", report.reminders, "", opened=False),
    ]
    return "".join(parts)


def render_schema(check: SchemaCheck) -> str:
    """The checklist of one document, each content with its state and the passages that show it."""
    citations = {citation.n: citation for citation in check.citations}
    rows = [
        (
            f"{shown(row.title)}<br/><span class='ctg-muted'>{shown(row.part)}</span>",
            badge(_PRESENCE[row.presence], PRESENCE_WORDS[row.presence].capitalize()),
            _found(row, citations),
            shown(row.reference) + (f" {badge('thin', f'Réserve : {row.reservation}')}" if row.reservation else ""),
        )
        for row in check.rows
    ]
    columns = ("Attendu du schéma", "État", "Ce que dit la convention", "Texte")
    return "".join(
        (
            f"<p><strong>{shown(check.conclusion)}</strong></p>",
            notice(check.notice, "warning", role="note"),
            *(notice(text, role="note") for text in check.notes),
            render_rows(columns, rows, f"{check.title} : {counted(check.count('present'), 'attendu')} établis"),
        )
    )


def _group(title: str, outcomes: Sequence[RuleOutcome], empty: str, *, opened: bool) -> str:
    if not outcomes:
        return f"<h3>{shown(title)}</h3><p>{shown(empty)}</p>" if empty else ""
    rules = "".join(_rule(outcome) for outcome in outcomes)
    if opened:
        return f"<h3>{shown(title)} ({len(outcomes)})</h3>{rules}"
    return f'<details class="ctg-fiche"><summary>{shown(title)} ({len(outcomes)})</summary>{rules}</details>'


def _rule(outcome: RuleOutcome) -> str:
    rule = outcome.rule
    trust = badge("note", "Deux sources ou texte officiel") if rule.confidence == "A" else badge("thin", "Avec réserve")
    why = f"<p><strong>Pourquoi :</strong> {shown(outcome.why)}</p>" if outcome.why else ""
    mentions = "".join(f"<li>{_mention(mention)}</li>" for mention in outcome.mentions)
    corpus = f"<p>Dans le corpus :</p><ul>{mentions}</ul>" if mentions else ""
    return (
        f'<details class="ctg-fiche"><summary>{shown(rule.title)} '
        f'<span class="ctg-muted">{shown(rule.reference)}</span></summary>'
        f"<p>{badge('norme', 'Norme')} {trust}</p><p>{shown(rule.full_text())}</p>{why}"
        f'<p class="ctg-muted">{shown(in_force(rule))}</p>{corpus}</details>'
    )


def _mention(mention: RuleMention) -> str:
    look, words = _SAYS[mention.says]
    citation = mention.citation
    place = citation.territory or citation.section
    note = f"<br/><span>{shown(mention.note)}</span>" if mention.note else ""
    return f"{badge(look, words)} {source_button(f'{place} : « {citation.quote} »', citation)}{note}"


def _calendar(title: str, steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    items = "".join(
        f"<li><strong>{french_day(first_day(step.date))}</strong> : {shown(step.text)}</li>" for step in steps
    )
    return f"<h3>{shown(title)}</h3><ul>{items}</ul>"


def _found(row: ContentRow, citations: dict[int, Citation]) -> str:
    known: Iterable[Citation] = (citations[number] for number in row.citations if number in citations)
    quotes = "".join(
        f"<li>« {shown(shorten(one.quote, _LONGEST_QUOTE))} » {marks((one.n,), citations)}</li>" for one in known
    )
    return f"<ul>{quotes}</ul>" if quotes else shown(row.why)
