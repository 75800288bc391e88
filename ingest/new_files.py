"""Files that the user brings: which are new, which are another version of a document, and a first entry for each."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from corpus.manifest import Manifest
from corpus.records import DocumentEntry, DocumentKind, PageConvention, Territory
from corpus.text import fold, squeeze
from ingest.metadata import ProposedMetadata

_LEFT_BY_SYSTEMS = re.compile(r"\.|~\$|~WRL|Thumbs\.db$|desktop\.ini$|Icon\r$|__MACOSX$", re.IGNORECASE)
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
_FORM = re.compile(
    r"^(?:communauté (?:de communes|d['’]agglomération|urbaine)|(?:re)?groupement de communes|"
    r"syndicat intercommunal)\s+"
    r"(?:de la |de l['’]|de |du |des |d['’])?",
    re.IGNORECASE,
)
_SHORT = 40
_IS_NAME = re.compile(r"[^\W\d_]{3,}(?:[ '’-]+[^\W\d_]+)*")


def list_files(paths: Iterable[Path]) -> list[Path]:
    """The files to add: those given, and those directly in the folders given.

    Hidden files and what systems leave in folders are left out; a folder inside a folder is kept, to be told of.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(item for item in path.iterdir() if not _LEFT_BY_SYSTEMS.match(item.name))
        else:
            files.append(path)
    return files


def propose_entry(path: Path, taken: Sequence[str], proposed: ProposedMetadata | None = None) -> DocumentEntry:
    """A manifest entry made from what was read in the text (`proposed`), else from the file's name; its id is none
    of `taken`.

    The stored file is named after the id, so that no character of the original name reaches the disk.
    """
    said = proposed or ProposedMetadata()
    title = _title(path.stem)
    plain = squeeze(re.sub(r"[^a-z0-9]+", " ", fold(title)))
    years = sorted(_YEAR.findall(title))
    named: DocumentKind = next((kind for words_of, kind in _KINDS if words_of in plain), "convention")
    identifier = free_id(slug(path), taken, path.suffix)
    return DocumentEntry(
        id=identifier,
        file=stored_name(identifier, path),
        title=title,
        kind=said.kind if said.kind_evidence else named,
        status=said.status,
        territory=_territory(title, said),
        period_from=said.period_from.value if said.period_from else years[0] if len(years) > 1 else None,
        period_to=said.period_to.value if said.period_to else years[-1] if len(years) > 1 else None,
        pages=page_convention(path),
        provenance=f"Fichier ajouté par l'utilisateur le {date.today().isoformat()}.",
    )


def page_convention(path: Path) -> PageConvention:
    """How a file that was given shows its pages: by form feeds where a plain text has some."""
    with path.open("rb") as file:
        return "saut-de-page" if path.suffix.lower() == ".txt" and b"\f" in file.read() else "aucune"


def find_same_names(path: Path, manifest: Manifest) -> tuple[DocumentEntry, ...]:
    """The documents that were added or delivered under this file's name, whatever their ending."""
    name = slug(path)
    names = {name, f"{name}-{_form(path.suffix)}"}
    entries = (document.entry for document in manifest.documents)
    return tuple(entry for entry in entries if names & {entry.id, slug(Path(entry.file))})


def slug(path: Path) -> str:
    """A document id made from a file name."""
    return re.sub(r"[^a-z0-9]+", "-", fold(path.stem))[:60].strip("-") or "document"


def free_id(wanted: str, taken: Sequence[str], ending: str = "") -> str:
    """`wanted`; where it is taken, with the file's ending (`ctg-docx`), else `wanted-2`, `wanted-3`…"""
    wanted = wanted if len(wanted) > 1 else f"document-{wanted}"
    form = _form(ending)
    if form and wanted in taken and f"{wanted}-{form}" not in taken:
        return f"{wanted}-{form}"
    number, identifier = 1, wanted
    while identifier in taken:
        number += 1
        identifier = f"{wanted}-{number}"
    return identifier


def _form(ending: str) -> str:
    return re.sub(r"[^a-z0-9]", "", ending.lower())[:8]


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


def _cased(name: str) -> str:
    """A name all in small letters with its capitals: a file is often named so."""
    return re.sub(r"[^\W\d_]{4,}", lambda word: word.group().capitalize(), name) if name.islower() else name


def _territory(title: str, said: ProposedMetadata) -> Territory:
    """The territory that the text names; the file's name stays one of its names."""
    named = _territory_name(title)
    name = said.territory.value if said.territory else _cased(named)
    short = _FORM.sub("", name)
    short = short if len(short) >= 2 else name
    return Territory(
        name=name,
        short_name=short if len(short) <= _SHORT else short[: _SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,") + "…",
        other_names=(named,) if fold(named) != fold(name) and _IS_NAME.fullmatch(named) else (),
        communes=tuple(commune.value for commune in said.communes),
        department=said.department.value if said.department else None,
        department_code=said.department_code,
        caf=said.caf.value if said.caf else None,
        kind="groupement-de-communes" if said.group else "epci",
    )
