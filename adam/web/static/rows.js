// Rows of a form: add, remove, divide evenly, and the running total of shares. Without this file the same buttons go
// to the server, which answers with the same page.
(function () {
  "use strict";

  const form = document.querySelector("[data-form]");
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
  if (!form) return;

  const KEY = "[data-pick], select";
  const rowsOf = (group) => form.querySelector(`[data-rows="${group}"]`);
  const listed = (group) => [...rowsOf(group).querySelectorAll(`[data-row="${group}"]`)];
  const firstOf = (group) => Number(rowsOf(group).dataset.first || 0);
  const sharesOf = (group) => [...form.querySelectorAll(`input[data-share="${group}"]`)];

  function drawn(group, place) {
    const blank = form.querySelector(`template[data-blank="${group}"]`);
    const holder = document.createElement(rowsOf(group).tagName);
    holder.innerHTML = blank.innerHTML.replaceAll("__i__", place).replaceAll("__n__", place + 1);
    return holder.firstElementChild;
  }

  function renumber(group) {
    listed(group).forEach((row, index) => {
      row.querySelectorAll("[data-meant]").forEach((asked) => asked.remove());
      const place = firstOf(group) + index;
      const fresh = drawn(group, place);
      const named = "input, select, textarea, button";
      const before = row.querySelectorAll(named), after = fresh.querySelectorAll(named);
      before.forEach((control, at) => {
        const model = after[at];
        if (!model) return;
        for (const name of ["id", "aria-label"]) {
          if (model.hasAttribute(name)) control.setAttribute(name, model.getAttribute(name));
        }
        if (control.tagName === "BUTTON") control.value = model.value;
      });
      const labels = fresh.querySelectorAll("label, legend");
      row.querySelectorAll("label, legend").forEach((label, at) => {
        if (!labels[at]) return;
        label.textContent = labels[at].textContent;
        if (labels[at].htmlFor) label.htmlFor = labels[at].htmlFor;
      });
    });
  }

  function add(group, value) {
    const rows = listed(group);
    const spare = value && rows.find((row) => !row.querySelector(KEY).value);
    const row = spare || rowsOf(group).appendChild(drawn(group, firstOf(group) + rows.length));
    if (value) row.querySelector(KEY).value = value;
    row.querySelector("select, input").focus();
    total(group);
  }

  function remove(group, button) {
    const row = button.closest("[data-row]");
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    if (!listed(group).length && firstOf(group) === 0) add(group);
    renumber(group);
    total(group);
    const focus = next && next.matches("[data-row]") ? next.querySelector("select, input") : null;
    (focus || form.querySelector(`button[value="add:${group}"]`)).focus();
  }

  // Cents, so that no share is lost: the first rows take one more where 100.00 doesn't divide.
  function divide(group) {
    const filled = listed(group).filter((row) => row.querySelector(KEY).value);
    const shared = Math.floor(10000 / Math.max(filled.length, 1));
    let rest = 10000 - shared * filled.length;
    for (const row of filled) {
      row.querySelector("[data-share]").value = ((shared + (rest-- > 0 ? 1 : 0)) / 100).toFixed(2);
    }
    total(group);
  }

  function total(group) {
    const foot = form.querySelector(`[data-total="${group}"]`);
    if (!foot) return;
    const cents = sharesOf(group).reduce((sum, input) => {
      const value = Number.parseFloat(input.value.replace(",", "."));
      return sum + (Number.isFinite(value) ? Math.round(value * 100) : 0);
    }, 0);
    const rest = foot.querySelector("[data-rest]");
    foot.querySelector("[data-sum]").textContent = (cents / 100).toFixed(2);
    rest.classList.toggle("not", cents > 10000);
    const words = cents > 10000 ? foot.dataset.over : foot.dataset.left;
    rest.firstElementChild.textContent = cents === 10000 ? "" : `${(Math.abs(10000 - cents) / 100).toFixed(2)} ${words}`;
    gauge(group, Math.max(cents, 0) / 100);
  }

  function gauge(group, share) {
    const holder = form.querySelector(`[data-gauge="${group}"] svg`);
    if (!holder) return;
    const whole = 220 / Math.max(share / 100, 1);
    const rect = (name, x, width) => {
      const drawing = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      if (name) drawing.setAttribute("class", name);
      for (const [key, value] of Object.entries({ x, width, height: 10 })) drawing.setAttribute(key, value);
      return drawing;
    };
    const parts = [rect("", 0, 220), rect("on", 0, (Math.min(share, 100) / 100) * whole)];
    if (share > 100) parts.push(rect("over", whole, 220 - whole));
    holder.replaceChildren(...parts);
    holder.setAttribute("aria-label", holder.getAttribute("aria-label").replace(/\d[\d.]*/, share.toFixed(2)));
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="action"]');
    if (!button) return;
    const [verb, group, value] = button.value.split(/:(.*?)(?::(.*))?$/);
    if (!["add", "remove", "divide"].includes(verb) || !rowsOf(group)) return;
    event.preventDefault();
    if (verb === "add") add(group, value);
    else if (verb === "remove") remove(group, button);
    else divide(group);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });

  form.addEventListener("input", (event) => {
    if (event.target.dataset && event.target.dataset.share) total(event.target.dataset.share);
  });
})();
