"""The command line: exit codes, what goes to stdout, and files however they are laid out."""

import io
import json
import sys

import pytest
from tests.factories_corpus import (
    CORPUS,
    WritingModel,
    corpus_store,
    read_protocol,
    services_over,
    store_of,
)
from tests.fakes_engine import ScriptedAgent
from tests.fakes_store import HashEmbedder, MemoryIndex, MemoryStore

from fuente.cli import commands, main
from fuente.cli.commands import REFUSED
from fuente.dosing.drugs import load_vocabulary
from fuente.patients.catalogue import load_catalogue
from fuente.workflows.ask import AskServices
from fuente.workflows.doctor import Examined
from fuente.workflows.verify import Verifier

WILMS = "4-year-old girl with Wilms tumour"


class FakeApplication:
    """The composition root with fakes where the engines are."""

    def __init__(self, store):
        self.store = store
        self._index = MemoryIndex()
        self._index.rebuild(store.vectors())

    def generating(self):
        return services_over(self.store, model=WritingModel(), agent=ScriptedAgent())

    def asking(self):
        return AskServices(self.store, self._index, HashEmbedder(), "cli")

    @property
    def verifier(self):
        return Verifier(self.store, load_catalogue(), load_vocabulary())

    @property
    def examining(self):
        model = WritingModel()
        return Examined(
            lambda: self.store, lambda: self._index, lambda: HashEmbedder(), lambda: model
        )

    def close(self):
        pass


@pytest.fixture(name="run")
def _run(monkeypatch, capsysbinary):
    """Give a caller of the command line; it answers with exit code, stdout lines and stderr."""
    held = {"store": corpus_store("wilms.pdf")}
    monkeypatch.setattr(commands, "open_application", lambda data: FakeApplication(held["store"]))

    def run(*arguments, store=None, stdin=""):
        held["store"] = store or held["store"]
        monkeypatch.setattr(sys, "argv", ["fuente", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(as_bytes(stdin))))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsysbinary.readouterr()
        return int(ended.value.code or 0), out.decode(), err.decode()

    return run


def as_bytes(text):
    """Bytes as they are, text as UTF-8."""
    return text if isinstance(text, bytes) else text.encode()


def rows(out):
    """Every line of an output, each of which must be JSON."""
    return [json.loads(line) for line in out.splitlines()]


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


@pytest.fixture(name="file")
def _file(run, tmp_path):
    """A file with one patient."""
    path = tmp_path / "p.json"
    run("generate", WILMS, "--seed", 1, "--out", path)
    return path


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
    """Exit 3, and one finding with the pointer of the value."""
    record = json.loads(file.read_text())
    record["chemotherapy"][0]["administrations"][0]["dose_administered"] += 1
    file.write_text(json.dumps(record))

    code, out, _ = run("verify", file)
    (finding,) = [row for row in rows(out) if row["severity"] == "error"]

    assert code == 3
    assert set(finding) == {"line", "rule", "pointer", "severity", "message"}
    assert finding["pointer"] == "/chemotherapy/0/administrations/0/dose_administered"


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
    assert out.count("ok  ") == 5


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
