"""Patients and questions over HTTP: the command line's lines, kept, listed, and laid at a door."""

import json
from concurrent.futures import ThreadPoolExecutor

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
from tests.fakes_engine import ScriptedModel
from tests.fakes_store import MemoryStore

from fuente.audit.event import Action
from fuente.errors import ModelCrashed, StoreError
from fuente.patients.request_parser import parse_request
from fuente.server.lanes import Lane
from fuente.workflows.generate import generate_patients


@pytest.fixture
def application():
    """A service that holds one protocol."""
    return make_application(copy_of(read_protocol()))


@pytest.fixture
def client(application):
    """A known caller."""
    return make_client(application, token=fresh_token(application))


def lines_of(seed, count, language=None):
    """What the command line would print."""
    application = make_application(copy_of(read_protocol()))
    asked = parse_request(REQUEST, language)
    made = generate_patients(asked, application.generating(), seed=seed, count=count)
    return [one.line.rstrip() for one in made]


def test_the_lines_are_those_of_the_command_line(client):
    """Byte for byte, in order."""
    answer = client.post("/v1/patients", json={"request": REQUEST, "seed": 11, "count": 2})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content == b'{"patients":[' + b",".join(lines_of(11, 2)) + b"]}"


def test_the_language_of_the_narrative_may_be_stated(client):
    """Whatever language the request was written in."""
    body = {"request": REQUEST, "seed": 11, "language": "es"}

    (record,) = client.post("/v1/patients", json=body).json()["patients"]

    assert record["language"] == "es"
    assert record["narrative"]["language"] == "es"


def test_a_structured_request_is_as_good_as_words(client):
    """It is stored as it was sent."""
    asked = {"diagnosis": {"catalogue_id": "MB"}, "age_years": 7, "sex": "female"}

    (record,) = client.post("/v1/patients", json={"request": asked, "seed": 1}).json()["patients"]

    assert record["request"]["diagnosis"] == {"catalogue_id": "MB"}
    assert record["demographics"]["sex"] == "female"


def test_ages_may_be_fractions_of_years(client):
    """In words and structured; the record keeps the bound as it was sent."""
    words = "girl between 1.5 and 9.5 years with medulloblastoma, radiotherapy and chemotherapy"
    asked = {"diagnosis": {"catalogue_id": "MB"}, "age_min": 1.5, "age_max": 9.5}

    for request in (words, asked):
        body = {"request": request, "seed": 1}
        (record,) = client.post("/v1/patients", json=body).json()["patients"]
        assert record["request"]["age_min"] == 1.5


def test_the_reference_date_may_be_stated(client):
    """As with `--as-of`."""
    body = {"request": REQUEST, "seed": 1, "as_of": "2024-02-29"}

    assert (
        client.post("/v1/patients", json=body).json()["patients"][0]["generated_at"] == "2024-02-29"
    )


def test_without_a_seed_each_call_is_another_patient(client):
    """The seed is drawn, and the record says which it was."""
    made = [client.post("/v1/patients", json={"request": REQUEST}).json() for _ in range(2)]

    assert made[0]["patients"][0]["seed"] != made[1]["patients"][0]["seed"]


@pytest.mark.parametrize(
    ("request_text", "reason"),
    [
        ("35-year-old with breast cancer", "unknown_diagnosis"),
        ("6-year-old with neuroblastoma", "no_reference"),
    ],
)
def test_a_single_refusal_is_422_with_the_same_body(client, application, request_text, reason):
    """A result with its reason, not an error; logged with the reason and no word of the request."""
    answer = client.post("/v1/patients", json={"request": request_text, "seed": 1})

    assert answer.status_code == 422
    (line,) = answer.json()["patients"]
    assert line["refused"] is True
    assert line["detail"]
    action, _, subject, details = actions(application.store)[-1]
    assert (action, subject) == (Action.PATIENT_REFUSED, "request")
    assert details == {"reason": line["reason"]}


def test_an_unclear_request_is_asked_back(client):
    """With the questions that would settle it."""
    answer = client.post("/v1/patients", json={"request": "a child with cancer of some kind"})

    (line,) = answer.json()["patients"]
    assert line["refused"] is True
    if line["reason"] == "clarify":
        assert line["questions"]


def test_several_refusals_are_200_with_all_of_them(client):
    """Only a single one is an unprocessable request."""
    body = {"request": "6-year-old with neuroblastoma", "seed": 1, "count": 2}

    answer = client.post("/v1/patients", json=body)

    assert answer.status_code == 200
    assert [one["refused"] for one in answer.json()["patients"]] == [True, True]


def test_without_documents_every_patient_is_refused():
    """An empty service says what it lacks."""
    application = make_application()
    client = make_client(application, token=fresh_token(application))

    answer = client.post("/v1/patients", json={"request": REQUEST, "seed": 1})

    assert answer.status_code == 422
    assert answer.json()["patients"][0]["reason"] == "no_documents"
    assert client.get("/readyz").json()["status"] == "no documents"


def test_a_stored_patient_is_given_byte_for_byte(client):
    """As generated, with nothing written anew."""
    (line,) = lines_of(5, 1)
    made = client.post("/v1/patients", json={"request": REQUEST, "seed": 5}).json()["patients"][0]

    answer = client.get(f"/v1/patients/{made['record_id']}")

    assert answer.content.rstrip() == line


def test_the_same_request_makes_no_second_patient(client):
    """The record is held once; each asking is an event."""
    for _ in range(2):
        client.post("/v1/patients", json={"request": REQUEST, "seed": 5})

    assert client.get("/v1/patients").json()["total"] == 1


def test_patients_are_listed_page_by_page_the_newest_first(client):
    """Offset and limit cut the list; the total is that of all."""
    made = [
        client.post("/v1/patients", json={"request": REQUEST, "seed": seed}).json()["patients"][0]
        for seed in range(5)
    ]

    first = client.get("/v1/patients", params={"limit": 2}).json()
    last = client.get("/v1/patients", params={"limit": 2, "offset": 4}).json()
    beyond = client.get("/v1/patients", params={"offset": 50}).json()

    assert [one["record_id"] for one in first["patients"]] == [
        made[4]["record_id"],
        made[3]["record_id"],
    ]
    assert [one["record_id"] for one in last["patients"]] == [made[0]["record_id"]]
    assert (first["total"], first["offset"], first["limit"]) == (5, 0, 2)
    assert (beyond["total"], beyond["patients"]) == (5, [])
    row, person = first["patients"][0], made[4]["demographics"]
    assert row["name"].startswith(person["given_name"])
    assert row["birth_date"] == person["birth_date"]
    assert row["diagnosis"] == made[4]["diagnoses"][0]["tumour_name_en"]


def test_who_generates_reads_and_lists_is_logged(application, client):
    """By the beginning of the token's hash, never the token."""
    made = client.post("/v1/patients", json={"request": REQUEST, "seed": 5}).json()["patients"][0]
    client.get(f"/v1/patients/{made['record_id']}")
    client.get("/v1/patients")

    generated, read, listed = actions(application.store)[-3:]

    actor = actions(application.store)[0][2]
    assert generated[:3] == (Action.PATIENT_GENERATED, actor, made["record_id"])
    assert read[:3] == (Action.PATIENT_READ, actor, made["record_id"])
    assert listed[:3] == (Action.PATIENT_READ, actor, "list")
    assert actor.startswith("token:")
    assert client.headers["Authorization"].split()[1] not in str(actions(application.store))


def test_a_question_is_answered_as_on_the_command_line(application, client):
    """Hits and an answer with its citation, or an abstention with its reason; logged by hash."""
    answer = client.post("/v1/ask", json={"question": "vincristine dose in medulloblastoma"}).json()

    assert set(answer) >= {"hits", "answer", "abstained"}
    assert answer["hits"][0]["file"] == "medulloblastoma.pdf"
    action, actor, subject, _ = actions(application.store)[-1]
    assert action is Action.QUESTION_ASKED
    assert actor.startswith("token:")
    assert subject.startswith("sha256:")


def test_two_callers_at_once_get_the_patients_they_would_get_alone(application):
    """Generations take turns; neither fails and neither changes the other."""
    token = fresh_token(application)

    def ask_for(seed):
        client = make_client(application, token=token)
        return client.post("/v1/patients", json={"request": REQUEST, "seed": seed, "count": 2})

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask_for, range(20, 24)))

    for seed, answer in zip(range(20, 24), answers, strict=True):
        assert answer.status_code == 200
        assert answer.content == b'{"patients":[' + b",".join(lines_of(seed, 2)) + b"]}"


class FullStore(MemoryStore):
    """A store on a full disk."""

    def add_record(self, record, event):
        """Fail as the real one does."""
        raise StoreError("fuente.sqlite3 cannot be written.", "Check the disk's space.")


def test_a_store_that_fails_is_told_with_its_remedy(application):
    """503, the class of the error, what to do, and when to try again."""
    application.store = copy_of(read_protocol(), FullStore)
    client = make_client(application, token=fresh_token(application))

    failed = client.post("/v1/patients", json={"request": REQUEST, "seed": 1})

    assert failed.status_code == 503
    assert failed.json() == {
        "error": "StoreError",
        "detail": "fuente.sqlite3 cannot be written. Check the disk's space.",
    }
    assert failed.headers["Retry-After"] == "5"


def test_a_crashed_model_costs_no_patient(application):
    """A sentence it did not write is written without it; the next request has it again."""
    application.model = ScriptedModel(replies=[ModelCrashed("The engine process died.")])
    client = make_client(application, token=fresh_token(application))

    for _ in range(2):
        answer = client.post("/v1/patients", json={"request": REQUEST, "seed": 1})
        assert answer.status_code in (200, 503)
    assert answer.status_code == 200


def test_a_full_lane_is_told_when_to_come_back(application):
    """503 at once, not a queue without end."""
    client = make_client(application, token=fresh_token(application))
    client.app.state.lanes.generation = Lane("a patient", at_once=1, waiting=0)

    answer = client.post("/v1/patients", json={"request": REQUEST, "seed": 1})

    assert answer.status_code == 503
    assert answer.json()["error"] == "ServiceBusy"
    assert answer.headers["Retry-After"] == "5"


def test_the_count_in_words_counts(client):
    """`3 children` are three, unless the body says otherwise."""
    text = "3 children of 9 years with medulloblastoma, radiotherapy and chemotherapy"

    answer = client.post("/v1/patients", json={"request": text, "seed": 1})

    assert len(answer.json()["patients"]) == 3
    assert json.dumps(answer.json()["patients"][0]) != json.dumps(answer.json()["patients"][1])
