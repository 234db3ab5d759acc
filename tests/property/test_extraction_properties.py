"""What holds for every row and every text, whatever the numbers and words."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories_extraction import make_document, make_passage, make_row

from fuente.documents.source import Language
from fuente.dosing.extraction import extract_references
from fuente.dosing.folding import fold
from fuente.dosing.phase_heading import phase_name, read_schedule
from fuente.dosing.reference import ReferenceKind
from fuente.dosing.sites import target_mentions

AMOUNTS = st.decimals(min_value=Decimal("0.05"), max_value=Decimal("990"), places=2)
DAYS = st.lists(st.integers(1, 60), min_size=1, max_size=6, unique=True).map(sorted)
WORDS = st.text(
    alphabet=st.sampled_from("abcdeimgkuoyxGIUVTDRS0123456789.,;:/-()<>=+%² \n\táñµ–"), max_size=120
)


@given(amount=AMOUNTS, days=DAYS, language=st.sampled_from(list(Language)))
def test_row_gives_back_what_it_prints(
    amount: Decimal, days: list[int], language: Language
) -> None:
    """Amount and days of a row come back exactly, in every language's way to print numbers."""
    printed = f"{amount}" if language is Language.ENGLISH else f"{amount}".replace(".", ",")
    cells = {
        "Drug": "Vincristine",
        "Dose": f"{printed} mg/m2",
        "Days": ", ".join(str(day) for day in days),
    }

    references = extract_references(make_document(language=language), (make_row(cells),))

    assert [(each.value, each.unit, each.days) for each in references] == [
        (amount, "mg/m2", tuple(days))
    ]


@given(cycles=st.integers(1, 40), days=st.integers(7, 200))
def test_heading_gives_back_its_schedule(cycles: int, days: int) -> None:
    """Any count and any length come back, each pointing at its own digits."""
    heading = f"Table 2. Phase X. {cycles} cycles of {days} days."

    schedule = read_schedule(heading)

    assert schedule.cycles is not None
    assert schedule.cycle_days is not None
    assert heading[schedule.cycles.start : schedule.cycles.end] == str(cycles)
    assert heading[schedule.cycle_days.start : schedule.cycle_days.end] == str(days)
    assert phase_name(heading) == "Phase X"


@settings(max_examples=300)
@given(text=WORDS, language=st.sampled_from(list(Language)))
def test_any_words_are_read_without_error(text: str, language: Language) -> None:
    """No text of a page, however broken, stops the extraction of its document."""
    passages = (
        make_passage(text or "x"),
        make_row({"Drug": "Cisplatin", "Dose": text, text: "75", "Days": text}, caption=text),
    )

    for reference in extract_references(make_document(language=language), passages):
        assert reference.quote
        assert reference.kind in ReferenceKind


@given(text=st.text(max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    """What is found in the folded text stands at the same place in the printed one."""
    assert len(fold(text)) == len(text)


@given(before=st.sampled_from(["", "RT of the ", "Dosis al "]), after=st.text(max_size=10))
def test_mention_points_at_its_words(before: str, after: str) -> None:
    """A site mention's offsets cover the words that name the site."""
    text = f"{before}craniospinal {after}"

    mention = target_mentions(text)[0]

    assert text[mention.start : mention.end].startswith("craniospinal")
