"""`fuente evaluate`: measures over questions with known answers."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from fuente.cli.console import json_lines, print_json, progress_bar
from fuente.cli.evaluation_page import evaluation_lines, evaluation_page
from fuente.cli.options import AsJson, Data, opened
from fuente.cli.record_files import text_of
from fuente.errors import InvalidRequest
from fuente.workflows.evaluate import evaluate, evaluation_json, read_cases

evaluation = typer.Typer(help="Measures over questions with known answers.", no_args_is_help=True)


@evaluation.command(name="retrieval")
def evaluate_retrieval(
    questions: Annotated[Path, typer.Option(help="JSON lines: questions and their answers.")],
    data: Data = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the page (HTML) and the figures (JSON) here.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask every question of a file and say how many were answered rightly, with intervals."""
    cases = read_cases(json_lines(text_of(questions).splitlines()))
    with opened(data) as application, progress_bar() as progress:
        measured = evaluate(cases, application.asking(), progress)
    figures = evaluation_json(measured)
    if out is not None:
        page = evaluation_page(figures, questions.name, datetime.now())
        _write(out, {"retrieval.html": page, "retrieval.json": json.dumps(figures, indent=1)})
    if as_json:
        print_json(figures)
        return
    for line in evaluation_lines(figures):
        print(line)


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InvalidRequest(f"{folder} cannot be written: {problem.strerror}.") from problem
