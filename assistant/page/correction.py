"""What an editor corrects of a document's description, checked as the manifest itself is."""

from pydantic import ValidationError

from corpus.errors import CorpusError
from corpus.files import copy_whole
from corpus.manifest import DOCUMENTS_FOLDER, ManifestDocument
from corpus.records import DocumentEntry
from corpus.settings import Settings

_FIELDS = {
    "title": "Titre", "name": "Territoire", "short_name": "Nom court", "period_from": "Du", "period_to": "Au",
}  # fmt: skip


def corrected_entry(found: ManifestDocument, values: tuple[str, ...], settings: Settings) -> DocumentEntry:
    """The description with the values of the form, in the order in which the form shows them.

    A delivered document is copied among the user's own, since the delivered manifest is never written. Raises
    CorpusError, naming the field, where a value cannot be; StoreNotWritable where the copy cannot be made.
    """
    title, territory, short_name, other_names, communes, kind, status, start, end = (
        str(value or "") for value in values
    )
    place = found.entry.territory.model_dump() | {
        "name": territory, "short_name": short_name or territory[:40], "other_names": _listed(other_names),
        "communes": _listed(communes),
    }  # fmt: skip
    changed = found.entry.model_dump() | {
        "title": title, "territory": place, "kind": kind, "status": status, "period_from": start.strip() or None,
        "period_to": end.strip() or None,
    }  # fmt: skip
    try:
        entry = DocumentEntry.model_validate(changed)
    except ValidationError as error:
        first = error.errors()[0]
        field = next((_FIELDS[str(part)] for part in reversed(first["loc"]) if str(part) in _FIELDS), "un champ")
        raise CorpusError(f"« {field} » ne convient pas : {first['msg'].removeprefix('Value error, ')}.") from error
    if not found.added:
        copy_whole(found.path, settings.added_dir / DOCUMENTS_FOLDER / entry.file)
    return entry


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
