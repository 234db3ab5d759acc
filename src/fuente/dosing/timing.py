"""What the timing words of a phrase mean together, as fields of a dose expression.

Decides what a bare `x 5` counts, whether a dose repeated on days is per day, and how many days or
doses a schedule comes to. Knows no words.
"""

from fuente.dosing.expression import DoseExpression
from fuente.dosing.timing_words import Stated


def timing_fields(stated: Stated, dose: DoseExpression | None, *, regimen: bool = False) -> Stated:
    """The fields that the words state, settled against the dose they stand with."""
    fields = dict(stated)
    divided = bool(fields.pop("divided", False))
    spread = bool(fields.pop("spread", False))
    daily = bool(fields.pop("daily", False))
    if dose is not None:
        _settle_period(fields, dose, divided=divided, spread=spread)
    _settle_repeats(fields, regimen=regimen, daily=daily)
    _settle_counts(fields)
    if not regimen:
        _settle_interval(fields)
    return {key: value for key, value in fields.items() if value is not None}


def _settle_period(fields: Stated, dose: DoseExpression, *, divided: bool, spread: bool) -> None:
    """Per day or per dose: as the unit says, else the words, else as the schedule implies."""
    said = dose.per or fields.get("per")
    several = "interval_h" in fields or "times_per_day" in fields
    per_size = dose.unit is not None and "/" in dose.unit
    if said is None and divided:
        said = "day"
    elif said is None and several:
        said = "dose"
    elif said is None and per_size and not spread and _daily(fields):
        said = "day"
    fields["per"] = said


def _daily(fields: Stated) -> bool:
    return "n_days" in fields and "doses_per_week" not in fields and "interval_days" not in fields


def _settle_repeats(fields: Stated, *, regimen: bool, daily: bool) -> None:
    """What a bare `x 5` counts: cycles of a cycle, doses of an interval, days of a daily dose."""
    repeats = fields.pop("repeats", None)
    if repeats is None:
        return
    days = fields.get("days", ())
    if isinstance(days, tuple) and len(days) == repeats:
        fields.setdefault("n_days", repeats)
    elif regimen or "cycle_length_days" in fields or days or "n_days" in fields:
        fields.setdefault("n_cycles", repeats)
    elif "interval_days" in fields or "interval_h" in fields or "times_per_day" in fields:
        fields.setdefault("n_doses", repeats)
    elif daily or fields.get("per") == "day":
        fields.setdefault("n_days", repeats)
    else:
        fields.setdefault("n_doses", repeats)


def _settle_counts(fields: Stated) -> None:
    days, weeks = fields.get("days"), fields.get("weeks")
    if isinstance(days, tuple) and (len(days) > 1 or fields.get("per") == "day"):
        fields.setdefault("n_days", len(days))
    if isinstance(weeks, tuple):
        fields.setdefault("n_weeks", len(weeks))
    n_weeks, in_week = fields.get("n_weeks"), fields.get("days_per_week")
    if isinstance(n_weeks, int) and isinstance(in_week, int):
        fields.setdefault("n_days", n_weeks * in_week)
    weekly = 1 if fields.get("interval_days") == 7 else fields.get("doses_per_week")
    if isinstance(n_weeks, int) and isinstance(weekly, int) and "days" not in fields:
        fields.setdefault("n_doses", n_weeks * weekly)


def _settle_interval(fields: Stated) -> None:
    """One dose a cycle: the cycle is also the interval, and cycles are doses."""
    several = fields.get("n_days", 1) > 1 or len(fields.get("days", ())) > 1 or "weeks" in fields
    if "cycle_length_days" not in fields or several or fields.get("per") == "day":
        return
    if "times_per_day" not in fields and "interval_h" not in fields and "n_weeks" not in fields:
        fields.setdefault("interval_days", fields["cycle_length_days"])
        fields.setdefault("n_doses", fields.get("n_cycles"))
