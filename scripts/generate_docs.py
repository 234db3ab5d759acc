"""Write the documentation that can be derived from the code, or check that it is fresh.

    generate_docs.py            writes
    generate_docs.py --check    exits 1 and names what is stale

It knows what each page is made from, not what it says: the words come from docstrings, help texts,
field descriptions and the OpenAPI document.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from scripts.reference_pages import (  # noqa: E402
    cli_page,
    errors_page,
    invariants_page,
    routes_page,
    settings_page,
)
from scripts.source_tree import with_tree  # noqa: E402

# Each page, the module it is read from, and what writes it.
PAGES = {
    "docs/invariants.md": ("fuente.records.invariants", invariants_page),
    "docs/reference/cli.md": ("fuente.cli", cli_page),
    "docs/reference/errors.md": ("fuente.errors", errors_page),
    "docs/reference/routes.md": ("fuente.server.app", routes_page),
    "docs/reference/settings.md": ("fuente.settings", settings_page),
}


def pages() -> dict[str, str]:
    """Give the path and the full text of every generated file."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    written = {path: page() for path, (module, page) in PAGES.items() if find_spec(module)}
    return {"README.md": with_tree(readme, ROOT), **written}


def stale(root: Path = ROOT) -> list[str]:
    """Name the generated files that differ from what the code gives now."""
    return [path for path, text in pages().items() if _read(root / path) != text]


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` only compare them."""
    if arguments == ["--check"]:
        for path in (found := stale()):
            print(f"{path} is stale: run `make docs`", file=sys.stderr)
        return 1 if found else 0
    for path, text in pages().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
