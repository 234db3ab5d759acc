"""The weights as the engine computes with them: as they are stored, or converted while loading.

llama.cpp multiplies some formats much faster than others: on one thread with AVX-512 the embedded
model's Q4_1 read prompts at 75 tokens a CPU second, the same weights as Q8_0 at 147 and as Q4_0 at
213. Q8_0 holds every 4-bit value closely enough to write the same sentences; Q4_0 rounds them a
second time, and the embedded model then kept a third of its sentences instead of three quarters.
A converted file is made from the registered one at each start, in a folder that is gone once the
model is loaded, so nobody can change it in between.
"""

import ctypes
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import llama_cpp

from fuente.ports import AS_STORED

_FORMATS: Final[Mapping[str, int]] = {
    "Q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
    "Q4_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q4_0,
}


class CannotConvert(ValueError):
    """The weights cannot be had in this format."""


@contextmanager
def weights_in(path: Path, weights: str, threads: int) -> Iterator[Path]:
    """The file to load, for as long as loading takes.

    Raises:
        CannotConvert: the format is unknown, there is no room, or llama.cpp refuses the file.
    """
    if weights == AS_STORED:
        yield path
        return
    try:
        folder = tempfile.TemporaryDirectory(prefix="fuente-weights-")
    except OSError as problem:
        raise CannotConvert(f"{path.name} has no room to be converted in: {problem}") from problem
    with folder as name:
        target = Path(name) / path.name
        _convert(path, target, weights, threads)
        yield target


def _convert(path: Path, target: Path, weights: str, threads: int) -> None:
    if weights not in _FORMATS:
        known = ", ".join((AS_STORED, *_FORMATS))
        raise CannotConvert(f"{weights!r} is not a format of weights; there are: {known}")
    params = llama_cpp.llama_model_quantize_default_params()
    params.ftype = _FORMATS[weights]
    params.allow_requantize = True
    params.nthread = threads
    source = str(path).encode()
    status = llama_cpp.llama_model_quantize(source, str(target).encode(), ctypes.byref(params))
    if status != 0:
        raise CannotConvert(f"llama.cpp cannot convert {path.name} to {weights}")
