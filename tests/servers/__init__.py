"""Real servers for tests: PostgreSQL, Valkey or Redis, a mail server, a browser. Each module starts one and stops it.

Law: a server that cannot be had makes the test fail with a sentence that says how to get it; nothing is skipped or replaced.
A server named in the environment comes first, then one from a package, then one found on the machine.
"""
