"""The demonstration sitting: a county that does not exist, and a full day of its standing committee."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

BAILU = Path(str(files(__name__) / "bailu.yaml"))
"""The 26th meeting of Bailu County's standing committee: fifteen items and the script of its rehearsal."""
