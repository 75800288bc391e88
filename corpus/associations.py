"""Words of the documents that answer words of users, learned from question → passage pairs (see ingest/training)."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from corpus.errors import CorpusError

ASSOCIATIONS_FILE = Path(__file__).with_name("associations.json")

Associations = Mapping[str, tuple[tuple[str, float], ...]]


@lru_cache(maxsize=2)
def load_associations(path: Path = ASSOCIATIONS_FILE) -> Associations:
    """Stem of a user's word → (word of the documents, weight), the strongest first.

    Raises CorpusError where the file is missing or is not what `python -m ingest.training` writes.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {stem: tuple((str(word), float(weight)) for word, weight in others) for stem, others in data.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CorpusError(f"{path.name} est absent ou illisible : relancez « python -m ingest.training ».") from error
