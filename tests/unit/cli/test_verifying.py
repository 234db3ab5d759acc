"""`fuente verify` and `replay`: files however they are laid out, and what is wrong in them."""

import json
from dataclasses import replace

import pytest
from tests.factories_corpus import CORPUS, corpus_store, read_protocol
from tests.factories_store import make_event
from tests.unit.cli.conftest import rows


def test_an_honest_file_verifies(run, file):
    """`verify` ends with 0 and finds no error."""
    code, out, err = run("verify", file)

    assert code == 0
    assert not [row for row in rows(out) if row["severity"] == "error"]
    assert "verified" in err


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_layout_does_not_matter(run, file, indent):
    """A file laid out by another program, over many lines, verifies."""
    record = json.loads(file.read_text())
    file.write_text("\ufeff\n" + json.dumps(record, indent=indent, sort_keys=True) + "\n\n")

    assert run("verify", file)[0] == 0


def test_several_records_may_follow_one_another(run, file):
    """Indented records, one after the other, are each verified."""
    record = json.loads(file.read_text())
    changed = json.loads(file.read_text())
    changed["chemotherapy"][0]["administrations"][0]["dose_administered"] += 1
    pretty = json.dumps(record, indent=1)
    file.write_text(f"{pretty}\n{json.dumps(changed)}\n{pretty}")

    code, out, err = run("verify", file)

    assert code == 3
    assert {row["line"] for row in rows(out)} == {pretty.count("\n") + 2}
    assert err.count("verified") == 2


def test_one_changed_digit_is_named(run, file):
    """Exit 3; every error names the value or what is summed from it."""
    record = json.loads(file.read_text())
    record["chemotherapy"][0]["administrations"][0]["dose_administered"] += 1
    file.write_text(json.dumps(record))

    code, out, _ = run("verify", file)
    errors = [row for row in rows(out) if row["severity"] == "error"]
    named = {row["pointer"] for row in errors}

    assert code == 3
    assert all(set(row) == {"line", "rule", "pointer", "severity", "message"} for row in errors)
    assert "/chemotherapy/0/administrations/0/dose_administered" in named
    assert all("dose_administered" in one or "cumulative_doses" in one for one in named)


def test_refusals_in_a_file_are_passed_over(run, file):
    """A run with some refusals verifies by its patients, spaced as it may be."""
    line = file.read_text()
    file.write_text('{ "refused" : true, "reason": "clarify", "detail": "what?" }\n' + line)

    assert run("verify", file)[0] == 0


def test_a_record_cannot_pass_as_a_refusal(run, file):
    """`refused` put into a false record does not keep it from being verified."""
    record = {"refused": True, **json.loads(file.read_text())}
    file.write_text(file.read_text() + json.dumps(record))

    code, out, _ = run("verify", file)

    assert code == 3
    assert [row["pointer"] for row in rows(out) if row["severity"] == "error"] == ["/refused"]


@pytest.mark.parametrize("content", [b"", b"\n \n", b'{"refused":true,"reason":"x","detail":""}'])
def test_a_file_without_a_record_is_wrong_usage(run, file, content):
    """There is nothing to verify, which must not look like success."""
    file.write_bytes(content)

    assert run("verify", file)[0] == 2


@pytest.mark.parametrize("content", [b"hello", b"{", b'{\n  "a": 1,\n', b"[" * 5000, b"null"])
def test_a_file_of_something_else_fails(run, file, content):
    """What is no record is one finding, not a crash."""
    file.write_bytes(content)
    code, out, err = run("verify", file)

    assert code == 3
    assert [row["rule"] for row in rows(out)] == ["SHAPE"]
    assert "Traceback" not in err


def test_a_file_that_is_not_utf8_is_wrong_usage(run, file):
    """The message says where it stops being text."""
    file.write_bytes(b'{"a": "\xff"}')
    code, _, err = run("verify", file)

    assert code == 2
    assert "byte 7" in err


def test_replay_gives_the_same_bytes(run, file):
    """The record comes out of its manifest as it was."""
    code, out, _ = run("replay", file)

    assert code == 0
    assert [row["same"] for row in rows(out)] == [True]


def test_replay_tells_what_differs(run, file):
    """A changed record is not what its manifest gives."""
    record = json.loads(file.read_text())
    record["outcome"]["date_last_contact"] = "2020-01-01"
    file.write_text(json.dumps(record))

    code, out, _ = run("replay", file)

    assert code == 3
    assert rows(out)[0]["differences"] == ["/outcome/date_last_contact"]


def test_citations_of_a_page_that_was_read_again_stand_in_its_earlier_reading(run, file):
    """They are no errors; what does not follow from the page as it is read now is one."""
    store = corpus_store("wilms.pdf")
    held = read_protocol(CORPUS / "wilms.pdf")
    pages = tuple(replace(one, text=f"Read anew. {one.text}") for one in held.read.pages)
    new = replace(held, read=replace(held.read, pages=pages))
    store.replace_reading(new, held.read.pages, make_event())

    code, out, _ = run("verify", file, store=store)
    cited = {(row["severity"], row["message"]) for row in rows(out) if row["rule"] == "CIT-01"}

    assert code == 3
    assert {severity for severity, _ in cited} == {"warning"}
    assert all("earlier reading" in message for _, message in cited)
    assert {row["rule"] for row in rows(out) if row["severity"] == "error"} == {"RECOMPUTED"}
