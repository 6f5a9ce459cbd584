"""From the forms of matters to the matters, in the words of the paper.  It checks nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from display import i18n
from meeting.office.build_dossier import dossier
from meeting.office.matter_schema import (
    BlocForm,
    DismissalMatterForm,
    MatterForm,
    NomineeForm,
    PersonForm,
    PersonnelForm,
    ResolutionForm,
)
from meeting.order.sitting import Exam, Matter, MatterId, MatterKind, Publicity
from meeting.order.text import Text

NAMED_IN_FULL = 3
"""So many persons of one matter are all named in its title; of more, the first and the number."""


def matters(
    forms: Sequence[MatterForm], certificates: Mapping[str, str], movers: Mapping[str, str]
) -> tuple[Matter, ...]:
    """`certificates`: their numbers by matter; `movers`: who moved a matter, where its item says so."""
    posts = _posts(forms)
    kinds = {form.id: form.kind for form in forms}
    return tuple(
        replace(
            matter,
            certificate=certificates.get(matter.id, ""),
            proposer=matter.proposer or movers.get(matter.id, ""),
            text=texts(form.text_zh, form.text_en),
        )
        for form, matter in ((form, _matter(form, posts, kinds)) for form in forms)
    )


def texts(zh: Sequence[str], en: Sequence[str]) -> tuple[Text, ...]:
    """Paragraphs in both languages; where there are fewer in English the rest is Chinese alone."""
    return tuple(Text(one, en[index] if index < len(en) else "") for index, one in enumerate(zh))


def people_of(form: MatterForm) -> Text:
    """Whom a matter names, as its title has them; empty for one that names nobody."""
    names = form.people if isinstance(form, PersonForm) else ()
    if len(names) <= 1:
        return Text("".join(names))
    key = "office.persons" if len(names) <= NAMED_IN_FULL else "office.persons-many"
    both = {
        language: i18n.text(language, key, all=_list(names, language), first=names[0], count=len(names))
        for language in i18n.LANGUAGES
    }
    return Text(**both)


def _list(names: Sequence[str], language: i18n.Language) -> str:
    return i18n.text(language, "office.list-separator").join(names)


def _posts(forms: Sequence[MatterForm]) -> Mapping[str, str]:
    """English names of posts: given once in a file, one holds for every mention of the post."""
    return {form.post_zh: form.post_en for form in forms if isinstance(form, PersonForm) and form.post_en}


def _matter(form: MatterForm, posts: Mapping[str, str], kinds: Mapping[str, str]) -> Matter:
    match form:
        case ResolutionForm():
            return Matter(
                id=MatterId(form.id),
                kind=MatterKind.RESOLUTION,
                title=Text(form.title_zh, form.title_en or ""),
                proposer=form.moved_by or "",
                filed_on=form.filed_on,
                dossier=dossier(form),
            )
        case BlocForm():
            return Matter(
                id=MatterId(form.id),
                kind=_kind_of_bloc([kinds[one] for one in form.matters]),
                title=Text(form.title_zh, form.title_en or ""),
                bloc=tuple(MatterId(one) for one in form.matters),
            )
        case PersonnelForm():
            return replace(_of_persons(form, posts), proposer=form.moved_by or "")
        case DismissalMatterForm():
            return _of_persons(form, posts)
        case NomineeForm():
            return replace(
                _of_persons(form, posts),
                proposer=form.nominated_by,
                presenter=form.presented_by,
                exams=tuple(
                    Exam(exam.date, exam.score, exam.passed, exam.makeup, exam.paper_zh or "")
                    for exam in form.exam
                ),
                vetted=None if form.vetting is None else form.vetting.done,
                not_carried_before=form.not_carried_before,
                publicity=(
                    Publicity(form.publicity.begin, form.publicity.end, form.publicity.objections)
                    if form.publicity
                    else None
                ),
                profile=tuple(form.profile_zh.items()),
                pledge=tuple(form.pledge_zh.items()),
            )


def _of_persons(form: NomineeForm | PersonnelForm | DismissalMatterForm, posts: Mapping[str, str]) -> Matter:
    post, who = Text(form.post_zh, posts.get(form.post_zh, "")), people_of(form)
    return Matter(
        id=MatterId(form.id),
        kind=MatterKind(form.kind),
        title=_title(form, who, post),
        person=who.zh,
        persons=tuple(form.persons),
        post=post,
        verb=form.verb or "",
        filed_on=form.filed_on,
        dossier=dossier(form),
    )


def _title(form: NomineeForm | PersonnelForm | DismissalMatterForm, who: Text, post: Text) -> Text:
    said = {"zh": (who.zh, post.zh), "en": (who.en or who.zh, post.en or post.zh)}
    return Text(
        **{
            language: i18n.text(
                language,
                f"office.title.{form.kind}",
                verb=form.verb or "",
                person=said[language][0],
                post=said[language][1],
            )
            for language in i18n.LANGUAGES
        }
    )


def _kind_of_bloc(kinds: Sequence[str]) -> MatterKind:
    """What its matters are, where they are all the same."""
    return MatterKind(kinds[0]) if len(set(kinds)) == 1 else MatterKind.RESOLUTION
