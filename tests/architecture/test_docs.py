"""What is written about the code agrees with the code."""

import re

import pytest
from scripts.generate_docs import stale
from scripts.source_tree import FLOW, tree

from fuente import errors

LEAVES = {
    name: thing
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.FuenteError)
}


def test_generated_pages_are_fresh():
    """`make docs` would change nothing."""
    assert stale() == []


def test_every_module_has_a_place_in_the_tree(root):
    """The README's tree lists `src/fuente` in the order of the data flow, nothing left over."""
    package = root / "src" / "fuente"
    found = {p.name for p in package.iterdir() if not p.name.startswith("__")} - {"py.typed"}

    assert found <= set(FLOW)
    assert all(name in tree(root) for name in found)


@pytest.mark.parametrize("name", sorted(LEAVES.keys() - {"FuenteError"}))
def test_every_error_is_drawn_in_the_tree_of_its_module(name):
    """The head of errors.py shows each class, a leaf with its exit code and HTTP status."""
    leaf = LEAVES[name]
    drawn = re.search(rf"─ {name}\b +(?:(\d+) (\d+))?", errors.__doc__)

    assert drawn is not None
    if drawn[1]:
        assert (leaf.exit_code, leaf.http_status) == (int(drawn[1]), int(drawn[2]))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_documents_lead_somewhere(root, name):
    """Every relative link of the front pages names a file that exists."""
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", (root / name).read_text())

    assert [t for t in targets if not (root / t).exists()] == []


def test_contributing_names_modules_and_tests_that_exist(root):
    """Each path in the table of safety properties is there, in src/fuente or at the top."""
    table = (root / "CONTRIBUTING.md").read_text().split("## Safety properties")[1]
    named = re.findall(r"`([a-z_./]+(?:/|\.py|/[a-z_]+))`", table)

    assert len(named) > 10
    assert [
        n for n in named if not any((p / n).exists() for p in (root, root / "src/fuente"))
    ] == []


def test_decisions_are_numbered_without_a_gap(root):
    """docs/adr holds 0001, 0002 and so on."""
    numbers = sorted(int(p.name[:4]) for p in (root / "docs" / "adr").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
