"""A review: what to settle before a fiche is submitted, each point with what similar fiches do about it."""

import re

from assistant.compose.labels import FIELD_LABELS
from assistant.draft.compose import NEVER_TAKEN
from assistant.draft.findings import Finding, Review
from assistant.page.rendering.marks import mark
from assistant.page.rendering.text import action_button, badge, counted, notice, shown

_MARK = re.compile(r"\s*\[\d{1,3}\]")
_SERIOUS = frozenset({"pilote-absent", "echeance-absente", "indicateurs-absents", "reference-depassee", "recouvrement"})
"""What sends a fiche back; the rest makes it better."""
_STALE = (
    '<p class="ctg-stale ctg-notice ctg-notice-info" hidden="hidden"><strong>Information</strong> <span>La fiche a '
    f"changé depuis cette relecture. {action_button('press', 'Relire à nouveau', {'target': 'check'})}</span></p>"
)
"""Shown by the page's script once the sheet is no longer the one that was reviewed."""


def render_review(review: Review, sheet: str = "") -> str:
    """The findings by field. `sheet`: stamp of the draft above that was reviewed, whose fields the findings then lead
    to; empty where a file was."""
    linked = bool(sheet)
    read = ", ".join(FIELD_LABELS.get(key, key) for key in review.read_fields)
    head = f'<h3 id="ctg-review-title" tabindex="-1">Relecture : {shown(review.title)}</h3>'
    about = f'<p class="ctg-muted">Rubriques reconnues : {shown(read)}.</p>' if not linked else ""
    if not review.findings:
        body = notice("Rien à signaler : la fiche est complète au regard des fiches proches.")
    else:
        serious = [one for one in review.findings if one.kind in _SERIOUS]
        others = [one for one in review.findings if one.kind not in _SERIOUS]
        body = _group("À régler avant de déposer", serious, linked) + _group("À vérifier", others, linked)
    stale = _STALE if linked else ""
    return f'<div class="ctg-review" data-of="{sheet}" data-focus="ctg-review-title">{head}{stale}{about}{body}</div>'


def _group(title: str, findings: list[Finding], linked: bool) -> str:
    if not findings:
        return ""
    items = "".join(f"<li>{_finding(finding, linked)}</li>" for finding in findings)
    return f'<h4>{shown(title)} : {counted(len(findings), "point")}</h4><ul class="ctg-findings">{items}</ul>'


def _finding(finding: Finding, linked: bool) -> str:
    field = ""
    if finding.key is not None:
        label = FIELD_LABELS.get(finding.key, finding.key)
        place = f'<a href="#ctg-section-{finding.key}">{shown(label)}</a>' if linked else shown(label)
        field = f'<p class="ctg-finding-field">{place}</p>'
    numbers = "".join(mark(source) for source in finding.sources)
    sources = f'<span class="ctg-marks">{numbers}</span>' if numbers else ""
    others = ""
    if finding.others:
        others = (
            f'<p class="ctg-muted">{badge("pratique", "Chez les autres")} {shown(_MARK.sub("", finding.others))}</p>'
        )
    return f"{field}<p>{shown(_MARK.sub('', finding.text))} {sources}</p>{others}{_ways(finding) if linked else ''}"


def _ways(finding: Finding) -> str:
    """What can be done about a finding at once: write the field, or have lines of similar fiches proposed for it."""
    if finding.key is None:
        return ""
    label = FIELD_LABELS.get(finding.key, finding.key)
    ways = [("toggle", "Écrire cette rubrique")]
    if finding.key not in NEVER_TAKEN:
        ways.append(("complete", "Proposer des lignes"))
    buttons = "".join(
        action_button("press", words, {"target": action, "key": finding.key}, name=f"{words} : {label}")
        for action, words in ways
    )
    return f'<p class="ctg-actions">{buttons}</p>'
