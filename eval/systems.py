"""What can be measured: anything that returns texts for a conversation. The assistant and the baselines alike."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from corpus.records import Answer, RankedPassage
from corpus.text import letters, squeeze
from eval.records import Returned


class RetrievalSystem(Protocol):
    """A system whose ranking is measured."""

    @property
    def name(self) -> str: ...

    def search(self, turns: Sequence[str], k: int) -> Sequence[Returned]:
        """At most k texts, best first, for the last question of a conversation."""
        ...


class PassageList(Protocol):
    """The part of a search result that is measured."""

    @property
    def passages(self) -> tuple[RankedPassage, ...]: ...


class AssistantUnderTest(Protocol):
    """What the evaluation asks of the assistant."""

    def search(self, question: str, k: int = 10) -> PassageList: ...

    def search_turns(self, turns: Sequence[str], k: int) -> PassageList: ...

    def ask(self, question: str) -> Answer: ...

    def ask_turns(self, turns: Sequence[str]) -> Answer: ...


class AssistantSystem:
    """The assistant, seen as a system whose ranking and answers are measured.

    texts are the raw texts of the documents, by id: a passage that is a repaired reading of its source is
    judged by the source's own words as well.
    """

    def __init__(self, assistant: AssistantUnderTest, texts: Mapping[str, str], name: str = "Assistant CTG") -> None:
        self.name = name
        self._assistant = assistant
        self._texts = texts

    def search(self, turns: Sequence[str], k: int) -> Sequence[Returned]:
        found = self._assistant.search(turns[0], k) if len(turns) == 1 else self._assistant.search_turns(turns, k)
        return [returned_passage(ranked, self._texts.get(ranked.passage.document)) for ranked in found.passages]

    def ask(self, turns: Sequence[str]) -> Answer:
        return self._assistant.ask(turns[0]) if len(turns) == 1 else self._assistant.ask_turns(turns)


def returned_passage(ranked: RankedPassage, document: str | None) -> Returned:
    """A ranked passage as any system's returned text; document is its raw text, None where unknown."""
    passage = ranked.passage
    raw = squeeze(" ".join(document[span.start : span.end] for span in passage.spans)) if document else None
    return Returned(
        document=passage.document,
        text=passage.text,
        raw=raw if raw is not None and letters(raw) != letters(passage.text) else None,
        reordered=passage.kind in ("ligne-de-tableau", "equipement") or len(passage.spans) > 1,
        place=passage.address(),
    )
