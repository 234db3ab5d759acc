"""A record arranged for reading: the words, the rows and the reasons that are shown."""

import json
import re
from decimal import Decimal

import pytest
from tests.factories_server import REQUEST, copy_of, make_application, read_protocol

from fuente.errors import NotFound
from fuente.patients.request_parser import parse_request
from fuente.server.reading import RecordView, sections_of
from fuente.server.reading.basis import basis_of
from fuente.server.reading.course import age_text, course_of
from fuente.server.reading.dosing import phases_of
from fuente.server.reading.explanation import explain
from fuente.server.reading.making import making_of
from fuente.server.reading.values import shown, unit_of
from fuente.server.reading.words import drug_name, label, unit_text, words_of
from fuente.workflows.generate import generate_patients


@pytest.fixture(scope="module", params=["en", "es"])
def view(request):
    """A generated record in each language."""
    application = make_application(copy_of(read_protocol()))
    asked = parse_request(REQUEST, "en").model_copy(update={"language": request.param})
    outcome = next(generate_patients(asked, application.generating(), seed=4, count=1))
    assert outcome.refusal is None, outcome.refusal
    return RecordView(outcome.line)


def giving(day, **more):
    """One administration of the third of January and after."""
    return {
        "date": f"2025-01-{2 + day:02}",
        "drug_inn": "vincristine",
        "prescribed_value": Decimal("1.5"),
        "prescribed_unit": "mg/m2",
        "dose_administered": Decimal("1.20"),
        "dose_administered_unit": "mg",
        "bsa_used": Decimal("0.8"),
        "cap_applied": False,
        "route": "20045000",
        "phase": "Induction",
        "cycle": 1,
        "day": day,
        **more,
    }


def small_view(givings=(), tongue="en", **origins):
    """A record that holds only what the reader of doses looks at."""
    return RecordView(
        json.dumps(
            {
                "language": tongue,
                "origins": {f"/a/{at}": origin for at, origin in origins.items()},
                "a": [{**one, "dose_administered": 1.2} for one in ()],
            }
        ).encode()
    )


def test_every_value_with_an_origin_is_on_the_page(view):
    """What the record states is shown: no clinical field is silently left out."""
    shown_at = {value.at for section in sections_of(view) for value in _all_values(section)}
    hidden = ("_unit", "/citation_id", "tumour_name_en", "tumour_name_es", "/atc", "/phase")
    folded = ("/cycle", "/day", "/cap_applied")  # headings and runs of the dose tables

    missing = [
        at
        for at in view.origins
        if at.count("/") > 1
        and not at.startswith("/request")
        and at not in shown_at
        and not at.endswith((*hidden, *folded))
        and not (at.rpartition("/")[2].isdigit() and not at.endswith("/0"))
        and "/administrations/" not in at
    ]

    assert missing == []


def _all_values(section):
    for entry in section.entries:
        yield from entry
    for row in section.table.rows if section.table else ():
        yield from row.values()


def test_every_administration_is_listed_once(view):
    """The rows of equal givings lose none of them."""
    for index, course in enumerate(view.rows("chemotherapy")):
        pointer = f"/chemotherapy/{index}/administrations"
        phases = phases_of(view, course["administrations"], pointer)
        listed = [one[0].at for phase in phases for one in phase.every]

        assert sorted(listed) == sorted(
            f"{pointer}/{n}/date" for n in range(len(course["administrations"]))
        )
        assert sum(phase.count for phase in phases) == len(listed)


def test_every_value_shown_can_be_explained(view):
    """No link of the page leads nowhere."""
    for section in sections_of(view):
        for value in _all_values(section):
            if value.at:
                told = explain(view, value.at)
                assert told.kind
                assert told.formula or told.citations or told.inputs or told.options, value.at


def test_a_calculated_dose_shows_its_formula_its_inputs_and_their_page(view):
    """The arithmetic, the two numbers that went in, and the words one of them was read from."""
    told = explain(view, "/chemotherapy/0/administrations/0/dose_administered")

    assert told.value.kind == "derived"
    assert "=" in told.formula
    assert told.inputs[0].kind == "cited"
    assert told.inputs[0].text.endswith(("mg/m²", "mg/kg", "mg"))
    assert told.citations[0]["citation_id"] == told.inputs[0].citation


def test_a_chosen_value_shows_what_was_on_offer(view):
    """The options of the manifest, in words, with the one taken among them."""
    at = next(
        at
        for at, one in view.origins.items()
        if one["kind"] == "chosen" and one["formula"].startswith("choice")
    )

    told = explain(view, at)

    assert told.options is not None
    assert told.options.chosen in told.options.offered
    assert told.options.by


@pytest.mark.parametrize("at", ["", "/", "/nothing", "/origins", "/seed/0", "seed", "/diagnoses/9"])
def test_a_place_without_origin_is_not_found(view, at):
    """The caller is told, and nothing breaks."""
    with pytest.raises(NotFound):
        explain(view, at)


def test_the_course_is_in_order_and_on_one_scale(view):
    """Rows begin one after another; every bar lies within the width."""
    course = course_of(view)

    assert [one.first for one in course] == sorted(one.first for one in course)
    assert course[0].kind == "diagnosis"
    assert {"chemotherapy", "radiotherapy", "surgery", "outcome"} <= {one.kind for one in course}
    for one in course:
        for bar in one.bars:
            assert bar.left >= 0
            assert bar.width > 0
            assert bar.left + bar.width <= 1000.2


def test_the_basis_counts_every_cited_value(view):
    """Files and pages with how many values cite them add up to all that are cited."""
    counted = sum(page.values for file in basis_of(view) for page in file.pages)

    assert counted == sum(one.get("citation") is not None for one in view.origins.values())


def test_choices_are_named_as_the_documents_name_them(view):
    """The id of a regimen reads as its title and file."""
    making = making_of(view, read_protocol())
    protocol = next(one for one in making.choices if one.name == "tumour 1 protocol")

    assert protocol.taken.endswith("(medulloblastoma.pdf)")
    assert not any(re.match(r"[a-z] ?_?[0-9a-f]{20}", one.taken) for one in making.choices)
    assert making.files == ("medulloblastoma.pdf",)
    assert making.steps


def test_equal_givings_stand_in_one_row_with_runs_of_days():
    """Days 1 to 4 are a run; 8 and 9 are too few for one; another dose is another row."""
    days = [giving(day) for day in (1, 2, 3, 4, 8, 9)]
    other = giving(10, dose_administered=Decimal("1.1"))

    (phase,) = phases_of(small_view(), [*days, other], "/a")
    rows = phase.cycles[0].rows

    assert [[day.text for day in row.days] for row in rows] == [["1–4", "8", "9"], ["10"]]
    assert rows[0].days[0].label == "2025-01-03 – 2025-01-06"
    assert (rows[0].prescribed.text, rows[0].given.text) == ("1.5 mg/m²", "1.20 mg")
    assert (rows[0].body.text, rows[0].route.text) == ("0.8 m²", "intravenous")
    assert phase.count == 7


def test_givings_of_one_day_are_counted():
    """Twice a day on days 1 to 3 is one run, said to be twice."""
    twice = [giving(day) for day in (1, 2, 3) for _ in range(2)]

    (phase,) = phases_of(small_view(), twice, "/a")

    assert [day.text for day in phase.cycles[0].rows[0].days] == ["1–3 ×2"]


def test_a_giving_without_a_day_shows_its_date():
    """A protocol may count no days."""
    bare = {key: value for key, value in giving(1).items() if key not in ("day", "cycle")}

    (phase,) = phases_of(small_view(), [bare], "/a")

    assert phase.cycles[0].number is None
    assert phase.cycles[0].rows[0].days[0].text == "2025-01-03"


def test_what_is_special_about_a_giving_is_noted():
    """A maximum, a reduction and the length of an infusion."""
    special = giving(1, cap_applied=True, dose_reduction_percent=25, infusion_hours=4)

    (phase,) = phases_of(small_view(tongue="es"), [special], "/a")

    notes = [note.text for note in phase.cycles[0].rows[0].notes]
    assert notes == ["máximo aplicado", "reducida un 25 %", "infusión 4 h"]


@pytest.mark.parametrize(
    ("key", "value", "unit", "en", "es"),
    [
        ("dose_administered", Decimal("1.46"), "mg", "1.46 mg", "1.46 mg"),
        ("value", Decimal("0.00001"), "", "0.00001", "0.00001"),
        ("fractions", 14, "", "14", "14"),
        ("metastatic", False, "", "no", "no"),
        ("metastatic", True, "", "yes", "sí"),
        ("route", "20042000", "", "intrathecal", "intratecal"),
        ("sex", "female", "", "female", "mujer"),
        ("drug_inn", "vincristine", "", "vincristine", "vincristina"),
        ("drugs", ["methotrexate", "cytarabine"], "", "methotrexate, cytarabine",
         "metotrexato, citarabina"),
        ("drug_inn", "nosuchdrug", "", "nosuchdrug", "nosuchdrug"),
        ("topography", "C71.6", "", "Cerebellum (C71.6)", "Cerebelo (C71.6)"),
        ("topography", "C00.0", "", "C00.0", "C00.0"),
        ("protocol_name", "alive_no_disease", "", "alive_no_disease", "alive_no_disease"),
        ("days", [-3, -2], "", "-3, -2", "-3, -2"),
    ],
)  # fmt: skip
def test_values_read_as_words_and_amounts(key, value, unit, en, es):
    """Codes in words, numbers as recorded with their unit, names as they stand."""
    assert shown(small_view(tongue="en"), key, value, unit) == en
    assert shown(small_view(tongue="es"), key, value, unit) == es


@pytest.mark.parametrize(
    ("part", "key", "unit"),
    [
        ({"dose_administered": 1, "dose_administered_unit": "mg"}, "dose_administered", "mg"),
        ({"prescribed_value": 1, "prescribed_unit": "mg/m2"}, "prescribed_value", "mg/m²"),
        ({"value": 1, "value_unit": "[iU]/m2"}, "value", "IU/m²"),
        ({"height_cm": 100}, "height_cm", "cm"),
        ({"bsa_m2": 1}, "bsa_m2", "m²"),
        ({"cd34_dose": 5, "cd34_dose_unit": "10*6/kg"}, "cd34_dose", "×10⁶/kg"),
        ({"boost_dose": 9}, "boost_dose", "Gy"),
        ({"number": 1}, "number", ""),
    ],
)
def test_the_unit_is_the_one_beside_the_value_or_the_one_of_its_field(part, key, unit):
    """A number is never shown without the unit the record gives it."""
    assert unit_of(part, key) == unit


def test_every_field_of_the_record_has_a_name_in_both_languages():
    """A new field without a label fails here, not on an auditor's screen."""
    from pydantic import BaseModel

    from fuente.patients import clinical

    models = [
        one
        for one in vars(clinical).values()
        if isinstance(one, type) and issubclass(one, BaseModel)
    ]
    fields = {name for model in models for name in model.model_fields}
    unshown = {"citation_id"} | {name for name in fields if name.endswith("_unit")}

    for name in sorted(fields - unshown):
        plain = name.replace("_", " ").capitalize()
        assert label(name, "es") != plain or label(name, "en") != plain or name == "hospital", name


def test_unknown_codes_and_keys_read_as_themselves():
    """No table has to be complete for a page to be drawn."""
    assert label("some_new_field", "en") == "Some new field"
    assert words_of("some_new_code", "es") == "some new code"
    assert drug_name("etoposide", "es") == "etopósido"
    assert unit_text("ug/kg") == "µg/kg"


@pytest.mark.parametrize(
    ("day", "age"),
    [("2020-03-31", "0 y 0 m"), ("2021-03-30", "0 y 11 m"), ("2024-04-30", "4 y 0 m")],
)
def test_ages_are_completed_years_and_months(day, age):
    """A month is complete on the same day of the next one."""
    data = {"language": "en", "origins": {}, "demographics": {"birth_date": "2020-03-31"}}

    assert age_text(RecordView(json.dumps(data).encode()), day) == age
