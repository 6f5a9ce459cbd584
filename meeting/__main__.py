"""`python -m meeting` is `session-day`."""

from meeting.cli import main

if __name__ == "__main__":
    main()
