"""The tables that synthetic people are named from.

Written by hand for this project: common given and family names of many languages, no real person.
A name that is not written in Latin letters carries its Latin form, from which addresses are made.
A table is part of every world's definition: a change to one is a change to all of them.
"""

from __future__ import annotations

from typing import NamedTuple

from leadiq.sandbox._text import slug


class Name(NamedTuple):
    """One given or family name.

    `display` is what a person writes; `slug` is its lower-case ASCII form, unique in its table.
    """

    display: str
    slug: str


def _table(words: str, latin: dict[str, str]) -> tuple[Name, ...]:
    listed = (word.replace("_", " ") for word in words.split())
    return tuple(Name(word, latin.get(word) or slug(word)) for word in listed)


_FIRST_LATIN = {
    "美咲": "misaki",
    "陽菜": "hina",
    "大翔": "hiroto",
    "伟": "wei",
    "秀英": "xiuying",
    "지우": "jiwoo",
    "서준": "seojun",
    "Дмитрий": "dmitry",
    "Ольга": "olga",
    "Ελένη": "eleni",
    "محمد": "mohammed",
    "ليلى": "layla",
    "אורי": "uri",
    "प्रिया": "priya",
}

_LAST_LATIN = {
    "山田": "yamada",
    "佐藤": "sato",
    "王": "wang",
    "李": "li",
    "김": "kim",
    "박": "park",
    "Иванов": "ivanov",
    "Παπαδάκης": "papadakis",
    "حداد": "haddad",
    "शर्मा": "sharma",
}

FIRST_NAMES = _table(
    """
    Ada Alan Alice Amara Amir Anders Andrea Anita Anna Antonio Arjun Astrid Ayşe Beatriz Benjamin
    Bianca Björn Boris Brenda Brian Bruno Camila Carla Carlos Caroline Cecilia Charles Chiara Chloé
    Chris Claire Clara Daniel Daniela Darius David Deborah Denise Diana Diego Dominic Donna Edward
    Elena Elias Elif Elizabeth Ella Emeka Emil Emily Emma Eric Esther Ethan Eva Fatima Felix
    Fernanda Fiona Florian Frances François Frank Gabriel Gabriela George Giovanni Grace Greta
    Grégoire Gustavo Hannah Harper Hassan Heather Helen Henrik Hugo Ibrahim Igor Ines Ingrid Irene
    Isabel Ivan Jacob Jade James Jana Jasmine Javier Jean-Luc Jessica Joan João Jonas José Joseph
    Joshua Julia Julián Jürgen Karen Karl Katarína Katherine Kavya Keith Kenji Kevin Kiran Klara
    Kofi Lars Laura Leila Leon Liam Linda Lionel Lucas Lucía Łukasz Lydia Magnus Maja Malik Manuel
    Marcus Margaret María Mario Mark Marta Martin Mateo Matilda Maya Megan Mei Michael Miguel Mila
    Mohan Monique Morgan Nadia Naomi Natalie Nathan Neha Niamh Nicholas Nina Noah Nora Nuno Oliver
    Olivia Omar Oscar Owen Pablo Pamela Patricia Paul Pedro Peter Petra Philip Priscilla Quinn
    Rachel Rafael Rahul Ramona Raquel Rebecca Renée Ricardo Robert Rosa Rose Ruth Ryan Salma Samuel
    Sandra Sara Sean Sebastian Selin Siobhán Sofia Søren Stefan Stephanie Susan Sven Tamara Tanya
    Teresa Theo Thomas Tiago Timothy Tomás Tove Uma Valentina Vanessa Vera Victor Vikram Walter
    Wendy William Xavier Yara Yasmin Yuki Yusuf Zachary Zainab Zoë Zsófia
    美咲 陽菜 大翔 伟 秀英 지우 서준 Дмитрий Ольга Ελένη محمد ليلى אורי प्रिया
    """,
    _FIRST_LATIN,
)

LAST_NAMES = _table(
    """
    Abbott Acosta Adebayo Aguilar Ahmed Åkesson Almeida Álvarez Andersen Andrews Armstrong Arnold
    Bailey Baker Banerjee Barnes Bauer Becker Bennett Berg Bianchi Bishop Blanc Boateng Bradley
    Brennan Brooks Brown Bryant Burke Byrne Campbell Cardoso Carlson Carter Castillo Chandra Chavez
    Chen Choi Christensen Clark Cohen Coleman Collins Conti Cooper Costa Cruz D'Angelo Dahl Das
    Davies Delgado Demir Deshpande Diallo Díaz Dixon Dubois Duncan Dvořák Edwards Eklund Ellis
    Eriksson Evans Farrell Fernández Ferrari Fischer Fleming Flores Fontaine Foster Fournier Fox
    Franco Fraser Fuchs Fujita Gallagher García Gardner Gomes Gonçalves Grant Gray Green Griffin
    Gruber Guerrero Gupta Gutiérrez Haas Hale Hall Hansen Harris Hayes Hernández Hill Hoffmann
    Holmes Horváth Hughes Huang Hussain Ito Jackson Jansen Jensen Johansson Jones Jørgensen Joshi
    Kamara Kapoor Kaya Keller Kelly Khan Kimura King Klein Kovács Kowalski Kramer Kumar Lambert
    Larsen Laurent Lee Lehmann Leroy Lewis Lindqvist Lopes López Lovelace Lund Macdonald Maier
    Malik Marino Marsh Martin Martínez Mason Matsuda Mbeki Mehta Mendes Meyer Michel Miller Mills
    Mishra Mitchell Molina Moore Morales Moreau Morgan Moretti Morris Müller Murphy Nagy Nakamura
    Nguyen Nielsen Novák Nowak Núñez O'Brien O'Connor Oduya Okafor Olsen Ortiz Osei Owens
    Palmer Papadopoulos Parker Patel Pavlov Pearson Peña Pereira Perry Petersen Petrov Phillips
    Pham Piotrowski Popescu Porter Quinn Ramírez Rao Reddy Reyes Ricci Richter Rivera Roberts
    Robinson Romano Rossi Roux Ruiz Russo Ryan Sánchez Santos Schmidt Schneider Schulz Sharp Silva
    Simmons Singh Škoda Smith Smith-Jones Sokolov Sørensen Soto Stewart Strand Sullivan Suzuki
    Svensson Takahashi Tan Tanaka Taylor Thompson Torres Tran Turner Valdez van_der_Berg Vargas
    Vasquez Virtanen Vogel Wagner Walker Wallace Ward Watson Weber Webster White Williams Wilson
    Winter Wong Wright Yang Yıldız Young Zając Zhang Zimmermann de_la_Torre
    山田 佐藤 王 李 김 박 Иванов Παπαδάκης حداد शर्मा
    """,
    _LAST_LATIN,
)

_MIDDLE = "A. B. C. D. E. G. J. K. L. M. N. P. R. S. T. W. Lee Marie Ray Jean"
MIDDLE_NAMES = tuple(_MIDDLE.split())
