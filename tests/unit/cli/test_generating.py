"""`fuente generate`: lines on stdout, refusals, files, and the exit code."""

import pytest
from tests.fakes_store import MemoryStore
from tests.unit.cli.conftest import WILMS, rows

from fuente.cli.commands import REFUSED


def test_a_patient_is_one_line_and_nothing_else(run):
    """`generate` writes the record to stdout and ends with 0."""
    code, out, _ = run("generate", WILMS, "--seed", 1)

    assert code == 0
    assert [row["is_synthetic"] for row in rows(out)] == [True]


def test_the_same_seed_gives_the_same_bytes(run):
    """Asked again, the same patient comes; another seed brings another one."""
    first, again, other = (run("generate", WILMS, "--seed", seed)[1] for seed in (1, 1, 2))

    assert first == again != other


def test_count_gives_different_patients(run):
    """Each of several patients has a seed of its own; the first has the seed given."""
    _, out, _ = run("generate", WILMS, "--seed", 7, "--count", 3)
    made = rows(out)

    assert made[0]["seed"] == 7
    assert len({one["seed"] for one in made}) == len({one["record_id"] for one in made}) == 3


def test_the_language_asked_for_wins(run):
    """`--language es` tells an English request in Spanish."""
    _, out, _ = run("generate", WILMS, "--seed", 1, "--language", "es")

    assert rows(out)[0]["narrative"]["language"] == "es"
    assert "quimioterapia" in rows(out)[0]["narrative"]["text"]


def test_the_reference_date_is_set(run):
    """Nothing of the patient lies after `--as-of`."""
    _, out, _ = run("generate", WILMS, "--seed", 1, "--as-of", "2024-02-29")
    record = rows(out)[0]

    assert record["generated_at"] == "2024-02-29"
    assert record["outcome"]["date_last_contact"] <= "2024-02-29"


def test_out_writes_the_same_bytes_to_a_file(run, tmp_path):
    """With `--out`, stdout stays empty."""
    _, shown, _ = run("generate", WILMS, "--seed", 1)
    code, out, _ = run("generate", WILMS, "--seed", 1, "--out", tmp_path / "p.json")

    assert (code, out) == (0, "")
    assert (tmp_path / "p.json").read_text() == shown


@pytest.mark.parametrize(
    ("request_text", "reason"),
    [
        ("35-year-old with breast cancer", "clarify"),
        ("10-year-old with osteosarcoma", "no_reference"),
        ("", "clarify"),
    ],
)
def test_a_refusal_is_a_line_and_exit_3(run, request_text, reason):
    """What the documents do not support is refused with a reason, as JSON."""
    code, out, _ = run("generate", request_text, "--seed", 1)
    (row,) = rows(out)

    assert code == REFUSED == 3
    assert row["refused"] is True
    assert row["reason"] in (reason, "out_of_population", "out_of_scope")
    assert row["detail"]


def test_an_empty_data_folder_refuses(run):
    """Without documents there is no patient."""
    code, out, _ = run("generate", WILMS, store=MemoryStore())

    assert code == 3
    assert rows(out)[0]["reason"] == "no_documents"


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate",),
        ("generate", WILMS, "--count", 0),
        ("generate", WILMS, "--seed", -1),
        ("generate", WILMS, "--seed", 2**53),
        ("generate", WILMS, "--seed", "one"),
        ("generate", WILMS, "--language", "fr"),
        ("generate", WILMS, "--as-of", "2025-02-30"),
        ("generate", WILMS, "--out", "/no/such/folder/p.json"),
        ("generate", "x" * 5000),
        ("generate", "child \udcff"),
        ("verify",),
        ("verify", "/no/such/file"),
        ("verify", "/"),
        ("replay", "/no/such/file"),
        ("ask",),
        ("ask", "a question", "--jsonl"),
        ("references", "--nonsense"),
        ("nonsense",),
    ],
)
def test_wrong_usage_ends_with_2_and_an_empty_stdout(run, arguments):
    """The message is for a person, on stderr."""
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err
    assert "Traceback" not in err
