"""The style sheet of a report: fonts of the system, colours for light and dark, and for paper."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import Final

STYLE: Final = """
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #ffffff; --text: #18212b; --quiet: #566372; --edge: #dde3ea;
  --track: #e8edf2; --main: #2458c6; --soft: #dbe6fb; --warm: #b4560a; --good: #17744a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0f141a; --card: #181f27; --text: #e7ecf2; --quiet: #9dabba; --edge: #2c3641;
    --track: #27313c; --main: #7ea8ff; --soft: #22345c; --warm: #f0a35e; --good: #62cf98;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  -webkit-text-size-adjust: 100%;
}
main, header, footer { max-width: 1080px; margin: 0 auto; padding: 0 16px; }
header { padding-top: 32px; padding-bottom: 8px; }
h1 { font-size: clamp(1.4rem, 4.5vw, 2rem); line-height: 1.25; margin: 4px 0 12px; }
h1, header p, .note, dd { overflow-wrap: anywhere; }
th { overflow-wrap: break-word; }
h2 { font-size: 1.15rem; margin: 0 0 4px; }
header p { margin: 0 0 8px; }
.lead { font-size: 1.1rem; max-width: 46rem; }
.quiet, .note, caption, footer { color: var(--quiet); }
.quiet, .note, footer { font-size: 0.875rem; }
.note { margin: 0 0 16px; max-width: 46rem; }
.state {
  display: inline-block; font-size: 0.875rem; font-weight: 600; padding: 2px 12px;
  border: 1px solid currentColor; border-radius: 14px; color: var(--warm);
}
.state.whole { color: var(--good); }
.tiles {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(148px, 1fr)); gap: 12px;
  margin: 16px 0;
}
.tile, section {
  background: var(--card); border: 1px solid var(--edge); border-radius: 12px; min-width: 0;
}
.tile { padding: 14px 16px; }
.tile dt { color: var(--quiet); font-size: 0.875rem; }
.tile dd { margin: 0; font-size: 0.8125rem; color: var(--quiet); line-height: 1.35; }
.tile .number {
  font-size: 1.75rem; line-height: 1.3; font-weight: 650; color: var(--text);
  font-variant-numeric: tabular-nums;
}
.tile .long { font-size: 1.1rem; line-height: 2.07; }
.tile .longer { font-size: 0.95rem; line-height: 2.4; }
section { padding: 20px; margin: 0 0 16px; }
.pair { display: grid; gap: 20px 40px; }
.pair > * { min-width: 0; }
@media (min-width: 860px), print {
  .pair { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start; }
}
@media (max-width: 480px) { section { padding: 16px 14px; } }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
caption {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
}
th, td { text-align: left; padding: 6px 0 6px 12px; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
thead th { color: var(--quiet); font-weight: 500; border-bottom: 1px solid var(--edge); }
tbody th { font-weight: 400; }
tbody tr + tr > * { border-top: 1px solid var(--edge); }
.amount { text-align: right; font-variant-numeric: tabular-nums; }
.sum > * { font-weight: 650; }
.scroll { overflow-x: auto; position: relative; }
svg { display: block; overflow: visible; }
svg svg { overflow: hidden; }
text { font: 14px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--text); }
text.value { font-variant-numeric: tabular-nums; }
text.axis {
  font-size: 12px; fill: var(--quiet); paint-order: stroke; stroke: var(--card);
  stroke-width: 4px; stroke-linejoin: round;
}
.track { fill: var(--track); }
.fill { fill: var(--main); }
.warm { fill: var(--warm); }
.area { fill: var(--soft); }
.line { fill: none; stroke: var(--main); stroke-width: 2px; stroke-linejoin: round; }
.grid { stroke: var(--edge); }
.mark { stroke: var(--warm); stroke-width: 1.5px; }
.break { stroke: var(--quiet); stroke-dasharray: 3 4; }
footer { padding-top: 8px; padding-bottom: 40px; }
@media print {
  body { background: none; font-size: 11pt; }
  section, .tile { break-inside: avoid; }
  header { padding-top: 0; }
}
"""

POLICY: Final = (
    f"default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
    f"style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
"""What the page may load: this style sheet, and nothing else; above all, no script."""
