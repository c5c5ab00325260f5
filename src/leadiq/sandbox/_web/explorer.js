// The explorer: writes a request, sends it as any client would, shows the answer and its charge.

import { ask, at, chargesTable, make } from "./dom.js";
import { attach } from "./editor.js";
import { examples } from "./examples.js";
import { Schema, operations } from "./language.js";
import { browse } from "./schema.js";

const ENDPOINT = "/graphql";
const KEPT = 20;
const MOST_COLOURED = 300_000;
const query = at("query"), variables = at("variables"), key = at("key");
let schema = null;

async function start() {
  const about = await ask("/_sandbox/about");
  key.value = recall("key") ?? about.key ?? "";
  const offered = examples(about.person);
  at("examples").append(...offered.map((one, i) => make("option", { value: String(i) }, one.name)));
  at("examples").onchange = event => { if (event.target.value) show(offered[event.target.value]); };
  show(recall("history")?.[0] ?? offered[0]);
  list_history();
  schema = new Schema((await ask("/_sandbox/schema")).__schema);
  browse(schema, at("schema"), at("find"));
}

function show(one) {
  query.value = one.query;
  variables.value = typeof one.variables === "string" ? one.variables : JSON.stringify(one.variables, null, 2);
  choose_operation();
}

// -- sending ------------------------------------------------------------------------------------

async function run() {
  let given;
  try {
    given = variables.value.trim() ? JSON.parse(variables.value) : {};
  } catch {
    return say("The variables are not JSON.", "bad");
  }
  const operation = at("operations-label").hidden ? undefined : at("operations").value;
  const id = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  at("run").disabled = true;
  remember_request();
  const began = performance.now();
  try {
    const reply = await fetch(ENDPOINT, {
      method: "POST",
      headers: headers(id),
      body: JSON.stringify({ query: query.value, variables: given, operationName: operation }),
    });
    const text = await reply.text();
    answered(reply.status, text, performance.now() - began);
  } catch (error) {
    at("reply").textContent = "";
    at("errors").replaceChildren();
    say(`No whole answer came: ${error.message}`, "bad");
  } finally {
    at("run").disabled = false;
  }
  // What was charged is told even where the answer got lost.
  await show_charges(id).catch(() => { at("charges").textContent = "The sandbox does not answer."; });
}

function headers(id) {
  const told = { "Content-Type": "application/json", "X-Request-Id": id };
  if (key.value.trim()) told.Authorization = `Basic ${key.value.trim()}`;
  if (at("fault").value.trim()) told["X-Sandbox-Fault"] = at("fault").value.trim();
  return told;
}

function answered(status, text, took_ms) {
  say(`HTTP ${status}, ${Math.round(took_ms)} ms, ${text.length.toLocaleString("en")} characters`, "faint");
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    at("reply").textContent = text;
    at("errors").replaceChildren(make("p", { className: "bad" }, "This is not JSON."));
    return;
  }
  at("reply").replaceChildren(...coloured(JSON.stringify(body, null, 2)));
  at("errors").replaceChildren(...(Array.isArray(body?.errors) ? body.errors : []).map(error));
}

/** An error of GraphQL; where it names a place in the document, a press goes there. */
function error(one) {
  const status = one.extensions?.response?.status;
  const said = make("p", { className: "bad" }, `${status ? status + ": " : ""}${one.message}`);
  const place = one.locations?.[0];
  if (place) said.append(" ", make("button", {
    className: "link", onclick: () => go_to(place),
  }, `line ${place.line}, column ${place.column}`));
  return said;
}

function go_to({ line, column }) {
  const before = query.value.split("\n").slice(0, line - 1).join("\n");
  const caret = before.length + (line > 1 ? 1 : 0) + column - 1;
  query.focus();
  query.setSelectionRange(caret, caret);
}

function coloured(text) {
  if (text.length > MOST_COLOURED) return [text];
  const parts = text.split(/("(?:\\.|[^"\\])*"(?:(?=:)|(?!:))|\b(?:true|false|null)\b|-?\d[\d.eE+-]*)/);
  return parts.map((part, at) => {
    if (at % 2 === 0) return part;
    const kind = !part.startsWith('"') ? "word" : parts[at + 1].startsWith(":") ? "key" : "text";
    return make("span", { className: kind }, part);
  });
}

async function show_charges(id) {
  const { charges, teams } = await ask(`/_sandbox/ledger?client_request_id=${id}`);
  at("charges").replaceChildren(charges.length ? chargesTable(charges) : "nothing");
  at("balance").textContent = teams.map(one => `${one.team}: ${one.balance} credits left`).join(", ");
}

function say(text, kind) {
  at("summary").textContent = text;
  at("summary").className = kind;
}

// -- several operations, and what was sent ------------------------------------------------------

function choose_operation() {
  const names = operations(query.value), chosen = at("operations").value;
  at("operations").replaceChildren(...names.map(name => make("option", { value: name }, name)));
  if (names.includes(chosen)) at("operations").value = chosen;
  at("operations-label").hidden = names.length < 2;
}

function remember_request() {
  const now = { query: query.value, variables: variables.value };
  const others = (recall("history") ?? []).filter(
    one => one.query !== now.query || one.variables !== now.variables);
  keep("history", [now, ...others].slice(0, KEPT));
  keep("key", key.value);
  list_history();
}

function list_history() {
  at("history").replaceChildren(...(recall("history") ?? []).map(one => make("button", {
    className: "link", onclick: () => show(one),
  }, one.query.replace(/\s+/g, " ").slice(0, 60))));
}

// Of this tab only, and gone with it: what is looked up may be about somebody.
const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));
const recall = name => JSON.parse(sessionStorage.getItem(name) ?? "null");

at("run").onclick = run;
query.addEventListener("input", choose_operation);
attach(query, at("choices"), () => schema);
document.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
start().catch(error => say(error.message, "bad"));
