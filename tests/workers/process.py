"""A worker process of its own over a folder: `python -m tests.workers.process FOLDER [REDIS_URL]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.workers.houses import FolderHouse
from workers.serving import serve


class Announced(FolderHouse):
    """Says so when it is looked after for the first time: from then on a signal ends the worker well."""

    ready = False

    def ring_due_timers(self, limit: int = 200) -> int:
        if not self.ready:
            self.ready = True
            print("ready", flush=True)
        return super().ring_due_timers(limit)


if __name__ == "__main__":
    serve(Announced(Path(sys.argv[1])), sys.argv[2] if len(sys.argv) > 2 else None)
    print("ended well", flush=True)
