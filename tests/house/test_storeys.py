"""The storeys stay apart: a module imports only from its own storey or from those below."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BELOW: dict[str, set[str]] = {
    "corpus": {"corpus"},
    "ingest": {"ingest", "corpus"},
    "assistant": {"assistant", "ingest", "corpus"},
    "eval": {"eval", "assistant", "ingest", "corpus"},
    "doors": {"assistant", "eval", "ingest", "corpus"},
}
DOORS = ("assistant.cli", "assistant.page", "assistant.mcp")
PACKAGES = ("corpus", "ingest", "assistant", "eval")
LONGEST_FILE = 400


def storey_of(module: str) -> str:
    return "doors" if module.startswith(DOORS) else module.split(".")[0]


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            pytest.fail(f"{path}: relative imports hide the storey")
    return {name for name in found if name.split(".")[0] in PACKAGES or name.split(".")[0] == "tests"}


def test_every_import_goes_down_or_stays() -> None:
    wrong = []
    for path in modules():
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        storey = storey_of(module)
        for name in imports_of(path):
            allowed = name.split(".")[0] in BELOW[storey]
            uses_door = name.startswith(DOORS) and storey != "doors"
            if not allowed or uses_door:
                wrong.append(f"{module} imports {name}")
    assert not wrong, "\n".join(sorted(wrong))


def test_the_rule_catches_an_upward_import(tmp_path: Path) -> None:
    upward = tmp_path / "upward.py"
    upward.write_text("from assistant.service import Assistant\n", encoding="utf-8")
    assert any(name.split(".")[0] not in BELOW["corpus"] for name in imports_of(upward))


def test_no_file_is_crowded() -> None:
    crowded = {
        str(path.relative_to(ROOT)): lines
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert not crowded
