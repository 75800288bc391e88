"""Metadata proposed from a document's own words, each with its evidence: to be confirmed by a person."""

from ingest.metadata.proposing import propose_metadata
from ingest.metadata.records import Found, ProposedMetadata
from ingest.metadata.telling import proposals

__all__ = ["Found", "ProposedMetadata", "proposals", "propose_metadata"]
