// While a file is read: the progress comes by itself, and the outcome when it is there. Without this file the link
// "See how far it is" does the same.
(function () {
  "use strict";

  const PAUSE = 1500;
  const LONGEST = 15000;
  let pause = PAUSE;

  async function look() {
    const now = document.getElementById("progress");
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const then = page.getElementById("progress");
      if (!then) { location.reload(); return; }
      for (const part of ["h2", "[role=status]"]) {
        const here = now.querySelector(part), there = then.querySelector(part);
        if (here.textContent !== there.textContent) here.textContent = there.textContent;
      }
      const gauge = then.querySelector(".gauge"), old = now.querySelector(".gauge");
      if (gauge && old) old.replaceWith(gauge); else if (gauge) now.querySelector("[role=status]").after(gauge);
      pause = PAUSE;
    } catch (error) {
      pause = Math.min(pause * 2, LONGEST);
    }
    setTimeout(look, pause);
  }

  if (document.getElementById("progress")) setTimeout(look, PAUSE);
})();
