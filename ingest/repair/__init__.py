"""Repairs of recognised texts (OCR): only sure ones, never of a number, a date or a proper name.

The raw text stays what every span points into; repairs are kept beside it (`ReadDocument.repairs`) and laid over it
for reading (`corpus.repairs`).
"""

from ingest.repair.applying import with_repairs
from ingest.repair.finding import find_repairs, is_noisy
from ingest.repair.lexicon import FrenchWords, french_words

__all__ = ["FrenchWords", "find_repairs", "french_words", "is_noisy", "with_repairs"]
