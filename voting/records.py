"""A record: body, credential and signature of one ballot, as it arrives and as it is packed into a seal.

Pure.  A record says nothing of who sent it, when, or from where, and nothing else may be packed with it.
"""

from dataclasses import dataclass
from typing import Final

from voting import signed, strict_json
from voting.errors import Malformed, TooLarge
from voting.paper import Paper

LARGEST: Final = 32 * 1024
"""Bytes of a record as JSON; what a phone may say at once is no longer (`kiosk.messages`), the socket's frames are.

An election of a hundred seats with as many names written in.  A record is as long as its paper needs: this is where
a paper is refused, and no ballot gets longer by it.
"""
_AROUND: Final = len('{"body":,"rsa":"","sig":""}') + 342 + 86
"""Bytes of a record beside its body."""
_RSA: Final = 256
_SIG: Final = 64


@dataclass(frozen=True, slots=True)
class Record:
    """A cast or a hand-back."""

    body: bytes
    rsa: bytes
    sig: bytes

    @property
    def leaf(self) -> bytes:
        return signed.cast_leaf(self.body, self.rsa, self.sig)

    def pack(self) -> bytes:
        """The record in one piece, for the seal."""
        return self.rsa + self.sig + self.body


def longest(paper: Paper, ballot: str) -> int:
    """Bytes of a record of this paper that has every mark there is; more than `LARGEST` cannot be cast.

    A quotation mark in a body is escaped, and phones write white space for those that are not there.
    """
    marks = {question.id: question.longest_mark() for question in paper.questions}
    body = strict_json.write({"ballot": ballot, "pk": "", "seq": 0, "marks": marks, "pad": ""})
    escapes = len(strict_json.quoted(body)) - len(body)
    size = paper.size(ballot)
    return _AROUND + size + max(size // 2, escapes)


def unpack(packed: bytes) -> Record:
    """What `Record.pack` put together."""
    return Record(packed[_RSA + _SIG :], packed[:_RSA], packed[_RSA : _RSA + _SIG])


def parse(raw: bytes) -> Record:
    """The record `{"body","rsa","sig"}` that `raw` is.  Raises TooLarge and Malformed."""
    if len(raw) > LARGEST:
        raise TooLarge
    record = _read(raw)
    # Raised out here: nothing of what was read may hang on the error, which would carry a secret mark into a log.
    if record is None or len(record.rsa) != _RSA or len(record.sig) != _SIG:
        raise Malformed
    return record


def _read(raw: bytes) -> Record | None:
    try:
        match strict_json.read(raw.decode()):
            case {"body": str(body), "rsa": str(rsa), "sig": str(sig), **rest} if not rest:
                return Record(body.encode(), signed.unb64(rsa), signed.unb64(sig))
    except (ValueError, strict_json.Misread):
        pass
    return None
