"""The colours of papers that leave the house: the light tokens of adam.css, for pictures and for pages."""

from __future__ import annotations

import re

PICTURES = (
    "text{fill:#1b2130;font-size:13px}.t0{font-size:12px;fill:#4d5567}.tb{font-weight:bold}"
    ".grid0{stroke:#d9d6cc}.axis{stroke:#757c8b}.barA{fill:#1d489a}.barB{fill:#8fb1ee}"
    ".plus{fill:#1d489a}.minus{fill:#fff;stroke:#a11a2b;stroke-width:1.5}"
    ".clash{fill:#fcf1d8}.hatch{stroke:#7a4800;opacity:.55}"
    ".cliff{stroke:#a11a2b;stroke-width:2;stroke-dasharray:5 3}.red{fill:#a11a2b}.saf{fill:#7a4800}"
    ".cut{stroke:#1b2130;stroke-width:1.5;stroke-dasharray:3 3}"
    ".m0{fill:#fff;stroke:#757c8b;stroke-dasharray:3 2.5}"
    ".m0n{fill:#fcf1d8;stroke:#7a4800;stroke-width:2;stroke-dasharray:3 2.5}"
    ".m1{fill:#dbe6fa}.m2{fill:#8fb1ee}.m3{fill:#1b3f86}"
    "text.on3,text.on{fill:#fff}text.on2{fill:#10204a}"
    ".tile{fill:#fff;stroke:#d9d6cc}.core{stroke:#1b2130;stroke-width:2}"
    "g{fill:#1b2130}.p2{fill:#10204a}.p3{fill:#f6c25c}"
    ".ring{fill:none;stroke:#1b2130;stroke-width:1.5;stroke-dasharray:2.2 2}"
)
PAGE = """
:root { color-scheme: light }
body { font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: #1b2130; background: #fff;
  max-inline-size: 70rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem;
  border-block-start: 1px solid #d9d6cc; padding-block-start: 1rem } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem }
p { max-inline-size: 44rem; margin: .5rem 0 } .soft, small { color: #4d5567; font-size: .875rem }
dl.head { display: grid; grid-template-columns: max-content 1fr; gap: .125rem 1rem; font-size: .875rem; margin: 0 }
dl.head dt { color: #4d5567 } dl.head dd { margin: 0 }
dl.facts { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin: .5rem 0 } dl.facts dt { font-size: .8125rem;
  color: #4d5567 } dl.facts dd { margin: 0; font-size: 1.375rem } dl.facts small { display: block }
.scroll { overflow-x: auto } table { border-collapse: collapse; inline-size: 100%; font-size: .875rem;
  font-variant-numeric: tabular-nums } caption { text-align: start; font-weight: 650; padding-block: .5rem }
th, td { text-align: start; vertical-align: top; padding: .25rem .5rem; border-block-end: 1px solid #d9d6cc }
thead th { background: #eceae3; font-size: .8125rem } .num { text-align: end; white-space: nowrap }
.entry { border-inline-start: 3px solid #1d489a; padding-inline-start: .75rem; margin: 1rem 0 } .entry p { margin: 0 }
.entry ul { margin: .25rem 0; padding-inline-start: 1.25rem; font-size: .875rem; max-inline-size: 60rem }
svg { display: block; inline-size: 100%; max-inline-size: 60rem; block-size: auto }
footer { margin-block-start: 2rem; border-block-start: 1px solid #d9d6cc; padding-block-start: .5rem }
@media print { body { max-inline-size: none; padding: 0; font-size: 10pt } tr, .entry, figure { break-inside: avoid }
  thead { display: table-header-group } h2, h3, caption { break-after: avoid } }
""".strip()
OPENING = re.compile(r"<svg\b([^>]*)>", re.ASCII)
SPACE = 'xmlns="http://www.w3.org/2000/svg"'


def alone(svg: str, font: str = "sans-serif") -> str:
    """A picture that carries its own colours, to be read without the page it was made for."""

    def opened(found: re.Match[str]) -> str:
        given = found[1] if "xmlns=" in found[1] else f" {SPACE}{found[1]}"
        return f"<svg{given}><style>text{{font-family:{font}}}{PICTURES}</style>"

    return OPENING.sub(opened, svg, count=1)
