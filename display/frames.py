"""One WebSocket text frame, built once for everybody who gets it.

What costs in a fan-out is framing a message per connection (PERFORMANCE.md 1), so the hub prepares a message
here once and every connection writes the same bytes.  Pure: knows no socket, and reads no frame.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

_FINAL_TEXT = 0x81
"""FIN set, no extension bits, opcode 1 (RFC 6455, 5.2); legal also where compression was negotiated."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A message ready to be sent: as text, for servers that frame by themselves, and as it stands on the wire."""

    text: str
    wire: bytes


def canonical(message: Mapping[str, object]) -> str:
    """The message as one line of JSON, byte for byte what `JSON.stringify` writes.  NaN is a ValueError."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def text_frame(text: str) -> bytes:
    """One whole unmasked text frame, as servers send it.  A lone surrogate is a UnicodeEncodeError (a ValueError)."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        head = bytes((_FINAL_TEXT, size))
    elif size < 1 << 16:
        head = bytes((_FINAL_TEXT, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((_FINAL_TEXT, 127)) + size.to_bytes(8, "big")
    return head + payload


def prepare(message: Mapping[str, object]) -> Frame:
    """The message, ready for any number of connections.  Refuses with a ValueError what JSON or UTF-8 cannot say."""
    text = canonical(message)
    return Frame(text, text_frame(text))
