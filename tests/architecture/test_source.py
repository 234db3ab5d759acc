"""What source files may not contain: doses, machine paths, networks, unfinished work."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "fuente"
TEXT_KINDS = {".py", ".md", ".toml", ".sh", ".txt", ".csv", ".json", ".html", ".css", ".js", ""}
OURS = ("src", "tests", "scripts", "docs", "corpus", "models", ".ci")
NETWORK = {
    "aiohttp",
    "ftplib",
    "http.client",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "urllib.request",
}
REGIMEN = {"dose", "day", "days", "cycle", "cycles", "cycle_days", "regimen", "schedule", "phase"}
VAGUE = {"utils", "util", "helpers", "common", "manager", "base", "misc"}


def texts(*folders: str) -> list[Path]:
    """Give the project's own text files under the folders, and those at the top."""
    nested = [p for folder in folders for p in (ROOT / folder).rglob("*")]
    top = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml")]
    kept = [p for p in (*nested, *top) if p.is_file() and p.suffix in TEXT_KINDS]
    return [p for p in kept if "__pycache__" not in p.parts and ".egg-info" not in str(p)]


def imported(path: Path) -> set[str]:
    """Give the names of all modules a file imports, wherever in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    return plain | {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}


def containing(pattern: str, paths: list[Path]) -> list[str]:
    """Name the files with a match, leaving out this one, which has to spell the patterns."""
    found = re.compile(pattern)
    others = [p for p in paths if p != Path(__file__)]
    return [str(p.relative_to(ROOT)) for p in others if found.search(p.read_text(encoding="utf-8"))]


def test_no_path_of_one_machine_is_written_down():
    """The project runs wherever it is cloned, with nothing beside it."""
    assert containing(r"\.\./shared|/work/|/home/\w|/root/", texts(*OURS)) == []


def test_no_address_beyond_this_host_is_in_the_code():
    """URLs in code are loopback, names of standards, or examples that cannot resolve."""
    allowed = (
        r"127\.0\.0\.1|localhost|\[::1\]|testserver|www\.w3\.org|hl7\.org|loinc\.org|unitsofmeasure\.org"
        r"|snomed\.info|[\w.-]*\.?(?:example|invalid|test)\b|json-schema\.org|\{"
    )

    assert containing(rf"https?://(?!{allowed})", list(PACKAGE.rglob("*.py"))) == []


@pytest.mark.parametrize("folder", sorted(p.name for p in PACKAGE.iterdir() if p.is_dir()))
def test_no_network_module_outside_adapters(folder):
    """Only an adapter could open a connection, and none does beyond this host."""
    modules = [p for p in (PACKAGE / folder).rglob("*.py") if folder != "adapters"]

    assert {str(p): imported(p) & NETWORK for p in modules if imported(p) & NETWORK} == {}


def test_the_package_holds_no_protocol():
    """Regimens and doses come from documents; the package carries no file of them."""
    data = [
        p for p in PACKAGE.rglob("*") if p.suffix in {".csv", ".json", ".toml", ".yaml", ".pdf"}
    ]
    columns = {
        p.name: set(p.read_text().split("\n", 1)[0].split(",")) for p in data if p.suffix == ".csv"
    }

    assert [p.name for p in data if p.suffix == ".pdf"] == []
    assert {name: found & REGIMEN for name, found in columns.items() if found & REGIMEN} == {}


def test_no_unfinished_work_is_committed():
    """What is not built is an issue, not a comment."""
    assert (
        containing(r"\bTODO\b|\bFIXME\b|\bXXX\b|raise NotImplementedError", texts("src", "scripts"))
        == []
    )


@pytest.mark.parametrize("folder", ["src", "scripts", "tests"])
def test_no_module_has_a_vague_name(folder):
    """A module is named for what it decides."""
    assert [str(p) for p in (ROOT / folder).rglob("*.py") if p.stem in VAGUE] == []


def test_every_module_says_what_it_decides():
    """Each source module opens with a docstring."""
    trees = {p: ast.parse(p.read_text(encoding="utf-8")) for p in PACKAGE.rglob("*.py")}

    assert [str(p) for p, tree in trees.items() if not ast.get_docstring(tree)] == []


def test_every_test_says_what_it_shows():
    """Each test function has a docstring of one sentence or two."""
    functions = [
        (path, node)
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]

    assert [f"{p.name}: {n.name}" for p, n in functions if not ast.get_docstring(n)] == []


def test_nothing_is_swallowed():
    """No handler is bare, and none catches every error to do nothing."""
    handlers = [
        (path, node)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
    ]
    silent = [(p, n) for p, n in handlers if is_broad(n) and isinstance(n.body[0], ast.Pass)]
    bare = [(p, n) for p, n in handlers if n.type is None]

    assert [f"{p.relative_to(ROOT)}:{n.lineno}" for p, n in (*silent, *bare)] == []


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Tell whether it catches every error there is."""
    return isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
