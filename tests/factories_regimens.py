"""Regimens, and a patient of fixed size to give them to, without documents; keyword-only."""

from datetime import date
from decimal import Decimal

from tests.factories_dosing import make_reference

from fuente.documents.citation import Citation, citation_id
from fuente.documents.span import Span
from fuente.dosing.drugs import load_vocabulary
from fuente.dosing.reference import Population, Route
from fuente.dosing.regimen import BandedRow, CitedNumber, Phase, PhaseRole, Regimen
from fuente.evidence.bundle import Bundle
from fuente.generation.body import BodyTimeline
from fuente.generation.case import Case
from fuente.generation.chemotherapy import Dispenser
from fuente.generation.choices import Pick
from fuente.generation.leaf import derived
from fuente.generation.schedule import Calendar
from fuente.patients.catalogue import load_catalogue
from fuente.patients.request import Request
from fuente.patients.sampling import Draws
from fuente.quantities.body_size import body_surface_area

DOCUMENT = "d" * 64
START = date(2024, 1, 1)  # a Monday
TODAY = date(2025, 6, 1)


def cite(sha256, page, span):
    """A citation whose quote names its place."""
    quote = f"p{page}:{span.start}-{span.end}"
    key = citation_id(sha256, page, span)
    return Citation(key, sha256, "protocol.pdf", "1", page, str(page), span, quote, "table")


def number(value, start=0):
    """A number read from a page."""
    return CitedNumber(Decimal(value), 1, Span(start, start + 1))


def numbers(values):
    """Several numbers, each at a place of its own."""
    return tuple(number(value, index) for index, value in enumerate(values))


def make_phase(name="Phase", *, order=1, references=(), **stated):
    """A phase; schedule words are plain numbers, references the phase's own."""
    for key in ("cycles", "cycle_days"):
        if key in stated:
            stated[key] = number(stated[key])
    for key in ("cycle_numbers", "start_weeks", "start_days"):
        stated[key] = numbers(stated.get(key, ()))
    stated.setdefault("role", PhaseRole.FRONT_LINE)
    ids = tuple(one.reference_id for one in references)
    return Phase(
        phase_id=f"phase_{order}", name=name, order=order, page=1, heading=Span(0, 5),
        reference_ids=ids, **stated,
    )  # fmt: skip


def make_dose(drug="vincristine", value="1.5", unit="mg/m2", *, ordinal=1, **stated):
    """A dose reference of the document; `days` and the rest as stated, IV when nothing is said."""
    stated.setdefault("route", Route.IV)
    amount = {} if "minimum" in stated else {"value": Decimal(value)}
    return make_reference(
        reference_id=f"r_{ordinal}", document_sha256=DOCUMENT, span=Span(ordinal, ordinal + 1),
        drug=drug, unit=unit, **amount, **stated,
    )  # fmt: skip


def make_bands(drug, amounts, *, first=100):
    """References of a band table: amount in mg by [from, to) in months of age, intrathecal."""
    return tuple(
        make_dose(
            drug, amount, "mg", ordinal=first + index, route=Route.IT,
            population=Population(age_months_min=low, age_months_max=high),
        )
        for index, (amount, low, high) in enumerate(amounts)
    )  # fmt: skip


def make_row(bands, *, days=(1,), route=Route.IT, times=None):
    """A row that sends its amount to a band table."""
    names = tuple(dict.fromkeys(one.drug for one in bands))
    ids = tuple(one.reference_id for one in bands)
    return BandedRow(names, tuple(days), route, times, 1, Span(50, 60), ids)


def make_regimen(*phases):
    """The regimen of the document."""
    return Regimen("g_1", DOCUMENT, "protocol.pdf", "A protocol", ("WILMS",), tuple(phases))


def make_bundle(regimen, references):
    """The evidence of one document."""
    return Bundle((regimen,), {one.reference_id: one for one in references}, cite)


def lay_out(*phases, references=(), start=START):
    """The cycles of some phases of one regimen, from the first day of treatment."""
    regimen = make_regimen(*phases)
    calendar = Calendar(make_bundle(regimen, references), regimen, derived(start, "start"))
    return calendar.cycles(phases)


class FixedBody(BodyTimeline):
    """A patient whose size is what the test says at any age."""

    height = Decimal("120.0")
    weight = Decimal("22.00")

    def _measure(self, day):
        taken = super()._measure(day)
        surface = body_surface_area(self.height, self.weight)
        return type(taken)(
            taken.measured_on,
            derived(self.height, "fixed"),
            derived(self.weight, "fixed"),
            derived(surface, "fixed"),
        )


def make_body(*, months=72, height="120", weight="22", start=START):
    """A body of this size, so many months old at the start."""
    birth = date.fromordinal(start.toordinal() - int(Decimal(months) * Decimal("30.436875")) - 1)
    body = FixedBody(Draws(1, "body"), "female", birth)
    body.height, body.weight = Decimal(height), Decimal(weight)
    return body


class FirstOption:
    """Chooses the first option of everything."""

    def __init__(self):
        self.picks = ()

    def choose(self, choice):
        ids = tuple(one.option_id for one in choice.options)
        self.picks += (Pick(choice.name, ids, ids[0], "test"),)
        return ids[0]


def make_case(bundle, *, today=TODAY, request=None):
    """One patient being composed over this evidence."""
    return Case(
        request or Request(), Draws(1, "patient"), FirstOption(), bundle, load_catalogue(),
        load_vocabulary(), derived(today, "reference date"),
    )  # fmt: skip


def give(phase, references, *, body=None, today=TODAY, start=START, profile=None):
    """The administrations of one phase as plain rows of the record, with their leaves' values."""
    regimen = make_regimen(phase)
    bundle = make_bundle(regimen, references)
    cycles = Calendar(bundle, regimen, derived(start, "start")).cycles((phase,))
    case = make_case(bundle, today=today)
    given = Dispenser(case, regimen, body or make_body(start=start), profile).give(cycles)
    return [{key: leaf.value for key, leaf in one.tree.items()} for one in given]
