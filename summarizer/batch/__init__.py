"""Many articles: rows in, answers out, order kept; a killed run goes on where it stopped.

Each row in makes one answer out, a whole line of JSON. A last line without its newline was cut off
by a kill: it is dropped and its article done again. Parquet is made from the lines at the end.
"""

from summarizer.batch.plan import Plan, survey
from summarizer.batch.run import WINDOW, Tally, batch, check_errors, write_errors

__all__ = ["WINDOW", "Plan", "Tally", "batch", "check_errors", "survey", "write_errors"]
