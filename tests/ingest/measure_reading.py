"""The figures of docs/documents.md that are not about formats: `python tests/ingest/measure_reading.py PART`.

PART is one of: erreurs (word errors before and after repair), passages (repaired ones beside the raw ones),
metadonnees (proposed against the manifest), dossier (`ctg ingest` of good and bad files of every kind).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from layouts import write_text  # noqa: E402
from rendering import scan, write_pdf  # noqa: E402
from repair_support import RECOGNISED, corrected_lines, repaired, texts, word_error_rate  # noqa: E402
from synthetic import VALLEE  # noqa: E402
from test_metadata import named_as, plain, proposed, value  # noqa: E402
from test_readers_refusals import BAD_FILES  # noqa: E402

from corpus.records import Territory  # noqa: E402
from corpus.text import squeeze  # noqa: E402

PASSAGES = 20
_SHOWN = 150
_LONG = 300_000_000
_TREES = ("Aulne", "Bouleau", "Charme", "Frêne", "Orme", "Tilleul", "Saule")


def main() -> int:
    """Prints one part as Markdown."""
    parts = {"erreurs": errors, "passages": passages, "metadonnees": metadata, "dossier": folder}
    if len(sys.argv) != 2 or sys.argv[1] not in parts:
        print(__doc__)
        return 2
    parts[sys.argv[1]]()
    return 0


def errors() -> None:
    """Word errors of each half, and how many repairs each recognised document has."""
    print("| lignes | avant | après |\n|---|---|---|")
    for half in ("developpement", "controle"):
        before, after = (100 * word_error_rate(half, which) for which in ("raw", "repaired"))
        print(f"| {half} ({len(corrected_lines(half))}) | {before:.2f} % | {after:.2f} % |")
    for name in RECOGNISED:
        print(f"\n{name} : {len(repaired(name).repairs)} réparations sur {len(texts()[name].split())} mots")


def passages() -> None:
    """Lines with repairs, evenly taken from the recognised documents, raw and repaired."""
    found = []
    for name in RECOGNISED:
        read, raw, start = repaired(name), texts()[name], 0
        for line in raw.split("\n"):
            end = start + len(line)
            told = [one for one in read.inside(start, end) if any(char.isalpha() for char in one.text)]
            if len(told) >= 2 and len(line) > 40:
                found.append((name, squeeze(line)[:_SHOWN], squeeze(read.between(start, end))[:_SHOWN]))
            start = end + 1
    step = len(found) / PASSAGES
    print("| reconnu | lu |\n|---|---|")
    for place in range(PASSAGES):
        _, before, after = found[int(place * step)]
        print(f"| {_cell(before)} | {_cell(after)} |")


def metadata() -> None:
    """What is proposed of each delivered document beside what the manifest says."""
    from repair_support import entry_of

    print("| document | territoire | communes | Caf | période | nature | statut |\n|---|---|---|---|---|---|---|")
    for name in texts():
        said, entry = proposed(name), entry_of(name)
        communes = {plain(one.value) for one in said.communes}
        right = communes & {plain(one) for one in entry.territory.communes}
        cells = (
            _territory(value(said.territory), entry.territory),
            f"{len(right)} justes sur {len(communes)} lues ({len(entry.territory.communes)} au manifeste)",
            _against(value(said.caf), entry.territory.caf),
            f"{_against(value(said.period_from), entry.period_from)} → "
            f"{_against(value(said.period_to), entry.period_to)}",
            _against(said.kind, entry.kind),
            _against(said.status, entry.status),
        )  # fmt: skip
        print(f"| {name} | " + " | ".join(cells) + " |")


def _territory(found: str | None, right: Territory) -> str:
    if named_as(found, right) == right.name:
        return _against(found, right.name)
    return f"{found} ✓ (sigle ; manifeste : {right.name})"


def _against(found: str | None, right: str | None) -> str:
    if plain(found) == plain(right):
        return f"{found or '—'} ✓"
    return f"{found or '—'} ✗ (manifeste : {right or '—'})"


def folder() -> None:
    """A good and a bad file of every kind, given to `ctg ingest` as a user would, beside the index in service."""
    with tempfile.TemporaryDirectory() as work:
        given = Path(work) / "reçus"
        given.mkdir()
        _good_files(given)
        for name, make, _ in BAD_FILES.values():
            (given / f"mauvais {name}").write_bytes(make())
        with (given / "mauvais gros.pdf").open("wb") as file:
            file.truncate(_LONG)
        if (ROOT / "var" / "index").exists():
            shutil.copytree(ROOT / "var" / "index", Path(work) / "donnees" / "index")
        environment = os.environ | {"CTG_DATA_DIR": str(Path(work) / "donnees")}
        command = [str(Path(sys.executable).with_name("ctg")), "ingest", str(given)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        print(done.stdout.replace(work, "…"))
        print(f"code de sortie : {done.returncode}")


def _good_files(given: Path) -> None:
    for number, form in enumerate(("txt", "pdf", "docx", "odt", "html", "scan.pdf", "png"), 1):
        text = VALLEE.replace("Val Fleuri", f"Val {_TREES[number - 1]}")
        text += "\n" + "\n".join(f"Lieu {number}-{place} : accueil du {place} mai." for place in range(60 * number))
        file = given / f"bon {number}.{form}"
        if form == "png":
            _write_picture(text[:400] + text[-1200:], file)
        elif form == "txt":
            file.write_text(text, encoding="cp1252")
        elif form == "scan.pdf":
            write_pdf(text, given.parent / "net.pdf")
            scan(given.parent / "net.pdf", file, 0.6)
        else:
            write_text(text, form, file)


def _write_picture(text: str, file: Path) -> None:
    import pymupdf

    write_pdf(text, file.with_suffix(".tmp"))
    pymupdf.open(file.with_suffix(".tmp"), filetype="pdf")[0].get_pixmap(dpi=200, colorspace=pymupdf.csGRAY).save(file)
    file.with_suffix(".tmp").unlink()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
