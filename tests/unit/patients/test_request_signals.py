"""Signals are wanted or refused as the words around them say."""

import pytest

from fuente.patients.request_signals import is_only, read_signals, sentence_end


def read(text):
    """Names and polarity of the signals in folded text."""
    return [(hit.name, hit.wanted) for hit in read_signals(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chemo and surgery", [("chemotherapy", True), ("surgery", True)]),
        ("no chemo", [("chemotherapy", False)]),
        ("no chemo or surgery", [("chemotherapy", False), ("surgery", False)]),
        (
            "no chemo, surgery or rt",
            [("chemotherapy", False), ("surgery", False), ("radiotherapy", False)],
        ),
        ("no chemo, surgery", [("chemotherapy", False), ("surgery", True)]),
        ("without chemo and surgery", [("chemotherapy", False), ("surgery", False)]),
        ("no chemo and surgery", [("chemotherapy", False), ("surgery", True)]),
        ("no chemo but surgery", [("chemotherapy", False), ("surgery", True)]),
        ("sin quimio ni cirugia", [("chemotherapy", False), ("surgery", False)]),
        ("sin quimio pero con cirugia", [("chemotherapy", False), ("surgery", True)]),
        ("no chemo. surgery", [("chemotherapy", False), ("surgery", True)]),
        ("must not include: chemo, surgery", [("chemotherapy", False), ("surgery", False)]),
        ("surgery was not performed", [("surgery", False)]),
        ("rt and surgery were not given", [("radiotherapy", False), ("surgery", False)]),
        ("cirugia no realizada, quimio", [("surgery", False), ("chemotherapy", True)]),
        ("cirugia no, quimio si", [("surgery", False), ("chemotherapy", True)]),
        ("everything except surgery", [("everything", True), ("surgery", False)]),
        ("everything but surgery", [("everything", True), ("surgery", False)]),
        (
            "everything except surgery and rt",
            [("everything", True), ("surgery", False), ("radiotherapy", False)],
        ),
        ("todo menos cirugia", [("everything", True), ("surgery", False)]),
        ("sobre todo cirugia", [("surgery", True)]),
        ("liver transplant", [("surgery", True)]),
        ("vincristine", [("drug", True)]),
        ("melfalan", [("drug", True)]),
        ("in the previous radiotherapy field", []),
    ],
)
def test_polarity_follows_coordination(text, expected):
    """Negation, exception and later refusal reach exactly what they are said of."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("only chemo", True),
        ("chemo only", True),
        ("surgery alone", True),
        ("cirugia sola", True),
        ("who only has to have chemo", True),
        ("surgery and nothing else", True),
        ("solo con quimio", True),
        ("only 3 cycles of chemo", False),
        ("not only chemo", False),
        ("only child with chemo", False),
        ("chemo", False),
        ("only if needed: chemo", False),
    ],
)
def test_only_is_about_treatments(text, expected):
    """`Only` counts when it stands with a treatment, not with a number or a person."""
    assert is_only(text, read_signals(text)) is expected


def test_refusing_an_operation_does_not_refuse_surgery():
    """A named operation that is refused leaves surgery open; refused surgery does not."""
    named, whole = read_signals("no nephrectomy. no surgery.")
    assert not named.refuses_block
    assert whole.refuses_block


def test_masked_ranges_hold_no_signals():
    """Words that belong to a tumour's name are not read as treatments."""
    assert read_signals("radio", [(0, 5)]) == ()


def test_a_signal_knows_its_block():
    """Details belong to the block they are recorded in; metastases to none."""
    shunt, spread = read_signals("shunt and metastases")
    assert shunt.block == "surgery"
    assert spread.block is None


def test_sentences_end_at_stops():
    """A dot inside a number ends no sentence."""
    assert sentence_end("1.5 a. b", 0) == 5
    assert sentence_end("abc", 0) == 3
