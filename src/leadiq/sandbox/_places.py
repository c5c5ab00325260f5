"""The cities that synthetic people and companies are in."""

from __future__ import annotations

from typing import NamedTuple


class City(NamedTuple):
    """A city with its area of level 1 (state or region), country, ISO codes and a postal code."""

    city: str
    area: str
    country: str
    code2: str
    code3: str
    postal_code: str


def _cities(text: str) -> tuple[City, ...]:
    rows = (line.split("|") for line in text.strip().splitlines())
    return tuple(City(*(cell.strip() for cell in row)) for row in rows)


CITIES = _cities("""
New York|New York|United States|US|USA|10013
San Francisco|California|United States|US|USA|94107
Los Angeles|California|United States|US|USA|90015
San Diego|California|United States|US|USA|92101
Seattle|Washington|United States|US|USA|98104
Portland|Oregon|United States|US|USA|97205
Portland|Maine|United States|US|USA|04101
Boston|Massachusetts|United States|US|USA|02110
Chicago|Illinois|United States|US|USA|60606
Austin|Texas|United States|US|USA|78701
Dallas|Texas|United States|US|USA|75201
Denver|Colorado|United States|US|USA|80202
Atlanta|Georgia|United States|US|USA|30303
Miami|Florida|United States|US|USA|33131
Raleigh|North Carolina|United States|US|USA|27601
Columbus|Ohio|United States|US|USA|43215
Minneapolis|Minnesota|United States|US|USA|55401
Phoenix|Arizona|United States|US|USA|85004
Salt Lake City|Utah|United States|US|USA|84101
Philadelphia|Pennsylvania|United States|US|USA|19103
Toronto|Ontario|Canada|CA|CAN|M5V 2T6
Vancouver|British Columbia|Canada|CA|CAN|V6B 1A1
Montréal|Quebec|Canada|CA|CAN|H3B 2Y5
London|England|United Kingdom|GB|GBR|EC2A 4NE
Manchester|England|United Kingdom|GB|GBR|M1 4BT
Edinburgh|Scotland|United Kingdom|GB|GBR|EH1 1YZ
Dublin|Leinster|Ireland|IE|IRL|D02 XE80
Berlin|Berlin|Germany|DE|DEU|10115
München|Bayern|Germany|DE|DEU|80331
Paris|Île-de-France|France|FR|FRA|75002
Lyon|Auvergne-Rhône-Alpes|France|FR|FRA|69002
Madrid|Comunidad de Madrid|Spain|ES|ESP|28013
Barcelona|Catalunya|Spain|ES|ESP|08002
Lisboa|Lisboa|Portugal|PT|PRT|1100-148
Amsterdam|Noord-Holland|Netherlands|NL|NLD|1012 JS
Stockholm|Stockholms län|Sweden|SE|SWE|111 20
København|Hovedstaden|Denmark|DK|DNK|1050
Oslo|Oslo|Norway|NO|NOR|0150
Zürich|Zürich|Switzerland|CH|CHE|8001
Milano|Lombardia|Italy|IT|ITA|20121
Warszawa|Mazowieckie|Poland|PL|POL|00-001
Kraków|Małopolskie|Poland|PL|POL|31-001
İstanbul|İstanbul|Türkiye|TR|TUR|34000
Tel Aviv|Tel Aviv|Israel|IL|ISR|6100000
Bengaluru|Karnataka|India|IN|IND|560001
Mumbai|Maharashtra|India|IN|IND|400001
Singapore|Singapore|Singapore|SG|SGP|048616
Tokyo|Tokyo|Japan|JP|JPN|100-0001
Osaka|Osaka|Japan|JP|JPN|530-0001
Seoul|Seoul|South Korea|KR|KOR|04524
Sydney|New South Wales|Australia|AU|AUS|2000
Melbourne|Victoria|Australia|AU|AUS|3000
Auckland|Auckland|New Zealand|NZ|NZL|1010
São Paulo|São Paulo|Brazil|BR|BRA|01001-000
Ciudad de México|Ciudad de México|Mexico|MX|MEX|06000
Bogotá|Bogotá|Colombia|CO|COL|110111
Lagos|Lagos|Nigeria|NG|NGA|100001
Nairobi|Nairobi|Kenya|KE|KEN|00100
Cape Town|Western Cape|South Africa|ZA|ZAF|8001
Dubai|Dubai|United Arab Emirates|AE|ARE|00000
""")

_STREETS = """
Alder Lane|Bridge Street|Cedar Road|Dock Street|Elm Avenue|Foundry Road|Garden Row|Harbour Street
Iron Court|Juniper Way|King's Parade|Larch Close|Market Square|Mill Road|North Quay|Orchard Street
Park Lane|Quarry Road|River Street|Station Road
"""
STREETS = tuple(_STREETS.strip().replace("\n", "|").split("|"))
