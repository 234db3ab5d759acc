"""The whole API against requests drawn from its own description, good and bad.

None may be answered 5xx, and every answer must have a status the description declares.
"""

import json
from typing import get_args

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories_server import (
    copy_of,
    fresh_token,
    make_application,
    make_client,
    read_protocol,
)

from fuente.patients.catalogue import load_catalogue
from fuente.patients.request import Block, Flags

CASES = 60
JSON = {"Content-Type": "application/json"}
DRAWN = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def application():
    """A service that holds one protocol; broken uploads are refused before any reading."""
    return make_application(copy_of(read_protocol()))


@pytest.fixture(scope="module")
def token(application):
    """A token it knows."""
    return fresh_token(application)


@pytest.fixture(scope="module")
def client(application, token):
    """A known caller."""
    return make_client(application, token=token)


@pytest.fixture(scope="module")
def api(client):
    """The API as it describes itself."""
    return schemathesis.openapi.from_dict(client.get("/openapi.json").json())


OPERATIONS = [
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/v1/patients"),
    ("GET", "/v1/patients"),
    ("GET", "/v1/patients/{record_id}"),
    ("POST", "/v1/ask"),
    ("POST", "/v1/documents"),
    ("GET", "/v1/documents"),
    ("POST", "/v1/documents/{sha256}/withdraw"),
    ("POST", "/v1/documents/{sha256}/restore"),
    ("GET", "/v1/documents/{sha256}/pages/{number}.png"),
    ("GET", "/v1/documents/{sha256}/pages/{number}"),
]


def test_every_described_operation_is_tried(api):
    """A new route is fuzzed without anyone having to remember it."""
    described = {(one.ok().method.upper(), one.ok().path) for one in api.get_all_operations()}

    assert described == set(OPERATIONS)


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_drawn_request_breaks_the_service(api, client, method, path, mode):
    """What fits the description and what does not: never 5xx, always a declared status."""
    operation = api[path][method]
    declared = operation.responses.status_codes
    if mode == "NEGATIVE" and list(declared) == ["200"]:
        return  # it takes nothing, so nothing about it can be wrong

    @DRAWN
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode]))
    def once(case):
        answer = send(client, case)
        assert answer.status_code < 500, answer.text
        # A drawn id may change the path into that of another route, or of none.
        assert str(answer.status_code) in declared or answer.status_code in (404, 405)

    once()


IDS = [one.id for one in load_catalogue().all()]
BLOCKS = st.lists(st.sampled_from(get_args(Block)), max_size=4)
SITES = st.sampled_from(["C71.6", "C40.2", "C71.4", "C00.0", "C99.9"])
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
# Each flag with values of its own type.
FLAGS = st.fixed_dictionaries(
    {},
    optional={
        name: st.booleans()
        if field.annotation == (bool | None)
        else TEXT
        if field.annotation in ((str | None), (str | bool | None))
        else st.sampled_from(get_args(get_args(field.annotation)[0]))
        for name, field in Flags.model_fields.items()
    },
)
STRUCTURED = st.fixed_dictionaries(
    {
        "diagnosis": st.fixed_dictionaries(
            {"catalogue_id": st.sampled_from(["MB", "PINEOBL", "MB", *IDS])},
            optional={
                "icdo3": st.sampled_from(["9470/3", "8000/0"]),
                "topography": SITES,
                "laterality": st.sampled_from(["left", "right", "bilateral"]),
            },
        )
    },
    optional={
        "text": TEXT,
        "language": st.sampled_from(["en", "es"]),
        "age_years": st.integers(0, 120),
        "age_months": st.integers(0, 36),
        "age_min": st.decimals(0, 12, allow_nan=False, places=1).map(float),
        "age_max": st.integers(0, 120),
        "age_at_first_diagnosis_years": st.integers(0, 30),
        "sex": st.sampled_from(["male", "female"]),
        "second_tumour": st.fixed_dictionaries(
            {}, optional={"catalogue_id": st.sampled_from(IDS), "blocks": BLOCKS}
        ),
        "blocks": st.fixed_dictionaries({}, optional={"required": BLOCKS, "excluded": BLOCKS}),
        "relapse": st.sampled_from([{}, {"timing": "during_first_line"}]),
        "flags": FLAGS,
        "metastasis_sites": st.lists(SITES | TEXT, max_size=3),
        "risk_group": st.sampled_from(["low", "standard", "high", "very_high"]),
        "questions": st.lists(TEXT, max_size=2),
    },
)


@DRAWN
@given(asked=STRUCTURED, seed=st.integers(0, 2**53 - 1))
def test_every_structured_request_gives_patients_or_a_refusal(client, asked, seed):
    """Details that contradict each other or the protocol are refused with a reason."""
    answer = client.post("/v1/patients", json={"request": asked, "seed": seed, "count": 1})

    assert answer.status_code in (200, 422), answer.text[:500]
    body = answer.json()
    if "patients" in body:
        (one,) = body["patients"]
        assert one.get("is_synthetic") or (one["refused"] and one["reason"] and one["detail"])


@DRAWN
@given(text=st.text(max_size=300))
def test_any_words_are_a_request_or_a_question(client, text):
    """Whatever is typed, the answer is a patient, a refusal, hits, or what is wrong with it."""
    for path, key in (("/v1/patients", "request"), ("/v1/ask", "question")):
        answer = client.post(path, content=json.dumps({key: text}), headers=JSON)

        assert answer.status_code in (200, 400, 422), answer.text[:500]


@DRAWN
@given(name=st.text(max_size=200), content=st.binary(max_size=300))
def test_any_file_is_a_document_or_rejected(client, name, content):
    """Whatever is uploaded under whatever name; with the reason, and not as a failure."""
    answer = client.post("/v1/documents", files={"file": (name, content)})

    assert answer.status_code in (200, 422), answer.text[:500]
    assert answer.json().get("detail") or answer.status_code == 200


def send(client, case):
    """The drawn case through the client in this process."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    drawn = dict(sent.get("headers") or {}).items()
    # The token is the client's: what strangers are answered is decided in test_http_access.py.
    headers = {key: value for key, value in drawn if key.lower() != "authorization"}
    known = {key: sent[key] for key in ("params", "json", "data", "files") if sent.get(key)}
    if isinstance(known.get("data"), bytes | str):
        known["content"] = known.pop("data")
    return client.request(sent["method"], sent["url"], headers=headers, **known)
