"""No word about a connection in any log (BALLOT.md 3).

uvicorn writes every WebSocket's address and path under `uvicorn.error`, whatever `access_log` says, and what a client
sent may stand in an error's message.  Here the servers' loggers are silenced, by filters, so that no later change of
levels or handlers brings the words back.  What the server says of itself (a port in use, a start that failed) stays.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

_OF_THE_SERVER = {("uvicorn", "server.py"), ("uvicorn", "config.py"), ("lifespan", "on.py")}


def _nothing_on_connections(record: logging.LogRecord) -> bool:
    """Lets pass what the server says of itself; of a handler that failed only the error's class and where it arose,
    for its message may quote what a client sent."""
    if Path(record.pathname).parts[-2:] in _OF_THE_SERVER:
        return True
    error = record.exc_info[1] if record.exc_info else None
    if error is None or not str(record.msg).startswith("Exception in ASGI application"):
        return False
    record.msg, record.args = "a handler failed:\n%s", (_where(error),)
    record.exc_info = record.exc_text = None
    return True


def _nothing(record: logging.LogRecord) -> bool:
    return False


def _where(error: BaseException) -> str:
    told = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
    causes = list(error.exceptions) if isinstance(error, BaseExceptionGroup) else []
    if error.__cause__ is not None:
        causes.append(error.__cause__)
    return "\n".join([told, *(f"from {_where(cause)}" for cause in causes)])


def keep_quiet() -> None:
    """Make the servers' loggers write nothing about a connection, at whatever level.  May be repeated."""
    server = logging.getLogger("uvicorn.error")
    server.setLevel(logging.WARNING)  # a line of INFO per connection costs time, even when nobody reads it
    server.addFilter(_nothing_on_connections)
    for name in ("uvicorn.access", "uvicorn.asgi"):
        logging.getLogger(name).addFilter(_nothing)
    logging.getLogger("websockets").setLevel(logging.CRITICAL + 1)
