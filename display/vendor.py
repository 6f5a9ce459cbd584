"""Other people's front-end code: fetched from npm by hand, kept in the repository, hashed ever after.

`python -m display.vendor check` re-hashes what lies in `display/static/vendor/` against `lock.json`, offline;
`python -m display.vendor update` fetches what WANTED names, with npm, and writes folder and lock anew.
Must not be imported by the running program, and nothing is ever fetched at run time.
"""

import base64
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).parent / "static" / "vendor"
LOCK = "lock.json"
LICENCE = "LICENSE"


@dataclass(frozen=True, slots=True)
class Package:
    """One package we take code from, and the only files we take."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]

    @property
    def folder(self) -> str:
        """`@noble/hashes` 2.4.0 lies in `noble-hashes@2.4.0`: a new version is a new URL."""
        return f"{self.name.lstrip('@').replace('/', '-')}@{self.version}"


WANTED = (
    Package("@noble/ed25519", "3.2.0", "MIT", ("index.js",)),
    Package(
        "@noble/hashes",
        "2.4.0",
        "MIT",
        ("_md.js", "_u64.js", "hmac.js", "pbkdf2.js", "scrypt.js", "sha2.js", "utils.js"),
    ),
    Package(
        "lit-html",
        "3.3.3",
        "BSD-3-Clause",
        ("lit-html.js", "directive.js", "directive-helpers.js", "directives/repeat.js"),
    ),
)


class VendorError(Exception):
    """What lies in the folder, or what npm sent, is not what the lock says."""


def check(vendor: Path = VENDOR) -> list[str]:
    """What is wrong with the folder, one sentence each; empty when every file is the locked one."""
    locked = json.loads((vendor / LOCK).read_text("utf-8"))["packages"]
    expected: dict[str, str] = {}
    for package in locked:
        for name, digest in package["files"].items():
            expected[f"{package['folder']}/{name}"] = digest
    found = dict(_hashes(vendor))
    wrong = [
        f"{path} is in the lock but not in the folder" for path in sorted(expected.keys() - found.keys())
    ]
    wrong += [
        f"{path} is in the folder but not in the lock" for path in sorted(found.keys() - expected.keys())
    ]
    wrong += [
        f"{path} is not the file that was locked"
        for path in sorted(expected.keys() & found.keys())
        if expected[path] != found[path]
    ]
    have = {(package["name"], package["version"], package["licence"]) for package in locked}
    wrong += [
        f"{package.name} {package.version} is wanted but not locked: run `python -m display.vendor update`"
        for package in WANTED
        if (package.name, package.version, package.licence) not in have
    ]
    return wrong


def update(vendor: Path = VENDOR) -> None:
    """Fetch every wanted package and write folder and lock anew.

    A version that was locked before must have the same integrity again; if not, nothing is changed.
    """
    before = _locked_integrity(vendor)
    fetched = [(package, *_fetch(package)) for package in WANTED]
    for package, integrity, _ in fetched:
        known = before.get((package.name, package.version), integrity)
        if integrity != known:
            raise VendorError(f"{package.name} {package.version}: npm sent {integrity}, locked is {known}")
    if vendor.exists():
        shutil.rmtree(vendor)
    packages: list[dict[str, Any]] = []
    for package, integrity, contents in fetched:
        folder = vendor / package.folder
        folder.mkdir(parents=True)
        for name, content in contents.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        packages.append(
            {
                "name": package.name,
                "version": package.version,
                "licence": package.licence,
                "integrity": integrity,
                "folder": package.folder,
                "files": {name: _sha256(content) for name, content in sorted(contents.items())},
            }
        )
    text = json.dumps({"packages": packages}, indent=2, ensure_ascii=False)
    (vendor / LOCK).write_text(text + "\n", "utf-8")


def integrity_of(tarball: bytes) -> str:
    """npm's own name for a tarball: its SHA-512."""
    return "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode("ascii")


def pick(package: Package, tarball: bytes) -> dict[str, bytes]:
    """The wanted files and the licence out of a package's tarball; refuses when one is missing."""
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        contents: dict[str, bytes] = {}
        for name in (*package.files, LICENCE, "package.json"):
            member = (
                archive.extractfile(f"package/{name}") if f"package/{name}" in archive.getnames() else None
            )
            if member is None:
                raise VendorError(f"{package.name} {package.version} has no file {name}")
            contents[name] = member.read()
    # package.json says which licence holds; it is read, not kept: it names addresses.
    described = json.loads(contents.pop("package.json"))
    said = (described["name"], described["version"], described["license"])
    if said != (package.name, package.version, package.licence):
        raise VendorError(f"{package.name} {package.version} ({package.licence}) calls itself {said}")
    return contents


def _fetch(package: Package) -> tuple[str, dict[str, bytes]]:
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(
            ["npm", "pack", "--silent", "--ignore-scripts", f"{package.name}@{package.version}"],
            cwd=scratch,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (path,) = Path(scratch).glob("*.tgz")
        tarball = path.read_bytes()
    return integrity_of(tarball), pick(package, tarball)


def _locked_integrity(vendor: Path) -> dict[tuple[str, str], str]:
    lock = vendor / LOCK
    if not lock.exists():
        return {}
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return {(package["name"], package["version"]): package["integrity"] for package in packages}


def _hashes(vendor: Path) -> Iterator[tuple[str, str]]:
    for path in vendor.rglob("*"):
        if path.is_file() and path != vendor / LOCK:
            yield path.relative_to(vendor).as_posix(), _sha256(path.read_bytes())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main(arguments: list[str]) -> int:
    """The command line; 0 when all is as locked."""
    match arguments:
        case [] | ["check"]:
            wrong = check()
            for sentence in wrong:
                print(sentence, file=sys.stderr)
            return 1 if wrong else 0
        case ["update"]:
            update()
            return 0
        case _:
            print("usage: python -m display.vendor [check|update]", file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
