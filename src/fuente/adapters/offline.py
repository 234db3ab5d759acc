"""Closes the ways by which a library could reach beyond this host on its own.

It decides which environment variables are set and which are removed. It opens nothing and
imports no engine, so that it can run before any of them.
"""

import os
from collections.abc import Mapping, MutableMapping
from types import MappingProxyType

OFFLINE: Mapping[str, str] = MappingProxyType(
    {
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "DO_NOT_TRACK": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "TOKENIZERS_PARALLELISM": "false",
    }
)
"""What is set, whatever it was before."""

SCRUBBED = ("LANGSMITH_", "LANGCHAIN_", "OTEL_", "LLAMA_ARG_")
"""Variables with these beginnings are removed: they switch on tracing or remote endpoints."""


def seal_environment(environment: MutableMapping[str, str] | None = None) -> None:
    """Set the offline switches and remove what turns on tracing, in place."""
    env = os.environ if environment is None else environment
    for name in [name for name in env if name.upper().startswith(SCRUBBED)]:
        del env[name]
    env.update(OFFLINE)
