"""The command line: `app` is the command, one file each for what it takes, says and starts."""
