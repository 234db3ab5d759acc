"""The model and its context through llama.cpp's low-level API: tokens in, logits out.

It decides how a prompt is cut into batches and what stays in the cache between calls. It knows
nothing of grammars or of conversations. One thread may use it.
"""

import ctypes
from collections.abc import Callable, Sequence
from pathlib import Path

import llama_cpp
import numpy as np
from llguidance import LLTokenizer
from llguidance.llamacpp import lltokenizer_from_vocab
from numpy.typing import NDArray

from fuente.adapters.llama_engine.weights import CannotConvert, weights_in
from fuente.ports import AS_STORED

_SEQUENCE = 0
_FLASH_ATTENTION_OFF = 0


class LoadFailed(RuntimeError):
    """llama.cpp could not use the file."""


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _silent(_level: int, _text: bytes, _data: object) -> None:
    """Keep llama.cpp's own log off every stream."""


class Runtime:
    """One model, one context, one sequence.

    The prompt is decoded in chunks that begin at multiples of `chunk` and only whole chunks are
    kept for the next call. A kept chunk was therefore computed from the same batches as a fresh
    one would be, so reuse changes no bit of the logits. Flash attention is off for the same
    reason: its sums depend on the batch size.
    """

    def __init__(
        self,
        path: Path,
        *,
        weights: str = AS_STORED,
        context_length: int,
        threads: int,
        gpu_layers: int,
        chunk: int,
    ) -> None:
        llama_cpp.llama_log_set(_silent, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        self._model = _load_model(path, weights, threads, gpu_layers)
        trained = llama_cpp.llama_model_n_ctx_train(self._model)
        self.context_length = min(context_length, trained)
        self._context = _make_context(self._model, self.context_length, threads)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)
        self.vocabulary = llama_cpp.llama_vocab_n_tokens(self._vocab)
        self._batch = llama_cpp.llama_batch_init(llama_cpp.llama_n_batch(self._context), 0, 1)
        self._chunk = chunk
        self._position = 0
        self._kept: list[int] = []
        self.tokenizer: LLTokenizer = lltokenizer_from_vocab(self._vocab)

    def tokens_of(self, text: str, *, markup: bool) -> list[int]:
        """Tokens of the text; special ones are recognised only in our own markup."""
        raw = text.encode("utf-8")
        room = len(raw) + 8
        buffer = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocab, raw, len(raw), buffer, room, False, markup)
        if count < 0:
            raise ValueError("llama.cpp cannot tokenise this text")
        return list(buffer[:count])

    def opening_tokens(self) -> list[int]:
        """The beginning-of-text token, for models that were trained with one."""
        if not llama_cpp.llama_vocab_get_add_bos(self._vocab):
            return []
        return [llama_cpp.llama_vocab_bos(self._vocab)]

    def bytes_of(self, token: int) -> bytes:
        """What the token writes; nothing for a special token."""
        buffer = ctypes.create_string_buffer(256)
        size = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, 256, 0, False)
        return buffer.raw[:size] if size > 0 else b""

    def ends(self, token: int) -> bool:
        """The token ends the reply."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocab, token))

    def read_prompt(
        self, tokens: Sequence[int], check: Callable[[], None], *, reuse: bool
    ) -> tuple[NDArray[np.float32], int]:
        """Decode the prompt; return the logits after it and how many tokens were kept.

        `check` is called before each chunk and may raise to give up.
        """
        kept = self._shared_chunks(tokens) if reuse else 0
        self._forget_from(kept)
        for start in range(kept, len(tokens), self._chunk):
            check()
            chunk = tokens[start : start + self._chunk]
            self._decode(chunk, 1)
            if len(chunk) == self._chunk:
                self._kept += chunk
        return self._row(-1), kept

    def logits_after(self, tokens: Sequence[int], rows: int) -> list[NDArray[np.float32]]:
        """Append the tokens; the logits for what follows each of the last `rows` of them.

        `rows` is at most the number of tokens in a batch.
        """
        size = llama_cpp.llama_n_batch(self._context)
        last = max(0, len(tokens) - size)
        for start in range(0, last, size):
            self._decode(tokens[start : min(start + size, last)], 0)
        self._decode(tokens[last:], rows)
        return [self._row(at - rows) for at in range(rows)]

    def take_back(self, count: int) -> None:
        """Forget the last tokens of the reply."""
        if count:
            self._cut(self._position - count)

    def _row(self, index: int) -> NDArray[np.float32]:
        pointer = llama_cpp.llama_get_logits_ith(self._context, index)
        return np.ctypeslib.as_array(pointer, shape=(self.vocabulary,)).copy()

    def _shared_chunks(self, tokens: Sequence[int]) -> int:
        # At least one token is decoded again: its logits are wanted.
        limit = min(len(self._kept), len(tokens) - 1)
        same = 0
        while same < limit and self._kept[same] == tokens[same]:
            same += 1
        return same // self._chunk * self._chunk

    def _forget_from(self, position: int) -> None:
        self._cut(position)
        self._kept = self._kept[:position]

    def _cut(self, position: int) -> None:
        memory = llama_cpp.llama_get_memory(self._context)
        llama_cpp.llama_memory_seq_rm(memory, _SEQUENCE, position, -1)
        self._position = position

    def _decode(self, tokens: Sequence[int], rows: int) -> None:
        batch = self._batch
        batch.n_tokens = len(tokens)
        for index, token in enumerate(tokens):
            batch.token[index] = token
            batch.pos[index] = self._position + index
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = _SEQUENCE
            batch.logits[index] = index >= len(tokens) - rows
        status = llama_cpp.llama_decode(self._context, batch)
        if status != 0:
            raise RuntimeError(f"llama_decode failed with status {status}")
        self._position += len(tokens)


def _load_model(path: Path, weights: str, threads: int, gpu_layers: int) -> llama_cpp.llama_model_p:
    params = llama_cpp.llama_model_default_params()
    params.n_gpu_layers = gpu_layers
    try:
        with weights_in(path, weights, threads) as file:
            model: llama_cpp.llama_model_p | None = llama_cpp.llama_model_load_from_file(
                str(file).encode(), params
            )
    except CannotConvert as problem:
        raise LoadFailed(str(problem)) from problem
    if not model:
        raise LoadFailed(f"llama.cpp cannot load {path.name}")
    return model


def _make_context(
    model: llama_cpp.llama_model_p, context_length: int, threads: int
) -> llama_cpp.llama_context_p:
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = context_length
    params.n_batch = min(512, context_length)
    params.n_ubatch = params.n_batch
    params.n_seq_max = 1
    params.n_threads = threads
    params.n_threads_batch = threads
    params.flash_attn_type = _FLASH_ATTENTION_OFF
    params.no_perf = True
    context: llama_cpp.llama_context_p | None = llama_cpp.llama_init_from_model(model, params)
    if not context:
        raise LoadFailed(f"llama.cpp cannot make a context of {context_length} tokens")
    return context
