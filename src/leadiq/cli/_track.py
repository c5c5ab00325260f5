"""`leadiq track`: who changed jobs, at tracked companies, among people of one's own, or since."""

from __future__ import annotations

from cyclopts import App

from ._track_changes import changes
from ._track_companies import companies
from ._track_contacts import contacts
from ._track_tasks import cancel, start, status, watch

track = App(name="track")
track.command(companies)
for command in (start, status, watch, cancel):
    track.command(command)
track.command(contacts)
track.command(changes)
