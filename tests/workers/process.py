"""A worker process of its own over a folder: `python -m tests.workers.process FOLDER [REDIS_URL]`."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.workers.houses import FolderHouse
from workers.serving import serve

if __name__ == "__main__":
    print("ready", flush=True)
    serve(FolderHouse(Path(sys.argv[1])), sys.argv[2] if len(sys.argv) > 2 else None)
    print("ended well", flush=True)
