"""The only ways in which foreign text enters our markup: escaped, without invisible characters, never a link."""

import html
import re
from collections.abc import Mapping

from corpus.text import without_marks

_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
"""Control characters and those that turn the direction of writing: a text could lie about what it says."""

_LOOSE_BEFORE, _LOOSE_AFTER = re.compile(r" (?=[?!:;»])"), re.compile(r"(?<=«) ")


def plain(text: str) -> str:
    """The text without invisible characters."""
    return _INVISIBLE.sub("", text)


def safe(text: str) -> str:
    """Foreign text for the inside of an element or of a quoted attribute."""
    return html.escape(plain(text), quote=True)


def shown(text: str) -> str:
    """Foreign text to be read: escaped, and no line begins with a French punctuation mark."""
    return safe(_LOOSE_BEFORE.sub("\u00a0", _LOOSE_AFTER.sub("\u00a0", text)))


def shown_source(text: str) -> str:
    """Words of a document: also without the tags and bold marks that an extraction left around them."""
    return shown(without_marks(text))


def attributes(values: Mapping[str, object]) -> str:
    """Attributes of a tag, values escaped; None is left out."""
    return "".join(f' {name}="{safe(str(value))}"' for name, value in values.items() if value is not None)


def action_button(action: str, label: str, data: Mapping[str, object], *, css: str = "ctg-action", name: str = "",
                  title: str = "") -> str:  # fmt: skip
    """A button that the page's script turns into an event. `label` is foreign text too; `name` is its spoken name."""
    values: dict[str, object] = {"type": "button", "class": css, "data-ctg": action}
    values |= {f"data-{key}": value for key, value in data.items()}
    values |= {"aria-label": name or None, "title": title or None}
    return f"<button{attributes(values)}>{shown(label)}</button>"


def opening_button(label: str, target: str, *, css: str = "ctg-action", name: str = "") -> str:
    """A button that opens and closes the part of the page whose id is `target`."""
    closed = attributes({"aria-expanded": "false", "aria-controls": target})
    button = action_button("toggle", label, {"target": target}, css=css, name=name)
    return button.replace("<button", f"<button{closed}", 1)


def notice(text: str, kind: str = "info", role: str = "status") -> str:
    """A sentence to the reader in a box; `kind` is info, warning or error."""
    words = {"info": "Information", "warning": "Attention", "error": "À corriger"}[kind]
    return (
        f'<p class="ctg-notice ctg-notice-{kind}" role="{role}"><strong>{words}</strong> <span>{shown(text)}</span></p>'
    )


def waiting(text: str) -> str:
    """A sentence that stands where something is being made."""
    return f'<p class="ctg-wait" role="status"><span class="ctg-dots" aria-hidden="true"></span>{shown(text)}</p>'


def badge(kind: str, text: str, title: str = "") -> str:
    """A small label; `kind` names its look (page.css), the text says what it means."""
    return f"<span{attributes({'class': f'ctg-badge ctg-badge-{kind}', 'title': title or None})}>{safe(text)}</span>"


def definition_list(rows: Mapping[str, str]) -> str:
    """Terms and their values, the values being markup already; empty ones are left out."""
    items = "".join(f"<div><dt>{safe(term)}</dt><dd>{value}</dd></div>" for term, value in rows.items() if value)
    return f'<dl class="ctg-facts">{items}</dl>'


def bar(share: float) -> str:
    """A bar filled to `share`, in percent; what it shows must stand beside it in words."""
    filled = max(0, min(100, round(share)))
    return f'<span class="ctg-bar" aria-hidden="true"><span style="width:{filled}%"></span></span>'


def counted(number: int, word: str, plural: str = "") -> str:
    """ "1 fiche", "3 fiches"."""
    return f"{number} {word if number < 2 else plural or word + 's'}"
