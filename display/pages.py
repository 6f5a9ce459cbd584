"""Pages: a template, its words and its static files, under the strictest policy that a browser knows.

What every page of every package shares: the Jinja environment, the address of static files (it carries the hash of
them all, so that relative imports stay within one release and may be kept for ever), the words that scripts need, and
the security headers.  No page is defined here and nothing of a sitting is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from display import i18n

ROOT = Path(__file__).resolve().parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "connect-src 'self' {sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types lit-html"
)
HEADERS = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


class _Immutable(StaticFiles):
    """Files under an address that changes with them."""

    def file_response(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        response.headers["x-content-type-options"] = "nosniff"
        return response


class Pages:
    """The pages of several packages, each with a folder of templates and one of static files."""

    def __init__(self, packages: Mapping[str, Path]) -> None:
        """`packages`: the name under `/static/HASH/` and the folder that has `templates` and `static`."""
        self._packages = dict(packages)
        self.static = f"/static/{_hash_of(self._packages)}"
        self._jinja = jinja2.Environment(
            loader=jinja2.PrefixLoader(
                {name: jinja2.FileSystemLoader(path / "templates") for name, path in self._packages.items()}
            ),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def mounts(self) -> list[Mount]:
        """The static routes."""
        return [
            Mount(f"{self.static}/{name}", _Immutable(directory=path / "static"))
            for name, path in self._packages.items()
            if (path / "static").is_dir()
        ]

    def render(
        self,
        request: Request,
        template: str,
        *,
        words: tuple[str, ...] = (),
        status: int = 200,
        **data: object,
    ) -> HTMLResponse:
        """The page `PACKAGE/NAME.html`.

        In the template: `static` (address prefix), `lang`, `t(key, **data)`, `words` (what the page's scripts may say:
        every sentence whose key begins with one of the prefixes in `words`, both languages, as JSON).
        """
        lang = language(request)
        said = {
            key: {"zh": i18n.sentences("zh")[key], "en": i18n.sentences("en")[key]}
            for key in sorted(i18n.keys("zh"))
            if key.startswith(words)
        }
        text = self._jinja.get_template(template).render(
            static=self.static,
            lang=lang,
            html_lang="zh-CN" if lang == "zh" else "en",
            t=lambda key, **values: i18n.text(lang, key, **values),
            words=said,
            **data,
        )
        host = request.headers.get("host", "")
        policy = POLICY.format(sockets=f"ws://{host} wss://{host}" if _plain(host) else "")
        return HTMLResponse(text, status, headers={**HEADERS, "content-security-policy": policy})


def language(request: Request) -> i18n.Language:
    """`?lang=`, else what the browser prefers, else Chinese."""
    asked = request.query_params.get("lang", "")
    if asked in {"zh", "en"}:
        return "zh" if asked == "zh" else "en"
    accepted = request.headers.get("accept-language", "").lower()
    first = accepted.split(",", 1)[0].strip()
    return "en" if first.startswith("en") else "zh"


def _plain(host: str) -> bool:
    """Whether a Host header may be put into a policy as it is."""
    return bool(host) and all(c.isascii() and (c.isalnum() or c in ".-:[]") for c in host)


def _hash_of(packages: Mapping[str, Path]) -> str:
    digest = hashlib.sha256()
    for name, path in sorted(packages.items()):
        for file in sorted((path / "static").rglob("*")):
            if file.is_file():
                digest.update(f"{name}/{file.relative_to(path)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
