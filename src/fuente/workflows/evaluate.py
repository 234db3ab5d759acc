"""Questions with known answers, asked of the held documents, and how many were answered rightly.

It reads the questions and asks each as `fuente ask` would. What counts as right is decided in
`evidence.retrieval_figures`.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from fuente.dosing.units import parse_unit
from fuente.errors import InvalidRequest
from fuente.evidence.hit import Answer
from fuente.evidence.retrieval_figures import Expected, Outcome, Share, percentile, shares, states
from fuente.ports import Progress
from fuente.workflows.ask import AskServices, ask

Place = tuple[str, int | None]
Json = dict[str, Any]

# The fields by which figures are told apart, and what they are called.
_GROUPS: Final = {"lang": "language", "kind": "kind", "quote_source": "source"}


@dataclass(frozen=True, slots=True)
class Case:
    """A question, the pages that answer it, and the amount; no amount where none is stated.

    A page of None means any page of the file: formats without pages. `groups` name its language,
    kind and source as far as they are given.
    """

    identifier: str
    question: str
    places: frozenset[Place] = frozenset()
    expected: Expected | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The cases with their outcomes, in the order asked."""

    outcomes: tuple[tuple[Case, Outcome], ...]

    def groups(self) -> dict[str, tuple[Outcome, ...]]:
        """The outcomes of all questions, then of each group, by name."""
        found: dict[str, list[Outcome]] = {"all": []}
        names = sorted({name for case, _ in self.outcomes for name in case.groups})
        found |= {name: [] for name in names}
        for case, outcome in self.outcomes:
            for name in ("all", *case.groups):
                found[name].append(outcome)
        return {name: tuple(rows) for name, rows in found.items()}


def read_cases(rows: Iterable[Mapping[str, Any]]) -> tuple[Case, ...]:
    """The cases of a question file, one JSON object each.

    Needed are `question`, and for an answerable one `file`, `page` (null where the format has no
    pages) and `expected` (`value`, or `min` and `max`, and `unit`). `expected` null means that the
    documents do not state it. `id`, `lang`, `kind`, `quote_source`, `alt_locations` and
    `expected.equivalent` are read where given.

    Raises:
        InvalidRequest: a row lacks what it needs; the row is named.
    """
    cases = []
    for number, row in enumerate(rows, start=1):
        try:
            cases.append(_case(number, row))
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            what = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            raise InvalidRequest(
                f"Question {number} ({row.get('id', 'without id')}): {what}.",
                "Give question, file, page and expected (value and unit, or null).",
            ) from error
    if not cases:
        raise InvalidRequest("The file holds no question.", "Give one JSON object per line.")
    return tuple(cases)


def evaluate(
    cases: Sequence[Case],
    services: AskServices,
    progress: Progress | None = None,
    clock: Callable[[], float] = time.perf_counter,
) -> Evaluation:
    """Ask every question and compare; each is logged as any question is."""
    outcomes = []
    for done, case in enumerate(cases, start=1):
        begun = clock()
        answer = ask(case.question, services)
        outcomes.append((case, _outcome(case, answer, clock() - begun)))
        if progress:
            progress("questions", done, len(cases))
    return Evaluation(tuple(outcomes))


def evaluation_json(evaluation: Evaluation) -> Json:
    """The table as `fuente evaluate retrieval --json` prints it, and each question's outcome."""
    return {
        "groups": {name: _group_json(rows) for name, rows in evaluation.groups().items()},
        "questions": [
            {
                "id": case.identifier,
                "question": case.question,
                "rank": outcome.rank or None,
                "value_right": outcome.value_right,
                "period_right": outcome.period_right,
                "refused": outcome.refused,
                "answerable": outcome.answerable,
                "milliseconds": round(1000 * outcome.seconds, 1),
            }
            for case, outcome in evaluation.outcomes
        ],
    }


def _group_json(outcomes: Sequence[Outcome]) -> Json:
    seconds = [one.seconds for one in outcomes]
    return {
        "questions": len(outcomes),
        "measures": {name: _share_json(share) for name, share in shares(outcomes).items()},
        "median_ms": round(1000 * percentile(seconds, 0.5), 1),
        "p95_ms": round(1000 * percentile(seconds, 0.95), 1),
    }


def _share_json(share: Share) -> Json:
    if not share.of:
        return {"count": 0, "of": 0}
    ends = {"value": share.value, "low": share.low, "high": share.high}
    return {"count": share.count, "of": share.of} | {
        name: round(number, 4) for name, number in ends.items()
    }


def _case(number: int, row: Mapping[str, Any]) -> Case:
    stated = row["expected"]
    places = []
    if stated is not None:
        others = row.get("alt_locations", [])
        places = [(one["file"], one.get("page")) for one in ({**row}, *others)]
        if any(not isinstance(page, int | None) for _, page in places):
            raise ValueError("a page is a number or null")
    groups = (f"{name} {row[key]}" for key, name in _GROUPS.items() if row.get(key))
    return Case(
        identifier=str(row.get("id", number)),
        question=_text(row["question"]),
        places=frozenset(places),
        expected=None if stated is None else _expected(stated),
        groups=tuple(groups),
    )


def _expected(stated: Mapping[str, Any]) -> Expected:
    low, high = (stated["value"],) * 2 if "value" in stated else (stated["min"], stated["max"])
    parse_unit(stated["unit"])
    other = stated.get("equivalent")
    return Expected(
        Decimal(str(low)), Decimal(str(high)), stated["unit"], _expected(other) if other else None
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("the question is no text")
    return value


def _outcome(case: Case, answer: Answer, seconds: float) -> Outcome:
    rank = next(
        (
            place
            for place, hit in enumerate(answer.hits, start=1)
            if not case.places.isdisjoint({(hit.file, hit.passage.page), (hit.file, None)})
        ),
        0,
    )
    right = (False, False)
    if answer.reference and case.expected:
        right = states(answer.reference, case.expected)
    return Outcome(case.expected is not None, rank, *right, answer.refusal is not None, seconds)
