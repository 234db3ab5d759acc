"""What the tests of several readers share."""

import pytest

from fuente.adapters.page_reader import FileReader


@pytest.fixture
def read(tmp_path):
    """Read bytes as a file of a given name, in a child process and without OCR."""

    def reading(content, name="protocol.pdf"):
        path = tmp_path / name
        path.write_bytes(content)
        return FileReader().read(path)

    return reading


@pytest.fixture
def folder(tmp_path):
    """An empty folder for protocols."""
    made = tmp_path / "protocols"
    made.mkdir()
    return made
