// Keys through the queue of findings. They are asleep while one types, can be switched off under "Language and look"
// (WCAG 2.1.4), and decide nothing: a letter goes to its verdict, and Return presses it. Without this file the same
// is done by links, ticks and buttons.
(function () {
  "use strict";

  const help = document.getElementById("keys");
  if (!help || !help.showModal) return;
  const opener = document.querySelector("[data-keys]");
  const said = document.querySelector("[data-keys-said]");
  const rows = [...document.querySelectorAll("[data-rows] > tr")];
  const reason = document.getElementById("reason");
  let waits = null;

  opener.hidden = false;
  opener.addEventListener("click", () => help.showModal());

  const link = (row) => row.querySelector("a.pair");
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));

  function go(step) {
    const at = here();
    const row = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    if (row) {
      link(row).focus();
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function tick() {
    const row = rows[here()], box = row && row.querySelector("input[type=checkbox]");
    if (box) box.click();
  }

  function verdict(button) {
    if (reason && !reason.value.trim()) {
      waits = button;
      said.textContent = said.dataset.first.replace("{verdict}", button.querySelector("b").textContent);
      reason.focus();
    } else {
      button.focus();
    }
  }

  function follow(rel) {
    const way = document.querySelector(`main a[rel=${rel}]`);
    if (way) way.click();
  }

  const keys = {
    j: () => rows.length && go(1),
    k: () => rows.length && go(-1),
    x: tick,
    n: () => follow("next"),
    p: () => follow("prev"),
    r: () => reason && reason.focus(),
    "?": () => help.showModal(),
  };

  function typing(target) {
    return target.matches("textarea, select, input:not([type=checkbox])") || target.isContentEditable;
  }

  document.addEventListener("keydown", (event) => {
    if (help.open || event.isComposing || event.altKey || event.metaKey) return;
    if (event.target === reason && event.key === "Enter" && event.ctrlKey && waits) {
      event.preventDefault();
      waits.click();
      return;
    }
    if (event.target === reason && event.key === "Escape") reason.blur();
    if (event.ctrlKey || typing(event.target)) return;
    if (rows.length && here() >= 0 && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      go(event.key === "ArrowDown" ? 1 : -1);
      return;
    }
    const button = document.querySelector(`button.verdict[data-key="${CSS.escape(event.key)}"]`);
    if (button) {
      event.preventDefault();
      verdict(button);
    } else if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
})();
