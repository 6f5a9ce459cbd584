"""The kinds of question, one module each: what a paper may ask, and what may be marked on it.  Pure.

Every kind has `check_mark` (the one form in which phones write a mark and the box takes it), `read_mark` (what a count
file may say, with the place of what it may not) and `longest_mark` (what must fit into a body).  Here nothing is
counted: see `voting.tally` and `voting.outcome`.
"""
