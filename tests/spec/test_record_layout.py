"""How a record is laid out does not matter; what is not one plain JSON object is no record."""

import json
import struct
from decimal import Decimal

import pytest
from tests.factories_corpus import errors_of
from tests.factories_forgery import REQUESTS, auditor, maker, patient

from fuente.records.parsing import parse_line

NOT_JSON = {
    "cut": lambda line: line[: len(line) // 2],
    "a list": lambda line: f"[{line}]",
    "a key twice": lambda line: line.replace('"seed":1', '"seed":1,"seed":1', 1),
    "a key twice deep inside": lambda line: line.replace('"cycle":1', '"cycle":1,"cycle":1', 1),
    "NaN": lambda line: line.replace('"cycle":1', '"cycle":NaN', 1),
    "Infinity": lambda line: line.replace('"cycle":1', '"cycle":Infinity', 1),
    "a number nobody can expand": lambda line: line.replace('"cycle":1', '"cycle":1e999999999', 1),
    "a number beyond any": lambda line: line.replace('"cycle":1', '"cycle":1e' + "9" * 40, 1),
    "half a surrogate pair": lambda line: line.replace('"record_id":"', '"record_id":"\\ud800', 1),
    "ten thousand brackets": lambda line: "[" * 10_000,
    "a comment": lambda line: line.rstrip() + "// verified",
    "two records": lambda line: line.rstrip() + line,
}  # fmt: skip


@pytest.mark.parametrize("how", NOT_JSON)
def test_what_is_not_one_plain_json_object_fails(how):
    """Readers disagree about such files, so none of them is a record."""
    line = NOT_JSON[how](patient("medulloblastoma"))

    found = errors_of(line, maker())

    assert found
    assert {rule for rule, _ in found} == {"SHAPE"}


def test_an_object_with_nothing_in_it_lacks_every_field_and_the_mark():
    """It is plain JSON, but no record: what it lacks is named, the mark by its own rule."""
    found = errors_of("{}", maker())

    assert ("ID-01", "/is_synthetic") in found
    assert {rule for rule, pointer in found if pointer != "/is_synthetic"} == {"SHAPE"}


FORMATTING = {
    "indented": lambda data: json.dumps(data, indent=4),
    "keys in another order": lambda data: json.dumps(data, sort_keys=True),
    "escaped": lambda data: escaped(data),
    "spaced": lambda data: json.dumps(data, separators=(" ,\t", " :\r\n")),
}


@pytest.mark.parametrize("how", FORMATTING)
@pytest.mark.parametrize("name", REQUESTS)
def test_the_layout_of_the_json_does_not_matter(name, how):
    """White space, key order and escapes say nothing."""
    assert errors_of(FORMATTING[how](json.loads(patient(name))), auditor()) == []


# What is put behind a whole number, and behind one with decimals.
ZEROS = [
    (".0", "0"),
    (".000", "000"),
    ("e0", "e0"),
    ("E+0", "E+0"),
    (".0e-0", "0e-0"),
    ("0e-1", "e00"),
]


@pytest.mark.parametrize("zeros", ZEROS)
def test_how_a_number_is_written_does_not_matter(zeros):
    """Trailing zeros and exponents change no value, in whole numbers as in others."""
    record = parse_line(patient("medulloblastoma"))

    assert errors_of(written(record, zeros), auditor()) == []


def written(node, zeros):
    """The tree as JSON with something that changes nothing behind every number."""
    if isinstance(node, dict):
        items = (f"{json.dumps(key)}:{written(value, zeros)}" for key, value in node.items())
        return "{" + ",".join(items) + "}"
    if isinstance(node, list):
        return "[" + ",".join(written(one, zeros) for one in node) + "]"
    if isinstance(node, bool) or not isinstance(node, int | Decimal):
        return json.dumps(node)
    text = format(node, "f")
    return f"{text}{zeros[1]}" if "." in text else f"{text}{zeros[0]}"


def escaped(node):
    """The tree as JSON with every character of every text escaped."""
    if isinstance(node, dict):
        return "{" + ",".join(f"{escaped(k)}:{escaped(v)}" for k, v in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ",".join(escaped(one) for one in node) + "]"
    if not isinstance(node, str):
        return json.dumps(node)
    return '"' + "".join(f"\\u{unit:04x}" for unit in code_units(node)) + '"'


def code_units(text):
    """The UTF-16 code units of a text."""
    return struct.unpack(f">{len(text.encode('utf-16-be')) // 2}H", text.encode("utf-16-be"))
