"""Tables and slides: actions of plans, lists of equipment, and the passages of their rows."""

from ingest.tables.actions import extract_actions
from ingest.tables.equipment import extract_equipment
from ingest.tables.passages import covered_spans, table_passages

__all__ = ["covered_spans", "extract_actions", "extract_equipment", "table_passages"]
