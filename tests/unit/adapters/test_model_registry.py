"""Which files may be loaded as models."""

import hashlib
import json
import os

import pytest

from fuente.adapters.model_registry import ModelRegistry, sha256_of
from fuente.errors import ModelMissing, SettingsError

WEIGHTS = b"GGUF and then some weights"


def digest(value):
    """Hash an entry as the registry does."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path):
    """Give a models folder with one registered model and its weights."""
    template = {"before": "<{role}>", "after": "</>", "reply": "<me>"}
    entry = {
        "name": "ours",
        "file": "ours.gguf",
        "sha256": hashlib.sha256(WEIGHTS).hexdigest(),
        "licence": "Apache-2.0",
        "context_length": 512,
        "template": "plain",
        "template_sha256": digest(template),
    }
    registry = {"models": [entry], "embedders": [], "templates": {"plain": template}}
    (tmp_path / "registry.json").write_text(json.dumps(registry))
    (tmp_path / "ours.gguf").write_bytes(WEIGHTS)
    return tmp_path


def change(folder, edit):
    """Edit the registry file."""
    registry = json.loads((folder / "registry.json").read_text())
    edit(registry)
    (folder / "registry.json").write_text(json.dumps(registry))


def test_a_registered_file_is_found_by_name_or_as_the_default(folder):
    """Path, hash, licence, context and template come along."""
    registry = ModelRegistry(folder)
    model = registry.resolve()
    assert model == registry.resolve("ours")
    assert model.path == folder / "ours.gguf"
    assert model.identity.sha256 == hashlib.sha256(WEIGHTS).hexdigest()
    assert model.context_length == 512
    assert registry.names() == ("ours",)


@pytest.mark.parametrize(("stated", "weights"), [({}, "as stored"), ({"weights": "Q8_0"}, "Q8_0")])
def test_the_format_to_compute_in_is_part_of_the_identity(folder, stated, weights):
    """Weights are left as they are stored unless the registry says otherwise."""
    change(folder, lambda registry: registry["models"][0].update(stated))

    assert ModelRegistry(folder).resolve().identity.weights == weights


@pytest.mark.parametrize("place", range(len(WEIGHTS)))
def test_one_changed_bit_is_refused(folder, place):
    """A file whose hash is not the registered one is never loaded."""
    damaged = bytearray(WEIGHTS)
    damaged[place] ^= 1
    (folder / "ours.gguf").write_bytes(damaged)
    with pytest.raises(ModelMissing, match=r"not the registered ours.*never loaded"):
        ModelRegistry(folder).resolve()


def test_a_missing_file_is_named(folder):
    """The message says where the weights belong."""
    (folder / "ours.gguf").unlink()
    with pytest.raises(ModelMissing, match=r"no weights at .*ours\.gguf"):
        ModelRegistry(folder).resolve()


def test_a_missing_package_is_named(folder):
    """A model that comes with a package says which one is not installed."""
    change(folder, lambda registry: registry["models"][0].update(package="no_such_package"))
    with pytest.raises(ModelMissing, match=r"no_such_package.*make setup"):
        ModelRegistry(folder).resolve()


def test_an_unknown_name_lists_the_known_ones(folder):
    """The remedy names what can be chosen."""
    with pytest.raises(SettingsError, match=r"'theirs'.*Registered are: ours"):
        ModelRegistry(folder).resolve("theirs")


def test_a_changed_template_is_refused(folder):
    """Templates are approved by hash, like weights."""
    change(folder, lambda registry: registry["templates"]["plain"].update(after="</evil>"))
    with pytest.raises(SettingsError, match="not the approved one"):
        ModelRegistry(folder).resolve()


@pytest.mark.parametrize("text", ["", "{", "{}"])
def test_a_broken_registry_is_named(tmp_path, text):
    """A registry that cannot be read is an error of the settings."""
    (tmp_path / "registry.json").write_text(text)
    with pytest.raises(SettingsError, match=r"registry\.json"):
        ModelRegistry(tmp_path)


def test_a_file_is_hashed_again_when_it_changed(tmp_path):
    """Size and time of change decide; the hash is right in either case."""
    file = tmp_path / "a"
    file.write_bytes(b"one")
    assert sha256_of(file) == hashlib.sha256(b"one").hexdigest()
    file.write_bytes(b"two")
    os.utime(file, ns=(1, 1))
    assert sha256_of(file) == hashlib.sha256(b"two").hexdigest()


def test_the_models_that_come_along_are_what_the_registry_says(root):
    """The committed registry matches the installed packages, byte for byte."""
    registry = ModelRegistry(root / "models")
    model, embedder = registry.resolve(), registry.resolve_embedder()
    assert model.licence == embedder.licence == "Apache-2.0"
    assert model.path.name == "SmolLM2-135M-Instruct.Q4_1.gguf"
    assert (embedder.folder / "model.safetensors").is_file()
