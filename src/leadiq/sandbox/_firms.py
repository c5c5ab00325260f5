"""The words that synthetic companies are named from.

A name is one word of LEADS and one of TRADES, later also one of MIDDLES between them, so that a
name, a domain and a LinkedIn slug can be read back without any index. A table is part of every
world's definition: a change to one is a change to all of them.
"""

from __future__ import annotations

from leadiq.sandbox._names import Name
from leadiq.sandbox._text import slug


def _names(words: str) -> tuple[Name, ...]:
    return tuple(Name(word, slug(word)) for word in words.split())


LEADS = _names("""
    Alder Amberly Anchor Apex Ardent Arrow Ashford Aspen Atlas Aurora Badger Basalt Beacon Birch
    Blackthorn Bluebird Bramble Bright Brook Cairn Calder Canyon Cascade Cedar Chestnut Cinder
    Clearwater Clover Cobalt Compass Copper Coral Crescent Crestline Cypress Dawn Delta Dogwood
    Driftwood Dune Eagle Eastgate Ebony Echo Elder Ember Evergreen Falcon Fern Fjord Flint Forge
    Foxglove Garnet Glacier Goldfinch Granite Greenway Grove Gull Harbor Hawthorn Hazel Heron
    Highland Holly Horizon Indigo Ironwood Ivory Jasper Juniper Kestrel Kingfisher Lagoon Lantern
    Larch Lark Laurel Linden Lumen Maple Marlin Meadow Meridian Mistral Moss Northwind Nova Oak
    Obsidian Ochre Onyx Opal Orchard Osprey Otter Pebble Pepper Pine Pinnacle Plover Prairie
    Quarry Quartz Raven Redwood Ridge Rowan Saffron Sage Sequoia Sierra Silver Søndergaard Spruce
    Sterling Summit Swift Tamarack Thistle Tidal Tōkai Umber Überlin Vale Velvet Verdant Vesper
    Walnut Westbrook Willow Wren Zenith Zephyr Área
""")

_TRADES = {
    "Software": 0,
    "Systems": 0,
    "Apps": 0,
    "Analytics": 2,
    "Data": 2,
    "Cloud": 2,
    "Technologies": 1,
    "Networks": 25,
    "Digital": 1,
    "Consulting": 3,
    "Advisory": 3,
    "Partners": 3,
    "Capital": 4,
    "Ventures": 4,
    "Wealth": 4,
    "Bank": 5,
    "Insurance": 6,
    "Health": 7,
    "Clinics": 7,
    "Biotech": 8,
    "Genomics": 8,
    "Pharma": 9,
    "Medical": 10,
    "Devices": 10,
    "Logistics": 11,
    "Freight": 11,
    "Storage": 12,
    "Construction": 13,
    "Builders": 13,
    "Properties": 14,
    "Realty": 14,
    "Energy": 15,
    "Solar": 15,
    "Machinery": 16,
    "Tools": 16,
    "Robotics": 17,
    "Automation": 17,
    "Foods": 18,
    "Beverages": 18,
    "Kitchens": 18,
    "Stores": 19,
    "Retail": 19,
    "Outfitters": 19,
    "Textiles": 20,
    "Fabrics": 20,
    "Studios": 21,
    "Pictures": 21,
    "Media": 22,
    "Creative": 22,
    "Academy": 23,
    "Learning": 23,
    "Legal": 24,
    "Telecom": 25,
    "Hotels": 26,
    "Travel": 26,
    "Aviation": 27,
    "Aerospace": 27,
    "Staffing": 28,
    "Talent": 28,
    "Security": 29,
}
TRADES = tuple(Name(word, slug(word)) for word in _TRADES)
# The industry (an index into INDUSTRIES) of the trade at the same place.
TRADE_INDUSTRY = tuple(_TRADES.values())

MIDDLES = _names("""
    Alpine Amber Arctic Autumn Azure Bay Bold Bronze Canal Capital Central Cliff Coastal Common
    Coral Crown Crystal Desert Eastern Fair Field Fine First Forest Garden General Global Golden
    Grand Great Green Hill Home Inland Island Lake Liberty Lower Main Metro Mountain National New
    Noble Northern Ocean Old Pacific Park Pioneer Plain Polar Prime Quiet Rapid River Rock Royal
    Rural Shore Silver Smart Southern Star Stone Sun True Union United Upper Urban Valley Vital
    Western White Wide Wild Winter Wood Young
""")

# Dropped from the end of a company name before it is read.
_FORMS = """
inc incorporated corp corporation co company llc ltd limited plc gmbh ag sa sarl bv nv ab oy as srl
spa kk pty
"""
LEGAL_FORMS = frozenset(_FORMS.split())
