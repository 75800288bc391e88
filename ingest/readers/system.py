"""Programs of the system that some work needs: are they there, what for, and how to install them."""

import shutil
import subprocess
import sys

from corpus.records.base import Record

_ANSWER_S = 10.0
_APT = "sudo apt-get install -y "
_BREW = "brew install "


class SystemCheck(Record):
    """One program of the system."""

    name: str
    present: bool
    purpose: str
    """What it is for, in French."""
    install: str
    """The command that installs it on this kind of system."""


def system_checks() -> list[SystemCheck]:
    """What `ctg doctor` says of the programs that are no Python packages."""
    return [
        SystemCheck(
            name="Tesseract (français)",
            present=tesseract_languages() >= {"fra"},
            purpose="lire les PDF scannés et les images",
            install=tesseract_install(),
        ),
        SystemCheck(
            name="LibreOffice",
            present=any(shutil.which(name) for name in ("soffice", "libreoffice")),
            purpose="vérifier dans les tests les fichiers Word et OpenDocument produits",
            install=_command("libreoffice-writer", "--cask libreoffice"),
        ),
        SystemCheck(
            name="Chromium",
            present=any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")),
            purpose="vérifier la page dans les tests",
            install=_command("chromium", "--cask chromium"),
        ),
    ]


def tesseract_languages() -> set[str]:
    """Languages that Tesseract reads; empty where Tesseract is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return set()
    try:
        answer = subprocess.run([program, "--list-langs"], capture_output=True, timeout=_ANSWER_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return set()
    return set(answer.stdout.decode(errors="replace").split())


def tesseract_install() -> str:
    """The command that installs Tesseract with French."""
    return _command("tesseract-ocr tesseract-ocr-fra", "tesseract tesseract-lang")


def _command(debian: str, macos: str) -> str:
    return _BREW + macos if sys.platform == "darwin" else _APT + debian
