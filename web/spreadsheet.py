"""Tables for a spreadsheet: CSV that says how it is encoded, sent while it is made. Must not know what is in them.

What people wrote stays what they wrote: a spreadsheet takes it neither for a formula nor for a number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from flask import Response, stream_with_context

Cell = str | int | Decimal
FORMULA = "=+-@\t\r＝＋－＠"  # the wide signs begin a formula where Chinese is written
"""What a spreadsheet would take for a formula at the beginning of a cell."""
NO_NUMBER = re.compile(r"0\d+|\d{12,}|\d+[eE]\d+")
"""Numbers of units and parcels of which a spreadsheet would drop digits."""
AT_ONCE = 65_536
"""So many characters leave together."""


def as_file(rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """These rows as a file of this name to keep, without ever holding all of them. What goes wrong at the beginning is told
    by a page; later the file breaks off, and the browser says so."""
    text = _text(rows)
    answer = Response(stream_with_context(chain([next(text)], text)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _text(rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
        if text.tell() > AT_ONCE:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    if cell and cell[0] in FORMULA:
        return f"'{cell}"
    return f"{cell}\t" if NO_NUMBER.fullmatch(cell) else cell
