"""The reference pages: commands, errors, rules, routes and settings, read from the code itself."""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from pydantic.fields import FieldInfo
from typer.core import TyperCommand

from fuente import errors

HEAD = "<!-- Written by `make docs` (scripts/generate_docs.py); do not edit. -->\n"


class Parameter(Protocol):
    """What is read of an argument or option of the command line."""

    name: str
    opts: list[str]
    required: bool
    default: object
    help: str
    param_type_name: str


METHODS = ("get", "post", "put", "patch", "delete")


def errors_page() -> str:
    """One row per error class, in the order of the tree."""
    rows = [
        (
            f"{'&emsp;' * depth}`{leaf.__name__}`",
            str(leaf.exit_code),
            str(leaf.http_status),
            _first(leaf),
        )
        for leaf, depth in _descendants(errors.FuenteError)
    ]
    table = _table(("error", "exit code", "HTTP status", "meaning"), rows)
    return f"""{HEAD}
# Errors

Every error fuente raises on purpose. The command line ends with the exit code, the service answers
with the HTTP status; the message names the thing and the remedy. Exit code 0 is done, 2 is also
wrong usage of the command line, 3 also means that some input was refused or failed a check.

{table}"""


def cli_page() -> str:
    """One section per command, from the texts that `--help` prints."""
    from typer.main import get_command

    from fuente.cli import app

    group = get_command(app)
    sections = "\n".join(_command_section(name, c) for name, c in _commands("fuente", group))
    return f"{HEAD}\n# Command line\n\n{inspect.cleandoc(group.help or '')}\n\n{sections}"


def routes_page() -> str:
    """One row per route, from the OpenAPI document."""
    rows = [
        (f"`{method.upper()}`", f"`{path}`", _line(operation.get("summary", "")))
        for path, operations in sorted(_openapi()["paths"].items())
        for method, operation in operations.items()
        if method in METHODS
    ]
    table = _table(("method", "path", "what it does"), rows)
    where = "The full schema is at `/openapi.json` of a running service."
    return f"{HEAD}\n# Routes\n\n{where}\n\n{table}"


def settings_page() -> str:
    """One row per setting, from the fields of `Settings`."""
    from fuente.settings import Settings

    rows = [
        (f"`FUENTE_{name.upper()}`", _default(_stated(field)), _line(field.description or ""))
        for name, field in Settings.model_fields.items()
    ]
    table = _table(("variable", "default", "meaning"), rows)
    return f"""{HEAD}
# Settings

Read from the environment. The file named by `FUENTE_CONFIG` (TOML; the same names in lower case and
without the prefix) gives what the environment does not.

{table}"""


def invariants_page() -> str:
    """One section per module of rules, one row per rule, from the registry."""
    from fuente.records.invariants import registered, registered_for_runs

    rules = (*registered(), *registered_for_runs())
    modules = dict.fromkeys(sorted(rule.module for rule in rules))
    sections = "\n".join(
        f"## {name.replace('_', ' ').capitalize()}\n\n"
        + _table(
            ("rule", "severity", "what it demands"),
            [(r.rule_id, r.severity.value, _line(r.text)) for r in rules if r.module == name],
        )
        for name in modules
    )
    return f"""{HEAD}
# Invariants

The {len(rules)} rules records are checked against, by module of `src/fuente/records/invariants`.
An error makes `fuente verify` fail and a patient be refused; a warning is worth knowing. One fault
is reported by one rule: [the decisions](adr/0009-invariants.md) say which owns what.

{sections}"""


def _openapi() -> dict[str, Any]:
    from fuente.assembly import open_application
    from fuente.server.app import create_app

    return create_app(open_application()).openapi()


def _descendants(parent: type, depth: int = 0) -> Iterator[tuple[type, int]]:
    yield parent, depth
    for child in parent.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from _descendants(child, depth + 1)


def _commands(prefix: str, command: TyperCommand) -> Iterator[tuple[str, TyperCommand]]:
    for name, child in getattr(command, "commands", {}).items():
        if hasattr(child, "commands"):
            yield from _commands(f"{prefix} {name}", child)
        else:
            yield f"{prefix} {name}", child


def _command_section(name: str, command: TyperCommand) -> str:
    rows = [_parameter_row(p) for p in command.params if not getattr(p, "hidden", False)]
    table = f"\n{_table(('parameter', 'default', 'meaning'), rows)}" if rows else ""
    return f"## `{name}`\n\n{inspect.cleandoc(command.help or '')}\n{table}"


def _parameter_row(parameter: Parameter) -> tuple[str, str, str]:
    is_argument = parameter.param_type_name == "argument"
    name = parameter.name.upper() if is_argument else ", ".join(parameter.opts)
    default = "required" if parameter.required else _default(parameter.default)
    return f"`{name}`", default, _line(getattr(parameter, "help", "") or "")


def _default(value: object) -> str:
    return "" if value is None or callable(value) or value in ((), [], False, "") else f"`{value}`"


def _stated(field: FieldInfo) -> object:
    """Give the default as written; one that depends on the installation is left out."""
    return None if field.default_factory else str(field.default)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _first(thing: type) -> str:
    return _line((thing.__doc__ or "").split("\n\n")[0])


def _line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
