// Keeps the reading aids beside a page's form fresh while somebody types. Only the words of the page are
// sent, to this site, and nothing is kept. Without JavaScript they are drawn anew with each save.
(() => {
  const PAUSE = 1500; // milliseconds without a change
  const FIELDS = /^(lede|steps|body|if_worse|sources)(-|$)/;

  const start = () => {
    const box = document.querySelector("[data-reading-aids]");
    const form = box?.closest("form");
    if (!form) return;
    const report = box.querySelector("[data-reading-aids-report]");
    const said = box.querySelector("[data-reading-aids-said]");
    let timer, going, last;
    beside(box, said);

    const words = () => {
      const all = [...new FormData(form)].filter(([name, value]) => FIELDS.test(name) && typeof value === "string");
      return new URLSearchParams(all).toString();
    };
    // A page that was never saved has no number; autosave gives it one.
    const address = () => {
      const page = form.action.match(/\/pages\/(\d+)\/edit\//)?.[1];
      return page && box.dataset.readingAids.replace(/\/0\/$/, `/${page}/`);
    };

    const look = async () => {
      const now = words();
      const to = address();
      if (!to || now === last) return;
      going?.abort();
      going = new AbortController();
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const headers = { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" };
      try {
        const answer = await fetch(to, { method: "POST", body: now, headers, signal: going.signal });
        if (!answer.ok || answer.redirected) return;
        show(await answer.text());
        last = now;
      } catch {
        // Offline, or overtaken by a later change: what stands there stays.
      }
    };

    const show = (html) => {
      const open = new Map([...report.querySelectorAll("details")].map((each) => [kind(each), each.open]));
      const focused = report.contains(document.activeElement) && kind(document.activeElement.closest("details"));
      report.innerHTML = html;
      for (const each of report.querySelectorAll("details")) {
        if (open.has(kind(each))) each.open = open.get(kind(each));
        if (focused && focused === kind(each)) each.querySelector("summary").focus();
      }
      const summary = report.querySelector("[data-reading-aids-summary]").textContent.trim();
      if (said.textContent !== summary) said.textContent = summary;
    };
    const kind = (details) => details?.querySelector("summary").textContent.replace(/[:?].*/, "");

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
    };
    last = words();
    // A click may add, move or delete a block.
    for (const event of ["input", "change", "click", "keyup"]) form.addEventListener(event, later);
  };

  // Beside the form they are seen while somebody types: in the panel that Wagtail calls “Checks”. It is
  // open until somebody closes it or opens another. Its own count of words would only repeat ours.
  const beside = (box, said) => {
    const side = document.querySelector('[data-side-panel="checks"]');
    const counts = side?.querySelector("[data-content-word-count]")?.closest(".w-divide-y > *");
    if (!counts) return;
    const panel = box.closest(".w-panel");
    panel.after(said); // a panel that is shut is not read aloud
    panel.hidden = true;
    const section = Object.assign(document.createElement("section"), { className: "reading-aids reading-aids--beside" });
    const title = Object.assign(document.createElement("h2"), { className: "w-text-16 w-font-bold", textContent: "Reading aids" });
    section.append(title, ...box.children);
    counts.before(section);
    counts.hidden = true;
    let chosen = "";
    try { chosen = localStorage.getItem("wagtail:side-panel-open"); } catch { /* nothing may be kept: it stays shut */ }
    // “Read the comments” names one of them.
    const asked = new URLSearchParams(location.search).has("comment") && document.querySelector('[data-side-panel="comments"]');
    const open = asked || (chosen === null && innerWidth >= 1024 && side);
    if (open) addEventListener("load", () => open.dispatchEvent(new Event("open")));
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
