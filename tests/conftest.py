"""What holds for every test: the product has written no error into its log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A law that holds slowly holds: the machine may be busy with other things.
settings.register_profile("laws", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("laws")


@pytest.fixture(autouse=True)
def no_errors_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Errors that are caught so that the sitting goes on are errors all the same."""
    yield
    ours = [
        record
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.name.startswith("meeting") and record.levelno >= logging.ERROR
    ]
    assert not ours, [record.getMessage() for record in ours]
