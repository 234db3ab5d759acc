"""Anyone can set up, run and check the project from its own files."""

import re
import tomllib

import pytest
from scripts.write_constraints import direct_dependencies

PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


@pytest.fixture(scope="module")
def targets(root):
    """Give each target of the Makefile with its words."""
    text = (root / "Makefile").read_text()
    return dict(re.findall(r"^([a-z%-]+):.*?(?:## (.*))?$", text, re.MULTILINE))


def test_every_target_is_explained(targets):
    """`make` alone lists each target with what it does; only `help` needs no line."""
    assert {name for name, words in targets.items() if not words} == {"help"}


def test_there_are_at_most_fifteen_targets(targets):
    """A developer can read the list at a glance."""
    assert len(targets) - 1 <= 15


def test_the_readme_names_the_two_commands(root):
    """A newcomer needs `make demo` and `make test`."""
    text = (root / "README.md").read_text()

    assert "\nmake demo " in text
    assert "\nmake test " in text


def test_continuous_integration_runs_what_a_developer_runs(root):
    """.ci/run installs the Debian packages and calls the targets, nothing else."""
    lines = (root / ".ci" / "run").read_text().splitlines()

    assert [line for line in lines if line.startswith("make ")] == ["make check", "make test"]


def test_every_direct_dependency_is_pinned(root):
    """What pyproject.toml asks for, constraints.txt fixes to one version."""
    pinned = dict(PIN.findall((root / "constraints.txt").read_text()))

    assert direct_dependencies() <= pinned.keys()


def test_pins_carry_no_local_build_tag(root):
    """`+cpu` exists on some indexes only."""
    pinned = dict(PIN.findall((root / "constraints.txt").read_text()))

    assert {name: v for name, v in pinned.items() if "+" in v} == {}
    assert pinned["torch"] == "2.13.0"


def test_no_cuda_package_is_pinned(root):
    """The pinned list is for a server without an accelerator."""
    names = dict(PIN.findall((root / "constraints.txt").read_text()))

    assert [n for n in names if n.startswith(("nvidia", "cuda", "triton"))] == []


def test_an_exempted_warning_carries_its_reason(root):
    """Warnings are errors; whoever exempts one says why on its line."""
    text = (root / "pyproject.toml").read_text()
    filters = tomllib.loads(text)["tool"]["pytest"]["ini_options"]["filterwarnings"]

    assert filters[0] == "error"
    for entry in filters[1:]:
        line = next(line for line in text.splitlines() if entry in line)
        assert "#" in line.split(entry)[1], f"no reason beside {entry}"
