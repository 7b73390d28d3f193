// Moves the coverage with the slider; without this the form does the same with its button.
const form = document.querySelector("[data-coverage]");
const slider = form.elements.year;
const exact = form.elements.exact;
let waiting;
let asked = 0;

async function show() {
  const number = ++asked;
  exact.value = "";
  form.elements.from.value = form.elements.to.value = "";
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const cell = new URLSearchParams(location.search).get("cell");
  if (cell) query.set("cell", cell);
  const address = `${form.action}?${query}`;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelectorAll("[data-live]");
  document.querySelectorAll("[data-live]").forEach((part, at) => part.replaceChildren(...fresh[at].childNodes));
  history.replaceState(null, "", address);
}

slider.addEventListener("input", () => {
  exact.placeholder = slider.value;
  clearTimeout(waiting);
  waiting = setTimeout(show, 120);
});
document.querySelector(".lede[data-live]").setAttribute("aria-live", "polite");
