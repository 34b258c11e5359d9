"""Who wakes us: the ticker for due timers and outgoing mail, and the jobs that ring the bell.

Law: workers know the engine and the adapters; they know neither `web` nor `cli`. The rows are the truth, a job carries nothing.
"""
