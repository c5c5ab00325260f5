"""The synthetic world: any person or company computed from its index, none stored.

Pure apart from a bounded cache: the same seed and index give the same value in every process. A
person costs about 50 microseconds, a company about 20, whatever the size of the world.
"""

from __future__ import annotations

from functools import lru_cache

from leadiq.sandbox._contacts import Contacts
from leadiq.sandbox._draw import Draw, Shuffle, coprime
from leadiq.sandbox._firms import LEADS, MIDDLES, TRADE_INDUSTRY, TRADES
from leadiq.sandbox._ids import Ids
from leadiq.sandbox._layout import Layout
from leadiq.sandbox._names import FIRST_NAMES, LAST_NAMES, MIDDLE_NAMES, Name
from leadiq.sandbox._places import CITIES, STREETS
from leadiq.sandbox._text import base36
from leadiq.sandbox._trades import DEGREES, MAJORS, SCHOOLS, TECHNOLOGIES, TITLES
from leadiq.sandbox._values import Company, Funding, Job, Person, Position, School

_NAMES = len(FIRST_NAMES) * len(LAST_NAMES)
_FIRM_NAMES = len(LEADS) * len(TRADES)
_CACHED = 32_768

_SIZES = (
    ((1, 10), 180),
    ((11, 50), 270),
    ((51, 200), 230),
    ((201, 500), 120),
    ((501, 1000), 80),
    ((1001, 5000), 75),
    ((5001, 10_000), 25),
    ((10_001, 90_000), 20),
)
# The earlier jobs, latest first: a move (see _layout), or None for another title at home.
_EARLIER: tuple[tuple[tuple[int | None, ...], int], ...] = (
    ((), 250),
    ((None,), 150),
    ((0,), 350),
    ((0, 1), 250),
)
_COMPANY_TYPES = (
    ("Privately Held", 620),
    ("Public Company", 130),
    ("Partnership", 90),
    ("Nonprofit", 70),
    ("Self-Owned", 50),
    ("Educational", 40),
)
_LEGAL = ("Inc.", "LLC", "Ltd.", "GmbH", "S.A.", "AB")
_ROUNDS = ("Seed", "Series A", "Series B", "Series C", "Private Equity", "Grant")
_BUSINESS = ("B2B", "B2C", "B2G", "SAAS", "Enterprise", "ECommerce", "Marketplace", "Agency")
_NETWORKS = ("Twitter", "Facebook", "Angellist", "Gravatar", "Pinterest")


class World:
    """A world of `people` people for a seed."""

    def __init__(self, *, people: int, seed: int) -> None:
        self.layout = Layout(seed, people)
        self.people = people
        self.companies = self.layout.companies
        self.ids = Ids(seed)
        self.firm_names = Shuffle(seed, "firm-names", _FIRM_NAMES)
        self._seed = seed
        self._contacts = Contacts(self.ids, seed)
        self._naming = lru_cache(maxsize=4096)(self._name_walk)
        self.jobs = lru_cache(maxsize=_CACHED)(self._jobs)
        """Return a person's current jobs, the main one first, and the past ones, latest first."""
        self.person = lru_cache(maxsize=_CACHED)(self._person)
        self.company = lru_cache(maxsize=_CACHED)(self._company)

    def _name_walk(self, company: int) -> tuple[int, int]:
        draw = Draw(self._seed, "names", company)
        return draw.below(_NAMES), coprime(draw.below(_NAMES), _NAMES)

    def name(self, index: int) -> tuple[Name, Name]:
        """Return a person's given and family name, a pair that no colleague shares."""
        company, place = self.layout.seat_of(index)
        start, step = self._naming(company)
        last, first = divmod((start + place * step) % _NAMES, len(FIRST_NAMES))
        return FIRST_NAMES[first], LAST_NAMES[last]

    def linkedin_slug(self, index: int) -> str:
        """Return the slug of a person's LinkedIn URL, which ends in the base-36 index."""
        first, last = self.name(index)
        return f"{first.slug}-{last.slug}-sandbox-{base36(index)}"

    def firm_name(self, index: int) -> tuple[str, str]:
        """Return a company's name and slug, both unique in the world."""
        generation, place = divmod(index, _FIRM_NAMES)
        trade, lead = divmod(self.firm_names.forth(place), len(LEADS))
        words = [LEADS[lead], TRADES[trade]]
        if 1 <= generation <= len(MIDDLES):
            words.insert(1, MIDDLES[generation - 1])
        elif generation:
            number = str(generation - len(MIDDLES) + 1)
            words.append(Name(number, number))
        return " ".join(word.display for word in words), "-".join(word.slug for word in words)

    def domain(self, index: int) -> str:
        """Return a company's domain."""
        return f"{self.firm_name(index)[1]}.example.com"

    def _person(self, index: int) -> Person:
        if not 0 <= index < self.people:
            raise IndexError(index)
        draw = Draw(self._seed, "person", index)
        first, last = self.name(index)
        linked = not draw.chance(30)
        middle = draw.pick(MIDDLE_NAMES) if draw.chance(120) else None
        current, past = (
            tuple(self._position(index, job) for job in jobs) for jobs in self.jobs(index)
        )
        return Person(
            index=index,
            id=self.ids.person_id(index),
            first=first,
            last=last,
            middle=middle,
            linkedin_id=self.ids.member_number(index) if linked else None,
            linkedin_slug=self.linkedin_slug(index) if linked else None,
            city=self._home(draw, current[0].company),
            current=current,
            past=past,
            personal_email=self._contacts.personal_email(index, first, last),
            personal_phone=self._contacts.personal_phone(index),
            education=_education(draw),
            networks=tuple(name for name in _NETWORKS if draw.chance(90)),
            updated=draw.below(400),
        )

    def _home(self, draw: Draw, company: int) -> int | None:
        if draw.chance(50):
            return None
        away = draw.below(len(CITIES))
        return away if draw.chance(300) else self.company_city(company)

    def company_city(self, index: int) -> int:
        """Return the city of a company's head office."""
        return Draw(self._seed, "city", index).below(len(CITIES))

    def _jobs(self, index: int) -> tuple[tuple[Job, ...], tuple[Job, ...]]:
        draw = Draw(self._seed, "career", index)
        home = self.layout.company_of(index)
        start = draw.below(draw.pick((120, 400, 1500, 3600))) + 5
        current = [_job(draw, 0, home, start, None)]
        earlier = draw.weighted(_EARLIER)
        second = self.layout.moved_from(index, 2) if draw.chance(60) else None
        if second is not None and second != home:
            current.append(_job(draw, 1, second, draw.between(30, 900), None))
        past: list[Job] = []
        end = start + draw.below(60) + 1
        for place, move in enumerate(earlier, start=2):
            company = home if move is None else self.layout.moved_from(index, move)
            if company is None:
                continue
            begin = end + draw.between(200, 1600)
            past.append(_job(draw, place, company, begin, end))
            end = begin + draw.below(90) + 1
        return tuple(current), tuple(past)

    def _position(self, index: int, job: Job) -> Position:
        name, domain = self.name(index), self.domain(job.company)
        return Position(
            company=job.company,
            title=job.title,
            start=job.start,
            end=job.end,
            updated=job.updated,
            email=self._contacts.work_email(index, job.place, name, domain),
            phone=self._contacts.work_phone(index) if job.place == 0 else None,
        )

    def _company(self, index: int) -> Company:
        if not 0 <= index < self.companies:
            raise IndexError(index)
        draw = Draw(self._seed, "company", index)
        name, slug = self.firm_name(index)
        city = self.company_city(index)
        low, high = draw.weighted(_SIZES)
        employees = draw.between(low, high)
        parent = draw.below(self.companies) if draw.chance(100) else index
        return Company(
            index=index,
            id=self.ids.company_id(index),
            name=name,
            slug=slug,
            linkedin_id=self.ids.organisation_number(index),
            industry=self._industry(index),
            city=city,
            street=f"{draw.between(1, 240)} {draw.pick(STREETS)}",
            postal_code=CITIES[city].postal_code,
            employees=None if draw.chance(40) else employees,
            revenue=None if draw.chance(250) else employees * draw.between(60_000, 320_000),
            founded=draw.between(1950, 2023),
            type=draw.weighted(_COMPANY_TYPES),
            legal_form=draw.pick(_LEGAL),
            second_email_domain=draw.chance(150),
            has_description=not draw.chance(120),
            technologies=tuple(tech for tech in TECHNOLOGIES if draw.chance(160)),
            funding=_funding(draw) if draw.chance(400) else None,
            business_types=tuple(kind for kind in _BUSINESS if draw.chance(200)),
            parent=None if parent == index else parent,
            phone=self.ids.phone("company", index),
            updated=draw.below(300),
        )

    def _industry(self, index: int) -> int:
        trade = self.firm_names.forth(index % _FIRM_NAMES) // len(LEADS)
        return TRADE_INDUSTRY[trade]


def _job(draw: Draw, place: int, company: int, start: int, end: int | None) -> Job:
    title = draw.pick(TITLES)
    updated = min(start, draw.below(300)) if end is None else end
    return Job(place, company, title, start, end, updated)


def _education(draw: Draw) -> tuple[School, ...]:
    count = draw.weighted(((0, 150), (1, 600), (2, 250)))
    schools: list[School] = []
    end = draw.between(1988, 2019)
    for _ in range(count):
        start = end - draw.between(2, 4)
        names = (draw.pick(SCHOOLS), draw.pick(DEGREES), draw.pick(MAJORS))
        schools.append(School(*names, start=start, end=end))
        end = start
    return tuple(schools)


def _funding(draw: Draw) -> Funding:
    last = draw.between(1, 400) * 250_000
    rounds = draw.between(1, 6)
    return Funding(
        rounds=rounds,
        total=last * rounds,
        last=last,
        last_type=draw.pick(_ROUNDS),
        last_on=draw.between(20, 3000),
    )
