"""Sentence-transformers behind the Embedder port, from a folder on this host.

It decides batches, precision and the length of the vectors. It does not know what the texts are,
and it never asks a hub: the folder is all there is. The libraries are imported with the first
text, because they take seconds.

Each batch is computed on one core, as many batches at once as there are cores. Shared by the cores,
a batch waits for its slowest core at every layer: with other work on the machine that was half the
speed, and even alone it was slower.
"""

import json
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fuente.errors import ModelMissing, SettingsError
from fuente.ports import Progress, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

BATCH = 16
"""Texts in a batch: of 8, 16 and 32, the fastest on the CPU tried (their layers fit its cache)."""
FAST_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})
"""CPUs with one of these multiply bfloat16 in hardware; on others it is emulated and slower."""


class Precision(StrEnum):
    """How the weights are held and multiplied."""

    FP32 = "fp32"
    BF16 = "bf16"


class SentenceEmbedder:
    """Embedder over a sentence-transformers folder; callers wait for each other.

    Args:
        folder: the model's folder, already checked against the registry.
        name: as registered; with the hash it makes the fingerprint.
        sha256: over the model's files.
        precision: part of the fingerprint, so that vectors of two precisions never mix.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        sha256: str,
        precision: Precision = Precision.FP32,
    ) -> None:
        self._folder = folder
        self._precision = precision
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None
        self.dimensions, self.longest_text = _sizes(folder)
        self.fingerprint = f"{name}:{sha256[:16]}:{precision}:{self.dimensions}"

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> list[Vector]:
        """One unit vector per text, in order; what exceeds `longest_text` tokens is not seen."""
        vectors: dict[int, Vector] = {}
        with self._lock:
            for done in self._computed(_batches(texts), texts):
                vectors.update(done)
                if progress is not None:
                    progress("embedding", len(vectors), len(texts))
        return [vectors[index] for index in range(len(texts))]

    def _computed(
        self, batches: Sequence[Sequence[int]], texts: Sequence[str]
    ) -> Iterator[dict[int, Vector]]:
        """The vectors of each batch by the text's index, in the order the cores are ready."""
        if not batches:
            return
        model = self._loaded()
        with ThreadPoolExecutor(_cores()) as cores:
            # Tokenized here: the tokenizer is changed by every call and bears one at a time.
            waiting = [
                cores.submit(
                    _vectors, model, model.preprocess([texts[one] for one in batch]), batch
                )
                for batch in batches
            ]
            try:
                yield from map(_result, as_completed(waiting))
            finally:
                cores.shutdown(wait=True, cancel_futures=True)

    def _loaded(self) -> "SentenceTransformer":
        if self._model is None:
            self._model = _load(self._folder, self._precision)
        return self._model


def _batches(texts: Sequence[str]) -> list[list[int]]:
    """Indices of texts of like length, which need little padding, the longest first."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def _vectors(
    model: "SentenceTransformer", tokens: "dict[str, Tensor]", batch: Sequence[int]
) -> dict[int, Vector]:
    import numpy as np
    import torch

    with torch.inference_mode():
        raw = model.forward(tokens)["sentence_embedding"].float().numpy()
    # Normalised here, in full precision: bfloat16 leaves lengths between 0.997 and 1.003.
    lengths = np.linalg.norm(raw, axis=1, keepdims=True)
    unit = raw / np.maximum(lengths, np.float32(1e-12))
    return dict(zip(batch, map(tuple, unit.tolist()), strict=True))


def _result(future: Future[dict[int, Vector]]) -> dict[int, Vector]:
    return future.result()


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def precision_for(wanted: str, held: str) -> Precision:
    """The precision to compute with.

    Args:
        wanted: `fp32`, `bf16`, or `auto`.
        held: fingerprint of the vectors a data folder already holds, empty for a new one. `auto`
            goes on with their precision, even where this CPU only emulates it: they are compared
            with the vectors computed now.

    Raises:
        SettingsError: `bf16` is set and this CPU would only emulate it, slower than fp32.
    """
    if wanted != "auto":
        chosen = Precision(wanted)
        if chosen is Precision.BF16 and not has_fast_bfloat16():
            raise SettingsError(
                "This CPU has no bfloat16 instructions.", "Set the embedder's precision to auto."
            )
        return chosen
    if held:
        return Precision.BF16 if f":{Precision.BF16}:" in held else Precision.FP32
    return Precision.BF16 if has_fast_bfloat16() else Precision.FP32


def has_fast_bfloat16() -> bool:
    """The CPU multiplies bfloat16 in hardware."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    flags = next((line for line in text.splitlines() if line.startswith("flags")), "")
    return not FAST_FLAGS.isdisjoint(flags.split())


def _sizes(folder: Path) -> tuple[int, int]:
    try:
        pooling = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        reading = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        return int(pooling["word_embedding_dimension"]), int(reading["max_seq_length"])
    except (OSError, ValueError, KeyError) as error:
        raise ModelMissing(
            f"{folder} is not a sentence-transformers model: {error}.",
            "Run `make setup`, or register another embedder.",
        ) from error


def _load(folder: Path, precision: Precision) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(1)
    kind = torch.bfloat16 if precision is Precision.BF16 else torch.float32
    return SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": kind}
    )
