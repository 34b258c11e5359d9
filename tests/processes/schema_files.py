"""Writes the schemas that the first line of each shipped file points an editor to: `python -m tests.processes.schema_files`."""

from __future__ import annotations

import json
from pathlib import Path

from engine.definition.schema import Schema, library_schema, process_schema, site_schema

FOLDER = Path(__file__).parents[2] / "schema"
FILES = {"process-1.json": process_schema, "library-1.json": library_schema, "site-1.json": site_schema}


def written(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, made in FILES.items():
        (FOLDER / name).write_text(written(made()), encoding="utf-8")
