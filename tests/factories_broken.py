"""Ways to break a record: each changes the JSON of a valid record in place."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from fuente.quantities.body_size import body_surface_area

Json = dict[str, Any]
Change = Callable[[Json], None]


def put(**values: Any) -> Change:
    """Set values by pointers written with double underscores: `other__toxicity_date`."""
    return lambda data: [set_at(data, "/" + key.replace("__", "/"), v) for key, v in values.items()]


def at(pointer: str, value: Any) -> Change:
    """Set one value; a function is applied to the value that is there; None takes it away."""
    return lambda data: set_at(data, pointer, value)


def both(*changes: Change) -> Change:
    """Several changes one after the other."""
    return lambda data: [change(data) for change in changes]


def set_at(data: Json, pointer: str, value: Any) -> None:
    """Put a value at a pointer, as `at` does."""
    *path, last = pointer.strip("/").split("/")
    node: Any = data
    for part in path:
        node = node[int(part)] if isinstance(node, list) else node.setdefault(part, {})
    key: Any = int(last) if isinstance(node, list) else last
    if callable(value):
        value = value(node[key])
    if value is None:
        node.pop(key, None)
    else:
        node[key] = value


def day(text: str, days: int = 0) -> str:
    """An ISO date so many days later."""
    return (date.fromisoformat(text) + timedelta(days=days)).isoformat()


def later(days: int) -> Callable[[str], str]:
    """A function that moves an ISO date."""
    return lambda text: day(text, days)


def times(factor: str) -> Callable[[Any], Decimal]:
    """A function that multiplies a number."""
    return lambda number: Decimal(number) * Decimal(factor)


def rows(data: Json, drug: str = "", route: str = "") -> list[tuple[str, Json]]:
    """The administrations of a drug or by a route, with their pointers."""
    return [
        (f"/chemotherapy/{i}/administrations/{j}", row)
        for i, course in enumerate(data["chemotherapy"])
        for j, row in enumerate(course["administrations"])
        if drug in ("", row["drug_inn"]) and route in ("", row["route"])
    ]


def first(drug: str, key: str, value: Any, route: str = "") -> Change:
    """Change one field of the first administration of a drug."""

    def change(data: Json) -> None:
        pointer, _ = rows(data, drug, route)[0]
        set_at(data, f"{pointer}/{key}", value)

    return change


def uncite(*pointers: str) -> Change:
    """Claim that values were derived, so that only the value itself is wrong."""

    def change(data: Json) -> None:
        for pointer in pointers:
            data["origins"][pointer] = {"kind": "derived", "formula": "by hand"}

    return change


def quote(data: Json, words: str, **changes: Any) -> str:
    """Add a citation with these words to the list; its id."""
    copy = dict(data["citations"][0]) | {"quote": words} | changes
    copy["citation_id"] = f"c-{'0' * 16}-1-{len(data['citations'])}-9"
    data["citations"].append(copy)
    return str(copy["citation_id"])


def inject(on: str, mg: int = 12) -> Change:
    """Add an intrathecal dose of methotrexate on a day, and count it."""

    def change(data: Json) -> None:
        course = data["chemotherapy"][0]
        pointer = f"/chemotherapy/0/administrations/{len(course['administrations'])}"
        cited = quote(data, f"Methotrexate {mg} mg intrathecal")
        course["administrations"].append(_injection(on, mg, cited))
        data["origins"][f"{pointer}/prescribed_value"] = {"kind": "cited", "citation": cited}
        count_injections(data)

    return change


def count_injections(data: Json) -> None:
    """Make the intrathecal block agree with the administrations."""
    given = [row for _, row in rows(data, route="20042000")]
    data["intrathecal"] = {
        "given": True,
        "injections": len({row["date"] for row in given}),
        "drugs": sorted({row["drug_inn"] for row in given}),
        "triple": False,
        "doses_mg": [row["dose_administered"] for row in given],
    }


def repeat_course(data: Json) -> None:
    """Give the first course once more, with its origins."""
    data["chemotherapy"].append(data["chemotherapy"][0])
    last = len(data["chemotherapy"]) - 1
    copies = {
        pointer.replace("/chemotherapy/0/", f"/chemotherapy/{last}/", 1): origin
        for pointer, origin in data["origins"].items()
        if pointer.startswith("/chemotherapy/0/")
    }
    data["origins"] |= copies


def resize(row: Json, **changes: Any) -> None:
    """Change a measurement and keep its surface right."""
    row |= changes
    row["bsa_m2"] = body_surface_area(Decimal(row["height_cm"]), Decimal(row["weight_kg"]))


def _injection(on: str, mg: int, cited: str) -> Json:
    return {
        "date": on,
        "drug_inn": "methotrexate",
        "atc": "L01BA01",
        "prescribed_value": mg,
        "prescribed_unit": "mg",
        "dose_administered": mg,
        "dose_administered_unit": "mg",
        "cap_applied": False,
        "route": "20042000",
        "citation_id": cited,
    }
