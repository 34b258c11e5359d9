"""One transaction on the read side: the parts put together. Each part is a file of its own."""

from __future__ import annotations

from adapters.database.account_rows import AccountReads
from adapters.database.screens_figures import Figures
from adapters.database.screens_house import HouseLists
from adapters.database.screens_inbox import Inbox
from adapters.database.screens_records import RecordLists
from adapters.database.screens_timeline import Timelines


class DatabaseScreens(Inbox, RecordLists, Timelines, Figures, HouseLists, AccountReads):
    """Keeps the promises of `engine.screens.Screens`."""
