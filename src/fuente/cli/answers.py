"""Answers of `fuente ask` for programs and for people."""

from typing import Any

from fuente.cli.console import print_json
from fuente.errors import InvalidRequest
from fuente.evidence.hit import Answer
from fuente.evidence.refusal import Reason, Refusal
from fuente.workflows.ask import AskServices, answer_json, ask


def answered(question: str, services: AskServices) -> dict[str, Any]:
    """The answer; a line whose question cannot be asked abstains, and the others go on."""
    try:
        return answer_json(ask(question, services))
    except InvalidRequest as problem:
        refusal = Refusal(Reason.AMBIGUOUS_QUESTION, str(problem))
        return answer_json(Answer((), None, refusal))


def print_answer(answer: dict[str, Any], as_json: bool) -> None:
    """The answer with its source and the first passages, or why there is none."""
    if as_json:
        print_json(answer)
        return
    found = answer["answer"]
    if found is None:
        print(f"No answer: {answer['reason']}. {answer.get('detail', '')}")
        for question in answer.get("questions", []):
            print(f"  ? {question}")
    else:
        _print_found(found)
    for other in answer["alternatives"]:
        phase = f" ({other['phase']})" if other.get("phase") else ""
        print(f"  or {_amount(other)}{phase}: {_place(other['citation'])}")
    for hit in answer["hits"][:3]:
        print(f"  - {hit['file']} p.{hit['page']}: {' '.join(hit['quote'].split())[:100]}")


def _print_found(found: dict[str, Any]) -> None:
    citation = found["citation"]
    print(_amount(found))
    print(f"  {_place(citation)}: {citation['quote']}")
    calculated = found.get("calculated", {})
    if "missing" in calculated:
        print(f"  = not calculated. {calculated['missing']}")
    for step in calculated.get("steps", []):
        print(f"  = {step}")
    for warning in found["warnings"]:
        print(f"  ! {warning}")


def _amount(found: dict[str, Any]) -> str:
    amount = found["value"] if "value" in found else f"{found['min']} to {found['max']}"
    return f"{found.get('drug', '')} {amount} {found['unit']}".strip()


def _place(citation: dict[str, Any]) -> str:
    place = f", {citation['place']}" if "place" in citation else ""
    return f"{citation['file']}, page {citation['page']}{place}"
