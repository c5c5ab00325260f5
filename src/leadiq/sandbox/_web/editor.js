// The document's editor: a text area with completion at Ctrl-Space and an indent that is kept.

import { make } from "./dom.js";
import { complete } from "./language.js";

const MOST = 60;
const NOTE = 90;

/** Let a text area complete from what `schema()` gives, in the list beside it. */
export function attach(area, list, schema) {
  let found = null, chosen = 0;

  function close() {
    found = null;
    list.hidden = true;
    area.setAttribute("aria-expanded", "false");
    area.removeAttribute("aria-activedescendant");
  }

  function open() {
    found = schema() && complete(schema(), area.value, area.selectionStart);
    if (!found?.choices.length) return close();
    found.choices = found.choices.slice(0, MOST);
    list.replaceChildren(...found.choices.map(shown));
    list.hidden = false;
    area.setAttribute("aria-expanded", "true");
    place(area, list);
    choose(0);
  }

  function shown(choice, at) {
    const note = choice.note.length > NOTE ? choice.note.slice(0, NOTE) + "…" : choice.note;
    return make("li", {
      id: `choice-${at}`, role: "option",
      onmousedown: event => { event.preventDefault(); chosen = at; accept(); },
    }, make("code", { className: choice.old ? "old" : "" }, choice.word),
    make("span", { className: "faint" }, ` ${choice.type} ${note}`));
  }

  function choose(at) {
    chosen = (at + found.choices.length) % found.choices.length;
    [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
    area.setAttribute("aria-activedescendant", `choice-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function accept() {
    const [before, after = ""] = found.choices[chosen].insert.split("|");
    area.setSelectionRange(found.start, found.end ?? area.selectionEnd);
    insert(area, before + after);
    const caret = area.selectionStart - after.length;
    area.setSelectionRange(caret, caret);
    close();
  }

  const keys = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: accept,
    Tab: accept,
    Escape: close,
  };
  area.addEventListener("keydown", event => {
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); open(); }
    else if (found && keys[event.key]) { event.preventDefault(); keys[event.key](); }
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) { event.preventDefault(); newLine(area); }
  });
  area.addEventListener("input", () => { if (found) open(); });
  area.addEventListener("blur", close);
}

/** Put text in the place of the selection, so that it can be undone. */
function insert(area, text) {
  area.focus();
  if (!document.execCommand("insertText", false, text))
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
}

function newLine(area) {
  const line = area.value.slice(0, area.selectionStart).split("\n").at(-1);
  const deeper = /[{(]\s*$/.test(line) ? "  " : "";
  insert(area, "\n" + line.match(/^\s*/)[0] + deeper);
}

/** Put the list under the cursor: the font has one width, and lines do not wrap. */
function place(area, list) {
  const lines = area.value.slice(0, area.selectionStart).split("\n");
  const style = getComputedStyle(area), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const left = pen.measureText(lines.at(-1)).width - area.scrollLeft;
  const top = (lines.length + .4) * parseFloat(style.lineHeight) - area.scrollTop;
  list.style.left = `${Math.max(0, Math.min(left, area.clientWidth - list.offsetWidth))}px`;
  list.style.top = `${Math.max(0, Math.min(top, area.offsetHeight))}px`;
}
