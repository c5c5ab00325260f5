// What can stand where the cursor is in a GraphQL document. Pure: text and schema in, words out.
// The text is usually not finished, so it is read by tokens and never refused.

const TOKENS =
  /#[^\n]*|"""[\s\S]*?(?:"""|$)|"(?:\\.|[^"\\\n])*"?|\.\.\.|\$?[A-Za-z_]\w*|-?\d[\w.+-]*|[{}()[\]:!=@|&$]/g;
const NAME = /^[A-Za-z_]\w*$/;

/** A schema by introspection. */
export class Schema {
  constructor(found) {
    this.types = new Map(found.types.map(type => [type.name, type]));
    this.query = found.queryType.name;
    this.mutation = found.mutationType?.name;
    this.directives = found.directives;
  }
  type(name) { return this.types.get(name); }
  field(type, name) { return this.type(type)?.fields?.find(one => one.name === name); }
  isComposite(type) { return ["OBJECT", "INTERFACE", "UNION"].includes(this.type(type)?.kind); }
}

/** The name of a type without its lists and exclamation marks. */
export function named(type) {
  while (type?.ofType) type = type.ofType;
  return type?.name;
}

/** A type as it is written: `[String!]!`. */
export function written(type) {
  if (type.kind === "NON_NULL") return written(type.ofType) + "!";
  return type.kind === "LIST" ? `[${written(type.ofType)}]` : type.name;
}

/** The names of a document's operations. */
export function operations(text) {
  const words = tokens(text).map(one => one.text);
  let depth = 0;
  return words.filter((word, at) => {
    if (word === "{") depth++;
    if (word === "}") depth--;
    return depth === 0 && ["query", "mutation"].includes(words[at - 1]) && NAME.test(word);
  });
}

/** The choices at a place, best first, and where the word begins that they complete. */
export function complete(schema, text, caret) {
  const before = tokens(text).filter(one => one.start < caret);
  const last = before.at(-1);
  if (last && /^[#"]/.test(last.text) && (caret <= last.end && !isClosed(last.text, caret - last.start)))
    return { start: caret, choices: [] };
  const typed = last && caret <= last.end && /^\$?[A-Za-z_]|^\$$/.test(last.text) ? before.pop() : null;
  const start = typed ? typed.start : caret;
  const prefix = text.slice(start, caret).toLowerCase();
  const found = choices(schema, walk(schema, before), text);
  const fits = found.filter(one => one.word.toLowerCase().includes(prefix));
  const begins = one => one.word.toLowerCase().startsWith(prefix) ? 0 : 1;
  return { start, end: typed ? typed.end : caret, choices: fits.sort((a, b) => begins(a) - begins(b)) };
}

function tokens(text) {
  return [...text.matchAll(TOKENS)].map(
    found => ({ text: found[0], start: found.index, end: found.index + found[0].length }));
}

const isClosed = (word, length) =>
  word.startsWith('"') && length === word.length && word.length > 1 && word.endsWith('"');

/** Where the last of these tokens leads: a stack of what is open, with types. */
function walk(schema, before) {
  const open = [{ kind: "document", type: schema.query }];
  for (const { text: word } of before) {
    if (word.startsWith("#")) continue;
    const here = open.at(-1);
    if (word === "}" || word === ")" || word === "]") {
      if (open.length > 1) open.pop();
      if (open.at(-1).kind === "document") open[0] = { kind: "document", type: schema.query };
      else if (open.at(-1).kind !== "list") open.at(-1).expected = null;
    } else if ("{([".includes(word)) open.push(opened(schema, here, word));
    else STEPS[here.kind](here, word, schema);
  }
  return open.at(-1);
}

/** What a bracket opens. */
function opened(schema, here, bracket) {
  const inside = named(here.expected);
  if (here.kind === "document" && bracket === "(") return { kind: "variables" };
  if (here.kind === "document") return { kind: "selection", type: here.type };
  if (here.kind === "selection" && bracket === "(")
    return { kind: "members", members: here.directive ? here.directive.args : here.field?.args, used: [] };
  if (here.kind === "selection") {
    const type = here.on ?? named(here.field?.type);
    here.on = here.field = null;
    return { kind: "selection", type };
  }
  if (bracket === "[") return { kind: "list", expected: here.expected };
  return { kind: "members", members: schema.type(inside)?.inputFields, used: [] };
}

const STEPS = {
  document(here, word, schema) {
    if (word === "mutation") here.type = schema.mutation;
    if (here.after === "on") here.type = word;
    here.after = word;
  },
  selection(here, word, schema) {
    if (word === "...") here.on = here.type;
    else if (here.after === "...on") here.on = word;
    else if (here.after === "@") here.directive = schema.directives.find(one => one.name === word);
    else if (NAME.test(word) && here.after !== "...") {
      here.field = schema.field(here.type, word);
      here.directive = here.on = null;
    }
    here.after = here.after === "..." && word === "on" ? "...on" : word;
  },
  members(here, word) {
    if (word === ":") here.expected = here.member?.type;
    else if (here.expected) here.expected = null;
    else if (NAME.test(word)) {
      here.member = here.members?.find(one => one.name === word);
      here.used.push(word);
    }
  },
  list() { },
  variables(here, word) {
    here.after = word;
  },
};

function choices(schema, here, text) {
  if (here.kind === "document") return words(here.after === "on" ? composites(schema) : KEYWORDS);
  if (here.kind === "variables") return here.after === ":" ? words(inputs(schema)) : [];
  if (here.kind === "selection") return selectable(schema, here);
  if (here.expected) return values(schema, here.expected, text);
  if (here.kind === "list") return [];
  return (here.members ?? []).filter(one => !here.used.includes(one.name)).map(
    one => ({ ...described(one), insert: `${one.name}: ` }));
}

const KEYWORDS = ["query", "mutation", "fragment"];
const words = names => names.map(word => ({ word, insert: word, type: "", note: "" }));
const composites = schema => [...schema.types.keys()].filter(
  name => schema.isComposite(name) && !name.startsWith("__"));
const inputs = schema => [...schema.types.values()].filter(
  type => ["SCALAR", "ENUM", "INPUT_OBJECT"].includes(type.kind)).map(type => type.name);

function selectable(schema, here) {
  if (here.after === "@") return words(schema.directives.filter(
    one => one.locations.includes("FIELD")).map(one => one.name));
  if (here.after === "...") return words(["on"]);
  const type = schema.type(here.type);
  if (here.after === "...on")
    return words([here.type, ...(type?.possibleTypes ?? []).map(one => one.name)]);
  const fields = (type?.fields ?? []).map(one => {
    const insert = schema.isComposite(named(one.type)) ? `${one.name} { | }` : one.name;
    return { ...described(one), insert };
  });
  const current = fields.filter(one => !one.old), old = fields.filter(one => one.old);
  return [...current, ...words(["__typename"]), ...old];
}

function values(schema, expected, text) {
  const type = schema.type(named(expected));
  const variables = [...new Set(text.match(/\$[A-Za-z_]\w*/g) ?? [])];
  const own = type?.kind === "ENUM"
    ? type.enumValues.map(one => ({ ...described(one), insert: one.name }))
    : words(type?.name === "Boolean" ? ["true", "false"] : []);
  return [...own, ...words(variables)];
}

const described = one => ({
  word: one.name,
  type: one.type ? written(one.type) : "",
  note: one.deprecationReason ?? one.description ?? "",
  old: Boolean(one.isDeprecated),
});
