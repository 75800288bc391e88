"""The marks [n]: buttons of ours that carry the address of what they open."""

from collections.abc import Iterable, Mapping

from assistant.page.rendering.text import action_button
from corpus.records import Citation, Span

_SHOWN_IN_ROW = 6


def marks(numbers: Iterable[int], citations: Mapping[int, Citation]) -> str:
    """A button for each number that has a citation; numbers without one are left out."""
    known = [citations[number] for number in numbers if number in citations]
    shown = "".join(mark(citation) for citation in known[:_SHOWN_IN_ROW])
    rest = known[_SHOWN_IN_ROW:]
    if rest:
        more = "".join(mark(citation) for citation in rest)
        button = action_button("more", f"+{len(rest)}", {}, css="ctg-link", name=f"Montrer {len(rest)} autres sources")
        shown += f'{button}<span class="ctg-more-marks" hidden="hidden">{more}</span>'
    return f'<span class="ctg-marks">{shown}</span>' if shown else ""


def mark(citation: Citation) -> str:
    """The button of one citation."""
    page = f", page {citation.page}" if citation.page is not None else ""
    repaired = ", texte réparé" if citation.repaired else ""
    where = f"{citation.territory or 'note du projet'}, {citation.section}{page}{repaired}"
    return action_button(
        "source", str(citation.n), source_data(citation), css="ctg-mark", name=f"Source {citation.n} : {where}",
        title=where,
    )  # fmt: skip


def source_button(label: str, citation: Citation, css: str = "ctg-cell") -> str:
    """A button with words of its own that opens a citation."""
    return action_button("source", label, source_data(citation), css=css)


def source_data(citation: Citation) -> dict[str, object]:
    """What the source panel needs to open a citation; checked again on its way back."""
    spans = citation.spans or (Span(start=citation.start, end=citation.end),)
    is_note = ":" in citation.document
    return {
        "document": citation.document,
        "spans": None if is_note else spans_text(spans),
        "passage": citation.passage,
        "n": citation.n,
        "quote": citation.quote if is_note else None,
        "section": citation.section if is_note else None,
    }


def spans_text(spans: Iterable[Span]) -> str:
    """ "12-80,95-130": spans in an attribute."""
    return ",".join(f"{span.start}-{span.end}" for span in spans)
