#!/usr/bin/env python3
"""Take the pictures of the README anew from a server that runs, as a coordinator and as a focal point.

    .venv/bin/python docs/images/retake.py LINK_OF_THE_COORDINATOR LINK_OF_THE_FOCAL_POINT

The links are those that `make run` prints. What stands in the pictures is what stands in that database: the seeds, and
files of IATI where some were imported.
"""

from __future__ import annotations

import base64
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
WIDE = {"width": 1180, "height": 900}
ONE = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}")


def signed_in(browser: Browser, link: str) -> Page:
    """A page of whoever this link signs in."""
    page = browser.new_context(viewport=WIDE, locale="en-GB").new_page()
    page.goto(link)
    page.locator("main button").first.click()
    page.wait_for_url("**/desk")
    return page


def keep(page: Page, name: str, height: int) -> None:
    """Write what stands in the window, this high, as WebP."""
    page.set_viewport_size(WIDE | {"height": height})
    page.evaluate("document.activeElement.matches('input') || document.activeElement.blur()")
    asked = {"format": "webp", "quality": 75}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    content = base64.b64decode(taken["data"])
    (HERE / f"{name}.webp").write_bytes(content)
    sys.stdout.write(f"{name}.webp: {len(content):,} bytes\n")


def report(page: Page, origin: str) -> None:
    """The overlap report for Afghanistan."""
    page.goto(f"{origin}/reports/new")
    page.locator("input[name=kind][value=overlap]").check()
    page.locator("input[name=country][value=AF]").check()
    page.get_by_role("button", name="Run the report").click()
    page.wait_for_url(ONE)
    page.reload()
    keep(page, "report", 1150)


def finding(page: Page, origin: str) -> None:
    """Two seeded records that may overlap: why we ask, the verdict, and how the certainty came about."""
    page.goto(f"{origin}/findings?tab=coordination&q=Green+Paper")
    page.locator("main a[href^='/findings/']").first.click()
    page.wait_for_url(ONE)
    keep(page, "finding", 900)
    page.get_by_role("heading", name="In time").evaluate("node => node.scrollIntoView()")
    keep(page, "certainty", 640)


def form(page: Page, origin: str) -> None:
    """A new project, with a country found in another script and what is recorded already."""
    page.goto(f"{origin}/submissions/new")
    page.locator("#title").fill(
        "Border management cooperation in drug control: Afghanistan, Iran and Pakistan"
    )
    page.locator("#organizations-0-name").fill("Norway")
    page.locator("#organizations-1-name").fill("UNODC")
    page.locator("#start_planned").fill("2008-01-01")
    page.locator("#end_planned").fill("2010-12-31")
    page.locator("#countries-0-country").fill("Iran")
    page.locator("#countries-0-share").fill("40")
    page.get_by_role("button", name="Add a country").click()
    page.locator("#countries-1-country").fill("Pakistan")
    page.locator("#countries-1-share").fill("35")
    page.get_by_role("button", name="Add a country").click()
    page.locator("[data-panel]", has_text="Same implementer").wait_for()
    page.locator("#p3").evaluate("node => node.scrollIntoView()")
    page.locator("#countries-2-country").press_sequentially("\u0430\u0444\u0433\u0430\u043d")
    page.locator("[role=listbox] [role=option]").first.wait_for()
    keep(page, "form", 820)


def main(coordinator: str, focal_point: str) -> int:
    """All of them."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    origin = coordinator.partition("/sign-in")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        office = signed_in(browser, coordinator)
        report(office, origin)
        finding(office, origin)
        form(signed_in(browser, focal_point), origin)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
