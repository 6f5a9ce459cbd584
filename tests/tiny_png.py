"""A picture for tests: one colour, a few pixels, nobody on it."""

from __future__ import annotations

import struct
import zlib


def tiny_png(width: int = 3, height: int = 4, colour: tuple[int, int, int] = (47, 211, 160)) -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes(colour) * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    )
