"""Each kind of outside world, once: the database, memory, mail, carriers, the clock, the settings, and the wiring of them.

Law: adapters know the engine and its ports; they know neither `web` nor `workers` nor `cli`. Rows never leave
`adapters/database`; only `clock` reads the time and only `settings` reads the environment.
"""
