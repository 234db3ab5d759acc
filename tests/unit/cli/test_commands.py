"""The other commands: JSON and nothing else on stdout, and their exit codes."""

import json
import re

import pytest
from tests.factories_corpus import CORPUS, read_protocol, store_of
from tests.fakes_store import MemoryStore
from tests.unit.cli.conftest import WILMS, rows


def test_references_are_json_lines_with_only_what_is_stated(run):
    """No reference has a null or an empty text."""
    code, out, _ = run("references", "--file", "wilms.pdf", "--drug", "vincristine", "--jsonl")

    assert code == 0
    assert rows(out)
    for row in rows(out):
        assert not [key for key, value in row.items() if value in (None, "") and key != "page"]
        assert ("value" in row) != ("min" in row and "max" in row)


def test_ask_answers_lines_in_order(run):
    """Each line keeps its id; an empty question abstains and the others go on."""
    questions = [{"id": "a", "question": "Vincristine dose in Wilms tumour?"}, {"question": ""}]
    stdin = "\n\n".join(map(json.dumps, questions))

    code, out, _ = run("ask", "--jsonl", stdin=stdin)
    first, second = rows(out)

    assert code == 0
    assert first["id"] == "a"
    assert len(first["hits"]) <= 10
    assert "id" not in second
    assert second["abstained"] is True
    for answer in (first, second):
        assert {key for key, value in answer.items() if value is None} <= {"answer"}


def test_ask_as_json_is_one_document(run):
    """A question in the arguments gives one JSON object."""
    code, out, _ = run("ask", "Vincristine dose in Wilms tumour?", "--json")

    assert code == 0
    assert set(json.loads(out)) >= {"hits", "answer", "abstained"}


def test_documents_as_json_is_one_list(run):
    """What a document does not state is left out."""
    code, out, _ = run("documents", "--json")
    (row,) = json.loads(out)

    assert code == 0
    assert row["file"] == "wilms.pdf"
    assert None not in row.values()


def test_parse_dose_keeps_ids_and_unknown_languages(run):
    """Each line gets a line; a language nobody reads is as if none were given."""
    stdin = '{"id": 1, "text": "1.5 mg/m2", "lang": "fr"}\n{"id": "\\ud800", "text": "5 mg"}\n'
    code, out, _ = run("parse-dose", "--jsonl", stdin=stdin)

    assert code == 0
    assert [row["id"] for row in rows(out)] == [1, "\ud800"]
    assert rows(out)[0]["result"]["value"] == 1.5


def test_parse_request_gives_the_structured_request(run):
    """The words become the keys of the record's request."""
    stdin = json.dumps({"id": "x", "text": WILMS, "lang": "en"})
    code, out, _ = run("parse-request", "--jsonl", stdin=stdin)

    assert code == 0
    assert rows(out)[0]["result"]["diagnosis"]["catalogue_id"]


@pytest.mark.parametrize("stdin", ["nonsense", "[1]", b'{"text": "\xff"}', "[" * 100_000])
@pytest.mark.parametrize("command", ["parse-dose", "parse-request", "ask"])
def test_lines_that_are_no_objects_are_wrong_usage(run, command, stdin):
    """The message names the line or the byte."""
    code, out, err = run(command, "--jsonl", stdin=stdin)

    assert (code, out) == (2, "")
    assert "line 1" in err or "UTF-8" in err


def test_doctor_uses_every_part_once(run):
    """All parts work, and each says so."""
    code, out, _ = run("doctor")

    assert code == 0
    assert out.count("ok  ") == 6


def test_a_token_is_shown_once(run):
    """The token goes to stdout; the store knows its hash only."""
    store = MemoryStore()
    code, out, _ = run("token", "create", store=store)

    assert code == 0
    assert len(out.strip()) >= 43
    assert store.has_tokens()
    assert out.strip() not in str(vars(store))


def test_the_audit_chain_is_checked(run):
    """An intact chain ends with 0."""
    code, out, _ = run("audit", "verify", store=store_of(read_protocol(CORPUS / "wilms.pdf")))

    assert code == 0
    assert "0 findings" in out


def test_a_checkpoint_kept_elsewhere_shows_another_log(run):
    """The head as printed passes; another one, or none at all, does not."""
    store = store_of(read_protocol(CORPUS / "wilms.pdf"))
    head = re.search(r"head (\S+),", run("audit", "verify", store=store)[1])[1]

    assert run("audit", "verify", "--checkpoint", head, store=store)[0] == 0
    code, out, _ = run("audit", "verify", "--checkpoint", f"9:{'a' * 64}", store=store)
    assert code == 3
    assert out.startswith("checkpoint at event 9: ")
    assert run("audit", "verify", "--checkpoint", "9", store=store)[0] not in (0, 3)
