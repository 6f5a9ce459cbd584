"""Every way in which a record may be false, each with the place and the sentence that the verifier must give.

A forger here holds the board's key, or is the server itself from the beginning; without the key he comes no
further than the chain, and those changes are in `test_verify`.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.voting import record_maker as maker
from tests.voting.record_maker import (
    AGAINST,
    FOR,
    LATER,
    MOTION,
    OPEN,
    SECRET,
    VOID,
    Fields,
    Record,
    Sitting,
    b64,
    public,
    root,
    unb64,
    write,
)

FILE = f"ballots/{SECRET}.json"

# ---- Small records to change ----


def one_sitting(**how: Any) -> tuple[Sitting, int]:
    """Seven members of whom six are present, and the seq of their roll."""
    sitting = Sitting(all_members=7, **how)
    return sitting, sitting.roll([1, 2, 3, 4, 5, 6])


def one_secret(**how: Any) -> Record:
    sitting, roll = one_sitting()
    did: dict[int, maker.Did] = {1: FOR, 2: FOR, 3: AGAINST, 4: AGAINST, 5: "hand back", 6: "lose"}
    sitting.secret_ballot(SECRET, roll, did, **how)
    return sitting.end()


def one_open(**how: Any) -> Record:
    sitting, roll = one_sitting()
    sitting.open_ballot(OPEN, roll, {1: FOR, 2: AGAINST, 4: FOR}, **how)
    return sitting.end()


def one_void(**how: Any) -> Record:
    sitting, roll = one_sitting()
    sitting.void(VOID, roll, [1, 2], **({"returned": 1, "by": 3} | how))
    return sitting.end()


# ---- One thing changed ---------------------------------------------------------------------------------------

Forge = Callable[[Record], Any]
CASES: list[tuple[str, str, str, str]] = []
"""The record that is changed, the change, where it is found, and the key of what is said."""
FORGERS: dict[str, Forge] = {}


def forged(record: str, where: str, key: str) -> Callable[[Forge], Forge]:
    """A change to a record, after which its server signs the chain anew."""

    def add(forge: Forge) -> Forge:
        CASES.append((record, forge.__name__, where, key))
        FORGERS[forge.__name__] = forge
        return forge

    return add


def made(where: str, key: str) -> Callable[[Callable[[], Record]], Callable[[], Record]]:
    """A record that a false server made so from the beginning."""

    def add(make: Callable[[], Record]) -> Callable[[], Record]:
        CASES.append(("", make.__name__, where, key))
        FORGERS[make.__name__] = lambda _: make()
        return make

    return add


# -- the chain


@forged("whole", "board.jsonl entry 5", "form")
def an_entry_has_a_key_more(record: Record) -> None:
    record.entries[5]["note"] = ""


@forged("whole", "board.jsonl entry 5", "form")
def an_entry_has_a_key_less(record: Record) -> None:
    del record.entries[5]["issued"]


@forged("whole", "board.jsonl entry 5", "form")
def an_entrys_keys_stand_otherwise(record: Record) -> None:
    record.entries[5] = dict(reversed(record.entries[5].items()))


@forged("whole", "board.jsonl entry 5 issued", "form")
def a_number_is_true(record: Record) -> None:
    record.entries[5]["issued"] = True


@forged("whole", "board.jsonl entry 5 issued", "form")
def a_number_is_no_whole_one(record: Record) -> None:
    record.entries[5]["issued"] = 7.0


@forged("whole", "board.jsonl entry 5 issued", "form")
def a_number_is_negative(record: Record) -> None:
    record.entries[5]["issued"] = -1


@forged("whole", "board.jsonl entry 5 issued", "form")
def a_number_is_huge(record: Record) -> None:
    record.entries[5]["issued"] = 2**53


@forged("whole", "board.jsonl entry 5 issued_root", "form")
def bytes_in_another_spelling(record: Record) -> None:
    record.entries[5]["issued_root"] += "="


@forged("whole", "board.jsonl entry 5 issued_root", "form")
def bytes_with_stray_bits(record: Record) -> None:
    spelled = record.entries[5]["issued_root"]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    record.entries[5]["issued_root"] = spelled[:-1] + letters[letters.index(spelled[-1]) + 1]


@forged("whole", "board.jsonl entry 5 ballot", "form")
def an_id_that_is_none(record: Record) -> None:
    record.entries[5]["ballot"] = "Über"


@forged("whole", "board.jsonl entry 2 rules", "form")
def rules_in_another_order(record: Record) -> None:
    record.entries[2]["rules"] = dict(reversed(record.entries[2]["rules"].items()))


@forged("whole", "board.jsonl entry 2 rules withhold", "form")
def a_rule_that_is_a_number(record: Record) -> None:
    record.entries[2]["rules"]["withhold"] = 0


@forged("whole", "board.jsonl entry 1 lines[2] number", "form")
def a_member_in_words(record: Record) -> None:
    record.entries[1]["lines"][2]["number"] = "3"


@forged("whole", "board.jsonl entry 1 lines[2] bound", "form")
def a_binding_of_no_kind(record: Record) -> None:
    record.entries[1]["lines"][2]["bound"] = "phone"


@forged("whole", "board.jsonl entry 1 lines", "form")
def lines_that_are_no_list(record: Record) -> None:
    record.entries[1]["lines"] = {}


@forged("whole", "board.jsonl entry 1 present", "form")
def a_member_present_twice(record: Record) -> None:
    record.entries[1]["present"].append(7)


@forged("whole", "board.jsonl entry 8 by", "form")
def a_rebind_without_a_teller(record: Record) -> None:
    record.entries[8]["by"] = ["书记"]


@forged("whole", "board.jsonl entry 23", "form")
def an_entry_of_no_kind(record: Record) -> None:
    record.entries[23]["kind"] = "finish"


@forged("whole", "board.jsonl entry 5", "start-end")
def a_second_start(record: Record) -> None:
    record.entries[5] = dict(record.entries[0])


@forged("whole", "board.jsonl entry 22", "start-end")
def an_end_before_the_last(record: Record) -> None:
    record.entries[22] = {"kind": "end"}


@forged("whole", "board.jsonl entry 22", "no-end")
def the_end_is_cut_off(record: Record) -> None:
    del record.entries[23]


@forged("whole", "board.jsonl entry 10", "ballot-twice")
def a_ballot_again_under_its_id(record: Record) -> None:
    record.entries[10]["ballot"] = SECRET


@forged("whole", "board.jsonl entry 10", "n-twice")
def an_issuing_key_serves_twice(record: Record) -> None:
    record.entries[10]["n"] = record.entries[2]["n"]


@forged("whole", "board.jsonl entry 2", "n-form")
def an_even_n(record: Record) -> None:
    n = unb64(record.entries[2]["n"])
    record.entries[2]["n"] = b64(n[:-1] + bytes([n[-1] - 1]))


@forged("whole", "board.jsonl entry 2", "n-form")
def an_n_of_2047_bits(record: Record) -> None:
    n = unb64(record.entries[2]["n"])
    record.entries[2]["n"] = b64(bytes([n[0] & 0x7F]) + n[1:])


@forged("whole", "board.jsonl entry 10", "no-ballot")
def it_replaces_a_ballot_that_was_none(record: Record) -> None:
    record.entries[10]["replaces"] = "9-n1-1-member"


@forged("whole", "board.jsonl entry 5", "no-ballot")
def a_result_of_no_ballot(record: Record) -> None:
    record.entries[5]["ballot"] = "9-n1-1-member"


@forged("whole", "board.jsonl entry 10", "replaced")
def it_replaces_a_ballot_with_a_result(record: Record) -> None:
    record.entries[10]["replaces"] = SECRET


@forged("whole", "board.jsonl entry 6", "follows")
def two_results(record: Record) -> None:
    record.entries.insert(5, record.entries[5])


@forged("whole", "board.jsonl entry 4", "follows")
def a_result_before_the_opening(record: Record) -> None:
    record.entries[4:6] = reversed(record.entries[4:6])


@forged("whole", "board.jsonl entry 4", "follows")
def confirmations_before_the_opening(record: Record) -> None:
    record.entries.insert(4, record.entries[7])


@forged("whole", "board.jsonl entry 4", "follows")
def a_roll_after_the_opening(record: Record) -> None:
    record.entries[3:5] = reversed(record.entries[3:5])


@forged("whole", "board.jsonl entry 8", "follows")
def a_void_after_the_result(record: Record) -> None:
    record.entries.insert(8, record.find("void") | {"ballot": SECRET})


@forged("whole", "board.jsonl entry 23", "follows")
def hand_backs_of_an_open_vote(record: Record) -> None:
    record.entries.insert(23, record.find("unused") | {"ballot": OPEN})


@forged("whole", "board.jsonl entry 2", "keys")
def a_secret_ballot_without_its_n(record: Record) -> None:
    record.entries[2]["n"] = None


@forged("whole", "board.jsonl entry 22", "keys")
def names_that_the_rules_promise_are_missing(record: Record) -> None:
    del record.entries[22]["names"]


@forged("whole", "board.jsonl entry 5", "keys")
def a_secret_ballot_with_names(record: Record) -> None:
    record.entries[5] = record.entries[22] | {"ballot": SECRET}


@forged("void", "board.jsonl entry 4", "void-by")
def a_void_without_a_teller(record: Record) -> None:
    record.entries[4]["by"] = None


@forged("void", "board.jsonl entry 3", "void-by")
def a_void_before_opening_with_returns(record: Record) -> None:
    del record.entries[3]


@forged("whole", "board.jsonl entry 22", "lacks")
def a_result_without_confirmations(record: Record) -> None:
    del record.entries[7]


@forged("whole", "board.jsonl entry 22", "lacks")
def a_ballot_without_a_result(record: Record) -> None:
    del record.entries[22]


# -- the archive


@forged("whole", "ballots/9-n1-1-member.json", "file-more")
def a_file_of_no_ballot(record: Record) -> None:
    record.files["ballots/9-n1-1-member.json"] = record.files[FILE]


@forged("whole", "readme.txt", "file-more")
def a_file_beside_the_record(record: Record) -> None:
    record.files["readme.txt"] = ""


@forged("whole", r"'evil\x1b[2J'", "file-more")
def a_file_that_writes_to_the_terminal(record: Record) -> None:
    record.files["evil\x1b[2J"] = ""


@forged("whole", f"ballots/{VOID}.json", "file-less")
def the_file_of_a_void_ballot_is_missing(record: Record) -> None:
    del record.files[f"ballots/{VOID}.json"]


# -- rolls


@made("board.jsonl entry 2", "since")
def a_roll_that_builds_on_the_start() -> Record:
    sitting, _ = one_sitting()
    sitting.roll([1, 2], since=0, lines=[])
    return sitting.end()


@made("board.jsonl entry 4", "since")
def an_amendment_that_builds_on_another_roll() -> Record:
    sitting, roll = one_sitting()
    other = sitting.roll([1, 2, 3])
    sitting.secret_ballot(SECRET, roll, {}, amended=[([1, 2, 3, 4], [], [])])
    sitting.record.find("roll", SECRET)["since"] = other
    return sitting.end()


@forged("whole", "board.jsonl entry 1", "line-order")
def lines_out_of_order(record: Record) -> None:
    record.entries[1]["lines"].reverse()


@forged("whole", "board.jsonl entry 1", "present")
def more_present_than_there_are(record: Record) -> None:
    record.entries[1]["all_members"] = 6


@forged("whole", "board.jsonl entry 1", "no-line")
def a_voter_without_a_line(record: Record) -> None:
    del record.entries[1]["lines"][2]


@forged("whole", "board.jsonl entry 1", "binding")
def a_key_nobody_bound(record: Record) -> None:
    record.entries[1]["lines"][2]["bound"] = None


@made("board.jsonl entry 2", "key-changed")
def a_key_changes_by_itself() -> Record:
    sitting, roll = one_sitting()
    sitting.devices[3] = Ed25519PrivateKey.generate()
    sitting.roll([1, 2, 3], since=roll, lines=[3])
    return sitting.end()


@made("board.jsonl entry 2", "key-changed")
def a_key_vanishes() -> Record:
    sitting, roll = one_sitting()
    sitting.without_device = (3,)
    sitting.roll([1, 2, 3], since=roll, lines=[3])
    return sitting.end()


@made("board.jsonl entry 2", "key-changed")
def a_rebind_of_another_key() -> Record:
    sitting, _ = one_sitting()
    sitting.devices[3] = Ed25519PrivateKey.generate()
    sitting.rebind(3)
    return sitting.end()


@made("board.jsonl entry 3", "key-changed")
def a_roll_that_forgets_a_rebind() -> Record:
    sitting, roll = one_sitting()
    sitting.rebind(3)
    sitting.roll([1, 2, 3], since=roll, lines=[])
    return sitting.end()


@made("board.jsonl entry 3", "key-changed")
def a_ballot_on_a_roll_before_a_rebind() -> Record:
    sitting, roll = one_sitting()
    sitting.rebind(3)
    sitting.secret_ballot(SECRET, roll, {})
    return sitting.end()


@forged("whole", "board.jsonl entry 1", "key-shared")
def one_device_for_two(record: Record) -> None:
    record.entries[1]["lines"][2]["dev_pk"] = record.entries[1]["lines"][1]["dev_pk"]


@forged("whole", "board.jsonl entry 1", "key-shared")
def a_kiosk_as_somebodys_card(record: Record) -> None:
    record.entries[1]["lines"][5]["bound"] = "card"


@forged("whole", "board.jsonl entry 1", "key-shared")
def the_boards_key_as_a_members(record: Record) -> None:
    record.entries[1]["lines"][2]["dev_pk"] = record.entries[0]["key"]


@made("board.jsonl entry 2", "key-shared")
def the_clerks_binding_turns_into_a_card() -> Record:
    sitting, roll = one_sitting(by_clerk=(3,))
    sitting.by_clerk = ()
    sitting.roll([1, 2, 3], since=roll, lines=[3])
    return sitting.end()


@made("board.jsonl entry 3", "key-shared")
def a_key_that_once_was_anothers() -> Record:
    sitting, roll = one_sitting()
    old = sitting.devices[3]
    sitting.rebind(3)
    sitting.devices[7] = old
    sitting.roll([1, 2, 3, 7], since=roll, lines=[3, 7])
    return sitting.end()


@made("board.jsonl entry 4", "key-frozen")
def an_amendment_with_another_key() -> Record:
    sitting, roll = one_sitting()
    sitting.prepare(SECRET, roll)
    sitting.rebind(3)
    sitting.roll([1, 2, 3], since=roll, ballot=SECRET, lines=[3])
    sitting.record.add(
        kind="void", ballot=SECRET, reason="", by=None, issued=0, issued_root=root([]), returned=0
    )
    sitting.record.entries[-1]["cast_root"] = root([])
    return sitting.end()


@forged("secret", "board.jsonl entry 2", "no-roll")
def a_ballot_on_an_unknown_roll(record: Record) -> None:
    record.entries[2]["roll"] = b64(bytes(32))


@made("board.jsonl entry 4", "no-roll")
def a_ballot_on_the_amended_roll_of_another() -> Record:
    sitting, roll = one_sitting()
    sitting.prepare(SECRET, roll)
    amended = sitting.roll([1, 2, 3, 4, 5], since=roll, ballot=SECRET, lines=[])
    sitting.secret_ballot(LATER, amended, {})
    sitting.record.add(
        kind="void", ballot=SECRET, reason="", by=None, issued=0, issued_root=root([]), returned=0
    )
    sitting.record.entries[-1]["cast_root"] = root([])
    return sitting.end()


@made("board.jsonl entry 4", "last-roll")
def an_opening_on_an_earlier_roll() -> Record:
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {}, amended=[([1, 2, 3], [], [])])
    sitting.record.find("opened")["roll"] = b64(sitting.record.hash(roll))
    return sitting.end()


# -- papers and lists


@forged("secret", FILE, "form")
def a_file_with_a_key_more(record: Record) -> None:
    record.files[FILE]["note"] = ""


@forged("secret", f"{FILE} casts[1] rsa", "form")
def a_credential_too_short(record: Record) -> None:
    record.files[FILE]["casts"][1]["rsa"] = record.files[FILE]["casts"][1]["rsa"][:-4]


@forged("secret", f"{FILE} salt", "form")
def a_salt_that_begins_the_paper(record: Record) -> None:
    """Salt and paper joined give the same hash; only the salt's length tells them apart."""
    file = record.files[FILE]
    salt, paper = unb64(file["salt"]), file["paper"].encode()
    file["salt"], file["paper"] = b64(salt + paper[:1]), paper[1:].decode()


@forged("secret", FILE, "paper-hash")
def another_paper(record: Record) -> None:
    record.files[FILE]["paper"] = record.files[FILE]["paper"].replace("樊苍兰", "范苍兰")


@forged("secret", FILE, "paper-hash")
def another_salt(record: Record) -> None:
    record.files[FILE]["salt"] = b64(bytes(32))


for _name, _paper in {
    "a_kind_it_cannot_count": [MOTION | {"kind": "score"}],
    "no_question": [],
    "a_question_twice": [MOTION, MOTION],
    "a_majority_nobody_reaches": [MOTION | {"majority": {"base": "valid", "over": "1/1"}}],
    "a_majority_everybody_reaches": [MOTION | {"majority": {"base": "valid", "at_least": "0/1"}}],
    "a_majority_of_nothing": [MOTION | {"majority": {"base": "valid", "over": "1/0"}}],
    "a_majority_of_nobody_known": [MOTION | {"majority": {"base": "friends", "over": "1/2"}}],
    "a_majority_that_is_none": [MOTION | {"majority": 7}],
    "a_question_that_is_none": [7],
    "a_title_that_is_none": [MOTION | {"title": 7}],
}.items():

    def _make(paper: Any = _paper) -> Record:
        record = one_secret()
        # The count of the maker needs a paper it understands: put the other one in its place afterwards.
        seal(record, write(paper))
        return record

    _make.__name__ = _name
    made(f"{FILE} paper", "paper-kind")(_make)


def seal(record: Record, paper: str) -> None:
    salt = bytes(32)
    record.files[FILE] |= {"paper": paper, "salt": b64(salt)}
    record.find("ballot")["paper"] = b64(maker.sha256(salt, paper.encode()))


@made(f"{FILE} paper", "paper-kind")
def a_paper_in_another_spelling() -> Record:
    record = one_secret()
    seal(record, " " + write([MOTION]))
    return record


@forged("secret", FILE, "not-withheld")
def withheld_against_the_rules(record: Record) -> None:
    maker.withhold(record, SECRET)


@made(FILE, "not-withheld")
def withheld_though_carried() -> Record:
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {member: FOR for member in (1, 2, 3, 4, 5)}, withhold=True)
    maker.withhold(sitting.record, SECRET)
    return sitting.end()


@forged("void", f"ballots/{VOID}.json casts", "no-list")
def the_casts_of_a_void_ballot(record: Record) -> None:
    B = record.hash(2)
    one = maker.credential(maker.issuing_key(1), B)
    file = record.ballot_file(VOID)
    file["casts"] = [maker.cast(B, one, maker.cast_body(VOID, one.pk, 256, FOR))]


# -- issues


@forged("secret", f"{FILE} issues[2]", "member-sig")
def the_signature_on_an_issue(record: Record) -> None:
    record.files[FILE]["issues"][2]["sig"] = record.files[FILE]["issues"][1]["sig"]


@forged("secret", f"{FILE} issues[2]", "member-sig")
def an_issue_in_anothers_name(record: Record) -> None:
    issues = record.files[FILE]["issues"]
    issues[2] = issues[1] | {"member": 3}


@forged("secret", f"{FILE} issues[2]", "no-place")
def issues_out_of_order(record: Record) -> None:
    issues = record.files[FILE]["issues"]
    issues[1], issues[2] = issues[2], issues[1]


@forged("secret", f"{FILE} issues[3]", "no-place")
def a_member_collects_twice(record: Record) -> None:
    issues = record.files[FILE]["issues"]
    issues.insert(2, issues[2])


@made(f"{FILE} issues[1]", "no-place")
def a_recused_member_collects() -> Record:
    sitting, _ = one_sitting()
    roll = sitting.roll([1, 2, 3], [2])
    sitting.secret_ballot(SECRET, roll, {1: FOR, 2: FOR})
    return sitting.end()


@made(f"{FILE} issues[0]", "no-place")
def an_absent_member_collects() -> Record:
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {7: FOR})
    return sitting.end()


@made(f"{FILE} issues[0]", "no-place")
def a_member_without_a_device_collects() -> Record:
    sitting, roll = one_sitting(without_device=(2,))
    sitting.secret_ballot(SECRET, roll, {2: FOR})
    return sitting.end()


@forged("secret", f"{FILE} issues[1]", "range")
def a_blind_signature_beyond_n(record: Record) -> None:
    issue = record.files[FILE]["issues"][1]
    n = maker.issuing_key(1).n
    # n has 2,048 bits, so there is room above it for a small number only.
    issue["blind_sig"] = b64(n.to_bytes(256, "big"))


@forged("secret", f"{FILE} issues[1]", "range")
def a_blind_signature_of_nought(record: Record) -> None:
    record.files[FILE]["issues"][1]["blind_sig"] = b64(bytes(256))


@forged("secret", f"{FILE} issues[1]", "blind-sig")
def a_blind_signature_on_something_else(record: Record) -> None:
    issues = record.files[FILE]["issues"]
    issues[1]["blind_sig"] = issues[2]["blind_sig"]


@made(f"{FILE} issues[1]", "blinded-twice")
def one_credential_for_two_members() -> Record:
    sitting, roll = one_sitting(kiosk=(1, 2))
    sitting.secret_ballot(SECRET, roll, {1: FOR, 2: FOR})
    file, B = sitting.record.files[FILE], sitting.record.hash(2)
    blinded = unb64(file["issues"][0]["blinded"])
    sig = sitting.devices[2].sign(b"session-day-issue-v1\n" + B + b"2\n" + blinded)
    file["issues"][1] = file["issues"][0] | {"member": 2, "sig": b64(sig)}
    return sitting.end()


@forged("secret", f"{FILE} issues", "number")
def an_issue_dropped(record: Record) -> None:
    del record.files[FILE]["issues"][5]


@forged("secret", f"{FILE} issues", "root")
def another_root_of_issues(record: Record) -> None:
    record.find("result")["issued_root"] = b64(bytes(32))


@made(f"{FILE} issues[0]", "member-sig")
def fewer_members_than_there_were() -> Record:
    """A forger lowers the majority by a smaller roll: then no device has signed for this ballot."""
    record = one_secret()
    before = record.copy()
    record.entries[1]["all_members"] = 6
    record.relink(before)
    return record


@made(f"{FILE} issues[0]", "member-sig")
def another_board_with_a_key_of_its_own() -> Record:
    record = one_secret()
    before = record.copy()
    record.key = Ed25519PrivateKey.generate()
    record.entries[0]["key"] = b64(public(record.key))
    record.relink(before)
    return record


# -- casts and hand-backs


def recast(record: Record, index: int, body: Fields | str) -> None:
    """Put another body into a cast, without its voter's key."""
    cast = record.files[FILE]["casts"][index]
    cast["body"] = body if isinstance(body, str) else write(body)


def body_of(record: Record, index: int = 0) -> Fields:
    found: Fields = json.loads(record.files[FILE]["casts"][index]["body"])
    return found


@forged("secret", f"{FILE} casts[0]", "one-time-sig")
def a_mark(record: Record) -> None:
    said = record.files[FILE]["casts"][0]["body"]
    other = said.replace('"against"', '"for"').replace('"pad":"', '"pad":"0000')
    recast(record, 0, other if other != said and "against" in said else said.replace("for", "fro"))
    if "fro" in record.files[FILE]["casts"][0]["body"]:
        body = body_of(record) | {"marks": AGAINST}
        recast(record, 0, write(body).replace("0000", "", 1))


@forged("secret", f"{FILE} casts[0]", "one-time-sig")
def the_signature_on_a_cast(record: Record) -> None:
    casts = record.files[FILE]["casts"]
    casts[0]["sig"] = casts[1]["sig"]


@forged("secret", f"{FILE} casts[0]", "credential")
def the_credential_of_another(record: Record) -> None:
    casts = record.files[FILE]["casts"]
    casts[0]["rsa"] = casts[1]["rsa"]


@made(f"{FILE} casts[0]", "credential")
def a_salt_of_32_bytes() -> Record:
    return credentials_of(lambda B: maker.credential(maker.issuing_key(1), B, salt_length=32))


@made(f"{FILE} casts[0]", "credential")
def the_credential_of_another_ballot() -> Record:
    return credentials_of(lambda B: maker.credential(maker.issuing_key(1), bytes(32)))


@made(f"{FILE} casts[0]", "credential")
def a_credential_by_another_key() -> Record:
    return credentials_of(lambda B: maker.credential(maker.issuing_key(2), B))


def credentials_of(make: Callable[[bytes], maker.Credential]) -> Record:
    """A record of which the one ballot is cast on a credential made so."""
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {1: FOR})
    B, file = sitting.record.hash(2), sitting.record.files[FILE]
    one = make(B)
    file["casts"] = [maker.cast(B, one, maker.cast_body(SECRET, one.pk, 256, FOR))]
    return sitting.end()


@forged("secret", f"{FILE} casts[4]", "pk-twice")
def a_ballot_doubled(record: Record) -> None:
    casts = record.files[FILE]["casts"]
    casts.append(casts[2])


@made(f"{FILE} unused[0]", "pk-twice")
def cast_and_handed_back() -> Record:
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {1: FOR, 2: "hand back"})
    one, B = sitting.credentials[SECRET][1], sitting.record.hash(2)
    sitting.record.files[FILE]["unused"] = [maker.cast(B, one, maker.cast_body(SECRET, one.pk, 256, None))]
    return sitting.end()


@forged("secret", f"{FILE} casts[1]", "leaf-order")
def ballots_out_of_order(record: Record) -> None:
    casts = record.files[FILE]["casts"]
    casts[0], casts[1] = casts[1], casts[0]


@forged("secret", f"{FILE} casts", "number")
def a_ballot_dropped(record: Record) -> None:
    del record.files[FILE]["casts"][1]


@forged("secret", f"{FILE} unused", "number")
def a_hand_back_dropped(record: Record) -> None:
    record.files[FILE]["unused"] = []


@forged("secret", f"{FILE} casts", "root")
def another_root_of_casts(record: Record) -> None:
    record.find("result")["cast_root"] = b64(bytes(32))


@forged("secret", f"{FILE} unused", "root")
def another_root_of_hand_backs(record: Record) -> None:
    record.find("unused")["unused_root"] = b64(bytes(32))


@made(f"{FILE} casts", "number")
def the_count_of_a_withheld_ballot() -> Record:
    record = one_secret(withhold=True)
    maker.withhold(record, SECRET)
    del record.files[FILE]["casts"][0]
    return record


@made(f"{FILE} casts[1]", "leaf-order")
def a_withheld_leaf_doubled() -> Record:
    record = one_secret(withhold=True)
    maker.withhold(record, SECRET)
    record.files[FILE]["casts"][1] = record.files[FILE]["casts"][0]
    return record


# A voter and the server together may sign whatever they like; a body still has one form only.
for _name, _spoil in {
    "a_space": lambda text: text.replace('"seq":0', '"seq": 0', 1).replace("00", "0", 1),
    "an_escape": lambda text: text.replace('"ballot"', '"b\\u0061llot"', 1).replace("00000", "", 1),
    "a_key_twice": lambda text: text.replace('"seq":0', '"seq":0,"seq":0', 1).replace("00000000", "", 1),
    "a_key_more": lambda text: text.replace('"seq":0', '"seq":0,"n":0', 1).replace("000000", "", 1),
    "a_pad_of_ones": lambda text: text.replace("00", "01", 1),
    "a_pad_too_short": lambda text: text.replace("00", "0", 1),
    "a_pad_too_long": lambda text: text.replace("00", "000", 1),
    "a_seq": lambda text: text.replace('"seq":0', '"seq":1', 1),
    "a_seq_that_is_false": lambda text: text.replace('"seq":0', '"seq":false', 1).replace("0000", "", 1),
    "a_seq_of_minus_nought": lambda text: text.replace('"seq":0', '"seq":-0', 1).replace("00", "0", 1),
    "a_seq_that_is_nan": lambda text: text.replace('"seq":0', '"seq":NaN', 1).replace("000", "0", 1),
    "a_huge_seq": lambda text: text.replace('"seq":0', '"seq":' + "9" * 5000, 1),
    "another_ballot": lambda text: text.replace('"10-n1', '"11-n1', 1),
    "a_word_not_on_the_paper": lambda text: text.replace('"for"', '"fro"', 1),
    "a_question_not_on_the_paper": lambda text: text.replace('"N1"', '"N2"', 1),
    "a_mark_that_is_a_list": lambda text: text.replace('"for"', "[[[]]]", 1).replace("00", "0", 1),
    "no_mark": lambda text: text.replace('"N1":"for"', "", 1).replace("00", "0" * 12, 1),
    "marks_that_are_none": lambda text: text.replace('{"N1":"for"}', "1", 1).replace("00", "0" * 13, 1),
    "a_hand_back_among_casts": lambda text: text.replace('"marks":{"N1":"for"}', '"unused":true', 1).replace(
        "00", "0" * 9, 1
    ),
    "a_lone_surrogate": lambda text: text.replace('"for"', '"\\ud800"', 1).replace("0000", "0", 1),
    "deep_nesting": lambda text: "[" * 100_000,
    "a_small_order_key": lambda text: re.sub('"pk":"[^"]+"', f'"pk":"{b64(bytes(32))}"', text),
}.items():

    def _spoilt(spoil: Callable[[str], str] = _spoil) -> Record:
        sitting, roll = one_sitting()
        sitting.secret_ballot(SECRET, roll, {1: FOR})
        B, one = sitting.record.hash(2), sitting.credentials[SECRET][1]
        text = spoil(maker.cast_body(SECRET, one.pk, 256, FOR))
        sitting.record.files[FILE]["casts"] = [maker.cast(B, one, text)]
        return sitting.end()

    _spoilt.__name__ = f"in_a_body_{_name}"
    made(f"{FILE} casts[0] body", "form")(_spoilt)


@made(f"{FILE} casts[0] body", "form")
def marks_in_another_order() -> Record:
    two = [MOTION, MOTION | {"id": "N2"}]
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {1: {"N2": "for", "N1": "for"}}, paper=two)
    return sitting.end()


@made(f"{FILE} unused[0] body", "form")
def a_hand_back_that_counts_its_presses() -> Record:
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {1: "hand back"}, changes=True)
    B, one = sitting.record.hash(2), sitting.credentials[SECRET][1]
    text = maker.cast_body(SECRET, one.pk, 256, None, 1)
    sitting.record.files[FILE]["unused"] = [maker.cast(B, one, text)]
    return sitting.end()


# -- bounds, confirmations, open votes


def stuffed(*, confirm: bool) -> Record:
    """The server mints itself a credential and casts on it; `confirm`: the phones see its list and confirm."""
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {1: FOR, 2: AGAINST, 3: AGAINST, 4: "lose"})
    record, B = sitting.record, sitting.record.hash(2)
    file, result = record.files[FILE], record.find("result")
    added = 1 if confirm else 2
    for _ in range(added):
        one = maker.credential(maker.issuing_key(1), B)
        file["casts"].append(maker.cast(B, one, maker.cast_body(SECRET, one.pk, 256, FOR)))
    file["casts"].sort(key=maker.leaf)
    marked = [json.loads(cast["body"])["marks"] for cast in file["casts"]]
    result["cast_root"] = root(map(maker.leaf, file["casts"]))
    result["returned"] = len(file["casts"])
    result["result"] = sitting.result(file, roll, 4, marked)
    record.find("unused")["missing"] = max(0, 4 - len(file["casts"]))
    if confirm:
        text = b"session-day-check-v1\n" + B + unb64(result["cast_root"]) + unb64(root([]))
        file["checked"] = [{"member": one, "sig": b64(sitting.devices[one].sign(text))} for one in (1, 2, 3)]
    return sitting.end()


@made(FILE, "bounds")
def more_ballots_than_issues() -> Record:
    return stuffed(confirm=False)


@made(FILE, "bounds")
def more_hand_backs_than_issues() -> Record:
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {1: FOR, 2: FOR})
    record, B = sitting.record, sitting.record.hash(2)
    one = maker.credential(maker.issuing_key(1), B)
    handed = maker.cast(B, one, maker.cast_body(SECRET, one.pk, 256, None))
    record.files[FILE]["unused"] = [handed]
    record.find("unused").update(unused=1, unused_root=root([maker.leaf(handed)]))
    return sitting.end()


@forged("secret", "board.jsonl entry 5 missing", "number")
def another_number_missing(record: Record) -> None:
    record.find("unused")["missing"] = 0


@forged("secret", f"{FILE} checked[1]", "member-sig")
def the_signature_of_a_confirmation(record: Record) -> None:
    checked = record.files[FILE]["checked"]
    checked[1]["sig"] = checked[0]["sig"]


@forged("secret", f"{FILE} checked[1]", "no-place")
def a_confirmation_twice(record: Record) -> None:
    checked = record.files[FILE]["checked"]
    checked[1] = checked[0]


@forged("secret", "board.jsonl entry 6 members", "members")
def a_member_said_to_have_confirmed(record: Record) -> None:
    record.find("checked")["members"].append(6)


@forged("secret", "board.jsonl entry 6 members", "members")
def a_confirmation_left_out(record: Record) -> None:
    del record.files[FILE]["checked"][0]


@made(f"{FILE} checked[2]", "confirms")
def a_confirmation_without_an_issue() -> Record:
    sitting, roll = one_sitting()
    sitting.secret_ballot(SECRET, roll, {1: FOR, 2: FOR, 3: "lose"})
    record, file = sitting.record, sitting.record.files[FILE]
    roots = unb64(record.find("result")["cast_root"]) + unb64(record.find("unused")["unused_root"])
    sig = sitting.devices[5].sign(b"session-day-check-v1\n" + record.hash(2) + roots)
    file["checked"].append({"member": 5, "sig": b64(sig)})
    record.find("checked")["members"].append(5)
    return sitting.end()


@forged("open", f"ballots/{OPEN}.json", "bounds")
def an_open_vote_of_fewer_than_the_roll(record: Record) -> None:
    record.find("result")["issued"] = 3


@forged("open", f"ballots/{OPEN}.json open[1]", "member-sig")
def a_mark_in_an_open_vote(record: Record) -> None:
    vote = record.ballot_file(OPEN)["open"][1]
    vote["body"] = vote["body"].replace("against", "for")


@forged("open", f"ballots/{OPEN}.json open[1]", "no-place")
def open_votes_out_of_order(record: Record) -> None:
    record.ballot_file(OPEN)["open"].reverse()


@forged("open", f"ballots/{OPEN}.json open", "number")
def an_open_vote_dropped(record: Record) -> None:
    del record.ballot_file(OPEN)["open"][1]


@forged("open", f"ballots/{OPEN}.json open", "root")
def another_root_of_open_votes(record: Record) -> None:
    record.find("result")["open_root"] = b64(bytes(32))


@forged("open", f"ballots/{OPEN}.json open[0] body", "form")
def an_open_vote_with_a_space(record: Record) -> None:
    vote = record.ballot_file(OPEN)["open"][0]
    vote["body"] += " "


@made(f"ballots/{OPEN}.json open[0] body", "form")
def an_open_vote_beyond_its_size() -> Record:
    return one_open(size=32)


@forged("open", "board.jsonl entry 4", "names")
def a_name_in_another_list(record: Record) -> None:
    names = record.find("result")["names"]["N1"]
    names["for"], names["against"] = [1, 2], [4]


# -- the count


@forged("secret", "board.jsonl entry 4", "result")
def another_count(record: Record) -> None:
    record.find("result")["result"]["questions"]["N1"]["counts"]["for"] = 3


@forged("secret", "board.jsonl entry 4", "result")
def another_outcome(record: Record) -> None:
    record.find("result")["result"]["questions"]["N1"]["outcome"] = "carried"


@forged("secret", "board.jsonl entry 4", "result")
def another_line_to_reach(record: Record) -> None:
    record.find("result")["result"]["questions"]["N1"]["needed"] = 2


@forged("secret", "board.jsonl entry 4", "result")
def another_number_not_returned(record: Record) -> None:
    record.find("result")["result"]["not_returned"] += 1


@forged("secret", "board.jsonl entry 4", "result")
def a_count_of_false(record: Record) -> None:
    record.find("result")["result"]["questions"]["N1"]["invalid"] = False


@forged("secret", "board.jsonl entry 4", "result")
def a_result_that_is_none(record: Record) -> None:
    record.find("result")["result"] = None


@forged("secret", "board.jsonl entry 4", "result")
def a_result_that_says_more(record: Record) -> None:
    record.find("result")["result"]["questions"]["N2"] = {}
