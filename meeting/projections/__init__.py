"""Who sees what: the state of the sitting as one view per audience.

Pure, and the only place that decides what an audience may see (DESIGN.md 2).  A view is the whole picture.  It knows
no split of a secret ballot before its result, because none exists, and it shows the public nothing of a personnel
matter before it is carried (PROCEDURE.md R47).
"""

from meeting.projections.audiences import attendee, hall, member
from meeting.projections.console_view import console
from meeting.projections.frame import Count, View, Watching
from meeting.projections.own import heard_anew, me
from meeting.projections.pledges import published as public_pledge
from meeting.projections.public_view import gallery, public
from meeting.projections.teller_view import teller

__all__ = [
    "Count",
    "View",
    "Watching",
    "attendee",
    "console",
    "gallery",
    "hall",
    "heard_anew",
    "me",
    "member",
    "public",
    "public_pledge",
    "teller",
]
