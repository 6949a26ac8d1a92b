// Extras only: every page works without this file. Nothing typed leaves the device.
(() => {
  const all = (selector) => document.querySelectorAll(selector);
  const show = (element) => { element.hidden = false; };
  const say = (button, words) => {
    const status = button.closest("[data-tools]")?.querySelector("[role=status]");
    if (status) status.textContent = words || "";
  };

  // Saved pages: on this device, for 30 days.
  const KEY = "saved", MONTH = 30 * 24 * 60 * 60 * 1000;
  const read = () => {
    try {
      const list = JSON.parse(localStorage.getItem(KEY) || "[]");
      return list.filter((one) => one.until > Date.now() && /^\/(?![/\\])/.test(one.url));
    } catch { return []; }
  };
  const write = (list) => {
    try {
      if (list.length) localStorage.setItem(KEY, JSON.stringify(list));
      else localStorage.removeItem(KEY);
      return true;
    } catch { return false; } // a private window, or no room
  };
  if (read().length === 0) write([]); // what has expired is removed, not just hidden

  const offer = (button) => {
    const { save: id, title, url } = button.dataset;
    const mark = () => button.setAttribute("aria-pressed", read().some((one) => one.id === id));
    mark();
    show(button);
    button.addEventListener("click", () => {
      const list = read(), rest = list.filter((one) => one.id !== id);
      const saving = rest.length === list.length;
      if (saving) rest.push({ id, title, url, until: Date.now() + MONTH });
      const kept = write(rest);
      mark();
      say(button, saving && kept ? button.dataset.done : "");
    });
  };
  all("[data-save]").forEach(offer);
  document.addEventListener("cards", () => all("[data-save][hidden]").forEach(offer));

  for (const list of all("[data-saved-list]")) {
    const part = (name) => list.querySelector(`[data-saved-${name}]`);
    const draw = () => {
      const saved = read();
      part("items").replaceChildren(...saved.map((one) => {
        const item = part("item").content.cloneNode(true);
        const link = item.querySelector("a"), remove = item.querySelector("button");
        link.href = one.url;
        link.textContent = one.title;
        remove.querySelector("span").textContent = one.title;
        remove.addEventListener("click", () => {
          write(read().filter((other) => other.id !== one.id));
          draw();
          list.focus();
        });
        return item;
      }));
      part("some").hidden = saved.length === 0;
      part("none").hidden = saved.length > 0;
    };
    part("clear").addEventListener("click", () => {
      write([]);
      try { for (const key of ["place", "answered"]) localStorage.removeItem(key); } catch { /* a private window */ }
      draw();
      list.focus();
    });
    addEventListener("storage", draw);
    draw();
  }

  for (const button of all("[data-print]")) {
    show(button);
    button.addEventListener("click", () => print());
  }

  // Without a value, the link is this page without what was typed into it.
  for (const button of all("[data-copy]")) {
    if (!navigator.clipboard) { button.remove(); continue; }
    show(button);
    button.addEventListener("click", async () => {
      const link = new URL(button.dataset.copy || location.pathname, location.origin).href;
      try { await navigator.clipboard.writeText(link); say(button, button.dataset.done); } catch { say(button, link); }
    });
  }

  // Asked only on a tap. Rounded to a grid of about 500 m before it goes into the form.
  const grid = (degrees, step) => (Math.round(degrees / step) * step).toFixed(3);
  for (const button of all("[data-locate]")) {
    if (!navigator.geolocation) { button.remove(); continue; }
    const form = button.form, near = form.elements.near, place = form.elements.place;
    const words = button.dataset;
    show(button);
    button.addEventListener("click", () => {
      say(button, words.working);
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          near.value = `${grid(coords.latitude, 0.005)},${grid(coords.longitude, 0.007)}`;
          if (place) place.value = "";
          say(button, words.found);
        },
        (error) => { near.value = ""; say(button, error.code === 1 ? words.denied : words.failed); },
        { maximumAge: 300000, timeout: 10000 },
      );
    });
    // A place that is typed wins over where the phone is.
    place?.addEventListener("input", () => { near.value = ""; say(button, ""); });
  }
  // Empty fields stay out of the address.
  for (const form of all("form[data-tidy]")) {
    form.addEventListener("submit", () => {
      for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
    });
    addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
  }

  // Leaves at once, hides the page while the next one loads, and keeps "back" from returning here.
  for (const link of all("[data-exit]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.documentElement.hidden = true;
      document.title = "";
      location.replace(link.href);
    });
  }

  // Older browsers cannot hold these open from the stylesheet.
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 56em)").matches) {
    for (const each of all(".filters, [data-open-wide]")) each.open = true;
  }

  const menu = document.querySelector(".menu");
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.querySelector("[data-errors]")?.focus();
})();
