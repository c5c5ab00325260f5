"""One page of the browser: what a person does there, and what can be seen of it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from .pipe import Pipe
from .pixels import DECODE, Image

PHONE = (360, 740)
DESK = (1280, 800)
# The keys that a test presses; a character is typed by `type`.
_KEYS = {
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    "Tab": (9, ""),
    "Backspace": (8, ""),
    "ArrowUp": (38, ""),
    "ArrowDown": (40, ""),
    " ": (32, ""),
}
_MODIFIERS = {"Alt": 1, "Control": 2, "Shift": 8}
_UNTIL = """
new Promise((found, gave_up) => {
  const end = performance.now() + %d;
  (function look() {
    let value;
    try { value = (%s); } catch (error) { value = undefined; }
    if (value) found(value);
    else if (performance.now() > end) gave_up(new Error("did not come true"));
    else setTimeout(look, 20);
  })();
})
"""
# What stands out to the right, unless something around it scrolls or cuts it off.
_WIDE = """
(() => {
  const most = document.documentElement.clientWidth, cut = new Set();
  const wide = document.documentElement.scrollWidth > most ? ["(the page scrolls)"] : [];
  for (const one of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (cut.has(one.parentElement) || style.overflowX !== "visible") cut.add(one);
    else if (box.width && box.height && box.right > most + 1)
      wide.push(one.tagName.toLowerCase() + (one.id && "#" + one.id) + " " + box.right);
    if (cut.has(one) && !cut.has(one.parentElement) && box.width && box.right > most + 1)
      wide.push(one.tagName.toLowerCase() + (one.id && "#" + one.id) + " " + box.right);
  }
  return wide;
})()
"""


class Page:
    """A page. `requests` is every address it has asked for since it was made, and `problems` what a
    developer would see in red: errors of the console, exceptions, policies that were broken,
    requests that failed or were answered with a status of 400 or more.
    """

    def __init__(self, pipe: Pipe, context: str) -> None:
        self._pipe = pipe
        self._context = context
        target = pipe.call("Target.createTarget", url="about:blank", browserContextId=context)
        attached = pipe.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session: str = attached["sessionId"]
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._loads = 0
        pipe.listen(self._session, self._heard)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        self.view(*DESK)

    # -- what a person does --------------------------------------------------------------------

    def view(self, width: int, height: int, *, dark: bool = False, scale: float = 1) -> None:
        """Look through a window of this many CSS pixels, preferring light or dark."""
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=False,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._call("Emulation.setEmulatedMedia", features=[scheme])

    def open(self, address: str | Path) -> None:
        """Go to an address, or a file, and wait until it has loaded."""
        url = address.absolute().as_uri() if isinstance(address, Path) else address
        loads = self._loads
        found = self._call("Page.navigate", url=url)
        assert not found.get("errorText"), f"{url}: {found['errorText']}"
        self._pipe.wait(lambda: self._loads > loads, f"{url} did not load")

    def click(self, selector: str) -> None:
        """Press the mouse in the middle of an element, which is scrolled to first."""
        x, y = self.evaluate(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            "one.scrollIntoView({block: 'center'}); const box = one.getBoundingClientRect();"
            "return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Type text where the focus is."""
        self._call("Input.insertText", text=text)

    def press(self, key: str, *modifiers: str) -> None:
        """Press a key of `_KEYS`, or a character, with `Control`, `Alt` or `Shift` held."""
        code, text = _KEYS.get(key) or (ord(key.upper()), key)
        held = sum(_MODIFIERS[one] for one in modifiers)
        event = {"key": key, "windowsVirtualKeyCode": code, "modifiers": held}
        self._call(
            "Input.dispatchKeyEvent", type="keyDown", text="" if held & ~8 else text, **event
        )
        self._call("Input.dispatchKeyEvent", type="keyUp", **event)

    # -- what can be seen ----------------------------------------------------------------------

    def evaluate(self, expression: str) -> Any:
        """What a JavaScript expression is, a promise awaited; an AssertionError if it throws."""
        reply = self._call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        thrown = reply.get("exceptionDetails")
        assert not thrown, f"{expression}: {thrown and _words(thrown)}"
        return reply["result"].get("value")

    def wait_for(self, expression: str, timeout_s: float = 20) -> Any:
        """What an expression is once it is true; one that throws is not yet."""
        return self.evaluate(_UNTIL % (timeout_s * 1000, expression))

    def text(self, selector: str = "body") -> str:
        """The text of an element, as it can be read."""
        return self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")

    def style(self, selector: str, name: str) -> str:
        """A style of an element, as it has been computed."""
        found = f"document.querySelector({json.dumps(selector)})"
        return self.evaluate(f"getComputedStyle({found}).getPropertyValue({json.dumps(name)})")

    def box(self, selector: str) -> dict[str, float]:
        """Where an element is in the window: x, y, width, height."""
        found = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        return self.evaluate(f"(({{x, y, width, height}}) => ({{x, y, width, height}}))({found})")

    def wide(self) -> list[str]:
        """What stands out to the right of the window, and so would make the page scroll."""
        return self.evaluate(_WIDE)

    def screenshot(self, path: Path | None = None, *, whole: bool = False) -> Image:
        """What the window shows, or the whole page; written to `path` if that is given."""
        shot = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        if path is not None:
            path.write_bytes(base64.b64decode(shot["data"]))
        width, height, data = self.evaluate(f"{DECODE}({json.dumps(shot['data'])})")
        return Image(width, height, base64.b64decode(data))

    def close(self) -> None:
        """Close it, and forget what it has stored."""
        self._pipe.call("Target.disposeBrowserContext", browserContextId=self._context)

    # -- events --------------------------------------------------------------------------------

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        return self._pipe.call(method, self._session, **parameters)

    def _heard(self, method: str, event: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loads += 1
        elif method == "Network.requestWillBeSent":
            self.requests.append(event["request"]["url"])
        elif problem := _problem(method, event):
            self.problems.append(problem)


def _problem(method: str, event: dict[str, Any]) -> str | None:
    """What is wrong according to an event, if anything."""
    if method == "Runtime.exceptionThrown":
        return f"exception: {_words(event['exceptionDetails'])}"
    if method == "Runtime.consoleAPICalled" and event["type"] in {"error", "assert"}:
        return f"console: {[one.get('value', one.get('description')) for one in event['args']]}"
    if method == "Log.entryAdded" and event["entry"]["level"] == "error":
        return f"log: {event['entry']['text']}"
    if method == "Network.loadingFailed" and not event.get("canceled"):
        return f"request: {event['errorText']} {event.get('blockedReason', '')}".strip()
    if method == "Network.responseReceived" and event["response"]["status"] >= 400:
        return f"request: {event['response']['status']} {event['response']['url']}"
    return None


def _words(thrown: dict[str, Any]) -> str:
    return str(thrown.get("exception", {}).get("description") or thrown["text"])
