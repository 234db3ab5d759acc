"""Which models may be loaded: those whose bytes and chat template are registered.

It decides whether a file is the registered one and where it lies: in the models folder or inside
an installed package. It never loads a model and never imports the package that carries it.
"""

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fuente.errors import ModelMissing, SettingsError
from fuente.ports import AS_STORED, ModelIdentity

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class RegisteredModel:
    """A language model found and checked: everything the engine needs to be told."""

    name: str
    path: Path
    sha256: str
    weights: str
    licence: str
    context_length: int
    template: Mapping[str, Any]
    template_sha256: str

    @property
    def identity(self) -> ModelIdentity:
        """What is stored with everything the model writes; the engine fills in its version."""
        return ModelIdentity(self.name, self.sha256, self.weights, self.template_sha256, engine="")


@dataclass(frozen=True, slots=True)
class RegisteredEmbedder:
    """An embedding model found and checked: its folder and one hash over its files."""

    name: str
    folder: Path
    sha256: str
    licence: str


class ModelRegistry:
    """Reads `registry.json` in the models folder.

    Args:
        folder: the folder with the registry; weights without a package lie beside it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries = _read(folder / "registry.json")

    def names(self) -> tuple[str, ...]:
        """The registered language models, the default first."""
        return tuple(entry["name"] for entry in self._entries["models"])

    def resolve(self, name: str = "") -> RegisteredModel:
        """The model of this name, or the default, with its bytes checked.

        Raises:
            SettingsError: no such model, or its template is not the approved one.
            ModelMissing: the file is absent or is not the registered one.
        """
        entry = self._entry("models", name)
        path = self._place(entry) / entry["file"]
        _check_file(entry["name"], path, entry["sha256"])
        return RegisteredModel(
            name=entry["name"],
            path=path,
            sha256=entry["sha256"],
            weights=entry.get("weights", AS_STORED),
            licence=entry["licence"],
            context_length=entry["context_length"],
            template=self._template(entry),
            template_sha256=entry["template_sha256"],
        )

    def resolve_embedder(self, name: str = "") -> RegisteredEmbedder:
        """The embedding model of this name, or the default, with its bytes checked.

        Raises:
            SettingsError: no such model.
            ModelMissing: a file is absent or is not the registered one.
        """
        entry = self._entry("embedders", name)
        folder = self._place(entry) / entry["folder"]
        for file, sha256 in sorted(entry["files"].items()):
            _check_file(entry["name"], folder / file, sha256)
        whole = _canonical_sha256(entry["files"])
        return RegisteredEmbedder(entry["name"], folder, whole, entry["licence"])

    def _entry(self, kind: str, name: str) -> Mapping[str, Any]:
        entries = self._entries[kind]
        found = [entry for entry in entries if entry["name"] == name or not name]
        if not found:
            known = ", ".join(entry["name"] for entry in entries)
            raise SettingsError(
                f"No model named {name!r} is registered in {self._folder / 'registry.json'}.",
                f"Registered are: {known}. Add the model there with its hash, or choose another.",
            )
        return dict(found[0])

    def _place(self, entry: Mapping[str, Any]) -> Path:
        if "package" not in entry:
            return self._folder
        spec = importlib.util.find_spec(entry["package"])  # finds it without running it
        if spec is None or not spec.submodule_search_locations:
            raise ModelMissing(
                f"The model {entry['name']} comes with the package {entry['package']}, "
                "which is not installed.",
                "Run `make setup`.",
            )
        return Path(next(iter(spec.submodule_search_locations)))

    def _template(self, entry: Mapping[str, Any]) -> Mapping[str, Any]:
        template = self._entries["templates"].get(entry["template"], {})
        if _canonical_sha256(template) != entry["template_sha256"]:
            raise SettingsError(
                f"The chat template {entry['template']!r} of the model {entry['name']} is not "
                "the approved one.",
                "Restore models/registry.json, or approve the template by its new hash.",
            )
        return dict(template)


def sha256_of(path: Path) -> str:
    """The file's hash; computed again only when its size or time of change differs."""
    status = path.stat()
    return _hash_file(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _hash_file(path: Path, _size: int, _changed: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _check_file(name: str, path: Path, sha256: str) -> None:
    if not path.is_file():
        raise ModelMissing(
            f"The model {name} has no weights at {path}.",
            "Put the registered file there, or run `make setup` for the embedded one.",
        )
    found = sha256_of(path)
    if found != sha256:
        raise ModelMissing(
            f"{path} is not the registered {name}: its SHA-256 is {found[:12]}, not {sha256[:12]}.",
            "Replace the file by the registered one; a model that was changed is never loaded.",
        )


def _canonical_sha256(value: Mapping[str, Any]) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _read(path: Path) -> Mapping[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The model registry {path} cannot be read: {error}.",
            "Point the models folder at the one that came with fuente.",
        ) from error
    missing = [key for key in ("models", "embedders", "templates") if key not in content]
    if missing:
        raise SettingsError(f"The model registry {path} lacks {', '.join(missing)}.")
    return dict(content)
