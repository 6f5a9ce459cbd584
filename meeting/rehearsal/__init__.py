"""A rehearsal: the whole day of a sitting played over real sockets, with simulated phones and all the cryptography.

    day, deal ─▶ autopilot ─▶ chair ─┐
                 deal ─────▶ robots ─┼─▶ the server ─▶ hall, teller ─▶ latency, comparison ─▶ report
                         office_line ┘

Everybody here looks at the newest view and does what is due; nobody remembers what he did.  So the server may be
killed and started again at any moment.  Nothing in this package is used when a real sitting is served.
"""
