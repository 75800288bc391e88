"""Divergences of the corpus, found by comparing typed values: nothing is listed by hand."""

from assistant.conflicts.finding import conflict_notices, conflict_payload, find_conflicts
from assistant.conflicts.records import Conflict

__all__ = ["Conflict", "conflict_notices", "conflict_payload", "find_conflicts"]
