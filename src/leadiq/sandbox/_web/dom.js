// What both pages are built with. Text is only ever set as text, so nothing in it can be markup.

/** An element with properties and attributes, and what is inside it. */
export function make(tag, settings = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...inside.filter(one => one !== null && one !== undefined));
  return element;
}

export const at = id => document.getElementById(id);

/** The JSON of one of the sandbox's own paths; an Error says what is wrong. */
export async function ask(path, options) {
  const reply = await fetch(path, options);
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error);
  return body;
}

/** A table: titles, and rows of texts or elements; a column of numbers is aligned to the right. */
export function table(titles, rows) {
  const numeric = titles.map((_, i) => rows.every(row => NUMBER.test(row[i])));
  const line = (tag, cells) => make("tr", {}, ...cells.map(
    (cell, i) => make(tag, { className: numeric[i] ? "number" : "" }, cell ?? "")));
  return make("table", {},
    make("thead", {}, line("th", titles)), make("tbody", {}, ...rows.map(row => line("td", row))));
}

const NUMBER = /^[\d.]+( m?s)?$|^…$/;

/** The charges of a ledger as a table. */
export function chargesTable(charges) {
  return table(["units", "data point", "field", "credits", "why"], charges.map(one =>
    [String(one.units), one.data_point, one.field, one.credits, one.reason]));
}
