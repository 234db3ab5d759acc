"""Files changed by chance, of every format, through the programs that read them.

A file becomes pages that can be split, or is refused; it never ends a program or keeps it for long.
Each is made anew from its suffix and number.
"""

import time
from collections import Counter
from random import Random

import pytest
from tests.factories_mutants import SEEDS, mutant
from tests.factories_pages import make_document
from tests.reading_child import answer_of

from fuente.adapters.page_reader import FileReader
from fuente.adapters.page_reader.formats import format_of
from fuente.adapters.page_reader.wire import fields_from_line, page_from_fields
from fuente.documents.labels import label_pages
from fuente.documents.split import split_pages
from fuente.documents.title import read_title
from fuente.errors import DocumentRejected, ReaderFailed

DEADLINE = 30.0
MANY = pytest.param(2_000, marks=pytest.mark.sweep)
SOME = pytest.param(40, marks=pytest.mark.sweep)


def what_becomes_of(content, path):
    """How reading ends: `read`, `rejected`, `failed` for want of memory, or how it crashed."""
    path.write_bytes(content)
    try:
        found = format_of(path, content)
    except DocumentRejected:
        return "rejected"
    begun = time.monotonic()
    lines, code = answer_of(found.program, path, found.media_type, DEADLINE)
    messages = [fields_from_line(line) for line in lines]
    ending = next((key for key in ("rejected", "failed", "crashed") if key in messages[-1]), "read")
    if code != 0 or ending == "crashed":
        return f"code {code} after {time.monotonic() - begun:.0f} s: {messages[-1:]}"
    if ending == "read":
        pages = label_pages([page_from_fields(fields) for fields in messages[1:]])
        read_title(pages, path.name)
        split_pages(make_document(*pages))
    return ending


def _refusal(path):
    """Why the reader refuses a file; nothing where it reads it."""
    try:
        FileReader().read(path)
    except (DocumentRejected, ReaderFailed) as error:
        return str(error)
    return ""


@pytest.mark.parametrize("runs", [40, MANY], ids=["few", "many"])
@pytest.mark.parametrize("suffix", SEEDS)
def test_a_changed_file_is_read_or_refused(suffix, runs, tmp_path):
    """By the program and by what makes passages of its pages, within half a minute."""
    path = tmp_path / f"changed{suffix}"
    ends: Counter[str] = Counter()
    for number in range(runs):
        begun = time.monotonic()
        ending = what_becomes_of(mutant(suffix, Random(f"{suffix}{number}")), path)
        assert ending in ("read", "rejected", "failed"), f"{suffix} {number}: {ending}"
        assert time.monotonic() - begun < DEADLINE, f"{suffix} {number} took too long"
        ends[ending] += 1
    # Changes that are all idle or all fatal would test little.
    assert ends["read"] > 0
    assert runs < 1_000 or ends["rejected"] > 0


@pytest.mark.parametrize("runs", [1, SOME], ids=["few", "many"])
@pytest.mark.parametrize("suffix", SEEDS)
def test_a_changed_file_does_not_stop_the_next(suffix, runs, tmp_path):
    """Through the reader as the service has it: it says what is wrong and reads the next."""
    changed, good = tmp_path / f"changed{suffix}", tmp_path / f"good{suffix}"
    good.write_bytes(SEEDS[suffix])
    for number in range(runs):
        changed.write_bytes(mutant(suffix, Random(f"reader {suffix}{number}")))
        begun = time.monotonic()
        said = _refusal(changed)
        assert not said or changed.name in said
        assert "ended with code" not in said, f"{suffix} {number}: {said}"
        assert time.monotonic() - begun < DEADLINE, f"{suffix} {number} took too long"
    assert FileReader().read(good).pages[0].text
