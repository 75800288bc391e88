"""Files that the user brings: which are new, which are another version of a document, and a first entry for each."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from corpus.manifest import Manifest
from corpus.records import DocumentEntry, DocumentKind, PageConvention, Territory
from corpus.text import fold, squeeze, words

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NOT_A_NAME = re.compile(
    r"\b(?:ctg|conventions? territoriales? globales?|annexe(?: \d+)?|plan d['’]actions?|projet de (?:territoire|ctg)|"
    r"version|vf|v\d+|signée?|finale?|projet|20\d\d)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[str, DocumentKind], ...] = (
    ("plan d", "plan-d-actions"),
    ("projet de territoire", "projet-de-territoire"),
    ("note", "note"),
)
_SHINGLE = 8
_SAME_DOCUMENT = 0.6


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to add: those given, and those directly in the folders given, hidden ones left out."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(item for item in path.iterdir() if item.is_file() and not item.name.startswith("."))
        else:
            files.append(path)
    return files


def propose_entry(path: Path, taken: Sequence[str]) -> DocumentEntry:
    """A manifest entry made from the file's name alone; its id is none of `taken`.

    The stored file is named after the id, so that no character of the original name reaches the disk.
    """
    title = _title(path.stem)
    plain = squeeze(re.sub(r"[^a-z0-9]+", " ", fold(title)))
    years = sorted(_YEAR.findall(title))
    name = _territory_name(title)
    identifier = free_id(slug(path), taken)
    return DocumentEntry(
        id=identifier,
        file=stored_name(identifier, path),
        title=title,
        kind=next((kind for words_of, kind in _KINDS if words_of in plain), "convention"),
        territory=Territory(name=name, short_name=name[:40].strip()),
        period_from=years[0] if len(years) > 1 else None,
        period_to=years[-1] if len(years) > 1 else None,
        pages=_page_convention(path),
        provenance=f"Fichier ajouté par l'utilisateur le {date.today().isoformat()}.",
    )


def find_same_name(path: Path, manifest: Manifest) -> DocumentEntry | None:
    """The document that was added or delivered under this file's name; None where there is none."""
    name = slug(path)
    for document in manifest.documents:
        if document.entry.id == name or slug(Path(document.entry.file)) == name:
            return document.entry
    return None


def is_new_version(old: str, new: str) -> bool:
    """Whether a text is another version of another, and not a different document that happens to share its name.

    Two conventions share the paragraphs of the national template; two versions of one share most of everything.
    """
    before, after = _shingles(old), _shingles(new)
    if not before or not after:
        return squeeze(old) == squeeze(new)
    return len(before & after) / min(len(before), len(after)) >= _SAME_DOCUMENT


def slug(path: Path) -> str:
    """A document id made from a file name."""
    return re.sub(r"[^a-z0-9]+", "-", fold(path.stem))[:60].strip("-") or "document"


def free_id(wanted: str, taken: Sequence[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3`… where it is taken."""
    wanted = wanted if len(wanted) > 1 else f"document-{wanted}"
    number, identifier = 1, wanted
    while identifier in taken:
        number += 1
        identifier = f"{wanted}-{number}"
    return identifier


def stored_name(identifier: str, path: Path) -> str:
    """Name under which a file is kept."""
    return identifier + re.sub(r"[^a-z0-9.]", "", path.suffix.lower())[:8]


def _title(stem: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in stem)
    title = squeeze(re.sub(r"[_+]+", " ", printable))[:120]
    return title if len(title) >= 3 else f"Document {title}".strip()


def _territory_name(title: str) -> str:
    """The title without the words of any convention; the title itself where nothing is left."""
    name = squeeze(_NOT_A_NAME.sub(" ", title)).strip(" -–—_.,;:()[]")
    return name if len(name) >= 2 else title


def _page_convention(path: Path) -> PageConvention:
    with path.open("rb") as file:
        return "saut-de-page" if path.suffix.lower() == ".txt" and b"\f" in file.read() else "aucune"


def _shingles(text: str) -> set[tuple[str, ...]]:
    flow = words(text)
    return {tuple(flow[start : start + _SHINGLE]) for start in range(len(flow) - _SHINGLE + 1)}
