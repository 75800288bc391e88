"""What reading one file may cost. A hostile file is stopped by these limits, an honest one never meets them."""

from pydantic import Field

from corpus.records.base import Record


class ReadLimits(Record):
    """Limits of one reading; each one met is named in the sentence that refuses the file."""

    file_mb: int = Field(default=50, gt=0)
    """Largest file that is opened, in megabytes: a convention of eighty pages, scanned in grey at 200 dots per inch,
    takes some 25."""
    seconds: float = Field(default=60.0, gt=0)
    """Wall time of one child process."""
    page_seconds: float = Field(default=60.0, gt=0)
    """Processor time of the child process that recognises one page of a scan, and of the recognition itself."""
    page_wait_seconds: float = Field(default=600.0, gt=0)
    """Wall time of one page of a scan: other pages and other programs may keep the machine busy for minutes."""
    memory_mb: int = Field(default=1024, gt=0)
    """Memory of one child process, in MiB (address space where the system can bound it, else resident memory)."""
    unpacked_mb: int = Field(default=200, gt=0)
    """Largest size of a DOCX or ODT once unpacked, in megabytes."""
    xml_mb: int = Field(default=40, gt=0)
    """Largest size of its XML parts, in megabytes: a tree takes some twenty times as much memory."""
    pages: int = Field(default=1000, gt=0)
    """Most pages that are read from one PDF or one image file."""
    characters: int = Field(default=20_000_000, gt=0)
    """Longest text that one file may give."""
