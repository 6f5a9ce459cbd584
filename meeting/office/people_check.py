"""Whether the people of a sitting file beside its members fit: attendees by count or by name, and who presides.

It looks at parts that are in form already.
"""

from __future__ import annotations

from collections.abc import Iterator

from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.problems import Code, Problem


def check(draft: Draft) -> Iterator[Problem]:
    yield from _attendees(draft)
    yield from _presider(draft)


def _attendees(draft: Draft) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, form in enumerate(draft.outline.non_voting_attendees if draft.outline else []):
        here = ("non_voting_attendees", index)
        if form.count is None and not form.called:
            yield draft.problem(Code.MISSING_KEY, here, part="count")
        if form.count is not None and form.called and len(form.called) != form.count:
            said, counted = form.count, len(form.called)
            part = (*here, "names" if form.names else "count")
            yield draft.problem(Code.DOES_NOT_ADD_UP, part, part="count", said=said, counted=counted)
        named: list[tuple[Path, str]] = [((*here, "name"), form.name)] if form.name else []
        for at, name in [*named, *(((*here, "names", n), name) for n, name in enumerate(form.names))]:
            if name in seen or name in draft.names:
                first = seen.get(name, draft.lines.of(("members",)))
                yield draft.problem(Code.DUPLICATE_MEMBER_NAME, at, name=name, first=first)
            seen.setdefault(name, draft.lines.of(at))


def _presider(draft: Draft) -> Iterator[Problem]:
    """The chair or a vice-chair (组织法 51)."""
    name = draft.assembly.presider if draft.assembly else None
    if name is None:
        return
    at = ("assembly", "presider")
    if name not in draft.names:
        yield draft.problem(Code.UNKNOWN_MEMBER, at, name=name)
    elif any(one.name == name and one.role == "member" for _, one in draft.members):
        yield draft.problem(Code.CANNOT_PRESIDE, at, name=name)
