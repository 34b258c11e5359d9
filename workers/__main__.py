"""`python -m workers`: a worker process for the installation that the environment describes."""

from __future__ import annotations

import logging
import sys

from adapters.settings import read_settings
from adapters.wiring import open_house
from engine.refusals import Refusal
from workers.serving import serve


def main() -> int:
    """Serves until told to stop; 2 when the settings are wrong."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        settings = read_settings()
        house = open_house(settings)
    except Refusal as wrong:
        sys.stderr.write(f"{wrong.text.en}\n{wrong.text.zh}\n")
        return 2
    try:
        serve(house, settings.redis_url, settings.database_name)
    finally:
        house.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
