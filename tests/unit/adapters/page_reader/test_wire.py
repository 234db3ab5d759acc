import json
from dataclasses import replace

import pytest

from fuente.adapters.page_reader.wire import (
    BadMessage,
    fields_from_line,
    line_from_fields,
    line_from_page,
    page_from_fields,
)
from fuente.documents.source import Grid, GridCell, Line, Page
from fuente.documents.span import Box, Span

PAGE = Page(
    number=3,
    label="iii",
    text="Dose 2 mg",
    width=595.0,
    height=842.0,
    lines=(Line(Span(0, 9), Box(10.0, 20.0, 60.0, 30.0), 10.0, True),),
    grids=(Grid(Box(0.0, 0.0, 9.0, 9.0), 1, 2, (GridCell(0, 0, 1, 2, (Span(0, 4), Span(5, 9))),)),),
    character_boxes=bytes(16 * 9),
    warnings=("a doubt",),
)


def _fields() -> dict:
    return fields_from_line(line_from_page(PAGE))


def test_a_page_comes_back_as_it_was_sent():
    """Nothing is lost between child and parent."""
    assert page_from_fields(_fields()) == PAGE


def test_a_message_is_one_line():
    """Line ends in the text do not part it."""
    page = replace(PAGE, text="a\nb\u2028c", character_boxes=bytes(16 * 5), lines=(), grids=())
    line = line_from_page(page)
    assert line.count(b"\n") == 1
    assert page_from_fields(fields_from_line(line)) == page


def test_a_small_message_is_an_object():
    """Anything else is refused."""
    assert fields_from_line(line_from_fields({"pages": 3})) == {"pages": 3}
    for bad in (b"[1]\n", b"3\n", b"{\n", b"\xff\n", b"[" * 100_000):
        with pytest.raises(BadMessage):
            fields_from_line(bad)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("number", "3"),
        ("number", True),
        ("label", None),
        ("text", "Dose 2 mg "),
        ("text", "Dose\0 2 m"),
        ("text", "Dose 2 m\ud800"),
        ("text", 12),
        ("size", [595.0]),
        ("size", [595.0, float("nan")]),
        ("size", "ab"),
        ("lines", [[0, 10, 0, 0, 1, 1, 10, False]]),
        ("lines", [[5, 5, 0, 0, 1, 1, 10, False]]),
        ("lines", [[-1, 5, 0, 0, 1, 1, 10, False]]),
        ("lines", [[0, 5]]),
        ("lines", 7),
        ("boxes", "AAAA"),
        ("boxes", "not base64!"),
        ("text_source", "magic"),
        ("warnings", [1]),
        ("grids", [{"box": [0, 0, 1, 1], "shape": [0, 2], "cells": []}]),
        ("grids", [{"box": [0, 0, 1, 1], "shape": [10**6, 10**6], "cells": []}]),
        ("grids", [{"box": [0, 0, 1, 1], "shape": [1, 1], "cells": [[0, 0, 2, 1, []]]}]),
        ("grids", [{"box": [0, 0, 1, 1], "shape": [1, 1], "cells": [[0, 0, 0, 1, []]]}]),
        ("grids", [{"box": [0, 0, 1, 1], "shape": [1, 1], "cells": [[0, 0, 1, 1, [[0, 99]]]]}]),
        ("grids", [{"shape": [1, 1], "cells": []}]),
    ],
)
def test_a_page_that_does_not_hold_together_is_refused(part, value):
    """A hostile child cannot plant a page that breaks what reads it."""
    fields = {**_fields(), part: value}
    with pytest.raises(BadMessage):
        page_from_fields(fields)


@pytest.mark.parametrize("part", list(json.loads(line_from_page(PAGE))))
def test_every_part_is_needed(part):
    """A page with a part missing is refused."""
    fields = _fields()
    del fields[part]
    with pytest.raises(BadMessage):
        page_from_fields(fields)
