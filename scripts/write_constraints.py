"""Write constraints.txt from what is installed in the running interpreter's environment.

Direct dependencies carry their licence as a comment. Local build tags (`+cpu`) are dropped, because
other indexes may not have them.
"""

import re
import tomllib
from importlib.metadata import Distribution, distributions
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = {"fuente", "pip"}
# Packages whose metadata names no licence in a usable field; read from their licence files.
READ_BY_HAND = {
    "apsw": "any OSI-approved licence (zlib)",
    "jinja2": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0; PDFium: BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
}

HEAD = """\
# Every package of the development environment, pinned: the whole list, installed without resolving.
# `make setup` installs exactly this. After a change of versions in .venv, write it anew:
#     .venv/bin/python scripts/write_constraints.py
# A comment marks a direct dependency of pyproject.toml and names its licence.
"""


def main() -> None:
    """Write the file."""
    direct = direct_dependencies()
    installed = {canonical(d.metadata["Name"]): d for d in distributions()}
    lines = [
        line(name, installed[name], name in direct) for name in sorted(installed.keys() - LEFT_OUT)
    ]
    (ROOT / "constraints.txt").write_text(HEAD + "".join(lines))
    if missing := direct - installed.keys():
        raise SystemExit(f"named in pyproject.toml but not installed: {', '.join(sorted(missing))}")


def direct_dependencies() -> set[str]:
    """Give the names in pyproject.toml, development extras included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    return {canonical(re.split(r"[<>=\[]", text, maxsplit=1)[0]) for text in wanted}


def line(name: str, package: Distribution, is_direct: bool) -> str:
    """Give `name==version`, with the licence of a direct dependency."""
    pinned = f"{name}=={package.version.split('+')[0]}"
    return f"{pinned:<44}# {licence(name, package)}\n" if is_direct else f"{pinned}\n"


def licence(name: str, package: Distribution) -> str:
    """Give the licence as the package states it."""
    metadata = package.metadata
    classifiers = [
        c.split(" :: ")[-1] for c in metadata.get_all("Classifier") or [] if "License" in c
    ]
    stated = (
        metadata.get("License-Expression") or " / ".join(classifiers) or metadata.get("License")
    )
    return READ_BY_HAND.get(name) or stated or "see its licence file"


def canonical(name: str) -> str:
    """Give the name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
