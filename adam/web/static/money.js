// What an amount is in US dollars: asked of the server a moment after amount, currency or day were written. Without
// this file the same sentence stands there whenever the page is drawn.
(function () {
  "use strict";

  const place = document.querySelector("[data-converted]");
  if (!place) return;
  const form = place.closest("form");
  const WAIT = 500;
  const known = {};
  const timers = new WeakMap();

  const written = (row, name) => row.querySelector(`[name="contribution_${name}"]`).value.trim();

  async function convert(row) {
    const start = form.elements.start_actual.value || form.elements.start_planned.value;
    const asked = { amount: written(row, "amount"), currency: written(row, "currency"), date: written(row, "date"), start };
    const told = row.querySelector("[data-usd]");
    const query = new URLSearchParams(asked).toString();
    if (!asked.amount || !asked.currency) known[query] = "";
    row.dataset.asked = query;
    try {
      if (!(query in known)) {
        const answer = await fetch(`${place.dataset.converted}?${query}`, { credentials: "same-origin" });
        if (!answer.ok || answer.redirected) return;
        known[query] = await answer.text();
      }
      if (row.dataset.asked === query && told.textContent !== known[query]) told.textContent = known[query];
    } catch (error) {
      // No connection: the sentence that stands there may be of another amount, so it goes.
      told.textContent = "";
    }
  }

  form.addEventListener("input", ({ target }) => {
    const rows = target.name && target.name.startsWith("start_") ? [...place.querySelectorAll("[data-row]")]
      : [target.closest("[data-converted] [data-row]")];
    for (const row of rows.filter(Boolean)) {
      clearTimeout(timers.get(row));
      timers.set(row, setTimeout(convert, WAIT, row));
    }
  });
})();
