// Suggestions while typing. Every search works without this file, or a network.
(() => {
  const WAIT = 150, SHORTEST = 2; // milliseconds, letters
  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  for (const input of document.querySelectorAll("[data-suggest]")) {
    const id = `${input.id}-offers`;
    const list = make("div", { id, class: "suggest__list", role: "listbox", "aria-label": "Suggestions", hidden: "" });
    const status = make("div", { class: "govuk-visually-hidden", role: "status" });
    input.after(list, status);
    const set = (name, value) => input.setAttribute(`aria-${name}`, value);
    input.setAttribute("role", "combobox");
    set("autocomplete", "list");
    set("controls", id);
    set("expanded", false);

    let options = [], active = -1, timer, request;
    const mark = (index) => {
      options[active]?.element.removeAttribute("aria-selected");
      active = index;
      const element = options[active]?.element;
      if (!element) return input.removeAttribute("aria-activedescendant");
      element.setAttribute("aria-selected", "true");
      set("activedescendant", element.id);
      element.scrollIntoView({ block: "nearest" });
    };
    const open = (yes) => {
      mark(-1);
      list.hidden = !yes;
      set("expanded", yes);
    };
    const close = () => {
      clearTimeout(timer);
      request?.abort();
      open(false);
      status.textContent = "";
    };
    const pick = ({ url, line }) => {
      close();
      if (url) return location.assign(url);
      input.value = `${line} `;
      input.focus();
    };
    const draw = (groups) => {
      options = [];
      list.replaceChildren(...groups.map(({ label, options: some }, number) => {
        const heading = make("div", { id: `${id}-${number}`, class: "suggest__label", role: "presentation" }, label);
        return make("div", { role: "group", "aria-labelledby": heading.id }, heading, ...some.map((option) => {
          const element = make("div", { id: `${id}--${options.length}`, class: "suggest__option", role: "option" }, option.text);
          element.addEventListener("click", () => pick(option));
          options.push({ ...option, element });
          return element;
        }));
      }));
      open(options.length > 0);
      status.textContent = options.length ? `Suggestions: ${options.length}. Use the arrow keys.` : "";
    };
    const ask = async () => {
      request?.abort();
      request = new AbortController();
      const { signal } = request;
      try {
        const address = `${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`;
        const answer = await fetch(address, { signal, credentials: "omit" });
        const { groups } = await answer.json();
        if (!signal.aborted) draw(groups);
      } catch { if (!signal.aborted) close(); }
    };

    input.addEventListener("input", () => {
      if (input.value.trim().length < SHORTEST) return close();
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      const { key } = event, step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (event.isComposing) return;
      if (step && list.hidden) {
        if (options.length && input.value.trim().length >= SHORTEST) ask();
      } else if (step) {
        // One place more than there are options: the line itself.
        const places = options.length + 1;
        mark(((active + 1 + step + places) % places) - 1);
      } else if (key === "Enter" && options[active]) pick(options[active]);
      else if (key === "Escape" && !list.hidden) close();
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }
})();
