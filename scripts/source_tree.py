"""The tree in README.md: what each folder and module is for, in its own docstring's words."""

import ast
from pathlib import Path

BEGIN, END = "<!-- tree: written by `make docs` -->", "<!-- end of tree -->"

# In the order in which data flows, which is the order of imports from low to high.
FLOW = (
    "errors.py", "quantities", "documents", "dosing", "evidence", "patients", "generation",
    "records", "audit", "exports", "ports.py", "workflows", "adapters", "settings.py",
    "assembly.py", "server", "cli",
)  # fmt: skip

TOP = {
    "benchmarks": "figures that depend on the machine, as ratios measured side by side",
    "corpus": "illustrative protocol documents, marked so on every page",
    "docs": "decisions (adr/), glossary, reference pages made from the code",
    "models": "registry of language models; weights are put here, not committed",
    "scripts": "makers and meters: the corpus, the docs, the demo, the figures",
    "tests": "unit, spec, property, contract, integration, e2e, architecture",
    "vectorstore": "the default data folder: one SQLite file and its Chroma index",
}


def with_tree(readme: str, root: Path) -> str:
    """Give the README with the text between the two marks replaced by the current tree."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n```\n{tree(root)}```\n{END}{after}"


def tree(root: Path) -> str:
    """Draw `src/fuente` in the order of the data flow, then the other folders."""
    package = root / "src" / "fuente"
    rows = [("src/fuente/", "")]
    rows += [(f"  {_label(package / name)}", gloss(package / name)) for name in _ordered(package)]
    rows += [(f"{name}/", text) for name, text in TOP.items() if (root / name).is_dir()]
    width = max(len(name) for name, _ in rows) + 2
    return "".join(f"{name.ljust(width)}{text}".rstrip() + "\n" for name, text in rows)


def gloss(path: Path) -> str:
    """Give the first sentence of the docstring of a module or package."""
    file = path if path.is_file() else path / "__init__.py"
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split()).split(". ")[0].rstrip(".")


def _ordered(package: Path) -> list[str]:
    found = {p.name for p in package.iterdir() if (p / "__init__.py").exists() or _is_module(p)}
    unplaced = sorted(found - set(FLOW))
    return [name for name in FLOW if name in found] + unplaced


def _is_module(path: Path) -> bool:
    return path.suffix == ".py" and path.name != "__init__.py"


def _label(path: Path) -> str:
    return f"{path.name}/" if path.is_dir() else path.name
