"""A page that goes to a printer: one file with its style in it, no script, and nothing to fetch."""

from __future__ import annotations

from pathlib import Path

import jinja2
from markupsafe import Markup

_HERE = Path(__file__).resolve().parent
_TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(name: str, **data: object) -> str:
    """The template `NAME.html` with the sheet `NAME.css` as its `style`."""
    style = Markup((_HERE / "static" / f"{name}.css").read_text(encoding="utf-8"))
    return _TEMPLATES.get_template(f"{name}.html").render(style=style, **data)
