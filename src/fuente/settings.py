"""Settings: one small frozen value from the environment and an optional TOML file.

The environment wins over the file. Every name here is documented in `docs/reference/settings.md`.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fuente.errors import SettingsError

PREFIX: Final = "FUENTE_"


class Settings(BaseModel):
    """What an operator may set. Unknown names in the file are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(Path("vectorstore"), description="folder of the SQLite file and the index")
    models: Path = Field(
        default_factory=lambda: _models_folder(), description="folder of registry.json and weights"
    )
    model: str = Field("", description="registered language model; empty takes the first")
    embedder: str = Field("", description="registered embedder; empty takes the first")
    precision: Literal["auto", "fp32", "bf16"] = Field(
        "auto", description="of the embedder; auto takes bf16 where the CPU multiplies it"
    )
    threads: int = Field(0, ge=0, le=256, description="model threads; 0 leaves one core free")
    gpu_layers: int = Field(0, ge=0, description="model layers kept on a GPU")
    host: str = Field("127.0.0.1", description="address the service listens on")
    port: int = Field(8765, ge=1, le=65535, description="port the service listens on")
    max_upload_mb: int = Field(50, ge=1, le=1000, description="largest upload in MiB")
    ocr: Literal["auto", "off"] = Field(
        "auto", description="auto: pages without text are read by tesseract where it is installed"
    )
    ocr_minutes: int = Field(
        30, ge=1, le=1440, description="longest the OCR of one document may take; the rest is named"
    )


def load_settings(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from defaults, the file in FUENTE_CONFIG, the environment, then the overrides.

    An override of None counts as not given.

    Raises:
        SettingsError: the file cannot be read, or a value is not what it must be.
    """
    env = os.environ if environment is None else environment
    values = _from_file(env.get(f"{PREFIX}CONFIG", ""))
    values |= {
        name: env[f"{PREFIX}{name.upper()}"]
        for name in Settings.model_fields
        if f"{PREFIX}{name.upper()}" in env
    }
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate(values)
    except ValidationError as problem:
        first = problem.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting {name!r} is wrong: {first['msg']}.", f"See {PREFIX}{name.upper()}."
        ) from problem


def _models_folder() -> Path:
    """`models/` where the command runs, else that of the checkout fuente is installed from."""
    here = Path("models")
    return here if (here / "registry.json").exists() else Path(__file__).parents[2] / "models"


def _from_file(path: str) -> dict[str, Any]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise SettingsError(f"{path} cannot be read: {problem}.") from problem
