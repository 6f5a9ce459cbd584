"""What an evaluation repeats: the grade of the last one and what is still open of it, as it is told.  Pure.

What stands in the plan was taken there when the sitting was loaded (`meeting.record.earlier`); nothing is looked up
here, so that a replay says the same at any time.
"""

from __future__ import annotations

from meeting.order.asking import GradeAsk
from meeting.order.particulars import Earlier, OpenTask
from meeting.order.sentence import Sentence, Value, names, sentence
from meeting.order.sitting import Item
from meeting.order.text import Text

MOST_NAMED = 2
"""So many open tasks are named on a hall screen; of more their number is told."""


def last_grade(item: Item) -> Sentence | None:
    """上次测评：不满意（…第二十次会议）; None where the item repeats nothing."""
    earlier = item.particulars.earlier
    if earlier is None:
        return None
    meeting = earlier.meeting if earlier.found is None else earlier.found.meeting
    grade = _on_the_scale(item, earlier)
    if not meeting.zh:
        return sentence("earlier.grade", grade=grade)
    return sentence("earlier.grade-of", grade=grade, meeting=meeting)


def still_open(item: Item) -> tuple[OpenTask, ...]:
    """Its tasks that were open when this sitting was loaded."""
    earlier = item.particulars.earlier
    if earlier is None:
        return ()
    if earlier.found is not None:
        return earlier.found.tasks
    return tuple(OpenTask(one) for one in earlier.tasks)


def as_said(task: OpenTask) -> Text | Sentence:
    """One open task, with its deadline where it has one."""
    if task.due is None:
        return task.what
    return sentence("earlier.task-due", task=task.what, on=task.due.isoformat())


def in_short(item: Item) -> tuple[Sentence, ...]:
    """For hall and phones: the grade, and what is open of it in a line."""
    grade = last_grade(item)
    if grade is None:
        return ()
    tasks = still_open(item)
    if not tasks:
        return (grade,)
    what = names(_value(as_said(one)) for one in tasks[:MOST_NAMED])
    if len(tasks) > MOST_NAMED:
        return grade, sentence("earlier.open-many", tasks=what, count=len(tasks))
    return grade, sentence("earlier.open", tasks=what)


def _value(said: Text | Sentence) -> Value:
    return said


def _on_the_scale(item: Item, earlier: Earlier) -> Text:
    """In both languages, where the scale has it so."""
    for step in item.steps:
        for ask in step.vote.asks if step.vote is not None else ():
            if isinstance(ask, GradeAsk):
                for grade in ask.scale:
                    if grade.zh == earlier.grade:
                        return grade
    return Text(earlier.grade)
