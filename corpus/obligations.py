"""Who must do what, since when, by which text: the rules of obligations.yaml, read strictly.

They are the project's own notes, in its own words, to be checked on Légifrance with the reference each one gives.
What a rule means for a given commune or EPCI is worked out in `assistant/obligations`.
"""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from corpus.records.base import HandWritten
from corpus.yamlfile import load_yaml

OBLIGATIONS_FILE = Path(__file__).resolve().parent / "obligations.yaml"

ActorType = Literal["commune", "epci", "caf", "gestionnaire", "assistant-maternel", "departement", "prefet"]
Level = Literal["obligatoire", "facultatif", "repere"]
Says = Literal["conforme", "ecart", "pratique"]
Competence = Annotated[int, Field(ge=1, le=4)]
"""Number of one of the four competences of the autorité organisatrice."""
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""YYYY, YYYY-MM or YYYY-MM-DD, as precise as the source."""
FullDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class Binding(HandWritten):
    """One kind of actor that a rule binds, and under which condition."""

    type: ActorType
    population_over: int | None = Field(default=None, gt=0)
    """The rule binds above this number of inhabitants (strictly); None where there is no threshold."""
    population_up_to: int | None = Field(default=None, gt=0)
    """The rule binds up to this number, included; None where there is no ceiling."""
    competences: tuple[Competence, ...] = ()
    """The duty goes with these competences: whoever exercises one of them has it. Empty where it goes with none."""
    transferred: Competence | None = None
    """The rule binds only a commune that transferred this competence; None elsewhere."""


class Deadline(HandWritten):
    """A day that the rule sets."""

    date: FullDate
    text: str = Field(min_length=5)


class Mention(HandWritten):
    """What a document of the corpus says of the rule."""

    document: str
    section: str = Field(min_length=2)
    """Where the quote stands, for a reader who has no index at hand."""
    quote: str = Field(min_length=8)
    """The raw words, white space folded."""
    says: Says
    """conforme: states the rule as it is; ecart: states it wrongly or with an outdated date; pratique: meets it."""
    note: str | None = None
    """What to know of the quote; required where it departs from the rule."""

    @model_validator(mode="after")
    def _gap_explained(self) -> "Mention":
        if self.says == "ecart" and not self.note:
            raise ValueError("une mention « ecart » demande une note qui dit ce qui est juste")
        return self


class Rule(HandWritten):
    """A rule in the project's own words."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str = Field(min_length=5)
    """Names the duty ("Recenser les besoins")."""
    part_of: str | None = None
    """Id of the rule of which this one gives a part; None for a rule that stands alone."""
    text: str = Field(min_length=20)
    reference: str = Field(min_length=5)
    """Code and article, law or decree with its date: what to look for on Légifrance."""
    level: Level
    below: Literal["facultatif", "sans-objet"] = "sans-objet"
    """What the rule becomes for those that a threshold leaves out."""
    binds: tuple[Binding, ...] = Field(min_length=1)
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    since: PartialDate | None
    """First day in force; None where the source gives none (since_note then says what is known)."""
    since_note: str | None = None
    until: PartialDate | None = None
    """Last day in force; None for a rule still in force."""
    deadlines: tuple[Deadline, ...] = ()
    theme: str
    """Id of a theme of themes.yaml."""
    confidence: Literal["A", "B"]
    """A: two independent sources or the text itself; B: a single source, with a reservation."""
    reservation: str | None = None
    """Why the rule is not certain; required where confidence is B."""
    checked_on: FullDate
    keywords: tuple[str, ...] = Field(min_length=1)
    """Words under which people ask for the rule."""
    corpus: tuple[Mention, ...] = ()

    @model_validator(mode="after")
    def _reservation_given(self) -> "Rule":
        if (self.confidence == "B") != (self.reservation is not None):
            raise ValueError("une règle de confiance B demande une réserve, une règle A n'en a pas")
        return self

    @property
    def gaps(self) -> tuple[Mention, ...]:
        """Mentions of the corpus that state the rule wrongly or with an outdated date."""
        return tuple(mention for mention in self.corpus if mention.says == "ecart")

    def full_text(self) -> str:
        """The rule as a reader sees it: text, conditions, exceptions, and the reservation of a rule B."""
        parts = [self.text, *self.conditions, *self.exceptions]
        if self.reservation:
            parts.append(f"Réserve (confiance B) : {self.reservation}")
        return " ".join(parts)


class Law(HandWritten):
    """The law from which these obligations come."""

    name: str
    enacted: FullDate


class Obligations(HandWritten):
    """All the rules, in the order in which they are shown."""

    notice: str
    """What must always be shown with the rules."""
    law: Law
    competences: dict[Competence, str]
    """The four competences, by number."""
    rules: tuple[Rule, ...] = Field(min_length=1)

    @field_validator("rules")
    @classmethod
    def _ids_in_order(cls, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        seen: set[str] = set()
        for rule in rules:
            if rule.id in seen:
                raise ValueError(f"deux règles portent l'identifiant « {rule.id} » ; renommez-en une")
            if rule.part_of is not None and rule.part_of not in seen:
                raise ValueError(f"la règle « {rule.id} » précise « {rule.part_of} », qui doit la précéder")
            seen.add(rule.id)
        return rules

    def find(self, rule_id: str) -> Rule | None:
        """The rule of this id; None where there is none."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)


@lru_cache(maxsize=4)
def load_obligations(path: Path = OBLIGATIONS_FILE) -> Obligations:
    """The rules of the project. Raises CorpusError (file, line, key) where the file is wrong."""
    return load_yaml(path, Obligations)
