"""How a statement of a page is given: on which days, how often, how much, by which route.

It knows nothing of a patient but what the statement itself asks for.
"""

from decimal import Decimal

from fuente.dosing.drugs import Vocabulary
from fuente.dosing.reference import DoseReference, ReferenceKind, Route


def days_given(reference: DoseReference, length: int) -> tuple[int, ...]:
    """Days of the cycle with a dose; daily or weekly without days fills the cycle.

    An amount for the whole cycle or course is given once, on the first of its days.
    """
    if reference.per in ("cycle", "course"):
        return reference.days[:1] or (1,)
    if reference.days:
        return reference.days
    if reference.per == "day":
        return tuple(range(1, length + 1))
    if reference.per == "week":
        return tuple(range(1, length + 1, 7))
    return (1,)


def times_given(printed: DoseReference, own: DoseReference) -> int:
    """Givings on one day; an amount per day is one row with the amount of the day."""
    if own.per == "day":
        return 1
    return own.times_per_day or (printed.times_per_day if printed.per != "day" else None) or 1


def amount_given(reference: DoseReference) -> Decimal:
    """The value stated; the lower end of a range."""
    if reference.value is not None:
        return reference.value
    if reference.minimum is None:
        raise ValueError(f"reference {reference.reference_id} states no amount")
    return reference.minimum


def usual_route(drug: str, vocabulary: Vocabulary) -> Route:
    """The first route of the drug's entry, for pages that state none; never into the spine."""
    known = (Route(one) for one in vocabulary.drug(drug).routes if one in set(Route))
    return next((one for one in known if one is not Route.IT), Route.IV)


def is_for_some(reference: DoseReference) -> bool:
    """Whether the page restricts the statement to some ages or sizes."""
    who = reference.population
    return who is not None and any(
        bound is not None
        for bound in (
            who.age_months_min,
            who.age_months_max,
            who.weight_kg_min,
            who.weight_kg_max,
            who.bsa_m2_min,
            who.bsa_m2_max,
        )
    )


def may_replace(special: DoseReference, printed: DoseReference) -> bool:
    """Whether a rule for some patients speaks of the same giving as the printed row."""
    same_route = special.route in (printed.route, None) and special.route is not Route.IT
    return (
        special.kind is ReferenceKind.DOSE
        and same_route
        and special.reference_id != printed.reference_id
        and (not special.phase or special.phase == printed.phase or not special.days)
    )
