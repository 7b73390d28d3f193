// A picker: a text field whose list opens while one types (ARIA 1.2, combobox with list). It finds names, codes and
// other spellings in any language, accents or not. Without this file the browser's own list does, and the server asks
// "did you mean".
(function () {
  "use strict";

  const form = document.querySelector("[data-form]");
  if (!form) return;
  const said = JSON.parse(form.dataset.said);
  const MOST = 8;
  const lists = {};
  const box = document.createElement("ul");
  const status = document.createElement("p");
  let field = null, found = [], at = -1, moved = false;

  box.id = "picks";
  box.className = "picks";
  box.setAttribute("role", "listbox");
  status.className = "hide";
  status.setAttribute("role", "status");
  form.append(status);

  const folded = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();

  function listed(kind) {
    if (!lists[kind]) {
      lists[kind] = fetch(`/choices/${kind}`, { credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
        .catch(() => { delete lists[kind]; return null; });
    }
    return lists[kind];
  }

  // 0: the whole spelling, 1: its beginning, 2: the beginning of a word, 3: somewhere inside, 9: not at all.
  function rank(spellings, typed) {
    let best = 9;
    for (const spelling of spellings.split("|")) {
      const place = spelling === typed ? 0 : spelling.startsWith(typed) ? 1 : spelling.includes(` ${typed}`) ? 2
        : typed.length > 2 && spelling.includes(typed) ? 3 : 9;
      if (place < best) best = place;
    }
    return best;
  }

  function fitting(list, typed) {
    if (!typed) return list.slice(0, MOST).map((entry) => ({ entry, rank: 9 }));
    return list.map((entry) => ({ entry, rank: rank(entry[2], typed) })).filter((one) => one.rank < 9)
      .sort((a, b) => a.rank - b.rank).slice(0, MOST);
  }

  function prepare(input) {
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
      input.setAttribute(name, value);
    }
    return listed(input.dataset.pick).then((list) => {
      if (list) input.removeAttribute("list");
      return list;
    });
  }

  async function show(input) {
    const list = await prepare(input);
    if (!list || document.activeElement !== input) return;
    const typed = folded(input.value);
    found = fitting(list, typed);
    field = input;
    moved = false;
    at = -1;
    box.replaceChildren(...found.map(option));
    const label = input.labels && input.labels[0];
    box.setAttribute("aria-label", label ? label.textContent : input.getAttribute("aria-label"));
    if (box.parentNode !== input.parentNode) input.after(box);
    input.parentNode.classList.add("combo");
    box.hidden = !found.length;
    input.setAttribute("aria-controls", box.id);
    input.setAttribute("aria-expanded", String(!box.hidden));
    if (typed && found.length && found[0].rank < 2) go(0);
    status.textContent = found.length ? said.fits.replace("{number}", found.length) : said.none;
  }

  function option({ entry }, number) {
    const row = document.createElement("li"), beside = document.createElement("small");
    row.id = `pick-${number}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.append(entry[0], " ", beside);
    beside.textContent = entry[1] === entry[0] ? "" : entry[1];
    return row;
  }

  function go(to) {
    const rows = box.children;
    if (at >= 0 && rows[at]) rows[at].setAttribute("aria-selected", "false");
    at = to;
    if (at < 0) return field.removeAttribute("aria-activedescendant");
    rows[at].setAttribute("aria-selected", "true");
    rows[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", rows[at].id);
  }

  function close() {
    if (!field) return;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
    field.parentNode.classList.remove("combo");
    box.remove();
    field = null;
  }

  function choose(number) {
    const input = field;
    write(input, found[number].entry[0]);
    close();
  }

  function write(input, text) {
    const before = input.parentNode.querySelector("[data-meant]");
    if (before) before.remove();
    input.value = text;
    input.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "picked" }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("focusin", (event) => {
    if (event.target.dataset.pick) prepare(event.target);
    else if (field && event.target !== field) close();
  });
  form.addEventListener("focusout", (event) => { if (event.target === field) close(); });
  form.addEventListener("input", (event) => {
    if (event.target.dataset.pick && event.detail !== "picked") show(event.target);
  });
  form.addEventListener("click", (event) => {
    const meant = event.target.closest("[data-meant] button");
    if (meant) {
      event.preventDefault();
      const input = meant.closest("[data-meant]").parentNode.querySelector("[data-pick]");
      write(input, meant.value.split(":").slice(4).join(":"));
      input.focus();
    } else if (event.target.dataset.pick && !field) show(event.target);
  });
  box.addEventListener("pointerdown", (event) => event.preventDefault());
  box.addEventListener("click", (event) => {
    const row = event.target.closest("li");
    if (row) choose([...box.children].indexOf(row));
  });

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.dataset.pick || event.isComposing) return;
    const down = event.key === "ArrowDown", up = event.key === "ArrowUp";
    if ((down || up) && field !== input) {
      event.preventDefault();
      show(input);
    } else if (field !== input || !found.length) {
      return;
    } else if (down || up) {
      event.preventDefault();
      moved = true;
      go(down ? (at + 1) % found.length : (at > 0 ? at : found.length) - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Tab" && at >= 0 && (moved || found[at].rank === 0 || found.length === 1)) {
      choose(at);
    }
  });
})();
