"""From settings to a house that works: store, desk, publishing, delivery, accounts, files. The only place that chooses
which adapter stands behind which port."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.accounts import SCRYPT, StaffAccounts
from adapters.bell import LocalBell, RedisBell
from adapters.clock import SystemClock
from adapters.database.store import open_store
from adapters.erp.operations import operations
from adapters.files.local import LocalFiles
from adapters.ids import RandomIds
from adapters.mail.kept import KeptMailer
from adapters.mail.smtp import SmtpMailer
from adapters.references import BUILT_IN_REFERENCES
from adapters.settings import Settings
from engine.dates_post import Dates
from engine.definition.compiled import Site
from engine.definitions import Definitions
from engine.delivery import Delivery
from engine.desk import Desk
from engine.digest_post import Digests
from engine.ports import Clock, Doorbell, Files, Ids, Mailer
from engine.publishing import Publishing
from engine.store import Store


@dataclass(frozen=True, slots=True)
class House:
    """Everything the pages, the workers and the command line stand on."""

    settings: Settings
    store: Store
    definitions: Definitions
    desk: Desk
    publishing: Publishing
    delivery: Delivery
    digests: Digests
    dates: Dates
    accounts: StaffAccounts
    files: Files
    clock: Clock
    ids: Ids
    bell: Doorbell

    def close(self) -> None:
        """Give everything back."""
        self.store.close()


def open_house(
    settings: Settings, *, clock: Clock | None = None, ids: Ids | None = None, cheap_passwords: bool = False
) -> House:
    """A house for these settings; the database is brought up to date first.

    Without a clock the store goes by its own (PostgreSQL: the server's). `cheap_passwords` is for tests alone.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    definitions = Definitions()
    store = open_store(settings.database_url, clock, ids, references=_References(definitions))
    bell: Doorbell = RedisBell(settings.redis_url) if settings.redis_url else LocalBell()
    desk = Desk(store, definitions, store.ids, bell)
    working_clock = clock or SystemClock()
    mailer: Mailer = (
        SmtpMailer(settings.smtp, settings.mail_from, working_clock) if settings.smtp is not None else KeptMailer()
    )
    return House(
        settings=settings,
        store=store,
        definitions=definitions,
        desk=desk,
        publishing=Publishing(store, definitions),
        delivery=Delivery(store, mailer, operations(settings, working_clock), settings.lease, desk, settings.base_url),
        digests=Digests(store, definitions, bell, settings.base_url),
        dates=Dates(store, definitions, desk),
        accounts=StaffAccounts(
            store, ids or RandomIds(working_clock), method="scrypt:1024:8:1" if cheap_passwords else SCRYPT
        ),
        files=LocalFiles(settings.data / "files", settings.max_upload),
        clock=store.clock,
        ids=store.ids,
        bell=bell,
    )


class _References:
    """Which attributes of a record name another one, as the newest site file says; asked whenever a record is read."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._site: Site | None = None
        self._found: dict[str, dict[str, str]] = {}

    def __call__(self) -> dict[str, dict[str, str]]:
        site = self._definitions.known_site()
        if site is None:
            return {type: dict(attributes) for type, attributes in BUILT_IN_REFERENCES.items()}
        if site is not self._site:
            self._found = {
                type: {name: kind for name, kind in record.attributes.items() if kind in site.records}
                for type, record in site.records.items()
            }
            self._site = site
        return self._found
