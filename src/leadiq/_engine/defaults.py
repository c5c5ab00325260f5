"""What holds where a caller says nothing: the client's signatures need it before anything else."""

from __future__ import annotations

from typing import Final

#: Largest page of the searches [samples], and the size of a page of lists when none is asked for
#: [live]. What the other fields would take is not published.
MOST_ON_PAGE: Final = 25

#: How many companies fit in one call is not published, and neither is how long a call takes with
#: many. 100 is a guess: it leaves few in doubt when an answer is lost.
COMPANIES_PER_CALL: Final = 100

# How long any of this takes LeadIQ is not published.
#: Seconds after which a caller should hear that a tracking run goes on.
TRACKING_WAIT_S: Final = 3600.0
#: The same for one person.
REFRESH_WAIT_S: Final = 300.0

#: LeadIQ may learn of a move long after it. 90 days is a guess; more makes watermarks larger.
MOVED_WITHIN_DAYS: Final = 90
#: Each look costs a page at least, and moves are dated by the day.
LOOK_EVERY_S: Final = 86_400.0
