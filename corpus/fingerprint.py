"""Fingerprint of a model's weights: what an index remembers of the model that made it."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from corpus.errors import ModelUnavailable, StoreNotWritable
from corpus.files import write_whole

_CACHE = "empreintes.json"
_WEIGHTS = (".safetensors", ".bin", ".onnx", ".pt")


def fingerprint_folder(folder: Path, cache_dir: Path) -> str:
    """SHA-256 over the weight files of a model, 16 hexadecimal digits of it.

    Reading the weights takes a second or more, so what was read is remembered in `cache_dir` (where it can be written)
    for as long as the files keep their size and date. Raises ModelUnavailable where the folder holds no weights.
    """
    weights = sorted(path for path in folder.rglob("*") if path.suffix in _WEIGHTS and path.is_file())
    if not weights:
        raise ModelUnavailable(
            f"Le dossier de modèle {folder} ne contient pas de poids ({', '.join(_WEIGHTS)}) : "
            "corrigez CTG_EMBEDDING_MODEL."
        )
    try:
        stamp = [[path.relative_to(folder).as_posix(), *_stamp(path)] for path in weights]
        cache = _read_cache(cache_dir / _CACHE)
        known = cache.get(str(folder.resolve()))
        if isinstance(known, dict) and known.get("stamp") == stamp and isinstance(known.get("fingerprint"), str):
            return str(known["fingerprint"])
        total = hashlib.sha256()
        for path in weights:
            with path.open("rb") as file:
                total.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise ModelUnavailable(
            f"Le modèle {folder} ne peut pas être lu ({error.strerror}) : vérifiez ses droits."
        ) from error
    fingerprint = total.hexdigest()[:16]
    cache[str(folder.resolve())] = {"stamp": stamp, "fingerprint": fingerprint}
    with suppress(StoreNotWritable):
        write_whole(cache_dir / _CACHE, json.dumps(cache, indent=1).encode("utf-8"))
    return fingerprint


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _read_cache(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
