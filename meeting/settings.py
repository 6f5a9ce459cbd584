"""What the person who runs the server may set, from options and environment.  Nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DATA_VARIABLE = "SESSION_DAY_DATA"
PUBLIC_URL_VARIABLE = "SESSION_DAY_PUBLIC_URL"
PUBLIC_DELAY_VARIABLE = "SESSION_DAY_PUBLIC_DELAY"
PUBLIC_DELAY_S = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    """Folder with the database and the keys; may hold many sittings."""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    """What stands on the cards, e.g. `https://vote.example.org`; empty: host and port."""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    public_delay_s: float = PUBLIC_DELAY_S
    """So many seconds is the public page behind the hall."""

    @property
    def url(self) -> str:
        if self.public_url:
            return self.public_url.rstrip("/")
        scheme = "https" if self.tls_cert else "http"
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        return f"{scheme}://{host}:{self.port}"


def data_folder(option: Path | None, environment: Mapping[str, str] = os.environ) -> Path:
    """`--data`, else `SESSION_DAY_DATA`, else `./data`."""
    if option is not None:
        return option
    return Path(environment.get(DATA_VARIABLE) or "data")
