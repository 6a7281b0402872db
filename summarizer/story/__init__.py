"""The articles of one story: each gathered once, and what several of them say counted once."""
