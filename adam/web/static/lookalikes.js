// Records that look like the one being written: the form is posted to data-url a moment after the last change, and the
// fragment that comes back stands in the panel. Without this file the panel is drawn when the page is.
(function () {
  "use strict";

  const section = document.querySelector("[data-lookalikes][data-url]");
  if (!section) return;
  const form = section.closest("form");
  const panel = section.querySelector("[data-panel]");
  const WAIT = 900;
  let timer, running, last = "";

  function worth(data) {
    return (data.get("title") || "").trim().length >= 8;
  }

  async function look() {
    const data = new FormData(form);
    const told = new URLSearchParams([...data].filter(([name]) => !name.startsWith("lookalike_"))).toString();
    if (!worth(data) || told === last) return;
    last = told;
    if (running) running.abort();
    running = new AbortController();
    try {
      const answer = await fetch(section.dataset.url, {
        method: "POST",
        body: data,
        headers: { Accept: "text/html", "X-CSRFToken": data.get("csrf_token") },
        credentials: "same-origin",
        signal: running.signal,
      });
      if (answer.ok && !panel.contains(document.activeElement)) panel.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") last = "";
    }
  }

  form.addEventListener("input", (event) => {
    if (section.contains(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
})();
