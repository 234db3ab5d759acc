"""Everything works on a host with no network but its own loopback interface."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FUENTE = [str(Path(sys.executable).parent / "fuente")]
DOCUMENT = "medulloblastoma"
# The shell sees an empty network namespace, raises loopback and becomes the command.
ISOLATED = [
    "unshare",
    "--map-root-user",
    "--net",
    "sh",
    "-c",
    'ip link set lo up && exec "$@"',
    "sh",
]

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def isolate():
    """Give a runner of commands in an empty network namespace, or skip where there is none."""
    missing = [name for name in ("unshare", "ip") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"NOT SHOWN that fuente works offline: {', '.join(missing)} not installed")
    if subprocess.run([*ISOLATED, "true"], capture_output=True, check=False).returncode:
        pytest.skip("NOT SHOWN that fuente works offline: network namespaces are not permitted")

    def run(*command: str, **options: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        return subprocess.run(
            [*ISOLATED, *command],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False, **options,
        )  # fmt: skip

    return run


@pytest.fixture(scope="module")
def data(isolate, tmp_path_factory):
    """Give a data folder into which one protocol was read offline."""
    folder = tmp_path_factory.mktemp("offline")
    document = next((ROOT / "corpus").glob(f"*{DOCUMENT}*.pdf"))

    done = isolate(*FUENTE, "ingest", str(document), "--json", "--data", str(folder))

    assert done.returncode == 0, done.stderr
    return folder


def test_the_namespace_has_no_way_out(isolate):
    """The shield is real: a connection beyond loopback finds no route."""
    attempt = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=2)"

    done = isolate(sys.executable, "-c", attempt)

    assert "Network is unreachable" in done.stderr


def test_a_question_is_answered(isolate, data):
    """Search by meaning and by words both work, with the embedder from its package."""
    done = isolate(*FUENTE, "ask", "dose of vincristine", "--json", "--data", str(data))

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"]


def test_a_patient_is_made_and_verified(isolate, data, tmp_path):
    """The model from its package chooses and writes; the record verifies."""
    request = "11-year-old with medulloblastoma"
    file = tmp_path / "patient.json"

    made = isolate(*FUENTE, "generate", request, "--seed", "1", "--data", str(data))
    file.write_text(made.stdout)
    checked = isolate(*FUENTE, "verify", str(file), "--data", str(data))

    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["citations"]
    assert checked.returncode == 0, checked.stdout


# Starts the service, waits for it, asks one question with the token, prints both statuses.
SERVE = """
import subprocess, sys, time, urllib.error, urllib.request
address, token, *serve = sys.argv[1:]
ask = urllib.request.Request(
    address + "/v1/ask", data=b'{"question": "dose of vincristine"}',
    headers={"Authorization": "Bearer " + token, "Content-Type": "application/json"},
)
server = subprocess.Popen(serve, stdout=subprocess.DEVNULL)
try:
    for _ in range(240):
        try:
            print(urllib.request.urlopen(address + "/healthz", timeout=2).status)
            break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    print(urllib.request.urlopen(ask, timeout=240).status)
finally:
    server.terminate()
    server.wait(timeout=60)
"""


def test_the_service_starts_and_answers(isolate, data):
    """`fuente serve` needs nothing but loopback."""
    token = isolate(*FUENTE, "token", "create", "--data", str(data)).stdout.strip()
    serve = [*FUENTE, "serve", "--port", "8123", "--data", str(data)]

    done = isolate(sys.executable, "-c", SERVE, "http://127.0.0.1:8123", token, *serve)

    assert done.stdout.split() == ["200", "200"], done.stderr
