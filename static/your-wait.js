// That this device has said how long its wait was. Kept here, for 30 days, and nowhere else.
(() => {
  const KEY = "answered", MONTH = 30 * 24 * 60 * 60 * 1000;
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY) || "[]").filter((one) => one.until > Date.now());
    } catch { return []; } // a private window
  };
  const write = (list) => {
    try {
      if (list.length) localStorage.setItem(KEY, JSON.stringify(list));
      else localStorage.removeItem(KEY);
      return true;
    } catch { return false; }
  };
  const main = document.getElementById("main");
  const known = read();
  const done = document.querySelector("[data-answered]")?.dataset.answered;
  const after = document.querySelector("[data-answered-note]");
  const before = document.querySelector("[data-answered-before]");
  if (done) {
    const rest = known.filter((one) => one.ref !== done);
    after.hidden = !write([...rest, { ref: done, until: Date.now() + MONTH }]);
  } else {
    write(known); // what has expired is removed, not just hidden
    if (before) before.hidden = !known.some((one) => one.ref === before.dataset.answeredBefore);
  }
  for (const button of document.querySelectorAll("[data-answered-forget]")) {
    button.addEventListener("click", () => {
      write([]);
      (after || before).hidden = true;
      main.focus();
    });
  }
})();
