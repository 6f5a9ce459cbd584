"""Check the public record of a sitting, trusting nothing of the server that wrote it.

    python verify.py record.zip [--head CODE] [--mine FILE] [--unfinished] [--lang zh|en]

One file that stands alone: standard library and `cryptography`, no network, no database, nothing of the product
(its count is written apart from the server's on purpose).  It is to be read in an evening: the sections follow
the order of the checks, and each says in its title what it proves.  BALLOT.md is what they are checks of.

Exit 0 when all holds; 1 with the first thing that does not; 2 when the file is no record (or --mine no list).
"""

import argparse
import base64
import hashlib
import io
import json
import math
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

# Everything this program says: key | English | Chinese.
SENTENCES: Final = """\
broken | DOES NOT HOLD: {0}: {1} | 核验不通过：{0}：{1}
holds | ALL HOLDS | 全部核验通过
stopped | {0} stopped the check: a fault of this program, or a record made to stop it | 核验因 {0} 中断
no-zip | NOT A RECORD: it cannot be opened as a zip file | 不是会议记录：无法作为 zip 文件打开
too-large | NOT A RECORD: it is larger than 256 MiB | 不是会议记录：超过 256 MiB
no-board | NOT A RECORD: it has no board.jsonl | 不是会议记录：其中没有 board.jsonl
no-start | NOT A RECORD: its entry 0 begins no session-day-record/1 | 不是会议记录：不以 session-day-record/1 开头
no-mine | NO LIST OF LEAVES: {0} (--mine) | 不是叶值的列表：{0}（--mine）
name-twice | the archive holds this name twice | 压缩包中此文件名出现两次
file-more | the archive holds this file, the board knows no such | 压缩包中多出此文件，公示板上没有它
file-less | the archive lacks this file | 压缩包中缺少此文件
damaged | it cannot be unpacked, or is no text | 无法解压，或不是文本
form | it is not in the one form that the record's format has for it | 不是记录格式规定的唯一形式
seq | it is line {0}, its seq says {1} | 这是第 {0} 行，而 seq 写的是 {1}
prev | prev is not the hash of the entry before | prev 不是前一条目的散列值
hash | hash is not the hash of prev and text | hash 不是 prev 与 text 的散列值
board-sig | the board's signature does not hold | 公示板的签名不成立
start-end | a start stands first and only there, an end last and only there | start 只能在开头，end 只能在末尾
no-end | the board has no end entry (if it still runs: --unfinished) | 没有 end 条目（会议未结束加 --unfinished）
ballot-twice | ballot {0} stands on the board already | 表决 {0} 已在公示板上
no-ballot | the board knows no ballot {0} | 公示板上没有表决 {0}
n-twice | its n serves another ballot as well | 它的 n 也用于另一次表决
n-form | its n is not an odd number of exactly 2048 bits | 它的 n 不是恰为 2048 位的奇数
follows | {0} may not follow {1} of ballot {2} | 表决 {2} 的 {1} 之后不得出现 {0}
keys | its keys are not those for this visibility and these rules | 其字段与该表决的公开方式和规则不符
void-by | a void with ballots needs an opening before and a teller | 有票收回的作废须在开启之后，且有监票人
replaced | ballot {0}, which it replaces, has a result | 它所取代的表决 {0} 已有结果
lacks | ballot {0} has no {1} entry | 表决 {0} 没有 {1} 条目
head-form | it is neither the 16 characters of a code nor 64 of hex | 既不是 16 个字符的核对码，也不是 64 位十六进制
not-hall | this is NOT the record that stood in the hall: no ballot has this code, nor the last entry \
| 这不是会场所示的记录：没有任何表决条目或末条目是此核对码
since | since is no roll entry that this one may build on | since 所指不是它可以承接的名册条目
class | number {0} stands for a voter of another class | 编号 {0} 属于另一类投票人
line-order | the lines are not in order of their numbers | 各行没有按编号排列
present | more members are present than there are | 出席人数多于全体人数
no-line | member {0} may vote and has no line | 成员 {0} 可以投票却没有名册行
binding | member {0} has a key without its binding, or a binding without its key | 成员 {0} 的密钥与绑定方式不配
key-changed | the key of member {0} changed without a rebind | 成员 {0} 的密钥已变而没有 rebind 条目
key-shared | the key of member {0} stood for somebody else, or was bound in another way \
| 成员 {0} 的密钥属于他人，或此前以另一方式绑定
key-frozen | ballot {0} has another key for member {1} | 表决 {0} 的名册上成员 {1} 是另一密钥
no-roll | the roll that it names is none that it may name | 它所指的名册不是它可以引用的
last-roll | the roll that it names is not the last one of ballot {0} | 它所指的不是表决 {0} 的最后名册
paper-hash | paper and salt do not give the hash on the board | 选票与盐值同公示板上的散列值不符
paper-kind | the paper is none that this program can count | 这不是本程序能够计数的选票
not-withheld | it is withheld, and the rules do not let it be | 内容未公开，而规则不允许
no-list | the board has no such list, and here it is not empty | 公示板上没有这份名单，此处却不为空
no-place | member {0} may not vote, has no device, or stands out of order | 成员 {0} 无投票权、无设备，或次序不对
member-sig | the signature of member {0} does not hold | 成员 {0} 的签名不成立
range | blinded or blind_sig is not between 0 and n | blinded 或 blind_sig 不在 0 与 n 之间
blinded-twice | this blinded stands here twice | 此 blinded 出现两次
blind-sig | blind_sig is not the signature of blinded | blind_sig 不是对 blinded 的签名
pk-twice | this pk stands here twice | 此 pk 出现两次
credential | the credential does not hold under the ballot's n | 凭证在本次表决的 n 之下不成立
one-time-sig | the signature of its one-time key does not hold | 一次性密钥的签名不成立
leaf-order | the leaves are not in order, or one stands twice | 叶值没有按序排列，或有重复
number | the board says {0}, found {1} | 公示板上写的是 {0}，实有 {1}
root | the root is not the one on the board | 根值与公示板上的不符
bounds | returned {0} + handed back {1} <= issued {2} <= entitled {3} does not hold \
| 收回 {0} + 交回 {1} <= 发出 {2} <= 可投票 {3} 不成立
confirms | member {0} confirms without an issue | 成员 {0} 没有领票却核对
members | the members are not those whose confirmations are here | 成员与记录中的核对签名不一致
totals | these are no totals on {1} that {0} people can have given | {1} 的数目不是 {0} 人可能给出的
ruling | what it rules on is no election, or its rulings contradict each other | 认定的不是选举，或各项认定互相矛盾
result | the declared result is not what the papers give: {0} | 公布的结果与选票重新计数不符，应为：{0}
names | the names on the board are not those of the votes | 公示板上的姓名与各票不符
not-mine | this leaf is not in the list of {0} | 此叶值不在 {0} 的公示册中
1 | 1 board: {0} entries, hashes, signatures and order hold; {1} ballots, {2} of them void \
| 1 公示板：{0} 个条目，散列、签名、次序均成立；{1} 次表决，其中作废 {2} 次
1-open | 1 board: NOT FINISHED, no end entry; ballots without a result: {0} | 1 公示板：尚未结束；尚无结果的表决：{0}
2-none | 2 hall: NOT COMPARED with the hall: this record agrees with itself, no more (its last code: {0}) \
| 2 会场：未与会场核对：只能说明本记录自身一致（末条目的核对码 {0}）
2-last | 2 hall: the code is the last entry's: this stood in the hall | 2 会场：与末条目相符，即会场所示的记录
2-ballot | 2 hall: the code is that of {0}: up to entry {1} it stood in the hall, later ones NOT COMPARED \
| 2 会场：核对码属于 {0}：到条目 {1} 为会场所示，其后各条目未核对
3 | 3 rolls: {0} roll entries, {1} keys, {2} devices replaced | 3 名册：{0} 个名册条目，{1} 个密钥，更换设备 {2} 次
4 | 4 issues {0}: {1} issued; {2} by devices the clerk bound, {3} by kiosks \
| 4 发票 {0}：{1}；工作人员绑定 {2}，自助终端 {3}
5-secret | 5 casts {0}: {1} returned, {2} handed back unused, each on a credential \
| 5 选票 {0}：收回 {1}，未用交回 {2}，均凭凭证
5-withheld | 5 casts {0}: WITHHELD; lists of {1} returned, {2} handed back | 5 选票 {0}：未公开；名单收回 {1}，交回 {2}
5-void | 5 casts {0}: void; {1} returned, destroyed, not published | 5 选票 {0}：作废；收回 {1}，已销毁，不公布
5-lost | 5 casts {0}: void; {1} returned, never opened since the key was lost; destroyed, not published \
| 5 选票 {0}：作废；收回 {1}，因密钥遗失未曾打开，已销毁，不公布
5-open | 5 votes {0}: open; {1} returned, every signature holds | 5 表决 {0}：公开；收回 {1}，签名均成立
5-hands | 5 hands {0}: typed in by tellers {3}; there are no papers to check \
| 5 举手 {0}：由监票人 {3} 录入，没有选票可核
6 | 6 bounds {0}: issued - confirmed = {1}: at most so many ballots could have been added or dropped without a \
device noticing | 6 界限 {0}：发出 - 已核对 = {1}：至多这么多张票可能被添加或丢弃而没有设备察觉
6-missing | 6 bounds {0}: missing {1}: issued, neither cast nor handed back; 0 would not show that none was added \
| 6 界限 {0}：下落不明 {1}：已发出，既未投出也未交回；即使为 0 也不能证明没有添加
6-open | 6 bounds {0}: {1} returned of {2} | 6 界限 {0}：发出 {2}，收回 {1}
7 | 7 count {0} {1}: {2}; {3} | 7 计数 {0} {1}：{2}；{3}
7-ruling | 7 count {0}: counted again by the ruling of tellers {1} | 7 计数 {0}：已按监票人 {1} 对写入姓名的认定重新计数
7-withheld | 7 count {0}: NOT RECOUNTED, withheld; the full record has its papers | 7 计数 {0}：未重新计数，选票未公开
7-void | 7 count {0}: void: {1} | 7 计数 {0}：作废：{1}
8 | 8 mine: {0} of {0} leaves are in the lists | 8 我的票：{0} 个叶值都在公示册中
8-none | 8 mine: not asked (--mine FILE looks for the leaf a phone shows) | 8 我的票：未核对（--mine FILE）
"""
SAID: Final = {line.split(" | ")[0]: line.split(" | ")[1:] for line in SENTENCES.splitlines()}


class Broken(Exception):
    """Something does not hold: where, the key of what, and what that sentence needs.  Exit 1."""


class Unreadable(Exception):
    """The file is not what it should be at all: the key of what, and what that sentence needs.  Exit 2."""


Say = Callable[..., None]
"""Prints the sentence of a key."""


def demand(holds: bool, where: str, what: str, *data: object) -> None:
    if not holds:
        raise Broken(where, what, *data)


def shown(text: str) -> str:
    """Text out of the record, safe for a terminal."""
    return text if text.isprintable() else ascii(text)


# ---- Forms: every value of the record is held against one ------------------------------------------------------

Fields = dict[str, Any]
Form = Callable[[Any], Any]
"""Takes a JSON value, gives what it means (bytes for b64), raises ValueError where it is not of this form."""
Forms = dict[str, Form]


def write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(text: str) -> Any:
    """The JSON that `text` is.  Raises ValueError unless writing it again gives the same text.

    That one comparison refuses spaces, other escapes, a key twice, lone surrogates, -0, NaN and every other second
    way to write a value.  How deep and how large a value may be, its form says.
    """
    try:
        value = json.loads(text)
        if write(value) == text:
            return value
    except RecursionError:
        pass  # nested far deeper than any form
    raise ValueError


def read(text: str, form: Form, where: str) -> Any:
    try:
        return form(canonical(text))
    except ValueError as misfit:
        # A form within a form leaves its place in the error; json's own errors say nothing a reader needs.
        raise Broken(where + (str(misfit) if type(misfit) is Misfit else ""), "form") from None


class Misfit(ValueError):
    """A value within a value is not of its form; the text says which one."""


def inside(step: str, form: Form, value: Any) -> Any:
    try:
        return form(value)
    except ValueError as misfit:
        raise Misfit(step + (str(misfit) if type(misfit) is Misfit else "")) from None


def when(holds: Callable[[Any], bool], form: Form = lambda value: value) -> Form:
    """A form of which something more holds."""

    def checked(value: Any) -> Any:
        found = form(value)
        if not holds(found):
            raise ValueError
        return found

    return checked


def of(forms: Forms) -> Form:
    """An object with exactly these keys, in this order."""

    def form(value: Any) -> Fields:
        if type(value) is not dict or list(value) != list(forms):
            raise ValueError
        return {key: inside(f" {shown(key)}", forms[key], value[key]) for key in forms}

    return form


def each(form: Form) -> Form:
    def list_form(value: Any) -> list[Any]:
        if type(value) is not list:
            raise ValueError
        return [inside(f"[{index}]", form, one) for index, one in enumerate(value)]

    return list_form


def some_of(forms: Forms) -> Form:
    """An object with at least one of these keys and no other, in this order."""

    def form(value: Any) -> Any:
        known = [key for key in forms if type(value) is dict and key in value]
        return when(bool, of({key: forms[key] for key in known}))(value)

    return form


def maybe(form: Form) -> Form:
    return lambda value: None if value is None else form(value)


def in_order(known: Sequence[str]) -> Form:
    """A list of some of these, none twice, in their order."""
    return when(lambda value: value == [one for one in known if one in value], each(text))


def one_of(*known: str) -> Form:
    return when(lambda value: value in known, text)


def ascending(values: Sequence[Any]) -> bool:
    return all(one < other for one, other in pairwise(values))


def raw(length: int) -> Form:
    """So many bytes as base64url without padding, in the one way to write them."""

    def form(value: Any) -> bytes:
        found = base64.urlsafe_b64decode(text(value) + "=" * (-len(value) % 4))
        if len(found) != length or base64.urlsafe_b64encode(found).rstrip(b"=").decode() != value:
            raise ValueError
        return found

    return form


text: Final = when(lambda value: type(value) is str)
flag: Final = when(lambda value: type(value) is bool)
whole: Final = when(lambda value: type(value) is int and 0 <= value < 2**53)
number: Final = when(lambda value: type(value) is int and 0 < value < 2**53)
ident: Final = when(lambda value: bool(re.fullmatch("[a-z0-9-]{1,32}", value)), text)
zeros: Final = when(lambda value: value.strip("0") == "", text)
numbers: Final = when(ascending, each(number))
names: Final = when(lambda value: len(set(value)) == len(value), each(text))
tellers: Final = when(bool, numbers)
DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{0,3}[1-9])?")
decimal: Final = when(lambda value: type(value) in (int, float) and bool(DECIMAL.fullmatch(write(value))))


def exact(value: Any) -> Fraction:
    return Fraction(write(decimal(value)))


positive: Final = when(lambda value: value > 0, exact)


def shallow(value: Any, depth: int = 6) -> Any:
    """Anything that is not nested too deep: what it must say is compared later."""
    for one in value.values() if type(value) is dict else value if type(value) is list else ():
        shallow(one, when(lambda left: left >= 0)(depth - 1))
    return value


# y of the points whose order divides 8, whatever the sign bit says: under such a key anything verifies.
P: Final = 2**255 - 19
ORDER_8: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL_ORDER: Final = {0, 1, P - 1, ORDER_8, P - ORDER_8}


def public_key(value: Any) -> bytes:
    key: bytes = raw(32)(value)
    y = int.from_bytes(key, "little") % 2**255
    if y >= P or y in SMALL_ORDER:
        raise ValueError
    return key


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    return sha256(*sorted(leaves))


# ---- The archive: one file for the board, one for each ballot that has ended -----------------------------------

LIMIT: Final = 256 * 2**20


def unpack(path: Path) -> dict[str, str]:
    """The text of every file in the archive, by its name."""
    try:
        size = path.stat().st_size
        archive = zipfile.ZipFile(path)
    except Exception:  # zipfile meets a malformed archive with nearly any exception there is
        raise Unreadable("no-zip") from None
    with archive:
        stored = archive.infolist()
        if max(size, sum(one.file_size for one in stored)) > LIMIT:
            raise Unreadable("too-large")
        files: dict[str, str] = {}
        for one in stored:
            name = one.orig_filename
            demand(name not in files, shown(name), "name-twice")
            try:
                with archive.open(one) as opened:
                    # With a size given, a stream that inflates to more than it says is cut, not unpacked.
                    files[name] = opened.read(one.file_size + 1).decode()
            except Exception:
                raise Broken(shown(name), "damaged") from None
    if "board.jsonl" not in files:
        raise Unreadable("no-board")
    return files


# ---- 1. The board: a chain of entries, and those about a ballot stand in their order ---------------------------

FORMAT: Final = "session-day-record/1"
BOARD_LINE: Final = of({"seq": whole, "text": text, "prev": raw(32), "hash": raw(32), "sig": raw(64)})
ROLL_LINE: Final = of(
    {"number": number, "name": text, "dev_pk": maybe(public_key)}
    | {"bound": maybe(one_of("card", "clerk", "kiosk"))}
)
RULES: Final = of({"changes": flag, "names": flag, "withhold": flag})
CLERK_AND_TELLER: Final = when(lambda by: type(by) is list and [type(one) for one in by] == [str, int])

KIND: Final[Forms] = {"kind": text}
ABOUT: Final[Forms] = {"kind": text, "ballot": ident}
ISSUED: Final[Forms] = {"issued": whole, "issued_root": raw(32), "returned": whole, "cast_root": raw(32)}
UNOPENED: Final[Forms] = {"cast_root": maybe(raw(32))}
"""Of a void ballot whose key was lost nobody can say what was cast."""
OPEN: Final[Forms] = {"issued": whole, "returned": whole, "open_root": raw(32)}
HANDS: Final[Forms] = {"issued": whole, "returned": whole}
VOID: Final[Forms] = ABOUT | {"reason": text, "by": maybe(number)}
RESULT: Final[Forms] = {"result": shallow}
RULING: Final = of({"question": text, "same": when(bool, each(text)), "as": text})
ROLL: Final[Forms] = {"all_members": whole, "present": numbers, "recused": numbers, "lines": each(ROLL_LINE)}
ROLL_HEAD: Final[Forms] = KIND | {"since": maybe(whole), "ballot": maybe(ident)}
CLASS: Final = when(lambda value: value != "member" and bool(re.fullmatch("[a-z_]{1,32}", value)), text)
ROOTS: Final = {"secret": "cast_root", "open": "open_root", "hands": None}
"""Every visibility, and what the end of such a ballot has a root of."""
ENTRIES: Final[dict[str, tuple[Forms, ...]]] = {
    "start": (KIND | {"format": one_of(FORMAT), "sitting": ident, "key": public_key},),
    "roll": (ROLL_HEAD | ROLL, ROLL_HEAD | {"class": CLASS} | ROLL),
    "rebind": (KIND | {"member": number, "old": public_key, "new": public_key, "by": CLERK_AND_TELLER},),
    "ballot": (
        ABOUT
        | {"replaces": maybe(ident), "visibility": one_of(*ROOTS), "paper": raw(32)}
        | {"size": number, "n": maybe(raw(256)), "roll": raw(32), "rules": RULES},
    ),
    "opened": (ABOUT | {"roll": raw(32)},),
    "hands": (ABOUT | {"totals": shallow, "by": tellers},),
    "result": (
        *(ABOUT | figures | RESULT for figures in (ISSUED, OPEN, HANDS)),
        ABOUT | OPEN | RESULT | {"names": shallow},
    ),
    "ruling": (ABOUT | {"rulings": each(RULING), "by": tellers} | RESULT,),
    "void": tuple(VOID | figures for figures in (ISSUED | UNOPENED, OPEN, HANDS)),
    "unused": (ABOUT | {"unused": whole, "unused_root": raw(32), "missing": whole},),
    "checked": (ABOUT | {"members": numbers},),
    "end": (KIND,),
}
"""The keys of each kind of entry, with their forms; where there are several, the ballot says which."""

MAY_FOLLOW: Final = {
    "roll": ("ballot", "roll"),
    "opened": ("ballot", "roll"),
    "hands": ("opened",),
    "result": ("opened", "hands"),
    "ruling": ("result", "unused", "checked"),
    "void": ("ballot", "roll", "opened"),
    "unused": ("result",),
    "checked": ("unused",),
}
"""Which entry about a ballot may follow which.  So each stands there once, but for `roll` and `ruling`."""
ONLY_FOR: Final = {"hands": "hands", "unused": "secret", "checked": "secret"}


@dataclass
class Entry:
    seq: int
    hash: bytes
    body: Fields

    @property
    def where(self) -> str:
        return f"board.jsonl entry {self.seq}"


@dataclass
class Roll:
    """The members as a roll entry leaves them, with the lines of those it builds on."""

    entry: Entry
    lines: dict[int, Fields]

    @cached_property
    def entitled(self) -> set[int]:
        return set(self.entry.body["present"]) - set(self.entry.body["recused"])


class Ballot:
    """What the record says about one ballot: first its entries, then its rolls, then its file."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.B = entry.hash
        self.id: str = entry.body["ballot"]
        self.visibility: str = entry.body["visibility"]
        self.secret = self.visibility == "secret"
        self.name = f"ballots/{self.id}.json"
        self.last = "ballot"
        self.told: dict[str, Entry] = {}  # the entries about it, by kind
        self.ending: Fields = {}  # its result or void
        self.rulings: list[Entry] = []  # each replaces the one before
        self.unused = 0
        self.rolls: list[Roll] = []  # the one it names, then those that amend it
        self.file: Fields = {}
        self.withheld = False
        self.paper: list[Fields] = []
        self.marks: Form = when(lambda value: False)
        self.marked: list[Fields] = []  # the marks on each returned paper
        self.leaves: dict[str, list[bytes]] = {}

    @property
    def void(self) -> bool:
        return "void" in self.told


def read_board(board: str) -> list[Entry]:
    """The entries, each chained to the one before and signed with the key that entry 0 names."""
    try:
        start = json.loads(json.loads(board.partition("\n")[0])["text"])
        known = start["kind"] == "start" and start["format"] == FORMAT
    except (ValueError, TypeError, KeyError, RecursionError):
        known = False
    if not known:
        raise Unreadable("no-start")
    demand(board.endswith("\n"), "board.jsonl", "form")
    entries: list[Entry] = []
    key, before = b"", bytes(32)
    for seq, line in enumerate(board[:-1].split("\n")):
        where = f"board.jsonl entry {seq}"
        found = read(line, BOARD_LINE, where)
        demand(found["seq"] == seq, where, "seq", seq, found["seq"])
        demand(found["prev"] == before, where, "prev")
        before = sha256(before, found["text"].encode())
        demand(found["hash"] == before, where, "hash")
        body = read(found["text"], entry_form, where)
        key = key or body["key"]
        demand(signed(key, b"session-day-board-v1\n" + before, found["sig"]), where, "board-sig")
        entries.append(Entry(seq, before, body))
    return entries


def entry_form(value: Any) -> Any:
    kind = value.get("kind") if type(value) is dict else None
    for forms in ENTRIES.get(kind, ()) if type(kind) is str else ():
        if list(forms) == list(value):
            return of(forms)(value)
    raise ValueError


def read_ballots(entries: Sequence[Entry]) -> dict[str, Ballot]:
    """The ballots on the board, in its order, each with the entries about it."""
    ballots: dict[str, Ballot] = {}
    moduli: set[bytes] = set()
    for entry in entries:
        body, where, kind = entry.body, entry.where, entry.body["kind"]
        demand((kind == "start") == (entry.seq == 0), where, "start-end")
        demand(kind != "end" or entry is entries[-1], where, "start-end")
        if kind == "ballot":
            n, replaces = body["n"], body["replaces"]
            demand(body["ballot"] not in ballots, where, "ballot-twice", body["ballot"])
            demand(replaces is None or replaces in ballots, where, "no-ballot", replaces)
            demand((n is None) == (body["visibility"] != "secret"), where, "keys")
            demand(n is None or (n[0] >= 128 and n[-1] % 2 == 1), where, "n-form")
            demand(n is None or n not in moduli, where, "n-twice")
            moduli.add(n)
            ballots[body["ballot"]] = Ballot(entry)
        elif body.get("ballot") is not None:
            demand(body["ballot"] in ballots, where, "no-ballot", body["ballot"])
            follow(ballots[body["ballot"]], entry)
    return ballots


def follow(ballot: Ballot, entry: Entry) -> None:
    """One more entry about a ballot."""
    body, where, kind = entry.body, entry.where, entry.body["kind"]
    visibility = ballot.visibility
    follows = ballot.last in MAY_FOLLOW[kind] and ONLY_FOR.get(kind, visibility) == visibility
    by_hands = kind != "result" or (ballot.last == "hands") == (visibility == "hands")
    demand(follows and by_hands, where, "follows", kind, ballot.last, ballot.id)
    if kind == "ruling":
        ballot.rulings.append(entry)
        return
    if kind in ("result", "void"):
        ballot.ending = body
        named = kind == "result" and visibility == "open" and ballot.entry.body["rules"]["names"]
        keys = {ROOTS[visibility], "names" if named else None}
        demand(keys - {None} == body.keys() & {"cast_root", "open_root", "names"}, where, "keys")
    if kind == "void":
        by_teller = body["by"] is not None and ballot.last == "opened"
        nothing_cast = body["returned"] == 0 and body.get("cast_root", "") is not None
        demand(by_teller or nothing_cast, where, "void-by")
    ballot.unused = body.get("unused", ballot.unused)
    ballot.told[kind], ballot.last = entry, kind


def check_board(files: Mapping[str, str], unfinished: bool, say: Say) -> tuple[list[Entry], list[Ballot]]:
    entries = read_board(files["board.jsonl"])
    ballots = read_ballots(entries)
    last = entries[-1]
    finished = last.body["kind"] == "end"
    demand(finished or unfinished, last.where, "no-end")
    for ballot in ballots.values():
        replaced = ballots.get(ballot.entry.body["replaces"])
        again = replaced is not None and "result" in replaced.told
        demand(not again, ballot.entry.where, "replaced", ballot.entry.body["replaces"])
        whole_story = ("result", "unused", "checked") if ballot.secret else ("result",)
        for kind in whole_story if finished and not ballot.void else ():
            demand(kind in ballot.told, last.where, "lacks", ballot.id, kind)
    expected = {"board.jsonl"} | {ballot.name for ballot in ballots.values() if ballot.ending}
    for name in [*files, *sorted(expected)]:
        demand(name in expected, shown(name), "file-more")
        demand(name in files, name, "file-less")
    say("1", len(entries), len(ballots), sum(ballot.void for ballot in ballots.values()))
    if not finished:
        running = [ballot.id for ballot in ballots.values() if not ballot.ending]
        say("1-open", ", ".join(running) or "-")
    return entries, list(ballots.values())


# ---- 2. The hall: this is the board that stood on its screen ---------------------------------------------------


def code(entry: Entry) -> str:
    """What stands on the screen for an entry; slow, so that a forger cannot try many."""
    salt = b"session-day-code-v1"
    found = hashlib.scrypt(entry.hash, salt=salt, n=16384, r=8, p=1, dklen=10, maxmem=2**26)
    letters = base64.b32encode(found).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def check_head(head: str | None, entries: Sequence[Entry], ballots: Sequence[Ballot], say: Say) -> None:
    if head is None:
        say("2-none", code(entries[-1]))
        return
    plain = re.sub(r"[\s-]", "", head).upper()
    is_hash = re.fullmatch("[0-9A-F]{64}", plain) is not None
    demand(is_hash or re.fullmatch("[A-Z2-7]{16}", plain) is not None, "--head", "head-form")

    def is_it(entry: Entry) -> bool:
        return plain == (entry.hash.hex().upper() if is_hash else code(entry).replace("-", ""))

    if is_it(entries[-1]):
        say("2-last")
        return
    for ballot in ballots:
        if is_it(ballot.entry):
            say("2-ballot", ballot.id, ballot.entry.seq)
            return
    raise Broken("--head", "not-hall")


# ---- 3. Rolls: whose key is whose, and who may vote in which ballot --------------------------------------------


class Keys:
    """Whose key is whose, as the board goes on: a key changes only by `rebind`, and stands for one member."""

    def __init__(self, board: bytes) -> None:
        self.of: dict[int, bytes] = {}
        self.voter_class: dict[int, str | None] = {}  # None: a member
        self.owner: dict[bytes, str] = {board: "board"}

    def read_line(self, line: Fields, voter_class: str | None, where: str) -> None:
        member, key, bound = line["number"], line["dev_pk"], line["bound"]
        demand(self.voter_class.setdefault(member, voter_class) == voter_class, where, "class", member)
        demand((key is None) == (bound is None), where, "binding", member)
        demand(self.of.get(member, key) == key, where, "key-changed", member)
        if key is not None:
            self.of[member] = key
            owner = bound if bound == "kiosk" else f"{member}, {bound}"  # a kiosk serves several
            demand(self.owner.setdefault(key, owner) == owner, where, "key-shared", member)

    def rebind(self, entry: Entry) -> None:
        member, old = entry.body["member"], entry.body["old"]
        demand(self.of.get(member, old) == old, entry.where, "key-changed", member)
        self.of[member] = entry.body["new"]

    def check_current(self, roll: Roll, where: str) -> None:
        """A roll for new ballots has no key that a rebind replaced."""
        for member in sorted(roll.entitled):
            demand(roll.lines[member]["dev_pk"] in (None, self.of.get(member)), where, "key-changed", member)


def check_rolls(entries: Sequence[Entry], ballots: Sequence[Ballot], say: Say) -> None:
    by_id = {ballot.id: ballot for ballot in ballots}
    keys = Keys(entries[0].body["key"])
    rolls: dict[int, Roll] = {}
    for entry in entries:
        body, where, ballot = entry.body, entry.where, by_id.get(entry.body.get("ballot") or "")
        match body["kind"]:
            case "rebind":
                keys.rebind(entry)
            case "roll":
                roll = rolls[entry.seq] = fold(entry, rolls, ballot, keys)
                if ballot is None:
                    keys.check_current(roll, where)
                else:
                    ballot.rolls.append(roll)
            case "ballot" if ballot is not None:
                named = [roll for roll in rolls.values() if roll.entry.hash == body["roll"]]
                demand(bool(named) and named[0].entry.body["ballot"] is None, where, "no-roll")
                keys.check_current(named[0], where)
                ballot.rolls = named
            case "opened" if ballot is not None:
                demand(ballot.rolls[-1].entry.hash == body["roll"], where, "last-roll", ballot.id)
    say("3", len(rolls), len(keys.owner) - 1, sum(entry.body["kind"] == "rebind" for entry in entries))


def fold(entry: Entry, rolls: Mapping[int, Roll], ballot: Ballot | None, keys: Keys) -> Roll:
    """The roll as `entry` leaves it.  What amends a ballot's roll builds on that one and changes no key in it."""
    body, where = entry.body, entry.where
    base = rolls.get(body["since"])
    roll, voter_class = Roll(entry, dict(base.lines) if base is not None else {}), body.get("class")
    builds = (base is not None or body["since"] is None) if ballot is None else base is ballot.rolls[-1]
    demand(builds and (base is None or base.entry.body.get("class") == voter_class), where, "since")
    demand(ascending([line["number"] for line in body["lines"]]), where, "line-order")
    demand(len(body["present"]) <= body["all_members"], where, "present")
    for line in body["lines"]:
        keys.read_line(line, voter_class, where)
        if ballot is not None and line["number"] in ballot.rolls[-1].entitled:
            old = roll.lines[line["number"]]["dev_pk"]
            demand(old in (None, line["dev_pk"]), where, "key-frozen", ballot.id, line["number"])
        roll.lines[line["number"]] = line
    for member in sorted(roll.entitled):
        demand(member in roll.lines, where, "no-line", member)
    return roll


# ---- Papers: what each kind of question asks, and what is a mark on it (COUNTING.md 1) ---------------------------

BASES: Final = ("all_members", "present", "issued", "returned", "valid")
MARKS: Final = ("for", "against", "abstain")


def share(at_least: bool) -> Form:
    def form(value: Any) -> Fraction:
        parts = re.fullmatch("([0-9]{1,4})/([1-9][0-9]{0,3})", text(value))
        found = Fraction(int(parts[1]), int(parts[2])) if parts else Fraction(2)
        if not (0 < found <= 1 if at_least else 0 <= found < 1):
            raise ValueError
        return found

    return form


def majority(value: Any) -> tuple[str, Fraction, bool]:
    """The base, the share of it, and whether that share itself is enough."""
    at_least = type(value) is dict and "at_least" in value
    how = "at_least" if at_least else "over"
    fields = of({"base": one_of(*BASES), how: share(at_least)})(value)
    return fields["base"], fields[how], at_least


def band(value: Any) -> tuple[Fraction, str]:
    least, grade = when(lambda pair: len(pair) == 2, each(text))(value)
    return share(True)(least), grade


def rule(value: Any) -> Any:
    """None for the cumulative majority."""
    bands = of({"share_bands": of({"key": text, "bands": each(band), "else": text})})
    return None if value == "cumulative_majority" else bands(value)["share_bands"]


GRID: Final[Forms] = {"min": exact, "max": exact, "step": positive}
BLANK: Final[Forms] = {"majority": majority, "blank": one_of("abstain", "invalid")}


def criterion(value: Any) -> Any:
    own = GRID if type(value) is dict and "min" in value else {}
    return of({"id": text, "title": text, "weight": positive} | own)(value)


QUESTIONS: Final[dict[str, Forms]] = {
    "motion": BLANK,
    "grade": {"scale": when(bool, names), "rule": rule} | BLANK,
    "score": {"criteria": when(bool, each(criterion))} | GRID | {"trim": whole, "pass": maybe(exact)},
    "election": {"seats": number, "candidates": names, "write_in": flag, "write_in_needs_opposition": flag}
    | {"majority": majority, "decide": one_of("majority", "plurality")},
    "selection": {"choose": number, "options": names, "majority": maybe(majority)},
}


def question(value: Any) -> Any:
    """A question; beside its settings the `words` that can be counted, and the `places` that one voter may fill."""
    kind = one_of(*QUESTIONS)(value.get("kind") if type(value) is dict else None)
    asked = of({"id": text, "kind": text, "title": text} | QUESTIONS[kind])(value)
    listed = (asked[key] for key in ("scale", "candidates", "options") if key in asked)
    asked["words"] = MARKS if kind == "motion" else next(listed, ())
    asked["places"] = asked.get("seats", asked.get("choose", 1))
    for one in asked.get("criteria", ()):
        one |= {key: one.get(key, asked[key]) for key in GRID}
    return asked


def read_paper(paper: str, where: str) -> list[Fields]:
    try:
        found: list[Fields] = when(bool, each(question))(canonical(paper))
        names([one["id"] for one in found])
    except ValueError:
        raise Broken(where, "paper-kind") from None
    return found


def is_name(value: str) -> bool:
    """Whether a voter may write this in: letters, marks, digits and a few signs."""
    kinds = [unicodedata.category(sign) for sign in value if sign not in " \u00b7-."]
    signs = all(kind[0] in "LM" or kind == "Nd" for kind in kinds)
    return signs and unicodedata.is_normalized("NFC", value) and len(value) <= 30 and value.strip() != ""


def mark(asked: Fields) -> Form:
    """A mark on a question.  One that says more than it may is a mark as well, and counts as invalid."""
    match asked["kind"]:
        case "motion" | "grade":
            return one_of(*asked["words"])
        case "score":
            return some_of({one["id"]: decimal for one in asked["criteria"]})
        case "selection":
            return in_order(asked["words"])
    lists: Forms = dict.fromkeys(("for", "against"), in_order(asked["words"]))
    others: Forms = {"write_in": when(ascending, each(when(is_name, text)))}
    return of(lists | others if asked["write_in"] else lists)


# ---- 4. Issues: who collected a ballot, each by the signature of his own device --------------------------------

E: Final = 65537
ISSUE: Final = of({"member": number, "blinded": raw(256), "sig": raw(64), "blind_sig": raw(256)})
CONFIRMED: Final = of({"member": number, "sig": raw(64)})
RECORD: Final = of({"body": text, "rsa": raw(256), "sig": raw(64)})
VOTE: Final = of({"member": number, "body": text, "sig": raw(64)})
# A salt of one length only: else the beginning of a paper could be passed off as the end of a longer salt.
SHEET: Final[Forms] = {"paper": text, "salt": raw(32)}
NOTHING: Final = when(lambda value: value is None)
NO_SHEET: Final[Forms] = {"paper": NOTHING, "salt": NOTHING}


def file_form(visibility: str, withheld: bool) -> Form:
    """What `ballots/ID.json` holds; a withheld ballot has leaves in place of papers."""
    records, votes = (each(raw(32) if withheld else one) for one in (RECORD, VOTE))
    lists: dict[str, Forms] = {
        "secret": {"issues": each(ISSUE), "casts": records, "unused": records, "checked": each(CONFIRMED)},
        "open": {"open": votes},
        "hands": {},
    }
    return of((NO_SHEET if withheld else SHEET) | lists[visibility])


def read_file(ballot: Ballot, content: str) -> None:
    """Read the file of a ballot; its paper is the one whose hash is on the board."""
    ballot.withheld = content.startswith('{"paper":null,')
    ballot.file = read(content, file_form(ballot.visibility, ballot.withheld), ballot.name)
    if ballot.withheld:
        may = ballot.entry.body["rules"]["withhold"] and not carried(ballot.ending.get("result"))
        demand(may, ballot.name, "not-withheld")
    else:
        paper, salt = ballot.file["paper"], ballot.file["salt"]
        demand(sha256(salt, paper.encode()) == ballot.entry.body["paper"], ballot.name, "paper-hash")
        ballot.paper = read_paper(paper, f"{ballot.name} paper")
        ballot.marks = some_of({one["id"]: mark(one) for one in ballot.paper})
    for key, entry in ("casts", "result"), ("open", "result"), ("unused", "unused"), ("checked", "checked"):
        demand(entry in ballot.told or not ballot.file.get(key), f"{ballot.name} {key}", "no-list")


def check_device(ballot: Ballot, member: int, before: int, message: bytes, sig: bytes, where: str) -> None:
    """The member may vote, stands in order, and his device signed."""
    may = member > before and member in ballot.rolls[-1].entitled
    key = ballot.rolls[-1].lines[member]["dev_pk"] if may else None
    demand(key is not None, where, "no-place", member)
    demand(signed(key or b"", message, sig), where, "member-sig", member)


def check_list(where: str, leaves: Sequence[bytes], declared: int, declared_root: bytes) -> None:
    demand(len(leaves) == declared, where, "number", declared, len(leaves))
    demand(root(leaves) == declared_root, where, "root")


def check_issues(ballot: Ballot, say: Say) -> None:
    if not ballot.secret:
        return
    n = int.from_bytes(ballot.entry.body["n"], "big")
    leaves: list[bytes] = []
    seen: set[int] = set()
    bound: Counter[str] = Counter()
    before = 0
    for index, issue in enumerate(ballot.file["issues"]):
        where, member = f"{ballot.name} issues[{index}]", issue["member"]
        message = b"session-day-issue-v1\n" + ballot.B + b"%d\n" % member + issue["blinded"]
        check_device(ballot, member, before, message, issue["sig"], where)
        blinded, blind_sig = (int.from_bytes(issue[key], "big") for key in ("blinded", "blind_sig"))
        demand(0 < blinded < n and 0 < blind_sig < n, where, "range")
        demand(blinded not in seen, where, "blinded-twice")
        demand(pow(blind_sig, E, n) == blinded, where, "blind-sig")
        leaves.append(sha256(message, issue["sig"], issue["blind_sig"]))
        seen.add(blinded)
        bound[ballot.rolls[-1].lines[member]["bound"]] += 1
        before = member
    check_list(f"{ballot.name} issues", leaves, ballot.ending["issued"], ballot.ending["issued_root"])
    say("4", ballot.id, len(leaves), bound["clerk"], bound["kiosk"])


# ---- 5. Casts, hand-backs and open votes: each on a credential of its own, or by its member --------------------


def body_form(ballot: Ballot, key: str) -> Form:
    """A body in the list `key` of this ballot's file."""
    own = one_of(ballot.id)
    if key == "open":
        return of({"ballot": own, "marks": ballot.marks})
    changes = key == "casts" and ballot.entry.body["rules"]["changes"]
    seq = whole if changes else when(lambda value: value == 0, whole)
    said: Forms = {"marks": ballot.marks} if key == "casts" else {"unused": when(lambda value: value is True)}
    return of({"ballot": own, "pk": public_key, "seq": seq} | said | {"pad": zeros})


def credential_holds(ballot: Ballot, pk: bytes, rsa: bytes) -> bool:
    """RFC 9474, RSABSSA-SHA384-PSS-Deterministic: PSS with a salt of 48 bytes, no more and no less."""
    message = b"session-day-credential-v1\0" + ballot.B + pk
    try:
        key = RSAPublicNumbers(E, int.from_bytes(ballot.entry.body["n"], "big")).public_key()
        key.verify(rsa, message, PSS(MGF1(hashes.SHA384()), salt_length=48), hashes.SHA384())
    except (InvalidSignature, UnsupportedAlgorithm, ValueError):
        return False
    return True


def check_record(ballot: Ballot, key: str, record: Fields, pks: set[bytes], where: str) -> bytes:
    """One cast or hand-back; gives its leaf."""
    content, rsa, sig = record["body"].encode(), record["rsa"], record["sig"]
    body = read(record["body"], body_form(ballot, key), f"{where} body")
    demand(len(content) == ballot.entry.body["size"], f"{where} body", "form")
    demand(body["pk"] not in pks, where, "pk-twice")
    pks.add(body["pk"])
    demand(credential_holds(ballot, body["pk"], rsa), where, "credential")
    cast = b"session-day-cast-v1\n" + ballot.B + content
    demand(signed(body["pk"], cast, sig), where, "one-time-sig")
    if key == "casts":
        ballot.marked.append(body["marks"])
    return sha256(content, rsa, sig)


def check_vote(ballot: Ballot, vote: Fields, before: int, where: str) -> bytes:
    """One open vote; gives its leaf."""
    content = vote["body"].encode()
    body = read(vote["body"], body_form(ballot, "open"), f"{where} body")
    demand(len(content) <= ballot.entry.body["size"], f"{where} body", "form")
    message = b"session-day-open-v1\n" + ballot.B + b"%d\n" % vote["member"] + content
    check_device(ballot, vote["member"], before, message, vote["sig"], where)
    ballot.marked.append(body["marks"])
    return sha256(message, vote["sig"])


def check_casts(ballot: Ballot, say: Say) -> None:
    pks: set[bytes] = set()
    before = 0
    lists = {"secret": ("casts", "unused"), "open": ("open",), "hands": ()}
    for key in () if ballot.void else lists[ballot.visibility]:
        leaves = ballot.leaves[key] = []
        for index, record in enumerate(ballot.file[key]):
            where = f"{ballot.name} {key}[{index}]"
            if ballot.withheld:
                leaves.append(record)
            elif key == "open":
                leaves.append(check_vote(ballot, record, before, where))
                before = record["member"]
            else:
                leaves.append(check_record(ballot, key, record, pks, where))
            by_leaf = ballot.secret or ballot.withheld  # open votes lie by member
            demand(not by_leaf or ascending(leaves[-2:]), where, "leaf-order")
        if key != "unused":
            own_root = ballot.ending[ROOTS[ballot.visibility] or ""]
            check_list(f"{ballot.name} {key}", leaves, ballot.ending["returned"], own_root)
        elif "unused" in ballot.told:
            own_root = ballot.told["unused"].body["unused_root"]
            check_list(f"{ballot.name} {key}", leaves, ballot.unused, own_root)
    withheld = ballot.withheld and ballot.visibility != "hands"
    unopened = ballot.void and ballot.ending.get("cast_root", "") is None
    said = (
        "5-lost"
        if unopened
        else "5-void"
        if ballot.void
        else "5-withheld"
        if withheld
        else f"5-{ballot.visibility}"
    )
    by = ballot.told["hands"].body["by"] if "hands" in ballot.told else None
    say(said, ballot.id, ballot.ending["returned"], ballot.unused, spelled(by))


# ---- 6. Bounds: no more papers than issues, and how many could have gone unnoticed -----------------------------


def check_bounds(ballot: Ballot, say: Say) -> None:
    issued, returned = ballot.ending["issued"], ballot.ending["returned"]
    entitled = len(ballot.rolls[-1].entitled)
    holds = returned + ballot.unused <= issued <= entitled
    if not ballot.secret and not ballot.void:
        holds = holds and issued == entitled  # what is not secret is issued to the whole roll by opening
    demand(holds, ballot.name, "bounds", returned, ballot.unused, issued, entitled)
    if ballot.void:
        return
    if not ballot.secret:
        say("6-open", ballot.id, returned, issued)
    elif "unused" in ballot.told:
        told, missing = ballot.told["unused"], issued - returned - ballot.unused
        declared = told.body["missing"]
        demand(declared == missing, f"{told.where} missing", "number", declared, missing)
        check_confirmations(ballot, ballot.ending["cast_root"] + told.body["unused_root"])
        say("6", ballot.id, issued - len(ballot.file["checked"]))
        say("6-missing", ballot.id, missing)


def check_confirmations(ballot: Ballot, roots: bytes) -> None:
    """Only who has an issue may confirm: those of others would make issued - confirmed too small."""
    collected = {issue["member"] for issue in ballot.file["issues"]}
    members: list[int] = []
    for index, confirmed in enumerate(ballot.file["checked"]):
        where, member = f"{ballot.name} checked[{index}]", confirmed["member"]
        demand(member in collected, where, "confirms", member)
        message = b"session-day-check-v1\n" + ballot.B + roots
        check_device(ballot, member, members[-1] if members else 0, message, confirmed["sig"], where)
        members.append(member)
    if "checked" in ballot.told:
        told = ballot.told["checked"]
        demand(told.body["members"] == members, f"{told.where} members", "members")


# ---- 7. The count, redone from the papers by COUNTING.md -------------------------------------------------------


@dataclass
class Tally:
    """What the papers, or the hands, say to one question."""

    valid: int
    invalid: int
    votes: Mapping[str, int]
    against: Mapping[str, int]
    sheets: Sequence[Sequence[Fraction]] = ()


def count(
    paper: Sequence[Fields],
    roll: Fields,
    issued: int,
    marked: Sequence[Fields],
    rulings: Sequence[Fields] = (),
) -> Fields:
    """What the result must say: from paper, roll, issues and marks, never from the declared result.

    Raises ValueError where the rulings cannot hold.
    """
    elections = {asked["id"] for asked in paper if asked["kind"] == "election"}
    when(elections.issuperset)([ruling["question"] for ruling in rulings])
    tallies: dict[str, Tally] = {}
    for asked in paper:
        meant = people(asked, rulings)
        heard = [hear(asked, marks.get(asked["id"]), meant) for marks in marked]
        valid = [one for one in heard if one is not None]
        votes, against = (Counter(chain.from_iterable(one[side] for one in valid)) for side in (0, 1))
        sheets = [one[0] for one in valid]
        tallies[asked["id"]] = Tally(len(valid), len(heard) - len(valid), votes, against, sheets)
    return conclude(paper, roll, issued, len(marked), tallies)


def hear(asked: Fields, said: Any, meant: Mapping[str, str]) -> tuple[list[Any], list[str]] | None:
    """Whom or what one paper supports and opposes, or the scores on it; None where it is invalid (COUNTING.md 2)."""
    supported, opposed, valid = [] if said is None else [said], [], True
    match asked["kind"]:
        case "motion" | "grade":
            valid = said is not None or asked["blank"] == "abstain"
            supported = supported or (["abstain"] if asked["kind"] == "motion" else [])
        case "score":
            sheet = {key: exact(score) for key, score in (said or {}).items()}
            supported = [sheet.get(one["id"]) for one in asked["criteria"]]
            valid = all(
                score is not None
                and one["min"] <= score <= one["max"]
                and (score - one["min"]) % one["step"] == 0
                for score, one in zip(supported, asked["criteria"], strict=True)
            )
        case "selection":
            supported = said or []
            valid = len(supported) <= asked["places"]
        case "election" if said is not None:
            others = [meant.get(bare(name), bare(name)) for name in said.get("write_in", ())]
            supported, opposed = said["for"] + others, said["against"]
            once = len({*supported, *opposed}) == len(supported) + len(opposed)
            in_place = len(others) <= len(opposed) or not asked["write_in_needs_opposition"]
            valid = once and in_place and len(supported) <= asked["places"]
    return (supported, opposed) if valid else None


def bare(name: str) -> str:
    """A name as it is compared, and shown where it was written in: no white space, one kind of middle dot."""
    dots = str.maketrans(dict.fromkeys("\u30fb\u2022\u2027", "\u00b7"))
    return unicodedata.normalize("NFC", "".join(name.split())).translate(dots)


def people(asked: Fields, rulings: Sequence[Fields]) -> dict[str, str]:
    """Whom a written-in name stands for, where not for itself: a candidate, or whom the tellers say."""
    known = {bare(name): name for name in asked.get("candidates", ())}
    meant = dict(known)
    own = [(bare(one["as"]), one["same"]) for one in rulings if one["question"] == asked["id"]]
    for name, spellings in own:
        person = known.get(name, name)
        when(all)([meant.setdefault(bare(spelling), person) == person for spelling in spellings])
    # Whoever it is that others are counted for, he is not counted for somebody else himself.
    when(all)([meant.get(name, name) == known.get(name, name) for name, _ in own])
    return meant


def conclude(
    paper: Sequence[Fields], roll: Fields, issued: int, returned: int, tallies: Mapping[str, Tally]
) -> Fields:
    bases = {"all_members": roll["all_members"], "present": len(roll["present"])}
    bases |= {"issued": issued, "returned": returned}
    head = {"issued": issued, "returned": returned, "not_returned": issued - returned, "vote": "valid"}
    return head | {"questions": {one["id"]: decide(one, tallies[one["id"]], bases) for one in paper}}


def decide(asked: Fields, tally: Tally, bases: Mapping[str, int]) -> Fields:
    """COUNTING.md 3: what the numbers mean."""
    needed = None
    if asked.get("majority") is not None and asked.get("decide") != "plurality":
        base, part, at_least = asked["majority"]
        line = part * (tally.valid if base == "valid" else bases[base])
        # The smallest whole number that is over the line, or on it; and nobody carries nothing.
        needed = max(1, math.ceil(line) if at_least else math.floor(line) + 1)
    head = {"kind": asked["kind"], "valid": tally.valid, "invalid": tally.invalid, "needed": needed}
    votes = {word: tally.votes.get(word, 0) for word in by_votes(asked["words"], tally.votes)}
    match asked["kind"]:
        case "motion":
            outcome = "carried" if votes["for"] >= (needed or 1) else "not_carried"
            return head | {"counts": votes, "outcome": outcome}
        case "grade":
            return head | {"counts": votes} | grade(asked, tally, needed or 1)
        case "score":
            del head["needed"]
            return head | score(asked, tally)
        case "selection":
            del head["needed"]
            return head | {"votes": votes} | fill(asked["choose"], votes, needed, "selected", "places_left")
    against = {name: tally.against.get(name, 0) for name in asked["words"]}
    abstain = {name: tally.valid - votes[name] - against[name] for name in asked["words"]}
    found: Fields = {"votes": votes, "against": against, "abstain": abstain, "next_candidates": []}
    found |= fill(asked["seats"], votes, needed, "elected", "seats_left")
    if found["outcome"] == "partly_elected":
        rest = [name for name in ranked(votes, 1) if name not in found["elected"]]
        # One more than there are seats left, and whoever equals the last of them.
        last = rest[: found["seats_left"] + 1][-1:]
        found["next_candidates"] = [name for name in rest if votes[name] >= votes[last[0]]]
        found["outcome"] = "partly_elected" if found["elected"] else "no_majority"
    return head | found


def by_votes(words: Sequence[str], votes: Mapping[str, int]) -> list[str]:
    """What stands on the paper in its order, then who was written in, by votes and name."""
    return [*words, *sorted(votes.keys() - set(words), key=lambda name: (-votes[name], name))]


def ranked(votes: Mapping[str, int], needed: int) -> list[str]:
    """Who has what is needed, most votes first, equals in their order."""
    return sorted((name for name in votes if votes[name] >= needed), key=lambda name: -votes[name])


def fill(places: int, votes: Mapping[str, int], needed: int | None, done: str, left: str) -> Fields:
    """Who gets the places, and who is tied across the last of them."""
    over = ranked(votes, needed or 1)
    chosen, tied = over[:places], []
    if len(over) > places and votes[over[places]] == votes[over[places - 1]]:
        tied = [name for name in over if votes[name] == votes[over[places]]]
        chosen = [name for name in chosen if name not in tied]
    still = places - len(chosen)
    outcome = "tied" if tied else f"partly_{done}" if still else done
    return {done: chosen, "tied": tied, left: still, "outcome": outcome}


def tenths(value: Fraction) -> float:
    """With one decimal, half up."""
    return math.floor(value * 10 + Fraction(1, 2)) / 10


def grade(asked: Fields, tally: Tally, needed: int) -> Fields:
    scale, bands = asked["scale"], asked["rule"]
    best_down = list(accumulate(tally.votes.get(one, 0) for one in scale))
    if bands is None:
        found = next((one for one, sum_ in zip(scale, best_down, strict=True) if sum_ >= needed), scale[-1])
    else:
        part = Fraction(tally.votes.get(bands["key"], 0), tally.valid or 1)
        reached = [word for least, word in sorted(bands["bands"], reverse=True) if part >= least]
        found = [*reached, bands["else"]][0]
    better = best_down[-1] - tally.votes.get(scale[-1], 0)
    rate = tenths(Fraction(100 * better, tally.valid)) if tally.valid else None
    return {"grade": found, "rate": rate, "outcome": "graded"}


def score(asked: Fields, tally: Tally) -> Fields:
    """The mean of each criterion without its highest and lowest, and theirs by weight; none where no sheet is left."""
    trim, left, criteria = asked["trim"], tally.valid - 2 * asked["trim"], asked["criteria"]
    found: Fields = {"means": None, "overall": None, "outcome": "scored"}
    overall = None
    if left > 0:
        columns = [sorted(column)[trim : trim + left] for column in zip(*tally.sheets, strict=True)]
        means = {one["id"]: sum(column) / left for one, column in zip(criteria, columns, strict=True)}
        overall = sum(one["weight"] * means[one["id"]] for one in criteria) / sum(
            one["weight"] for one in criteria
        )
        found |= {"means": {key: tenths(mean) for key, mean in means.items()}, "overall": tenths(overall)}
    if asked["pass"] is not None:
        found["passed"] = overall is not None and overall >= asked["pass"]
    return found


def read_totals(asked: Fields, value: Any, issued: int) -> Tally:
    """What tellers typed for one question.  ValueError where that is not what so many people can have shown."""
    words, listed = asked["words"], {bare(name) for name in asked["words"]}

    def votes_form(value: Any) -> Any:
        others = [name for name in value if name not in words] if type(value) is dict else []
        new = [
            asked.get("write_in") and is_name(name) and name == bare(name) not in listed for name in others
        ]
        votes = of(dict.fromkeys([*words, *others], whole))(value)
        return when(lambda _: all(new) and list(votes) == by_votes(words, votes))(votes)

    typed: Fields = {"against": {}, "invalid": 0}
    turnout: Forms = {"returned": whole, "invalid": whole}
    match asked["kind"]:
        case "motion" | "grade":
            typed["votes"] = votes_form(value)
            typed["returned"] = sum(typed["votes"].values())
        case "selection":
            typed |= of({"votes": votes_form} | turnout)(value)
        case "election":
            typed |= of({"for": votes_form, "against": of(dict.fromkeys(words, whole))} | turnout)(value)
            typed["votes"] = typed.pop("for")
        case _:
            raise ValueError  # scores are given on paper
    votes, against, valid = typed["votes"], typed["against"], typed["returned"] - typed["invalid"]
    opposed = sum(against.values()) if asked.get("write_in_needs_opposition") else valid * asked["places"]
    possible = (
        0 <= valid <= typed["returned"] <= issued
        and sum(votes.values()) <= valid * asked["places"]
        and all(number + against.get(name, 0) <= valid for name, number in votes.items())
        and sum(number for name, number in votes.items() if name not in words) <= opposed
    )
    when(bool)(possible)
    return Tally(valid, typed["invalid"], votes, against)


def count_hands(ballot: Ballot) -> Fields:
    told, issued = ballot.told["hands"], ballot.ending["issued"]
    where, typed = f"{told.where} totals", told.body["totals"]
    demand(type(typed) is dict and list(typed) == [one["id"] for one in ballot.paper], where, "form")
    tallies: dict[str, Tally] = {}
    for asked in ballot.paper:
        try:
            tallies[asked["id"]] = read_totals(asked, typed[asked["id"]], issued)
        except ValueError:
            raise Broken(where, "totals", issued, shown(asked["id"])) from None
    returned = max(one.valid + one.invalid for one in tallies.values())
    declared = ballot.ending["returned"]
    demand(returned == declared, f"{ballot.told['result'].where} returned", "number", declared, returned)
    return conclude(ballot.paper, ballot.rolls[-1].entry.body, issued, returned, tallies)


def carried(result: Any) -> bool:
    """Whether a declared result carries everything: then nothing of it may be withheld."""
    questions = result.get("questions") if type(result) is dict else None
    found = list(questions.values()) if type(questions) is dict else []
    return bool(found) and all(type(one) is dict and one.get("outcome") == "carried" for one in found)


def names_of(ballot: Ballot) -> Fields:
    """Who voted how in an open vote: by word where a mark is one, a blank that abstains too; else by member."""
    found: Fields = {}
    members = [vote["member"] for vote in ballot.file["open"]]
    for asked in ballot.paper:
        blank = asked["blank"] if asked["kind"] == "motion" else None
        said = [marks.get(asked["id"], blank) for marks in ballot.marked]
        voted = [(member, mark) for member, mark in zip(members, said, strict=True) if mark is not None]
        found[asked["id"]] = {str(member): mark for member, mark in voted}
        if asked["kind"] in ("motion", "grade"):
            found[asked["id"]] = {
                word: [one for one, mark in voted if mark == word] for word in asked["words"]
            }
    return found


def spelled(value: Any) -> str:
    """Part of a result, in a line of this program."""
    if isinstance(value, dict):
        value = [f"{key} {spelled(one)}" for key, one in value.items()]
    listed = ", ".join(map(str, value)) if isinstance(value, list) else value
    return "-" if listed in (None, "") else shown(str(listed))


def same(one: object, other: object) -> bool:
    """Equal as JSON: true is not 1.  The order of keys in a result says nothing."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def check_count(ballot: Ballot, say: Say) -> None:
    if ballot.void:
        say("7-void", ballot.id, shown(ballot.ending["reason"]))
        return
    if ballot.withheld:
        say("7-withheld", ballot.id)
        return
    where, roll = ballot.told["result"].where, ballot.rolls[-1].entry.body
    found: Fields = {}
    for entry in ballot.told["result"], *ballot.rulings:
        try:
            given = ballot.paper, roll, ballot.ending["issued"], ballot.marked, entry.body.get("rulings", ())
            found = count_hands(ballot) if ballot.visibility == "hands" else count(*given)
        except ValueError:
            raise Broken(entry.where, "ruling") from None
        demand(same(found, entry.body["result"]), entry.where, "result", shown(write(found)))
    demand("names" not in ballot.ending or same(names_of(ballot), ballot.ending["names"]), where, "names")
    if ballot.rulings:
        say("7-ruling", ballot.id, spelled(ballot.rulings[-1].body["by"]))
    for name, one in found["questions"].items():
        told = [f"{key} {spelled(value)}" for key, value in one.items() if key not in ("kind", "outcome")]
        say("7", ballot.id, shown(name), one["outcome"], "; ".join(told))


# ---- 8. My own leaf --------------------------------------------------------------------------------------------

Mine = list[tuple[str | None, bytes]]


def read_mine(path: Path) -> Mine:
    """One leaf (64 of hex), or a line of ``{"ballot":…,"leaf":…}`` for each."""
    leaf = when(lambda value: bool(re.fullmatch("[0-9a-fA-F]{64}", value)), text)
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
        if len(lines) == 1 and not lines[0].startswith("{"):
            return [(None, bytes.fromhex(leaf(lines[0])))]
        found = [json.loads(line) for line in lines]
        return [(ident(one["ballot"]), bytes.fromhex(leaf(one["leaf"]))) for one in found]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise Unreadable("no-mine", shown(str(path))) from None


def check_mine(mine: Mine | None, ballots: Sequence[Ballot], say: Say) -> None:
    if mine is None:
        say("8-none")
        return
    lists = {ballot.id: {leaf for part in ballot.leaves.values() for leaf in part} for ballot in ballots}
    for name, leaf in mine:
        there = any(leaf in leaves for ballot, leaves in lists.items() if name in (None, ballot))
        demand(there, f"--mine {leaf.hex()}", "not-mine", name or "-")
    say("8", len(mine))


# ---- All of it, in order ---------------------------------------------------------------------------------------


def check(path: Path, head: str | None, mine: Path | None, unfinished: bool, say: Say) -> None:
    """Check everything.  Raises Broken or Unreadable."""
    leaves = read_mine(mine) if mine is not None else None
    files = unpack(path)
    entries, ballots = check_board(files, unfinished, say)
    check_head(head, entries, ballots, say)
    check_rolls(entries, ballots, say)
    ended = [ballot for ballot in ballots if ballot.ending]
    for ballot in ended:
        read_file(ballot, files[ballot.name])
    for part in check_issues, check_casts, check_bounds, check_count:
        for ballot in ended:
            part(ballot, say)
    check_mine(leaves, ended, say)


def verify(
    path: str | Path,
    *,
    head: str | None = None,
    mine: str | Path | None = None,
    unfinished: bool = False,
    lang: str = "en",
    out: Callable[[str], object] = print,
) -> int:
    """Check the record at `path`, give each line to `out`, and return the exit code; a bad record raises nothing.

    `head` is the code that stood in the hall or on a phone, of any ballot or of the last entry, in any spelling, or
    64 of hex.  `unfinished` accepts a board without its `end`, and ballots on it that have not ended.
    """

    def worded(key: object, *data: object) -> str:
        return SAID[str(key)][lang == "zh"].format(*data)

    def say(key: str, *data: object) -> None:
        out(worded(key, *data))

    try:
        check(Path(path), head, Path(mine) if mine is not None else None, unfinished, say)
    except Broken as broken:
        say("broken", broken.args[0], worded(*broken.args[1:]))
        return 1
    except Unreadable as unreadable:
        say(*unreadable.args)
        return 2
    except Exception as error:  # the last resort: what stops the check has not passed it
        say("broken", shown(str(path)), worded("stopped", type(error).__name__))
        return 1
    say("holds")
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(prog="verify", description="Check the public record of a sitting.")
    options.add_argument("record", help="the zip file that `session-day record` wrote")
    options.add_argument("--head", metavar="CODE", help="the code from the hall or a phone, or 64 of hex")
    options.add_argument("--mine", metavar="FILE", help='lines of {"ballot":…,"leaf":…}, or a single leaf')
    options.add_argument("--unfinished", action="store_true", help="the sitting still runs")
    options.add_argument("--lang", choices=("en", "zh"), default="en")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that has no letters for a sentence
    asked = vars(options.parse_args(argv))
    return verify(asked.pop("record"), **asked)


if __name__ == "__main__":
    sys.exit(main())
