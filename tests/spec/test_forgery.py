"""What verification must refuse: a verified record of which any one thing was changed.

Every forgery here is carried through: where the record's own id follows from the change, the forger
has computed it again.
"""

from decimal import Decimal

import pytest
from tests.factories_corpus import CORPUS, errors_of, read_protocol, store_of
from tests.factories_forgery import (
    REQUESTS,
    another,
    auditor,
    dumped,
    fails_at,
    forged,
    kinds_of_leaves,
    leaves,
    maker,
    own_id,
    patient,
    pointer_to,
    put,
    value_at,
)

from fuente.records.parsing import parse_line

# Nobody can tell from pages which model and which version made a record: claims, not facts.
CLAIMS = {
    ("manifest", "fuente_version"),
    ("manifest", "model", "name"),
    ("manifest", "model", "sha256"),
    ("manifest", "model", "weights"),
    ("manifest", "model", "template_sha256"),
    ("manifest", "model", "engine"),
}
# The patient is a function of these: changed, they make another patient, named value by value.
ROOTS = ("seed", "generated_at", "request")
FIRST = ("chemotherapy", 0, "administrations", 0)


@pytest.mark.parametrize("name", REQUESTS)
def test_an_honest_record_verifies_wherever_its_documents_are_held(name):
    """No error where it was made, none where only the documents were ingested."""
    assert errors_of(patient(name), maker()) == []
    assert errors_of(patient(name), auditor()) == []


@pytest.mark.parametrize(
    "name", ["medulloblastoma", pytest.param("neuroblastoma", marks=pytest.mark.sweep)]
)
def test_every_kind_of_leaf_is_checked(name):
    """Each number, date, code and word of a record, changed alone, fails and is named."""
    line = patient(name)
    places = [p for p, _ in kinds_of_leaves(parse_line(line)) if p[0] not in ROOTS]
    missed = []
    for place in places:
        changed = another(value_at(parse_line(line), place))
        fits = place != ("record_id",)
        found = [p for _, p in errors_of(forged(line, (place, changed), fits=fits), maker())]
        if pointer_to(place) not in found and place not in CLAIMS:
            missed.append(pointer_to(place))

    assert len(places) > 400
    assert missed == []


@pytest.mark.parametrize(
    "name", ["medulloblastoma", pytest.param("neuroblastoma", marks=pytest.mark.sweep)]
)
def test_every_date_of_a_record_is_checked(name):
    """One day later fails, for each date of every kind; both stores name it alike."""
    line = patient(name)
    dates = [
        (place, value)
        for place, value in kinds_of_leaves(parse_line(line))
        if isinstance(value, str) and another(value) != value and _is_date(value)
    ]
    dates = [(place, value) for place, value in dates if place[0] not in ROOTS]

    assert len(dates) >= 10
    for place, value in dates:
        assert fails_at(forged(line, (place, another(value))), pointer_to(place)), place


@pytest.mark.parametrize("root", ["seed", "generated_at"])
@pytest.mark.parametrize("name", REQUESTS)
def test_what_the_patient_is_a_function_of_cannot_be_changed(name, root):
    """Another seed or reference date makes another patient, so that values disagree."""
    line = patient(name)
    changed = another(parse_line(line)[root])

    assert errors_of(forged(line, ((root,), changed)), auditor())


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", "a child"), ("age_years", 12), ("language", "es"), ("n_patients", 2)],
)
def test_the_request_cannot_be_changed(key, value):
    """The record holds the request it was made for, to the letter."""
    line = patient("medulloblastoma")

    assert errors_of(forged(line, (("request", key), value)), auditor())


def test_a_changed_id_of_the_record_is_named():
    """The id follows from request, seed, reference date and manifest."""
    line = patient("medulloblastoma")
    place = ("record_id",)
    changed = another(parse_line(line)["record_id"])

    assert fails_at(forged(line, (place, changed), fits=False), "/record_id")


ADMINISTRATION = {
    "drug_inn": "cisplatin",
    "prescribed_unit": "mg/kg",
    "dose_administered_unit": "g",
    "route": "20053000",
    "citation_id": "c_0000000000000000",
    "cap_applied": True,
}


@pytest.mark.parametrize(("key", "value"), ADMINISTRATION.items())
def test_another_drug_unit_route_or_source_fails(key, value):
    """What is plausible in itself is still not what the page says."""
    line = patient("medulloblastoma")
    place = (*FIRST, key)
    assert value_at(parse_line(line), place) != value

    assert fails_at(forged(line, (place, value)), pointer_to(place))


def test_a_dropped_administration_fails():
    """The course has as many givings as the document says."""
    record = parse_line(patient("medulloblastoma"))
    course = record["chemotherapy"][0]["administrations"]
    last = len(course) - 1
    del course[last]

    assert fails_at(dumped(record), f"/chemotherapy/0/administrations/{last}")


def test_an_added_administration_fails():
    """One giving more than the document says is one too many."""
    record = parse_line(patient("medulloblastoma"))
    course = record["chemotherapy"][0]["administrations"]
    course.append(dict(course[-1]))

    assert fails_at(dumped(record), f"/chemotherapy/0/administrations/{len(course) - 1}")


@pytest.mark.parametrize("block", ["relapse", "surgery", "citations", "other", "hsct"])
def test_a_dropped_block_fails(block):
    """Leaving something out is a change too."""
    record = parse_line(patient("neuroblastoma"))
    assert record[block]
    if block == "other":
        del record[block]
    else:
        record[block] = []

    assert errors_of(dumped(record), auditor())


def test_a_consistent_lie_about_a_dose_fails():
    """Value, dose, totals, quote, origins and id all agree; only the page does not."""
    record = parse_line(patient("medulloblastoma"))
    given = record["chemotherapy"][0]["administrations"]
    drug, old = given[0]["drug_inn"], given[0]["prescribed_value"]
    new = old * 2
    for index, one in enumerate(given):
        if one["drug_inn"] == drug and one["prescribed_value"] == old:
            one["prescribed_value"] = new
            one["dose_administered"] *= 2
            origin = f"/chemotherapy/0/administrations/{index}/dose_administered"
            steps = record["origins"][origin]["formula"]
            record["origins"][origin]["formula"] = steps.replace(str(old), str(new), 1)
    for total in record["chemotherapy"][0]["cumulative_doses"]:
        total["value"] *= 2 if total["drug_inn"] == drug else 1
    cited = next(c for c in record["citations"] if c["citation_id"] == given[0]["citation_id"])
    cited["quote"] = cited["quote"].replace(str(old), str(new))
    record["record_id"] = own_id(record)
    line = dumped(record)

    assert fails_at(line, pointer_to((*FIRST, "prescribed_value")))
    assert fails_at(line, pointer_to((*FIRST, "dose_administered")))


def test_a_quote_of_other_words_on_the_page_fails():
    """A citation moved to another true place of the same page no longer supports the dose."""
    record = parse_line(patient("medulloblastoma"))
    citation = record["citations"][3]
    page = maker().page(citation["document_sha256"], citation["page"])
    citation["start"], citation["end"] = 0, 40
    citation["quote"] = page.text[:40]

    assert fails_at(dumped(record), "/citations/3/quote")


def test_a_citation_of_a_document_not_held_fails():
    """What is not held here cannot be checked, and says so."""
    record = parse_line(patient("medulloblastoma"))
    record["citations"][0]["document_sha256"] = "0" * 64

    assert fails_at(dumped(record), "/citations/0/page")


def test_a_record_over_documents_not_held_fails():
    """A store without the protocols names them."""
    elsewhere = store_of(read_protocol(CORPUS / "wilms.pdf"))

    found = errors_of(patient("medulloblastoma"), elsewhere)

    assert ("CIT-01", "/manifest/evidence/documents/0") in found


def test_a_page_beyond_the_document_fails():
    """There is no page 999, nor page 10 to the power of 20."""
    for page in (999, 10**20):
        line = forged(patient("medulloblastoma"), (("citations", 0, "page"), page))

        assert fails_at(line, "/citations/0/page")


NARRATIVE = [
    (" years", "1 years"),
    ("craniospinal axis", "posterior fossa"),
    ("mg/m²", "mg/kg"),
    ("vincristine", "vinblastine"),
    ("There were no metastases", "There were metastases"),
    (" 20", " 19"),
]


@pytest.mark.parametrize(("old", "new"), NARRATIVE)
def test_a_changed_fact_of_the_narrative_fails(old, new):
    """A number, drug, site or negation of the story is held to the record."""
    record = parse_line(patient("medulloblastoma"))
    story = record["narrative"]
    index, told = next((i, s) for i, s in enumerate(story["sentences"]) if old in s["text"])
    told["text"] = told["text"].replace(old, new)
    story["text"] = " ".join(one["text"] for one in story["sentences"])

    assert fails_at(dumped(record), f"/narrative/sentences/{index}/text")


def test_a_sentence_added_or_dropped_fails():
    """The story tells all of the record and nothing else."""
    record = parse_line(patient("medulloblastoma"))
    story = record["narrative"]
    for sentences in (story["sentences"][:-1], [*story["sentences"], story["sentences"][0]]):
        told = {**story, "sentences": sentences, "text": " ".join(s["text"] for s in sentences)}

        assert fails_at(dumped({**record, "narrative": told}), "/narrative/sentences")


def test_a_value_that_is_not_of_a_record_fails():
    """There is no place for values of one's own."""
    record = parse_line(patient("medulloblastoma"))
    record["chemotherapy"][0]["administrations"][0]["note"] = "doubled by phone"

    assert fails_at(dumped(record), pointer_to((*FIRST, "note")))


def test_null_is_not_nothing():
    """A key that states nothing is not in a record."""
    record = parse_line(patient("medulloblastoma"))
    record["diagnoses"][0]["second_tumour"] = None

    assert fails_at(dumped(record), "/diagnoses/0/second_tumour")


def test_numbers_as_strings_fail():
    """Every number of a record, written as a string, is named."""
    line = patient("medulloblastoma")
    record = parse_line(line)
    numbers = [
        place
        for place, value in kinds_of_leaves(record)
        if isinstance(value, int | Decimal) and not isinstance(value, bool)
    ]
    missed = [
        place
        for place in numbers
        if pointer_to(place) not in [p for _, p in errors_of(quoted(line, place), maker())]
    ]

    assert len(numbers) > 30
    assert missed == []


def quoted(line, place):
    """The line with the number at a place written as a string; its id follows again."""
    record = parse_line(line)
    put(record, place, str(value_at(record, place)))
    if place[0] == "manifest":
        record["record_id"] = own_id(record)
    return dumped(record)


def _is_date(value):
    return len(value) == 10 and value[4] == value[7] == "-"


def test_leaves_and_pointers_of_this_test_agree():
    """The forger reaches every leaf by its pointer."""
    record = parse_line(patient("medulloblastoma"))

    assert all(value_at(record, place) == value for place, value in leaves(record))
