"""Print the sizes by which the code is compared from release to release.

One row per folder: files, lines, lines per file and per function, arguments, nesting, and the ratio
of test to source lines. It measures; `tests/architecture/test_sizes.py` judges.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
COLUMNS = (
    "folder", "files", "lines", "file median", "file p90", "files > 400", "functions",
    "function median", "function p90", "> 50", "max", "args p95", "nesting p90",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FunctionSize:
    """One function: where it is, its lines with the docstring, its arguments, its nesting."""

    path: Path
    name: str
    lines: int
    arguments: int
    nesting: int


@dataclass(frozen=True, slots=True)
class FileSize:
    """One file: its lines and its functions."""

    path: Path
    lines: int
    functions: tuple[FunctionSize, ...]


def measure_folder(folder: Path) -> tuple[FileSize, ...]:
    """Measure every Python file under the folder."""
    return tuple(measure_file(path) for path in sorted(folder.rglob("*.py")))


def measure_file(path: Path) -> FileSize:
    """Measure one file by its syntax tree."""
    text = path.read_text(encoding="utf-8")
    nodes = [n for n in ast.walk(ast.parse(text)) if isinstance(n, Function)]
    return FileSize(path, text.count("\n"), tuple(_measure_function(path, n) for n in nodes))


def row(name: str, files: tuple[FileSize, ...]) -> tuple[str, ...]:
    """Give the table row of one folder."""
    sizes = [f.lines for f in files]
    functions = list(chain.from_iterable(f.functions for f in files))
    lengths = [f.lines for f in functions]
    return (
        name, str(len(files)), str(sum(sizes)),
        str(percentile(sizes, 50)), str(percentile(sizes, 90)), _share(sizes, 400),
        str(len(functions)),
        str(percentile(lengths, 50)), str(percentile(lengths, 90)), _share(lengths, 50),
        str(max(lengths, default=0)),
        str(percentile([f.arguments for f in functions], 95)),
        str(percentile([f.nesting for f in functions], 90)),
    )  # fmt: skip


def percentile(values: list[int], percent: int) -> int:
    """Give the smallest value with at least that share of values at or below it."""
    if not values:
        return 0
    rank = -(-len(values) * percent // 100)
    return sorted(values)[max(rank, 1) - 1]


def main(folders: list[str]) -> None:
    """Print the table, the ratio and the longest files and functions."""
    measured = {name: measure_folder(Path(name)) for name in folders}
    _print_table([COLUMNS, *(row(name, files) for name, files in measured.items())])
    lines = {name: sum(f.lines for f in files) for name, files in measured.items()}
    if lines.get("src") and "tests" in lines:
        print(f"\ntest : source lines  {lines['tests'] / lines['src']:.2f}")
    for name, files in measured.items():
        functions = chain.from_iterable(f.functions for f in files)
        longest = sorted(functions, key=lambda f: -f.lines)[:3]
        print(f"\nlongest in {name}")
        for file in sorted(files, key=lambda f: -f.lines)[:3]:
            print(f"  {file.lines:4} lines  {file.path}")
        for function in longest:
            print(f"  {function.lines:4} lines  {function.path}: {function.name}")


def _measure_function(path: Path, node: Function) -> FunctionSize:
    given = node.args
    arguments = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    counted = [a for a in arguments if a.arg not in {"self", "cls"}]
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    return FunctionSize(path, node.name, lines, len(counted), _depth(node))


def _depth(node: ast.AST) -> int:
    return max((_depth(n) + isinstance(n, BLOCKS) for n in _inner(node)), default=0)


def _inner(node: ast.AST) -> Iterator[ast.AST]:
    """Give the children that nest; an `elif` is beside its `if`, a nested function apart."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (*Function.__args__, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(node, ast.If) and [child] == node.orelse and isinstance(child, ast.If):
            yield from _inner(child)
        else:
            yield child


def _share(values: list[int], limit: int) -> str:
    over = sum(v > limit for v in values)
    return f"{100 * over / max(len(values), 1):.1f} %"


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for cells in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(cells, widths, strict=True)))


if __name__ == "__main__":
    main(sys.argv[1:] or ["src", "tests"])
