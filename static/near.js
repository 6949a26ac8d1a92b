// Services near the place this device used last. It is kept here, for 30 days, and nowhere else.
(() => {
  const KEY = "place", MONTH = 30 * 24 * 60 * 60 * 1000;
  const kept = () => {
    try {
      const place = JSON.parse(localStorage.getItem(KEY) || "null");
      if (place && place.until > Date.now()) return place.name;
      localStorage.removeItem(KEY);
    } catch { /* a private window */ }
    return "";
  };
  const used = document.querySelector("[data-place]")?.dataset.place;
  if (used) {
    try { localStorage.setItem(KEY, JSON.stringify({ name: used, until: Date.now() + MONTH })); } catch { /* no room */ }
  }
  const name = kept();
  if (!name) return;
  for (const list of document.querySelectorAll("[data-near]")) {
    const url = `${list.dataset.near}&place=${encodeURIComponent(name)}`;
    fetch(url, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" })
      .then((answer) => (answer.ok ? answer.text() : ""))
      .then((html) => {
        if (!html) return;
        list.replaceChildren(new DOMParser().parseFromString(html, "text/html").body);
        list.firstElementChild?.replaceWith(...list.firstElementChild.childNodes);
        document.dispatchEvent(new Event("cards"));
      })
      .catch(() => {}); // the general list stays
  }
})();
