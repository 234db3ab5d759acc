"""The code stays small enough to read: the bands that `make measure` shows, as limits."""

from itertools import chain

import pytest
from scripts.measure import measure_folder, percentile


@pytest.fixture(scope="module")
def source(root):
    """Give the sizes of every source file."""
    return measure_folder(root / "src")


@pytest.fixture(scope="module")
def functions(source):
    """Give the sizes of every source function."""
    return tuple(chain.from_iterable(file.functions for file in source))


@pytest.mark.parametrize("folder", ["src", "tests", "scripts"])
def test_no_file_is_longer_than_400_lines(root, folder):
    """A longer file has two subjects."""
    assert [str(f.path) for f in measure_folder(root / folder) if f.lines > 400] == []


@pytest.mark.parametrize("folder", ["src", "tests", "scripts"])
def test_no_function_is_longer_than_80_lines(root, folder):
    """A longer function is several."""
    found = chain.from_iterable(file.functions for file in measure_folder(root / folder))

    assert [f"{f.path}: {f.name}" for f in found if f.lines > 80] == []


@pytest.mark.parametrize(("percent", "limit"), [(50, 150), (90, 300)])
def test_files_are_short(source, percent, limit):
    """Half of the files have at most 150 lines, nine in ten at most 300."""
    assert percentile([file.lines for file in source], percent) <= limit


@pytest.mark.parametrize(("percent", "limit"), [(50, 10), (90, 30)])
def test_functions_are_short(functions, percent, limit):
    """Half of the functions have at most 10 lines, nine in ten at most 30."""
    assert percentile([f.lines for f in functions], percent) <= limit


def test_few_functions_pass_50_lines(functions):
    """At most two in a hundred."""
    assert sum(f.lines > 50 for f in functions) <= 0.02 * len(functions)


def test_functions_take_few_arguments_and_nest_little(functions):
    """Ninety-five in a hundred take at most five arguments; nine in ten nest at most two deep."""
    assert percentile([f.arguments for f in functions], 95) <= 5
    assert percentile([f.nesting for f in functions], 90) <= 2
