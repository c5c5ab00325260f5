// What goes on: asked for once a second while the page is looked at.

import { ask, at, make, table } from "./dom.js";

const EVERY_MS = 1000;
const RATE_S = 10;
const counts = [];
let kinds = [];

async function refresh() {
  try {
    const found = await ask("/_sandbox/status");
    at("tiles").replaceChildren(...tiles(found));
    at("requests").replaceChildren(requests(found.requests));
    at("charges").replaceChildren(charges(found.charges));
    show_faults(found.faults);
    at("alive").textContent = "";
  } catch (error) {
    at("alive").textContent = `The sandbox does not answer: ${error.message}`;
  }
}

// -- what there is ------------------------------------------------------------------------------

function tiles({ answered, teams, limits, window: kind }) {
  const rate = per_second(answered);
  return [
    tile("Requests", answered.toLocaleString("en"), `${rate} a second`),
    ...teams.map(one => tile(`Credits of ${one.team}`, one.balance,
      `of ${one.granted}; plan ${one.plan}`, part(one.balance, one.granted))),
    ...limits.map(one => one.left === null
      ? tile(`Limit of ${one.team}, key ${one.key}`, "none", "as many as it likes")
      : tile(`Limit of ${one.team}, key ${one.key}`, String(one.left),
        `of ${one.requests_per_minute} a minute left; ${kind}`, part(one.left, one.requests_per_minute))),
  ];
}

function tile(title, value, note, bar) {
  return make("div", {}, make("div", { className: "faint" }, title),
    make("div", { className: "big" }, value), bar, make("div", { className: "faint" }, note));
}

const part = (value, of) => make("progress", { value: Number(value), max: Number(of) || 1, ariaLabel: "left" });

/** Requests a second over the last looks; a count that falls is a sandbox that was reset. */
function per_second(count) {
  const now = performance.now() / 1000;
  if (counts.length && counts.at(-1).count > count) counts.length = 0;
  counts.push({ now, count });
  while (now - counts[0].now > RATE_S) counts.shift();
  const passed = now - counts[0].now;
  return passed ? ((count - counts[0].count) / passed).toFixed(1) : "0.0";
}

function requests(found) {
  return table(["number", "ago", "took", "team", "operation", "status", "errors", "credits", "faults"],
    found.map(one => [
      String(one.number), `${one.age_s} s`, one.took_ms === null ? "…" : `${one.took_ms} ms`,
      one.team ?? "no key", one.operation, status(one.status), String(one.errors), one.credits,
      one.faults.join(", "),
    ]));
}

function charges(found) {
  return table(["team", "operation", "data point", "units", "credits", "why"], found.map(one =>
    [one.team, one.operation, one.data_point, String(one.units), one.credits, one.reason]));
}

const status = number => make("span", { className: number < 400 ? "good" : "bad" }, String(number));

// -- faults -------------------------------------------------------------------------------------

let shown = null;

function show_faults(faults) {
  if (JSON.stringify(faults) === shown) return;
  shown = JSON.stringify(faults);
  at("faults").replaceChildren(...faults.map((one, i) => make("div", { className: "fault" },
    make("code", {}, line(one)),
    make("button", { onclick: () => set(faults.filter((_, other) => other !== i)) }, "Switch off"))));
  if (!faults.length) at("faults").textContent = "Nothing goes wrong at present.";
}

/** A fault in the words of the command line, without what is as usual. */
function line(fault) {
  const members = members_of(fault.kind);
  const told = Object.entries(fault).filter(([name, value]) =>
    name !== "kind" && value !== null && JSON.stringify(value) !== JSON.stringify(members[name]?.default));
  return [fault.kind, told.map(([name, value]) => `${name}=${[value].flat().join("+")}`).join(",")]
    .filter(Boolean).join(":");
}

const members_of = kind => kinds.find(one => one.properties.kind.const === kind)?.properties ?? {};

async function set(faults) {
  await change("/_sandbox/faults", { method: "POST", body: JSON.stringify(faults) });
}

async function change(path, options) {
  try {
    await ask(path, options);
    at("told").textContent = "";
  } catch (error) {
    at("told").textContent = error.message;
  }
  await refresh();
}

// -- the form of a new fault, made from what the sandbox says of each kind ------------------------

function choose_kind() {
  const kind = kinds.find(one => one.properties.kind.const === at("kind").value);
  at("meaning").textContent = kind.description.split("\n\n")[0].replaceAll("`", "");
  const own = Object.entries(kind.properties).filter(([name]) => name !== "kind");
  // Its own members first; those of every kind are first in the schema.
  own.sort(([a], [b]) => (a in COMMON ? 1 : 0) - (b in COMMON ? 1 : 0));
  at("members").replaceChildren(...own.map(([name, member]) =>
    make("label", {}, name.replaceAll("_", " "), field(name, member, kind.required ?? []))));
}

const COMMON = { rate: 1, requests: 1, burst: 1, operation: 1, charged: 1 };

function field(name, member, required) {
  const rule = member.anyOf?.find(one => one.type !== "null") ?? member;
  const choices = rule.enum ?? (rule.type === "boolean" ? ["true", "false"] : null);
  const value = [member.default ?? ""].flat().join("+");
  if (choices) return make("select", { name }, ...[...(member.anyOf ? [""] : []), ...choices].map(
    one => make("option", { value: one, selected: one === value }, one || "as usual")));
  const hint = rule.type === "array" ? "3+9" : rule.pattern?.includes("\\.") ? "Type.field" : "";
  return make("input", { name, value, placeholder: hint, required: required.includes(name), autocomplete: "off" });
}

at("kind").onchange = choose_kind;
at("new").onsubmit = event => {
  event.preventDefault();
  const told = Object.fromEntries(
    [...at("members").querySelectorAll("input, select")].map(one => [one.name, one.value.trim()]).filter(
      ([, value]) => value !== ""));
  set([...JSON.parse(shown ?? "[]"), { kind: at("kind").value, ...told }]);
};

// -- begin again --------------------------------------------------------------------------------

let sure = 0;
at("reset").onclick = () => {
  const button = at("reset");
  clearTimeout(sure);
  if (button.textContent === "Reset") {
    button.textContent = "Really reset";
    sure = setTimeout(() => { button.textContent = "Reset"; }, 10_000);
  } else {
    button.textContent = "Reset";
    change("/_sandbox/reset", { method: "POST" });
  }
};

async function start() {
  kinds = (await ask("/_sandbox/faults?kinds")).kinds;
  at("kind").replaceChildren(...kinds.map(one => make("option", {}, one.properties.kind.const)));
  choose_kind();
  for (;;) {
    if (!document.hidden) await refresh();
    await new Promise(passed => setTimeout(passed, EVERY_MS));
  }
}

start().catch(error => { at("alive").textContent = error.message; });
