"""The journeys' desk, served."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.a_desk import ADesk
from tests.journeys.browser.served import Served, serving


@pytest.fixture
def served(desk: ADesk, browser: Browser) -> Iterator[Served]:
    """A whole house over HTTP; at the end no window has noted a fault."""
    with serving(desk) as address:
        house = Served(desk, address, browser)
        yield house
        house.leave()
