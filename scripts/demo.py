"""Show the whole way once: read the protocols, make three patients, verify them, print the sources.

It does what `fuente ingest`, `generate` and `verify` do and prints what came back; it decides
nothing. The three patients are made by one application, so that the models are loaded once.
"""

import json
import os
import sys
import textwrap
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from pathlib import Path

from fuente.assembly import open_application
from fuente.cli import app
from fuente.cli.console import progress_bar
from fuente.errors import FuenteError
from fuente.patients.request_parser import parse_request
from fuente.workflows.generate import generate_patients

PATIENTS = Path("build/demo/patients.jsonl")
REQUESTS = (
    ("en", "11-year-old with medulloblastoma: surgery with a shunt, radiotherapy and chemotherapy"),
    ("en", "4-year-old girl with Wilms tumour"),
    ("es", "niña de 3 años con hepatoblastoma, con quimioterapia y cirugía"),
)
ROUTES = {
    "20045000": "IV", "20053000": "oral", "20042000": "intrathecal", "20066000": "subcutaneous",
    "20035000": "intramuscular",
}  # fmt: skip
WIDTH = 100
SHOWN = 8  # references printed of each patient
GO_ON = f"""\
These patients are in {PATIENTS}, one JSON record a line. To go on:

  .venv/bin/fuente verify {PATIENTS}
  .venv/bin/fuente ask "vincristine dose for a child with Wilms tumour"
  .venv/bin/fuente generate "8-year-old with Hodgkin lymphoma, stage III" --seed 7
  .venv/bin/fuente ingest YOUR-PROTOCOL.pdf     # then patients follow it
  .venv/bin/fuente serve                        # the same by HTTP, and pages for auditors
"""


def main() -> int:
    """Run the demonstration; the exit code is 0 when every patient was made and verified."""
    parser = ArgumentParser()
    parser.add_argument("--data", default="vectorstore")
    data = parser.parse_args().data
    # Nothing of ours computes while the model does, so it may have every core; waiting without
    # spinning keeps it from slowing to a crawl when another program is busy.
    os.environ.setdefault("FUENTE_THREADS", str(os.cpu_count()))
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    PATIENTS.parent.mkdir(parents=True, exist_ok=True)
    say("Reading the illustrative protocols in corpus/")
    protocols = sorted(str(path) for path in Path("corpus").glob("*.pdf"))
    with redirect_stdout(sys.stderr):
        fuente("ingest", *protocols, "--data", data)
    say("Making three patients: the model chooses and writes, the documents give the doses")
    records = list(generate(data))
    PATIENTS.write_text("".join(records), encoding="utf-8")
    for (_, request), line in zip(REQUESTS, records, strict=True):
        print(show(request, json.loads(line)))
    print(f"\n{'─' * WIDTH}", flush=True)
    say("Verifying: every quote cut again from its page, every number computed again")
    code = fuente("verify", str(PATIENTS), "--data", data)
    print(("\nNOT verified.\n" if code else "\nVerified from the stored pages.\n") + GO_ON)
    return code


def generate(data: str) -> Iterator[str]:
    """Make the patients and give their JSON lines."""
    with closing(open_application(Path(data))) as application:
        for seed, (language, request) in enumerate(REQUESTS, start=1):
            say(f"  {request} (seed {seed})")
            parsed = parse_request(request, language)
            services = application.generating()
            with progress_bar() as progress:
                made = generate_patients(parsed, services, seed=seed, count=1, progress=progress)
                yield from (outcome.line.decode() for outcome in made)


def fuente(*arguments: str) -> int:
    """Call the command line in this process, so that the engines are imported once."""
    return int(app(list(arguments), standalone_mode=False) or 0)


def show(request: str, record: dict) -> str:
    """Give one patient as text: the request, the narrative, the doses with their sources."""
    head = f"\n{'═' * WIDTH}\n{request}\n{'═' * WIDTH}"
    if record.get("refused"):
        return f"{head}\nRefused: {record['reason']}. {record['detail']}"
    paragraph = textwrap.fill(record["narrative"]["text"], WIDTH)
    return "\n".join((head, paragraph, "", *doses(record), *radiation(record)))


def doses(record: dict) -> Iterator[str]:
    """Give two lines for each cited dose, by first giving: what was given, and where it stands."""
    given = [a for course in record.get("chemotherapy", ()) for a in course["administrations"]]
    groups: dict[tuple[str, str], list[dict]] = {}
    for one in sorted(given, key=lambda a: a["date"]):
        groups.setdefault((one["drug_inn"], one["citation_id"]), []).append(one)
    for (drug, citation), (first, *rest) in list(groups.items())[:SHOWN]:
        dose = f"{first['dose_administered']} {first['dose_administered_unit']}"
        route = ROUTES.get(first["route"], first["route"])
        times = f"{len(rest) + 1} × from {first['date']}"
        yield f"  {drug:<18}{dose + ' ' + route:<24}{calculation(first):<36}{times}"
        yield source(record, citation)
    if len(groups) > SHOWN:
        yield f"  … and {len(groups) - SHOWN} more references in {PATIENTS}"


def calculation(given: dict) -> str:
    """Give the arithmetic from the cited dose to the dose given."""
    size = next((f" × {given[k]} {u}" for k, u in SIZES if given.get(k) is not None), "")
    cap = ", capped" if given["cap_applied"] else ""
    return f"{given['prescribed_value']} {given['prescribed_unit']}{size}{cap}"


SIZES = (("bsa_used", "m2"), ("weight_used", "kg"))


def radiation(record: dict) -> Iterator[str]:
    """Give two lines for each cited course of radiotherapy."""
    for course in record.get("radiotherapy", ()):
        if course.get("citation_id"):
            sites = ", ".join(course["target_site"])
            dose = f"{course['total_dose']} Gy in {course['fractions']} fractions"
            yield f"  {'radiotherapy':<18}{dose:<24}{sites:<36}from {course['start_date']}"
            yield source(record, course["citation_id"])


def source(record: dict, citation_id: str) -> str:
    """Give document, page and quote of one citation."""
    cited = next(c for c in record["citations"] if c["citation_id"] == citation_id)
    label = f" (printed {cited['page_label']})" if cited["page_label"] else ""
    quote = " ".join(cited["quote"].split())
    text = f"{cited['file']}, page {cited['page']}{label}: “{quote}”"
    return textwrap.fill(text, WIDTH, initial_indent="      ", subsequent_indent="      ")


def say(text: str) -> None:
    """Tell on the error stream what is being done."""
    print(f"\033[1m==>\033[0m {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FuenteError as problem:
        sys.exit(f"demo: {problem}")
