"""A QR code as an SVG picture: black on white, level M, quiet zone included.  Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
from qrcode.main import QRCode  # type: ignore[import-untyped]

QUIET = 4
"""Modules of white around the code; less is not read reliably."""


def address(url: str) -> str:
    """The address as a code should carry it: all capitals where they mean the same, for they hold more."""
    parts = urlsplit(url)
    plain = parts.path in {"", "/"} and not parts.query and not parts.fragment and not parts.username
    return f"{parts.scheme}://{parts.netloc}/".upper() if plain else url


def svg(text: str) -> str:
    """The code of `text`, one unit a module, as a whole SVG document."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row)
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many stand together."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if found and found[-1][0] + found[-1][1] == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((x, 1))
    return found
