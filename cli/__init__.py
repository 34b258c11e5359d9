"""The command line: what an administrator types. Each command is one module here, listed in `cli.commands`.

Law: this room may import every other room and none imports it. A command prints sentences, never a traceback.
Exit codes: 0 good, 1 something was found, 2 wrong use, 3 Aftercare itself broke.
"""
