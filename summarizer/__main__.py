"""`python -m summarizer` is the command `summarizer`."""

from __future__ import annotations

from summarizer.cli.app import main

if __name__ == "__main__":
    main()
