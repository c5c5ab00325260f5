"""What synthetic people and companies do: titles, industries with their codes, technologies.

NAICS (2022) and SIC (1987) codes are the public classifications' own, their descriptions shortened;
the rest is ours.
"""

from __future__ import annotations

from typing import NamedTuple


class Title(NamedTuple):
    """A job title with its function (LeadIQ's `role`) and seniority (a member of `Seniority`)."""

    title: str
    function: str
    seniority: str


class Code(NamedTuple):
    """A classification code with its description."""

    code: str
    description: str


class Industry(NamedTuple):
    """An industry with its NAICS and SIC codes."""

    name: str
    naics: Code
    sic: Code


class Technology(NamedTuple):
    """A product that a company uses, its category and the category above that."""

    name: str
    category: str
    parent: str


def _rows(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


# Lowest first: the order of SeniorityAsc.
SENIORITIES = ("Other", "SeniorIndividualContributor", "Manager", "Director", "VP", "Executive")

TITLES = tuple(
    Title(*row)
    for row in _rows("""
Account Executive|Sales|Other
Senior Account Executive|Sales|SeniorIndividualContributor
Sales Development Representative|Sales|Other
Sales Manager|Sales|Manager
Regional Sales Director|Sales|Director
VP of Sales|Sales|VP
Chief Revenue Officer|Sales|Executive
Marketing Specialist|Marketing|Other
Senior Content Strategist|Marketing|SeniorIndividualContributor
Product Marketing Manager|Marketing|Manager
Director of Demand Generation|Marketing|Director
Vice President, Marketing|Marketing|VP
Chief Marketing Officer|Marketing|Executive
Software Engineer|Engineering|Other
Senior Software Engineer|Engineering|SeniorIndividualContributor
Staff Engineer|Engineering|SeniorIndividualContributor
Data Scientist|Engineering|Other
Engineering Manager|Engineering|Manager
Director of Engineering|Engineering|Director
VP of Engineering|Engineering|VP
Chief Technology Officer|Engineering|Executive
Product Manager|Product|Manager
Senior Product Designer|Product|SeniorIndividualContributor
Director of Product|Product|Director
Chief Product Officer|Product|Executive
Financial Analyst|Finance|Other
Senior Accountant|Finance|SeniorIndividualContributor
Finance Manager|Finance|Manager
Controller|Finance|Director
VP Finance|Finance|VP
Chief Financial Officer|Finance|Executive
Recruiter|Human Resources|Other
HR Business Partner|Human Resources|SeniorIndividualContributor
People Operations Manager|Human Resources|Manager
Director of Talent|Human Resources|Director
Chief People Officer|Human Resources|Executive
Operations Coordinator|Operations|Other
Operations Manager|Operations|Manager
Director of Operations|Operations|Director
Chief Operating Officer|Operations|Executive
Support Specialist|Customer Success|Other
Senior Customer Success Manager|Customer Success|SeniorIndividualContributor
Customer Success Manager|Customer Success|Manager
VP Customer Experience|Customer Success|VP
IT Administrator|Information Technology|Other
Security Engineer|Information Technology|SeniorIndividualContributor
IT Manager|Information Technology|Manager
Chief Information Security Officer|Information Technology|Executive
Paralegal|Legal|Other
Legal Counsel|Legal|SeniorIndividualContributor
General Counsel|Legal|Executive
Procurement Specialist|Purchasing|Other
Head of Procurement|Purchasing|Director
Research Associate|Research|Other
Principal Researcher|Research|SeniorIndividualContributor
Chief Executive Officer|General Management|Executive
Managing Director|General Management|Executive
Executive Assistant|Administration|Other
""")
)

INDUSTRIES = tuple(
    Industry(row[0], Code(row[1], row[2]), Code(row[3], row[4]))
    for row in _rows("""
Software Development|513210|Software Publishers|7372|Prepackaged Software
Information Technology and Services|541512|Computer Systems Design|7373|Computer Integrated Systems
Data Processing|518210|Computing Infrastructure Providers|7374|Data Processing and Preparation
Management Consulting|541611|Administrative Consulting|8742|Management Consulting Services
Financial Services|523940|Investment Advice|6282|Investment Advice
Banking|522110|Commercial Banking|6022|State Commercial Banks
Insurance|524210|Insurance Agencies and Brokerages|6411|Insurance Agents, Brokers, and Service
Hospitals and Health Care|622110|General Hospitals|8062|General Hospitals
Biotechnology|541714|Research in Biotechnology|8731|Commercial Biological Research
Pharmaceuticals|325412|Pharmaceutical Preparation Manufacturing|2834|Pharmaceutical Preparations
Medical Devices|339112|Medical Instrument Manufacturing|3841|Medical Instruments
Transportation and Logistics|488510|Freight Transportation Arrangement|4731|Freight Transportation
Warehousing|493110|General Warehousing and Storage|4225|General Warehousing and Storage
Construction|236220|Commercial Building Construction|1542|General Contractors
Real Estate|531210|Offices of Real Estate Agents and Brokers|6531|Real Estate Agents and Managers
Renewable Energy|221114|Solar Electric Power Generation|4911|Electric Services
Machinery Manufacturing|333248|Industrial Machinery Manufacturing|3559|Special Industry Machinery
Industrial Automation|334513|Industrial Process Instruments|3823|Industrial Instruments
Food and Beverages|311991|Perishable Prepared Food Manufacturing|2099|Food Preparations
Retail|455110|Department Stores|5311|Department Stores
Textiles|313210|Broadwoven Fabric Mills|2211|Broadwoven Fabric Mills, Cotton
Media Production|512110|Motion Picture and Video Production|7812|Motion Picture and Video Production
Marketing and Advertising|541810|Advertising Agencies|7311|Advertising Agencies
Education|611310|Colleges and Universities|8221|Colleges and Universities
Legal Services|541110|Offices of Lawyers|8111|Legal Services
Telecommunications|517111|Wired Telecommunications Carriers|4813|Telephone Communications
Hospitality|721110|Hotels and Motels|7011|Hotels and Motels
Aerospace|336411|Aircraft Manufacturing|3721|Aircraft
Staffing and Recruiting|561311|Employment Placement Agencies|7361|Employment Agencies
Security Services|561621|Security Systems Services|7382|Security Systems Services
""")
)

TECHNOLOGIES = tuple(
    Technology(*row)
    for row in _rows("""
Aldercloud|Cloud Hosting|Infrastructure
Brightstack|Cloud Hosting|Infrastructure
Cobalt DB|Database|Infrastructure
Dunelake|Data Warehouse|Infrastructure
Emberqueue|Message Broker|Infrastructure
Fernhost|Content Delivery|Infrastructure
Gleam Analytics|Web Analytics|Marketing
Heronmail|Email Marketing|Marketing
Inkwell CMS|Content Management|Marketing
Juniper Ads|Advertising|Marketing
Kitehook|Marketing Automation|Marketing
Lanternform|Forms|Marketing
Mossdesk|Help Desk|Customer Support
Nightowl Chat|Live Chat|Customer Support
Oakline Voice|Call Center|Customer Support
Pebble CRM|CRM|Sales
Quillsign|Electronic Signature|Sales
Ridgeforce|CRM|Sales
Saffron Dialer|Sales Dialer|Sales
Tidepay|Payments|Commerce
Umbercart|E-Commerce Platform|Commerce
Violet Billing|Billing|Commerce
Wrenbooks|Accounting|Finance
Xeno Ledger|Accounting|Finance
Yarrow Payroll|Payroll|Human Resources
Zephyr Hire|Applicant Tracking|Human Resources
Amberlog|Monitoring|Developer Tools
Birchgit|Source Control|Developer Tools
Copperbuild|Continuous Integration|Developer Tools
Driftwood UI|JavaScript Framework|Developer Tools
""")
)

_SCHOOLS = """
Harborview University|Northfield Institute of Technology|Saint Alder College|Westmoor University
Lakeshore State University|Eastgate Business School|Universidad del Valle Alto|Kestrel Polytechnic
Université du Pont-Neuf Imaginaire|Hochschule Falkenau|Riverbend College|Southmere University
Institute of Applied Sciences Fernhill|Uniwersytet Zielonej Doliny|Minamikawa University
Old Quay College
"""
SCHOOLS = tuple(_SCHOOLS.strip().replace("\n", "|").split("|"))
DEGREES = (
    "Bachelor of Science",
    "Bachelor of Arts",
    "Master of Science",
    "Master of Business Administration",
    "Doctor of Philosophy",
)
MAJORS = (
    "Computer Science",
    "Economics",
    "Mechanical Engineering",
    "Marketing",
    "Psychology",
    "Mathematics",
    "Business Administration",
    "International Relations",
    "Biology",
    "History",
)
