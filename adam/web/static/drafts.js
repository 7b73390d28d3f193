// Keeps the form as a draft a few seconds after a change, and says in words whether it is kept. It never writes over a
// newer version: the server refuses that, and the page offers to compare. Without this file "Save and leave" does it.
(function () {
  "use strict";

  const form = document.querySelector("form[data-keep]");
  if (!form || !window.fetch || !window.AbortController) return;
  const place = form.querySelector("[data-kept]");
  const said = JSON.parse(form.dataset.said);
  const WAIT = 4000, AGAIN = 15000, LONGEST = 30000;
  const OWN = ["csrf_token", "version", "looked"];
  let timer, saving = null, stopped = false, trouble = false, leaving = false;

  const written = () => new URLSearchParams(new FormData(form));
  const answers = () => new URLSearchParams([...written()].filter(([name]) => !OWN.includes(name))).toString();
  let kept = answers();
  const changed = () => answers() !== kept;

  function tell(text, bad, more) {
    trouble = Boolean(bad);
    place.setAttribute("aria-live", bad ? "polite" : "off");
    place.classList.toggle("not", trouble);
    place.replaceChildren(text, ...(more ? [" ", more] : []));
  }

  function soon(wait) {
    if (!timer && !stopped) timer = setTimeout(save, wait || WAIT);
  }

  function save(last) {
    clearTimeout(timer);
    timer = null;
    if (saving || stopped || !changed()) return;
    tell(said.saving, trouble);
    saving = send(answers(), last === true).catch(() => again(said.offline)).finally(() => {
      saving = null;
      if (changed()) soon();
    });
  }

  async function send(sent, keepalive) {
    const patience = new AbortController();
    const timeout = setTimeout(() => patience.abort(), LONGEST);
    const answer = await fetch(form.dataset.keep, {
      method: "POST",
      body: written(),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      redirect: "error",
      keepalive,
      signal: patience.signal,
    }).finally(() => clearTimeout(timeout));
    const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
    if (answer.ok) done(sent, told);
    else if (answer.status === 409) stop();
    else if (told.why === "signed_out" || told.why === "too_old") again(said[told.why]);
    else again(told.text || said.failed);
  }

  function done(sent, told) {
    kept = sent;
    if (!form.elements.version) {
      const version = document.createElement("input");
      version.type = "hidden";
      version.name = "version";
      form.prepend(version);
    }
    form.elements.version.value = told.version;
    form.dataset.keep = told.keep;
    form.action = told.url;
    if (!leaving && location.pathname !== told.url) history.replaceState(null, "", told.url);
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    tell(said.saved.replace("{when}", new Date().toLocaleTimeString(document.documentElement.lang, time)));
  }

  function again(text) {
    tell(text, true);
    soon(AGAIN);
  }

  function stop() {
    const button = document.createElement("button");
    button.className = "btn slim";
    button.name = "action";
    button.value = "stay";
    button.textContent = said.compare;
    stopped = true;
    tell(said.stale, true, button);
  }

  form.addEventListener("input", () => {
    if (!trouble && !saving) tell(said.changed);
    soon();
  });
  form.addEventListener("change", () => soon());
  window.addEventListener("online", () => { if (trouble) save(); });
  window.addEventListener("focus", () => { if (trouble) save(); });
  window.addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) save(true);
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !changed()) return;
    save(true);
    if (trouble || !navigator.onLine) event.preventDefault();
  });

  // One at a time: a form that is sent waits for the draft that is on its way.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    timer = null;
    if (saving) {
      const button = event.submitter;
      event.preventDefault();
      saving.finally(() => form.requestSubmit(button));
    } else {
      leaving = true;
    }
  });
})();
