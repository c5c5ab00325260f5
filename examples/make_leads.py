"""Write examples/leads.csv: messy leads, most of whom exist in the sandbox's default world.

    python examples/make_leads.py examples/leads.csv

The same file every time. All people are synthetic; the mess is what real lists have: the same
person under several spellings, missing and shifted cells, stray blanks, wrong addresses,
people whom nobody knows, and notes that a spreadsheet would take for formulas.
"""

from __future__ import annotations

import csv
import random
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from leadiq.sandbox import SandboxSettings
from leadiq.sandbox._world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from leadiq.sandbox._values import Person

Row = dict[str, str]

COLUMNS = (
    "crm_id",
    "First Name",
    "Last Name",
    "Full Name",
    "Work Email",
    "LinkedIn URL",
    "Company",
    "Website",
    "LeadIQ ID",
    "Phone",
    "notes",
)
NOTES = (
    "",
    "",
    "",
    "met at the fair",
    "asked for a demo; call back in May",
    'says "maybe", in writing',
    "-5",
    "-",
    "+1 555-0142 is the switchboard",
    '=HYPERLINK("https://example.com","open")',
    "=1+1",
    "@sales please check",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "zwei Zeilen:\nsiehe unten",
    "na\u00efve caf\u00e9 \u2013 \u6771\u4eac",
)
PHONES = ("", "", "+1 555-0100", "+15550117", "(555) 555-0123", "0049 555 0199")
KNOWN, AGAIN, ODD = 210, 40, 30
FIRST_CRM_ID = 7


class Maker:
    """Draws people of the default world, and spells them as people do."""

    def __init__(self) -> None:
        settings = SandboxSettings()
        self.dice = random.Random(20_260_101)
        self.world = World(people=settings.people, seed=settings.seed)
        self.indexes = self.dice.sample(range(settings.people), 2_000)

    def rows(self) -> list[Row]:
        """Return all rows, numbered, in a random order."""
        people = self._people()
        known = [(self.dice.choice(self.ways), person) for person in people[:KNOWN]]
        same_way = known[:AGAIN]  # the same identifier in another spelling: one lookup
        other_way = [(self.by_linkedin, person) for _, person in known[AGAIN : AGAIN + 8]]
        rows = [way(person) for way, person in (*known, *same_way, *other_way)]
        rows.extend(self._odd_rows())
        self.dice.shuffle(rows)
        return [self._finished(number, row) for number, row in enumerate(rows, FIRST_CRM_ID)]

    def _people(self) -> list[Person]:
        """Return people who can be found in each way, so that any of them will do."""
        drawn = map(self.world.person, self.indexes)
        return [person for person in drawn if _work_email(person) and person.linkedin_slug]

    @property
    def ways(self) -> list[Callable[[Person], Row]]:
        """How rows name their person; what occurs more often is likelier."""
        return [
            *[self.by_email] * 4,
            *[self.by_linkedin] * 3,
            *[self.by_name] * 2,
            self.by_full_name,
            self.by_id,
        ]

    def by_email(self, person: Person) -> Row:
        """Spell an e-mail with other case and blanks around it, sometimes beside a name."""
        email = self._noisy(self._cased(_work_email(person)))
        row = {"Work Email": self.dice.choice([email, email, f"mailto:{email.strip()}"])}
        return row | self.dice.choice([{}, _names(person)])

    def by_linkedin(self, person: Person) -> Row:
        """Spell a profile's address in one of the ways that browsers and phones have."""
        slug = person.linkedin_slug
        spelling = self.dice.choice(
            [
                f"https://www.linkedin.com/in/{slug}",
                f"https://www.linkedin.com/in/{slug}/",
                f"http://linkedin.com/in/{slug}?trk=public_profile",
                f"linkedin.com/in/{slug}",
                f"www.linkedin.com/in/{str(slug).upper()}",
                f"https://de.linkedin.com/in/{slug}/en",
            ]
        )
        return {"LinkedIn URL": self._noisy(spelling), "First Name": person.first.display}

    def by_name(self, person: Person) -> Row:
        """Give first and last name with the company, as its name or its web site."""
        company, domain = self._company(person)
        site = self.dice.choice([domain, f"https://www.{domain}/", f"WWW.{domain}"])
        return _names(person) | self.dice.choice([{"Company": company}, {"Website": site}])

    def by_full_name(self, person: Person) -> Row:
        """Give the name in one cell, in letters that are put together differently."""
        name = f"{person.first.display}  {person.last.display}"
        decomposed = unicodedata.normalize("NFD", name)
        return {"Full Name": self._noisy(decomposed), "Company": self._company(person)[0]}

    def by_id(self, person: Person) -> Row:
        """Give LeadIQ's own id, as an earlier export had it."""
        return {"LeadIQ ID": person.id} | _names(person)

    def _odd_rows(self) -> Iterator[Row]:
        """Yield rows that name nobody, or somebody whom nobody knows."""
        for number, person in enumerate(self._people()[-ODD:]):
            company, domain = self._company(person)
            yield (
                {"Work Email": f"{person.first.slug}.{domain}", "Company": company},
                {"Work Email": f"nobody.{number}@unknown.example.com"},
                {"LinkedIn URL": f"https://www.linkedin.com/in/nobody-{number}"},
                _names(person) | {"Company": "No Such Company Ltd."},
                _names(person),
                {"Company": company, "Website": domain},
                {"LinkedIn URL": f"https://www.linkedin.com/company/{domain.partition('.')[0]}"},
                {"Work Email": "n/a", "LinkedIn URL": "-"},
                {"Work Email": f"a@{domain}; b@{domain}"},
                {"LeadIQ ID": f"PersonID-{number}"} | _names(person),
            )[number % 10]

    def _company(self, person: Person) -> tuple[str, str]:
        at = person.current[0].company
        return self.world.firm_name(at)[0], self.world.domain(at)

    def _cased(self, text: str) -> str:
        return self.dice.choice([text, text, text.upper(), text.title()])

    def _noisy(self, text: str) -> str:
        noise = [("", "")] * 5 + [(" ", ""), ("", "\u00a0"), ("\u200b", " ")]
        before, after = self.dice.choice(noise)
        return before + text + after

    def _finished(self, number: int, row: Row) -> Row:
        extra = {"notes": self.dice.choice(NOTES), "Phone": self.dice.choice(PHONES)}
        return {"crm_id": f"{number:06}"} | row | extra


def _work_email(person: Person) -> str:
    email = person.current[0].email
    return email.value if email else ""


def _names(person: Person) -> Row:
    return {"First Name": person.first.display, "Last Name": person.last.display}


def write(path: Path) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(Maker().rows())


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("leads.csv")))
