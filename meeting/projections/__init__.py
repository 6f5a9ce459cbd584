"""Who sees what: the state of the sitting as one view per audience.

Pure, and the only place that decides what an audience may see (DESIGN.md 2).  A view is the whole picture.  It knows
no split of a secret ballot before its result, because none exists, and it shows the public nothing of a personnel
matter before it is carried (PROCEDURE.md R47).
"""

from meeting.projections.audiences import hall, me, member, teller
from meeting.projections.console_view import console
from meeting.projections.frame import Count, View, Watching
from meeting.projections.public_view import public

__all__ = ["Count", "View", "Watching", "console", "hall", "me", "member", "public", "teller"]
