// What the page thinks of the answers so far: records that look like the one being written, and pillars for its text.
// The form is posted to data-url a moment after the last change; each part that comes back goes to its place. Without
// this file both are drawn when the page is.
(function () {
  "use strict";

  const section = document.querySelector("[data-lookalikes][data-url]");
  if (!section) return;
  const form = section.closest("form");
  const panel = section.querySelector("[data-panel]");
  const proposals = form.querySelector("[data-proposals]");
  const status = section.querySelector("[data-count]");
  const WAIT = 900, LEAST = 8;
  const ASIDE = /^(lookalike|remark|csrf|once|version|looked|visibility|language|.*_share$|.*_rationale$)/;
  let timer, running, last = "";

  async function look() {
    const data = new URLSearchParams(new FormData(form));
    const told = new URLSearchParams([...data].filter(([name]) => !ASIDE.test(name))).toString();
    if ((data.get("title") || "").trim().length < LEAST || told === last) return;
    last = told;
    if (running) running.abort();
    running = new AbortController();
    try {
      const answer = await fetch(section.dataset.url, {
        method: "POST",
        body: data,
        headers: { Accept: "text/html" },
        credentials: "same-origin",
        signal: running.signal,
      });
      if (answer.ok && !answer.redirected) put(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") last = "";
    }
  }

  function put(text) {
    const parts = document.createElement("template");
    parts.innerHTML = text;
    for (const [place, name] of [[panel, "panel"], [proposals, "proposals"]]) {
      const part = parts.content.querySelector(`[data-part="${name}"]`);
      if (part && !place.contains(document.activeElement) && part.innerHTML !== place.innerHTML) {
        place.replaceChildren(...part.childNodes);
      }
    }
    const first = panel.querySelector("p");
    if (status && first && status.textContent !== first.textContent) status.textContent = first.textContent;
  }

  form.addEventListener("input", (event) => {
    if (section.contains(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
})();
