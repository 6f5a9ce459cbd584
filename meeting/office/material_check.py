"""Whether the materials of a sitting file fit: as many English texts as Chinese ones, and sent before the day.

It looks at parts that are in form already; their files are `enclosures`' affair.
"""

from __future__ import annotations

from collections.abc import Iterator

from meeting.office.draft import Draft
from meeting.office.form_problems import Path
from meeting.office.material_schema import MaterialForm
from meeting.office.problems import Code, Problem


def check(draft: Draft) -> Iterator[Problem]:
    for path, form in materials(draft):
        for name, zh, en in (
            ("text_en", form.text_zh, form.text_en),
            ("proposals_en", form.proposals_zh, form.proposals_en),
        ):
            if en is not None and len(en) != len(zh):
                yield draft.problem(Code.TEXTS_DIFFER, (*path, name), english=len(en), chinese=len(zh))
        if draft.assembly is not None and form.sent is not None and form.sent > draft.assembly.date:
            at, end = (*path, "sent"), draft.assembly.date
            yield draft.problem(Code.DATES_NOT_IN_ORDER, at, begin=form.sent, end=end)


def materials(draft: Draft) -> Iterator[tuple[Path, MaterialForm]]:
    """Every material with its place: the sitting's own first, then item by item."""
    own = draft.outline.materials if draft.outline else []
    yield from ((("materials", index), one) for index, one in enumerate(own))
    for path, item in draft.items:
        yield from (((*path, "materials", index), one) for index, one in enumerate(item.materials))
