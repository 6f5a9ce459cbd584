"""The demonstration sittings: a county that does not exist, and a full day of its standing committee; a township; a
special evaluation sitting."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

BAILU = Path(str(files(__name__) / "bailu.yaml"))
"""The 26th meeting of Bailu County's standing committee: fifteen items and the script of its rehearsal."""
HETING = Path(str(files(__name__) / "heting.yaml"))
"""The third session of a township congress: sixty deputies, other rules, and every way of voting that Bailu lacks."""
JIANJIA = Path(str(files(__name__) / "jianjia.yaml"))
"""A special evaluation sitting: proposals in figures, an interpellation, an inquiry, motions read out."""
