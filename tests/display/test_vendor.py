"""The vendored front-end code is what the lock says, and the lock is what npm had."""

import gzip
import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest

from display import vendor


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "vendor"
    shutil.copytree(vendor.VENDOR, folder)
    return folder


def tarball_of(files: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return gzip.compress(raw.getvalue())


def test_every_vendored_file_is_the_locked_one() -> None:
    assert vendor.check() == []


def test_every_package_brings_its_licence_and_no_address() -> None:
    text = (vendor.VENDOR / vendor.LOCK).read_text("utf-8")
    assert "://" not in text
    for package in json.loads(text)["packages"]:
        assert vendor.LICENCE in package["files"]
        assert package["integrity"].startswith("sha512-")


def test_a_changed_file_is_named(copy: Path) -> None:
    touched = copy / "noble-hashes@2.4.0" / "sha2.js"
    touched.write_bytes(touched.read_bytes() + b"\n")
    assert vendor.check(copy) == ["noble-hashes@2.4.0/sha2.js is not the file that was locked"]


def test_a_missing_and_an_added_file_are_named(copy: Path) -> None:
    (copy / "noble-hashes@2.4.0" / "sha2.js").rename(copy / "extra.js")
    assert vendor.check(copy) == [
        "noble-hashes@2.4.0/sha2.js is in the lock but not in the folder",
        "extra.js is in the folder but not in the lock",
    ]


def test_only_the_wanted_files_are_taken_and_the_package_must_be_the_one_asked_for() -> None:
    package = vendor.Package("@a/b", "1.0.0", "MIT", ("index.js",))
    described = json.dumps({"name": "@a/b", "version": "1.0.0", "license": "MIT"}).encode()
    files = {"index.js": b"1", "other.js": b"2", "LICENSE": b"MIT", "package.json": described}
    assert vendor.pick(package, tarball_of(files)) == {"index.js": b"1", "LICENSE": b"MIT"}
    del files["LICENSE"]
    with pytest.raises(vendor.VendorError, match="has no file LICENSE"):
        vendor.pick(package, tarball_of(files))
    files["LICENSE"] = b"GPL"
    files["package.json"] = described.replace(b"MIT", b"GPL-3.0")
    with pytest.raises(vendor.VendorError, match="calls itself"):
        vendor.pick(package, tarball_of(files))


def test_the_command_line_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert vendor.main(["check"]) == 0
    assert vendor.main(["sell"]) == 2
    assert "usage" in capsys.readouterr().err
