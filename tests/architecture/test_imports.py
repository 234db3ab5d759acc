"""The import contracts of pyproject.toml hold, and each is seen to catch a planted violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

# The contract's number, then the files planted into a copy of the package.
VIOLATIONS = {
    "a lower stage imports a higher one": (
        1,
        {"dosing/planted.py": "import fuente.patients.request"},
    ),
    "siblings import each other": (1, {"workflows/planted.py": "import fuente.adapters"}),
    "a module has no place in the layers": (1, {"planted.py": '"""Nowhere."""'}),
    "an import for types only still counts": (
        1,
        {
            "errors.py": "from typing import TYPE_CHECKING\n\n"
            "if TYPE_CHECKING:\n    import fuente.ports\n"
        },
    ),
    "a stage opens the database itself": (2, {"records/planted.py": "import sqlite3"}),
    "a workflow names the vector index": (2, {"workflows/planted.py": "import chromadb"}),
    "a stage fetches over the network": (2, {"evidence/planted.py": "import urllib.request"}),
    "a route reads the settings": (3, {"server/planted.py": "import fuente.settings"}),
    "an adapter uses another": (
        4,
        {"adapters/planted.py": "import fuente.adapters.other", "adapters/other.py": ""},
    ),
    "two modules import each other": (
        5,
        {
            "dosing/planted.py": "import fuente.dosing.other",
            "dosing/other.py": "import fuente.dosing.planted",
        },
    ),
    "a route builds its own adapter": (
        6,
        {"server/planted.py": "import fuente.adapters.other", "adapters/other.py": ""},
    ),
    "a route calls the model's engine": (7, {"server/planted.py": "import llama_cpp"}),
    "a value is a pydantic model": (8, {"dosing/planted.py": "import pydantic"}),
    "an adapter draws on the terminal": (9, {"adapters/planted.py": "import rich"}),
    "an adapter answers requests": (10, {"adapters/planted.py": "import fastapi"}),
}


@pytest.fixture
def copy(tmp_path, root):
    """Give a copy of the package and of the contracts, free to be damaged."""
    shutil.copytree(root / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in `folder`."""
    command = [sys.executable, "-c", LINT_IMPORTS, "--no-cache", "--no-logo"]
    environment = {"PYTHONPATH": str(folder / "src"), "COLUMNS": "200"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_all_contracts_are_kept(copy):
    """The package as it stands breaks no contract, and nothing is exempted."""
    result = lint(copy)

    assert result.returncode == 0, result.stdout
    assert "ignore_imports" not in (copy / "pyproject.toml").read_text()


@pytest.mark.parametrize("case", VIOLATIONS)
def test_a_planted_violation_is_caught(copy, case):
    """The contract meant for it reports the violation."""
    contract, files = VIOLATIONS[case]
    for name, text in files.items():
        with (copy / "src" / "fuente" / name).open("a") as file:
            file.write(f"\n{text}\n")

    result = lint(copy)

    broken = [line for line in result.stdout.splitlines() if line.rstrip().endswith("BROKEN")]
    assert any(line.startswith(f"{contract}. ") for line in broken), result.stdout
