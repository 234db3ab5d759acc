"""Weights are loaded as stored or converted in a folder that is gone afterwards."""

import tempfile

import pytest

from fuente.adapters.llama_engine.weights import CannotConvert, weights_in


@pytest.fixture
def noise(tmp_path):
    """A file that is no model."""
    path = tmp_path / "noise.gguf"
    path.write_bytes(b"GGUF" + bytes(1000))
    return path


def test_weights_as_stored_are_loaded_from_their_file(noise):
    """Nothing is copied where nothing is converted."""
    with weights_in(noise, "as stored", 1) as path:
        assert path == noise


@pytest.mark.parametrize(
    ("weights", "said"),
    [("Q8_0", r"cannot convert noise\.gguf to Q8_0"), ("Q9_9", "'Q9_9' is not a format")],
)
def test_what_cannot_be_converted_is_named(noise, weights, said):
    """The message names the file or the format, and the file is left as it was."""
    before = noise.read_bytes()

    with pytest.raises(CannotConvert, match=said), weights_in(noise, weights, 1):
        pass

    assert noise.read_bytes() == before


def test_no_room_to_convert_in_is_said(noise, tmp_path, monkeypatch):
    """A temporary folder that is full or missing ends in an error that names the file."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))

    with (
        pytest.raises(CannotConvert, match=r"noise\.gguf has no room"),
        weights_in(noise, "Q8_0", 1),
    ):
        pass
