"""Every command of `fuente`. Names, options and exit codes are a contract scripts rely on."""

import secrets
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from fuente.assembly import Application
from fuente.cli.answers import answered, print_answer
from fuente.cli.console import (
    json_lines,
    print_bytes,
    print_json,
    progress_bar,
    readable,
    say,
    speak_utf8,
)
from fuente.cli.evaluation import evaluation
from fuente.cli.ingest_report import (
    IngestReport,
    html_report,
    report_of,
    result_line,
    summary_lines,
)
from fuente.cli.options import AsJson, AsLines, Data, Document, opened
from fuente.cli.record_files import check_place, records_in
from fuente.documents.source import Language
from fuente.dosing.expressions import parse_dose
from fuente.errors import FuenteError, InvalidRequest
from fuente.patients.request_parser import parse_request
from fuente.ports import ReferenceFilter
from fuente.records.finding import Severity
from fuente.workflows.ask import answer_json, ask
from fuente.workflows.audit import parse_checkpoint, verify_audit
from fuente.workflows.doctor import examine
from fuente.workflows.editions import restore as restore_document
from fuente.workflows.editions import withdraw as withdraw_document
from fuente.workflows.generate import MAX_SEED, generate_patients
from fuente.workflows.ingest import IngestResult, ingest_paths
from fuente.workflows.list_documents import document_json
from fuente.workflows.list_references import list_references
from fuente.workflows.replay import replay_line
from fuente.workflows.tokens import create_token

# Done, but some input was rejected, refused or failed a check.
REFUSED = 3
# Ended by Ctrl-C, as shells count it.
STOPPED = 130

app = typer.Typer(
    help="Synthetic paediatric-oncology patients whose every number has a source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
audit = typer.Typer(help="The audit log.", no_args_is_help=True)
token = typer.Typer(help="Bearer tokens of the service.", no_args_is_help=True)
app.add_typer(audit, name="audit")
app.add_typer(evaluation, name="evaluate")
app.add_typer(token, name="token")


def main() -> None:
    """Run the command line; deliberate errors end with their own exit code."""
    speak_utf8()
    try:
        app()
    except FuenteError as problem:
        say(f"fuente: {problem}")
        sys.exit(problem.exit_code)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    data: Data = None,
    as_json: AsJson = False,
    report: Annotated[
        Path | None, typer.Option(help="Write a report to print, as an HTML file.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read files anew that are held already.")
    ] = False,
) -> None:
    """Read documents into the data folder; one bad file never stops the others.

    Ctrl-C stops it: what was read is held, and the same command goes on later.
    """
    if report is not None:
        check_place(report)
    results: list[IngestResult] = []
    with opened(data) as application:
        try:
            stopped = _ingest(paths, application, results, quiet=as_json, again=again)
        finally:
            # Also when the disk is full: what is held then is what a person must know.
            told = report_of(results, application.store)
            _tell_ingest(told, report, as_json=as_json)
    if stopped:
        say("fuente: stopped; what is listed is held. Run the same command again to go on.")
        raise typer.Exit(STOPPED)
    if any(result.status == "rejected" for result in results):
        raise typer.Exit(REFUSED)


@app.command()
def documents(data: Data = None, as_json: AsJson = False) -> None:
    """List the documents held."""
    with opened(data) as application:
        rows = [document_json(application.store, one) for one in application.store.documents()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        standing = "" if row["standing"] == "current" else f", {row['standing']}"
        facts = f"{row['pages']} pages, {row['language']}{standing}"
        print(f"{row['file']}: {row['title']} ({facts})")


@app.command()
def withdraw(document: Document, data: Data = None) -> None:
    """Take a document out of use; the citations that point at it still open."""
    with opened(data) as application:
        services = application.ingesting()
        held = withdraw_document(document, services.store, services.index, services.actor)
    print(f"withdrawn {held.file} ({held.sha256[:16]}): not searched or followed any more")


@app.command()
def restore(document: Document, data: Data = None) -> None:
    """Take a withdrawn or superseded document back into use."""
    with opened(data) as application:
        services = application.ingesting()
        held = restore_document(document, services.store, services.index, services.actor)
    print(f"restored {held.file} ({held.sha256[:16]}): searched and followed again")


@app.command()
def references(
    data: Data = None,
    file: Annotated[str, typer.Option(help="Only this file.")] = "",
    drug: Annotated[str, typer.Option(help="Only this drug (INN in English).")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="Superseded and withdrawn documents too.")
    ] = False,
    as_lines: AsLines = True,
) -> None:
    """List every dose reference as JSON lines."""
    where = ReferenceFilter(file=file, drug=drug, current=not every)
    with opened(data) as application:
        for row in list_references(application.store, where):
            print_json(row)


@app.command(name="ask")
def ask_command(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    data: Data = None,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Answer a dosing question from the documents, or refuse with the reason."""
    if (question is None) != as_lines:
        raise InvalidRequest("Give a question, or --jsonl with questions on stdin.")
    with opened(data) as application:
        services = application.asking()
        if question is not None:
            print_answer(answer_json(ask(question, services)), as_json)
            return
        for row in json_lines(sys.stdin):
            print_json({**_id_of(row), **answered(str(row.get("question", "")), services)})


@app.command(name="parse-dose")
def parse_dose_command(as_lines: AsLines = True) -> None:
    """Parse dose expressions: JSON lines {"id", "text", "lang"} on stdin."""
    _parse_lines(lambda text, lang: parse_dose(text, _language(lang)).as_json())


@app.command(name="parse-request")
def parse_request_command(as_lines: AsLines = True) -> None:
    """Parse patient requests: JSON lines {"id", "text", "lang"} on stdin."""
    _parse_lines(lambda text, lang: parse_request(text, _tongue(lang)).as_json())


@app.command()
def generate(
    request: Annotated[str, typer.Argument(help="What the patient must be like.")],
    data: Data = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=MAX_SEED, help="Drawn when absent.")
    ] = None,
    count: Annotated[int | None, typer.Option(min=1, max=1000, help="How many patients.")] = None,
    language: Annotated[Literal["en", "es"] | None, typer.Option(help="Of the narrative.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write here instead of stdout.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Reference date.")
    ] = None,
) -> None:
    """Generate verified synthetic patients, one JSON record per line."""
    parsed = parse_request(readable(request), language)
    if language is not None:
        parsed = parsed.model_copy(update={"language": language})
    start = secrets.randbelow(2**31) if seed is None else seed
    if out is not None:
        check_place(out)
    begun = refused = False
    with opened(data) as application, progress_bar() as progress:
        for outcome in generate_patients(
            parsed,
            application.generating(),
            seed=start,
            count=count or parsed.n_patients,
            as_of=as_of.date() if as_of else None,
            progress=progress,
        ):
            print_bytes(outcome.line, out, anew=not begun)
            begun = True
            refused |= outcome.refusal is not None
    if refused:
        raise typer.Exit(REFUSED)


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(help="Records, one per line.", exists=True, dir_okay=False)
    ],
    data: Data = None,
) -> None:
    """Check every invariant and citation of a file against the stored pages."""
    failed = False
    with opened(data) as application:
        for number, line in records_in(file):
            findings = application.verifier.verify(line)
            for finding in findings:
                print_json({"line": number, **finding.as_json()})
            errors = sum(one.severity is Severity.ERROR for one in findings)
            failed |= errors > 0
            say(f"line {number}: {'FAILED' if errors else 'verified'}, {errors} errors")
    if failed:
        raise typer.Exit(REFUSED)


@app.command()
def replay(
    file: Annotated[
        Path, typer.Argument(help="Records, one per line.", exists=True, dir_okay=False)
    ],
    data: Data = None,
) -> None:
    """Generate each record again from its manifest and compare the bytes."""
    differs = False
    with opened(data) as application:
        for number, line in records_in(file):
            result = replay_line(line, application.generating())
            print_json({"line": number, **result})
            differs |= not result["same"]
    if differs:
        raise typer.Exit(REFUSED)


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Run the service."""
    from fuente.server import run

    run(data=data, host=host, port=port)


@app.command()
def doctor(data: Data = None) -> None:
    """Check the installation: store, audit chain, index, embedder, model and OCR."""
    with opened(data) as application:
        checks = list(examine(application.examining))
    for check in checks:
        print(f"{'ok  ' if check.passed else 'FAIL'} {check.name}: {check.detail}")
    if not all(check.passed for check in checks):
        raise typer.Exit(REFUSED)


@audit.command(name="verify")
def audit_verify(
    data: Data = None,
    checkpoint: Annotated[
        str, typer.Option(help="A head printed earlier and kept elsewhere: SEQUENCE:HASH.")
    ] = "",
) -> None:
    """Check the hash chain of the audit log, and what is held against it."""
    known = parse_checkpoint(checkpoint) if checkpoint else None
    with opened(data) as application:
        report = verify_audit(application.store, known)
    for finding in report.findings:
        print(f"{finding.rule} at event {finding.sequence}: {finding.message}")
    head = f", head {report.head.sequence}:{report.head.hash}" if report.head else ""
    print(f"{report.events} events{head}, {len(report.findings)} findings")
    if report.findings:
        raise typer.Exit(REFUSED)


@token.command(name="create")
def token_create(data: Data = None) -> None:
    """Create a bearer token and show it once."""
    with opened(data) as application:
        print(create_token(application.store, "cli"))


def _ingest(
    paths: list[Path],
    application: Application,
    results: list[IngestResult],
    *,
    quiet: bool,
    again: bool,
) -> bool:
    """Ingest until done or stopped by Ctrl-C; whether it was stopped."""
    try:
        with progress_bar() as progress:
            for result in ingest_paths(paths, application.ingesting(), progress, again=again):
                results.append(result)
                if not quiet:
                    print(result_line(result), flush=True)
    except KeyboardInterrupt:
        return True
    return False


def _tell_ingest(told: IngestReport, report: Path | None, *, as_json: bool) -> None:
    if as_json:
        print_json([_stated(asdict(result)) for result in told.results])
    else:
        print("\n".join(summary_lines(told)))
    if report is not None:
        report.write_text(html_report(told, datetime.now()), encoding="utf-8")


def _parse_lines(parse: Callable[[str, str], Any]) -> None:
    for row in json_lines(sys.stdin):
        result = parse(str(row.get("text", "")), str(row.get("lang") or ""))
        print_json({**_id_of(row), "result": result})


def _tongue(lang: str) -> Literal["en", "es"] | None:
    return "es" if lang == "es" else "en" if lang == "en" else None


def _language(lang: str) -> Language | None:
    return Language(lang) if lang in set(Language) else None


def _id_of(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"]} if "id" in row else {}


def _stated(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value not in (None, "")}
