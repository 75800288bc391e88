"""What the rules mean for a situation, as frozen records; the JSON is the one that the command line promises."""

from typing import Any, Literal

from assistant.obligations.situation import Situation
from corpus.obligations import Rule, Says
from corpus.records import Citation
from corpus.records.base import Record

Status = Literal["applies", "optional", "undetermined", "does_not_apply"]

_CITATION_KEYS = ("n", "document", "territory", "section", "page", "quote", "start", "end", "verified")


class RuleMention(Record):
    """What a document of the corpus says of a rule, found in its text."""

    citation: Citation
    says: Says
    note: str | None
    """What to know of the quote; never None where it departs from the rule."""


class RuleOutcome(Record):
    """A rule and what it means in the situation."""

    rule: Rule
    status: Status
    """undetermined: the population is needed and was not given."""
    why: str
    """One or two sentences: the fact of the situation that decides."""
    pending: bool = False
    """True for a rule that will bind, but is not in force yet on the day asked for."""
    mentions: tuple[RuleMention, ...] = ()

    def to_json(self, *, with_why: bool = False) -> dict[str, Any]:
        """The rule as the command line prints it; the text holds conditions and reservation."""
        found: dict[str, Any] = {
            "id": self.rule.id,
            "title": self.rule.title,
            "text": self.rule.full_text(),
            "reference": self.rule.reference,
            "since": self.rule.since,
            "theme": self.rule.theme,
            "confidence": self.rule.confidence,
            "corpus": [
                {key: value for key, value in mention.citation.model_dump().items() if key in _CITATION_KEYS}
                for mention in self.mentions
            ],
        }
        if with_why:
            found["why"] = self.why
        return found


class Step(Record):
    """A day of the calendar."""

    date: str
    """YYYY-MM-DD."""
    text: str
    rules: tuple[str, ...]
    """Ids of the rules that set it."""


class ObligationReport(Record):
    """Who must do what in one situation."""

    situation: Situation
    applies: tuple[RuleOutcome, ...]
    optional: tuple[RuleOutcome, ...]
    does_not_apply: tuple[RuleOutcome, ...]
    """Also what could not be decided (status "undetermined")."""
    reminders: tuple[RuleOutcome, ...]
    """What is worth knowing and is neither a duty nor a choice."""
    past: tuple[Step, ...]
    """Days of the calendar up to the day asked for, that day included."""
    to_come: tuple[Step, ...]
    notes: tuple[str, ...]
    """What was assumed, and who exercises what after a transfer."""
    notice: str
    """What must always be shown with the rules."""

    def outcomes(self) -> tuple[RuleOutcome, ...]:
        """Every rule of the report, duties first."""
        return (*self.applies, *self.optional, *self.does_not_apply, *self.reminders)

    def to_json(self) -> dict[str, Any]:
        """The report as the command line prints it; assumptions and the notice stand in the situation."""
        return {
            "situation": {**self.situation.to_json(), "notes": [*self.notes, self.notice]},
            "applies": [outcome.to_json() for outcome in self.applies],
            "optional": [outcome.to_json() for outcome in self.optional],
            "does_not_apply": [outcome.to_json(with_why=True) for outcome in self.does_not_apply],
        }
