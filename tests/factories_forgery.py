"""What a forger can do to a record: change one leaf, then make everything else in the file fit."""

import datetime as dt
import re
from decimal import Decimal
from functools import cache

from tests.factories_corpus import CORPUS, errors_of, patient_line, read_protocol, store_of

from fuente.records.assembly import record_id
from fuente.records.canonical import json_line
from fuente.records.parsing import parse_line

FILES = ("medulloblastoma.pdf", "transplant.pdf", "neuroblastoma.pdf", "relapse.pdf")
REQUESTS = {
    "medulloblastoma": "11-year-old with medulloblastoma: surgery with a shunt, radiotherapy "
    "and chemotherapy",
    "neuroblastoma": "5-year-old with metastatic neuroblastoma, relapse and autologous transplant",
}
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def leaves(node, place=()):
    """Every leaf of a JSON tree with the keys that lead to it."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from leaves(child, (*place, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from leaves(child, (*place, index))
    else:
        yield place, node


def kinds_of_leaves(record):
    """One leaf of each kind: places that differ only in their position in lists are one kind."""
    seen = {}
    for place, value in leaves(record):
        kind = tuple("*" if isinstance(key, int) else re.sub(r"\d+", "*", key) for key in place)
        seen.setdefault(kind, (place, value))
    return list(seen.values())


def pointer_to(place):
    """The JSON pointer (RFC 6901) of a place."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in place)


def value_at(record, place):
    """What stands at a place."""
    for key in place:
        record = record[key]
    return record


def put(record, place, value):
    """Put a value in place of another."""
    value_at(record, place[:-1])[place[-1]] = value


def another(value):
    """A value of the same kind that differs little: the next number, the next day, one digit."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | Decimal):
        return value + 1
    if DATE.fullmatch(value):
        return (dt.date.fromisoformat(value) + dt.timedelta(days=1)).isoformat()
    digit = re.search(r"\d", value)
    if digit is None:
        return f"{value}x"
    turned = (int(digit[0]) + 1) % 10
    return f"{value[: digit.start()]}{turned}{value[digit.end() :]}"


def forged(line, *changes, fits=True):
    """The line with values put at places; `fits` makes the record's own id follow again."""
    record = parse_line(line)
    for place, value in changes:
        put(record, place, value)
    if fits:
        record["record_id"] = own_id(record)
    return json_line(record).decode()


def own_id(record):
    """The id that follows from what the record says of itself."""
    return record_id(record["request"], record["seed"], record["generated_at"], record["manifest"])


def dumped(record):
    """The record as a line."""
    return json_line(record).decode()


@cache
def maker():
    """The store a record was made over."""
    return store_of(*(read_protocol(CORPUS / file) for file in FILES))


@cache
def auditor():
    """A store that never saw a record: the same documents in another order, and another one."""
    return store_of(*(read_protocol(CORPUS / file) for file in (*reversed(FILES), "wilms.pdf")))


@cache
def patient(name):
    """A verified record."""
    return patient_line(REQUESTS[name], maker())


def fails_at(line, pointer):
    """Both stores find an error at that pointer, and the same errors."""
    found = errors_of(line, maker())
    assert errors_of(line, auditor()) == found
    return pointer in [place for _, place in found]
