"""Barriers that axe finds on a page, asked as seldom as what it would say is already known."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

BUILD = """() => {
  const told = node => node.nodeType === Node.TEXT_NODE ? (node.data.trim() ? "t" : "")
    : node.nodeType !== Node.ELEMENT_NODE ? ""
    : "<" + node.tagName + [...node.attributes].map(one =>
        " " + one.name + "=" + (FREE.has(one.name) ? (one.value.trim() ? "v" : "") : one.value)).join("")
      + ">" + [...node.childNodes].map(told).join("");
  const FREE = new Set(["href", "value", "name", "action", "content", "title", "aria-label",
    "datetime", "d", "x", "y", "width", "height", "x1", "x2", "y1", "y2"]);
  return told(document.documentElement);
}"""
"""Elements, attributes and where words stand, without the words: axe finds the same in two pages of one build."""
LOOKS = """() => {
  const seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
  for (let one = walk.currentNode; one; one = walk.nextNode()) {
    if (![...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()) && !one.value) continue;
    const look = getComputedStyle(one);
    let under = one, ground = [];
    for (; under; under = under.parentElement) {
      const back = getComputedStyle(under);
      ground.push(back.backgroundColor + back.backgroundImage + back.opacity + back.filter);
    }
    seen.add([look.color, look.fontSize, look.fontWeight, look.textShadow, ...new Set(ground)].join("|"));
  }
  return [...seen];
}"""
"""What contrast depends on, for each element with words: colour, size, weight of its letters, all grounds under it."""
_looks: set[str] = set()
_asked: set[str] = set()


def news(page: Page, path: str) -> list[str]:
    """What axe finds on the page that is open: asked once about each build, however many roles read it."""
    build = page.evaluate(BUILD)
    found = [] if build in _asked else barriers(page)
    _asked.update(() if found else {build})
    return [f"{path}: {one}" for one in found]


def barriers(page: Page) -> list[str]:
    """Axe's violations: the rule and where. Contrast, its dearest rule, is asked once about each look of words."""
    looks = set(page.evaluate(LOOKS))
    contrast = {"color-contrast": {"enabled": not looks <= _looks}}
    response = Axe().run(page, options={"resultTypes": ["violations"], "rules": contrast}).response
    found = [f"{one['id']} at {one['nodes'][0]['target']}" for one in response["violations"]]
    _looks.update(() if found else looks)
    return found
