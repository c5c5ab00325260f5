// The schema beside the editor: a type and its members, and a search.

import { make } from "./dom.js";
import { named, written } from "./language.js";

const MOST = 40;

/** Show a schema in a box, and what is searched for in a field. */
export function browse(schema, box, find) {
  const trail = [];

  function go(name) {
    trail.push(name);
    show();
  }

  function show() {
    const type = schema.type(trail.at(-1));
    box.replaceChildren(...(type ? [back(), ...shownType(type)] : start()));
    box.scrollTop = 0;
  }

  const link = name => make("button", { className: "link", onclick: () => go(name) }, name);
  const start = () => [schema.query, schema.mutation].filter(Boolean).map(name => make("p", {}, link(name)));
  const back = () => make("button", { onclick: () => { trail.pop(); show(); } }, "← back");

  function shownType(type) {
    const members = type.fields ?? type.inputFields ?? type.enumValues ?? [];
    const kinds = (type.possibleTypes ?? []).map(one => make("p", {}, "or ", link(one.name)));
    return [make("h3", { className: "mono" }, type.name), note(type.description), ...kinds,
      ...members.map(member)];
  }

  function member(one) {
    const label = make("code", { className: one.isDeprecated ? "old" : "" }, one.name);
    const type = one.type ? [": ", typeLink(one.type)] : [];
    const given = (one.args ?? []).map(arg => make("div", { className: "mono faint" }, `(${arg.name}: `, typeLink(arg.type), ")"));
    return make("div", { className: "member" }, label, ...type, ...given, note(one.deprecationReason ?? one.description));
  }

  const typeLink = type => make("button", { className: "link", onclick: () => go(named(type)) }, written(type));
  const note = text => text ? make("p", { className: "faint" }, text) : null;

  function results(text) {
    const fits = name => name.toLowerCase().includes(text);
    const found = [];
    for (const type of schema.types.values()) {
      if (type.name.startsWith("__")) continue;
      if (fits(type.name)) found.unshift(make("p", {}, link(type.name)));
      for (const one of type.fields ?? type.inputFields ?? [])
        if (fits(one.name)) found.push(make("p", {}, link(type.name), `.${one.name}`));
    }
    return found.length ? found.slice(0, MOST) : [make("p", { className: "faint" }, "nothing is called so")];
  }

  find.addEventListener("input", () => {
    const text = find.value.trim().toLowerCase();
    if (text) box.replaceChildren(...results(text));
    else show();
  });
  show();
}
