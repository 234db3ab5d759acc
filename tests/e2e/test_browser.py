"""An auditor's journey in a real browser: log in, read a patient, follow values to their pages.

Every address the browser asks for is recorded: none may be of another host.
"""

import threading
import time
from urllib.parse import urlsplit

import pytest
import uvicorn
from tests.browser import Browser, find_chromium
from tests.factories_server import (
    REQUEST,
    copy_of,
    fresh_token,
    make_application,
    make_client,
    read_protocol,
)

from fuente.adapters.page_reader import FileRenderer
from fuente.server import create_app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.network,
    pytest.mark.skipif(
        find_chromium() is None, reason="NOT SHOWN in a browser: chromium is not installed"
    ),
]


@pytest.fixture(scope="module")
def application():
    """A service that holds one protocol and draws its pages for true."""
    made = make_application(copy_of(read_protocol()))
    made.renderer = FileRenderer()
    return made


@pytest.fixture(scope="module")
def token(application):
    """What the auditor was given."""
    return fresh_token(application)


@pytest.fixture(scope="module")
def record(application, token):
    """A patient to audit."""
    client = make_client(application, token=token)
    made = client.post("/v1/patients", json={"request": REQUEST, "seed": 3}).json()
    return made["patients"][0]


@pytest.fixture
def address(application):
    """Where the service listens for this test."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(application), host="127.0.0.1", port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < until, "the service did not start"
        time.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join(30)


@pytest.fixture
def browser(tmp_path):
    """A fresh Chromium."""
    opened = Browser(tmp_path)
    yield opened
    opened.close()


def log_in(browser, address, token, then="/patients"):
    """Through the form, as a person does."""
    browser.open(f"{address}{then}")
    assert browser.value("location.pathname") == "/login"
    browser.leave_by(
        f"document.getElementById('token').value = '{token}';"
        "document.querySelector('form').requestSubmit()"
    )


def hosts(browser):
    """The hosts the browser asked."""
    return {urlsplit(one).netloc for one in browser.requests}


def test_a_cited_value_opens_its_page_beside_the_record(browser, address, token, record):
    """Log in, open the patient, select a dose: quote, place and marked image appear in place."""
    path = f"/patients/{record['record_id']}"
    log_in(browser, address, token, path)
    assert browser.value("location.pathname") == path

    browser.value("document.querySelectorAll('.doses a.v.cited')[1].click()")
    browser.wait_for("document.querySelector('#source img')?.naturalWidth > 500")

    assert browser.value("location.pathname") == path
    at = "/chemotherapy/0/administrations/0/prescribed_value"
    citation = record["origins"][at]["citation"]
    quote = next(one["quote"] for one in record["citations"] if one["citation_id"] == citation)
    assert browser.value("document.querySelector('#source blockquote').textContent") == quote
    assert citation in browser.value("document.querySelector('#source img').src")
    # What is marked is in view: the sheet has been moved to it.
    sheet = "document.querySelector('#source .sheet')"
    down = f"{sheet}.dataset.down * {sheet}.scrollHeight - {sheet}.scrollTop"
    assert browser.value(f"{down} > 0 && {down} < {sheet}.clientHeight")
    assert browser.complaints == []
    assert hosts(browser) == {urlsplit(address).netloc}


def test_a_calculated_value_is_followed_to_the_page_of_its_input(browser, address, token, record):
    """The dose given shows its arithmetic; its input leads on, still beside the record."""
    log_in(browser, address, token, f"/patients/{record['record_id']}")
    at = "/chemotherapy/0/administrations/0/dose_administered"

    browser.value("document.querySelector('.doses strong a.v').click()")
    browser.wait_for("document.querySelector('#source .kind.derived')")
    assert record["origins"][at]["formula"] in browser.value(
        "document.querySelector('#source').innerText"
    )

    browser.value("document.querySelector('#source .inputs a.v.cited').click()")
    browser.wait_for("document.querySelector('#source .kind.cited')")
    assert browser.complaints == []


def test_everything_works_without_scripts(browser, address, token, record):
    """Links lead to pages of their own, the form logs in, folded parts open."""
    log_in(browser, address, token, f"/patients/{record['record_id']}")
    browser.scripts(False)
    browser.open(f"{address}/patients/{record['record_id']}")
    at = browser.value("document.querySelectorAll('.doses a.v.cited')[1].href")

    browser.open(at)

    assert browser.value("document.querySelector('img.page').naturalWidth") > 500
    assert browser.value("document.querySelector('blockquote').textContent.length") > 5


@pytest.mark.parametrize("width", [1440, 1024, 700])
def test_no_page_is_wider_than_its_window(browser, address, token, record, width):
    """Tables fold and scroll inside their cards; nobody scrolls the page sideways."""
    browser.resize(width, 800)
    log_in(browser, address, token)
    for path in ("/patients", f"/patients/{record['record_id']}", "/documents"):
        browser.open(address + path)
        assert browser.value("document.documentElement.scrollWidth") <= width, path


def test_the_api_page_is_drawn_from_this_host_alone(browser, address, token):
    """Swagger UI, its styles and the description: nothing is asked of any other host."""
    log_in(browser, address, token, "/docs")

    browser.wait_for("document.querySelectorAll('.opblock').length >= 10")

    assert hosts(browser) == {urlsplit(address).netloc}
    assert browser.complaints == []


def test_logging_out_closes_the_pages(browser, address, token, record):
    """Back at the log-in page, whatever is opened next."""
    log_in(browser, address, token)

    browser.leave_by("document.querySelector('nav form').requestSubmit()")
    browser.open(f"{address}/patients/{record['record_id']}")

    assert browser.value("location.pathname") == "/login"
