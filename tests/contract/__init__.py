"""One suite for each port, held against memory, an SQLite file and a real PostgreSQL alike."""
