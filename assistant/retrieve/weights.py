"""The weights of the ranking, kept in a file so that tuning on the development questions changes no code."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field

from corpus.records.base import HandWritten
from corpus.yamlfile import load_yaml


class RankingWeights(HandWritten):
    """Weights of the ranking; scores are relative to the best lexical score of the query (1.0)."""

    title: float = Field(ge=0)
    """Weight of a word found in the title or reference of a fiche, against 1 in the body."""
    section: float = Field(ge=0)
    """Weight of a word found in the section path."""
    context: float = Field(ge=0)
    """Weight of a word found in the context (territory, commune)."""
    coverage: float = Field(ge=0, le=1)
    """Share of the lexical score that depends on how much of the question the passage covers."""
    field: float = Field(ge=0)
    """Share of its lexical score added where the passage holds a field that the question asks for."""
    reference: float = Field(ge=0)
    """Added where the passage belongs to the fiche or article the question names by number."""
    history: float = Field(ge=0)
    """Added where the passage belongs to the fiche that the conversation is about."""
    theme: float = Field(ge=0)
    """Share of its lexical score added where passage and question share their main theme."""
    figure: float = Field(ge=0)
    """Share of its lexical score added where a number or a date is asked for and the passage holds one."""
    neighbour: float = Field(ge=0)
    """Share of the best passage score of the same fiche or section that each of its passages receives."""
    other_territory: float = Field(ge=0, le=1)
    """Factor on passages outside the territories that a department or a Caf names."""
    signatories: float = Field(ge=0, le=1)
    """Factor on the lists of who signs, which name everything and answer little, where nobody asks who signs."""
    vectors: float = Field(ge=0)
    """Added to the passage whose vector is nearest to the question's; less to the others, in proportion."""
    questions: float = Field(ge=0)
    """Added to the passage that answers the known question nearest to the one asked; less to the others."""
    length: int = Field(ge=0, le=4000)
    """Characters up to which a passage found is given with its neighbours."""
    twin: float = Field(ge=0, le=1)
    """Factor on a passage that repeats, almost word for word, one ranked before it in another document."""
    same_fiche: float = Field(ge=0, le=1)
    """Factor on the second, third… passage of one fiche when the question is about several territories."""

    @property
    def columns(self) -> tuple[float, float, float, float]:
        """Weights of a word in the title, the section, the context and the body, in the order of the lexical index."""
        return self.title, self.section, self.context, 1.0


@lru_cache(maxsize=1)
def load_weights() -> RankingWeights:
    """The weights in force. Raises CorpusError where the file is wrong."""
    return load_yaml(Path(__file__).with_name("weights.yaml"), RankingWeights)
