"""The auditor's pages: every value with what it rests on, readable without any script."""

import json
import re
from html import unescape

import pytest
from tests.factories_server import (
    REQUEST,
    actions,
    copy_of,
    fresh_token,
    make_application,
    make_client,
    read_protocol,
)
from tests.factories_store import make_event
from tests.fakes_store import MemoryStore

from fuente.audit.event import Action
from fuente.documents.standing import CURRENT, WITHDRAWN, superseded_by
from fuente.ports import StoredRecord


@pytest.fixture(scope="module")
def application():
    """A service that holds one protocol."""
    return make_application(copy_of(read_protocol()))


@pytest.fixture(scope="module")
def client(application):
    """An auditor's browser."""
    client = make_client(application, token=fresh_token(application))
    client.headers["Accept"] = "text/html"
    return client


@pytest.fixture(scope="module")
def record(client):
    """A generated patient."""
    made = client.post("/v1/patients", json={"request": REQUEST, "seed": 3}).json()
    return made["patients"][0]


@pytest.fixture(scope="module")
def page(client, record):
    """The patient's page."""
    answer = client.get(f"/patients/{record['record_id']}")
    assert answer.status_code == 200
    return answer.text


def links(text, pattern):
    """The addresses on a page that match."""
    return sorted({unescape(one) for one in re.findall(r'href="([^"]+)"', text) if pattern in one})


def test_the_page_says_first_that_nobody_is_real(page, record):
    """Disclaimer and footer, before any clinical word."""
    assert unescape(page).index(record["disclaimer"]) < page.index("<h1>")
    assert "Not real people" in page


def test_the_course_comes_before_the_details(page):
    """What happened when is read first; doses and measurements follow."""
    order = [page.index(f">{title}</h2>") for title in ("Course", "Summary", "Diagnosis")]

    assert order == sorted(order)
    assert page.index("Radiotherapy</h2>") > page.index("Chemotherapy, line 1</h2>")


def test_units_stand_beside_their_values(page, record):
    """`1.46 mg`, as one value; the bare unit is nowhere a value of its own."""
    dose = record["chemotherapy"][0]["administrations"][0]

    assert f">{dose['dose_administered']} mg</a>" in page
    assert f">{dose['prescribed_value']} mg/m²</a>" in page
    assert ">mg</a>" not in page


def test_codes_read_as_words(page):
    """Routes, sites and targets are words, with the code beside them where it says more."""
    assert ">intravenous</a>" in page
    assert "20045000" not in page
    assert "Cerebellum (C71.6)" in page
    assert "craniospinal axis" in page


def test_every_link_of_the_page_opens(client, page):
    """Each value's origin and each citation, on pages of their own."""
    found = links(page, "/origin?at=") + links(page, "/citations/")

    assert len(found) > 100
    for address in found[:: max(1, len(found) // 60)]:
        assert client.get(address).status_code == 200, address


def test_a_cited_value_opens_its_page_with_the_words_marked(client, record, application):
    """File, edition, physical page, printed label, quote, and the image with this citation."""
    at = "/chemotherapy/0/administrations/0/prescribed_value"
    citation = next(
        one
        for one in record["citations"]
        if one["citation_id"] == record["origins"][at]["citation"]
    )

    text = unescape(client.get(f"/patients/{record['record_id']}/origin", params={"at": at}).text)

    assert citation["quote"] in text
    assert citation["file"] in text
    assert f"Edition {citation['edition']}" in text
    assert f"physical page <strong>{citation['page']}</strong>" in text
    assert f"printed <strong>{citation['page_label']}</strong>" in text
    assert f".png?citation={citation['citation_id']}" in text
    assert "These words stand on the stored page" in text
    image = re.search(r'src="(/v1/documents/[^"]+)"', text)[1]
    assert client.get(image).status_code == 200


def test_a_calculated_value_shows_its_arithmetic_and_the_page_of_its_input(client, record):
    """Formula, inputs with their own links, and the quote the dose per area was read from."""
    at = "/chemotherapy/0/administrations/0/dose_administered"

    text = unescape(client.get(f"/patients/{record['record_id']}/origin", params={"at": at}).text)

    assert record["origins"][at]["formula"] in text
    assert "calculated" in text
    assert "/origin?at=%2Fchemotherapy" in text or "/origin?at=/chemotherapy" in text
    assert ".png?citation=" in text


def test_the_panel_is_the_same_without_the_page_around_it(client, record):
    """What a script puts beside the record."""
    address = f"/patients/{record['record_id']}/origin"
    whole = client.get(address, params={"at": "/outcome/status"}).text
    part = client.get(address, params={"at": "/outcome/status", "panel": "1"}).text

    assert "<html" in whole
    assert "<html" not in part
    assert re.search(r'<div class="told">.*?</div>', part, re.S)[0] in whole


def test_a_citation_has_a_page_of_its_own(client, record):
    """With how many values rest on it."""
    citation = record["citations"][0]["citation_id"]
    uses = sum(one.get("citation") == citation for one in record["origins"].values())

    text = client.get(f"/patients/{record['record_id']}/citations/{citation}").text

    assert f"{uses} values of this record rest directly on these words" in text


@pytest.mark.parametrize("at", ["/nothing", "nonsense", "/record_id", "/demographics", "/seed/0"])
def test_a_place_without_origin_is_not_found(client, record, at):
    """As a page, and no 5xx."""
    answer = client.get(f"/patients/{record['record_id']}/origin", params={"at": at})

    assert answer.status_code == 404
    assert "<html" in answer.text


def test_a_citation_of_another_record_is_not_found(client, record):
    """Only the record's own."""
    address = f"/patients/{record['record_id']}/citations/c-{'0' * 16}-1-0-5"

    assert client.get(address).status_code == 404


def test_the_record_can_be_verified_on_the_spot(client, record):
    """Every citation and invariant, now, from the stored pages."""
    text = client.get(f"/patients/{record['record_id']}/verification").text

    assert ">Verified</h1>" in text
    assert f"{len(record['citations'])} citations" in text


def test_every_look_at_a_patient_is_logged(client, record, application):
    """The page, a source and a verification are three readings by this auditor."""
    before = len(actions(application.store))
    base = f"/patients/{record['record_id']}"
    for address in (base, f"{base}/origin?at=/seed", f"{base}/verification"):
        client.get(address)

    read = actions(application.store, before)
    assert [one[0] for one in read] == [Action.PATIENT_READ] * 3
    assert {one[2] for one in read} == {record["record_id"]}


def test_a_spanish_record_has_spanish_headings(client):
    """And Spanish words for codes, drugs and sites."""
    body = {"request": REQUEST, "seed": 3, "language": "es"}
    made = client.post("/v1/patients", json=body).json()["patients"][0]

    text = client.get(f"/patients/{made['record_id']}").text

    for words in ("Evolución", "Resumen", "Quimioterapia, línea 1", "intravenosa", "vincristina"):
        assert words in text
    assert 'lang="es"' in text
    assert "Cerebelo (C71.6)" in text
    assert ">Chemotherapy" not in text


def test_what_a_record_says_is_never_markup():
    """Names, quotes and requests are shown as text, whatever is in them."""
    evil = "<script>alert(1)</script>"
    application = make_application(copy_of(read_protocol()))
    client = make_client(application, token=fresh_token(application))
    made = client.post("/v1/patients", json={"request": REQUEST, "seed": 3}).json()["patients"][0]
    forged = json.loads(json.dumps(made).replace("Vincristine", evil))
    forged["demographics"]["given_name"] = forged["request"]["text"] = evil
    forged["record_id"] = "00000000-0000-0000-0000-000000000000"
    application.store.add_record(
        StoredRecord(forged["record_id"], json.dumps(forged).encode()), make_event()
    )

    for path in ("/patients", f"/patients/{forged['record_id']}"):
        text = client.get(path).text
        assert evil not in text
        assert "&lt;script&gt;" in text


def test_a_forged_quote_is_contradicted_beside_it():
    """The page shows what the store holds, not what the record claims."""
    application = make_application(copy_of(read_protocol()))
    client = make_client(application, token=fresh_token(application))
    made = client.post("/v1/patients", json={"request": REQUEST, "seed": 3}).json()["patients"][0]
    citation = made["citations"][0]
    citation["quote"] = "100 mg/m2"
    made["record_id"] = "00000000-0000-0000-0000-000000000000"
    application.store.add_record(
        StoredRecord(made["record_id"], json.dumps(made).encode()), make_event()
    )

    source = client.get(f"/patients/{made['record_id']}/citations/{citation['citation_id']}").text
    verified = client.get(f"/patients/{made['record_id']}/verification").text

    assert "does not have these words at this place" in source
    assert "fails its verification" in verified


def test_a_record_outlives_its_documents_on_the_page():
    """Where a document is not held, the page says so instead of failing."""
    full = make_application(copy_of(read_protocol()))
    made = make_client(full, token=fresh_token(full)).post(
        "/v1/patients", json={"request": REQUEST, "seed": 3}
    ).json()["patients"][0]  # fmt: skip
    empty = make_application(MemoryStore())
    empty.store.add_record(StoredRecord(made["record_id"], json.dumps(made).encode()), make_event())
    client = make_client(empty, token=fresh_token(empty))

    base = f"/patients/{made['record_id']}"
    source = client.get(f"{base}/citations/{made['citations'][0]['citation_id']}")

    assert client.get(base).status_code == 200
    assert source.status_code == 200
    assert "not held here" in source.text


def test_a_citation_of_an_old_edition_is_marked(client, record, application):
    """The quote still stands, and the reader is told that it is not followed any more."""
    citation = record["citations"][0]
    address = f"/patients/{record['record_id']}/citations/{citation['citation_id']}"
    sha256 = citation["document_sha256"]
    application.store.set_standing(sha256, WITHDRAWN, make_event())
    assert "withdrawn from use" in client.get(address).text
    assert "words stand on the stored page" in client.get(address).text
    application.store.set_standing(sha256, superseded_by("f" * 64), make_event())
    assert "newer edition" in client.get(address).text
    application.store.set_standing(sha256, CURRENT, make_event())
    assert "newer edition" not in client.get(address).text


def test_documents_can_be_leafed_through(client, application):
    """The list, and each page as image and stored text with its neighbours."""
    (document,) = application.store.documents()
    listed = client.get("/documents").text

    first = client.get(f"/documents/{document.sha256}/pages/1").text
    last = client.get(f"/documents/{document.sha256}/pages/{document.pages}").text

    assert document.file in listed
    assert document.title in listed
    assert "Next page" in first
    assert "Previous page" not in first
    assert "Next page" not in last
    assert unescape(first).count("ILLUSTRATIVE, NOT FOR TREATMENT") >= 1


def test_the_list_of_patients_has_pages(client, record):
    """Names, diagnoses and dates; an empty page says so."""
    text = client.get("/patients").text

    assert record["demographics"]["family_name_1"] in text
    assert "Medulloblastoma" in text
    assert "No patient here" in client.get("/patients", params={"offset": 1000}).text
    assert "No patient yet" in make_empty_client().get("/patients").text


def make_empty_client():
    """A known caller of a service that holds nothing."""
    application = make_application()
    return make_client(application, token=fresh_token(application))
