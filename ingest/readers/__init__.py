"""Readers: one interface from a file to its raw text with pages, whatever the format."""

from ingest.readers.document import Progress, read_document
from ingest.readers.limits import ReadLimits
from ingest.readers.scan import page_image
from ingest.readers.system import SystemCheck, system_checks

__all__ = ["Progress", "ReadLimits", "SystemCheck", "page_image", "read_document", "system_checks"]
