// Autosave and the Save button must agree on which version the form holds: otherwise a person's own
// autosave would make their Save look stale. Without JavaScript there is no autosave and no need.
(() => {
  let waiting = null; // the autosave that counts down; its data goes out when the countdown ends
  let sending = false; // its request is on its way

  const form = () => document.getElementById("w-editor-form");

  document.addEventListener("w-autosave:save", (event) => { waiting = event.defaultPrevented ? null : event; });

  // Wagtail waits for a pause before it begins to count down. Whoever writes on and on makes none.
  const LONGEST = 4000; // milliseconds of writing without an autosave
  let typed = null; // the form, of a page or a record, that was typed in
  document.addEventListener("input", ({ target }) => { typed ||= target.closest("[data-controller~=w-autosave]"); }, true);
  document.addEventListener("w-autosave:save", () => { typed = null; });
  setInterval(() => {
    typed?.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  }, LONGEST);

  // Nothing else tells the end of the countdown from its start.
  const { fetch } = window;
  window.fetch = function (to, options) {
    if (waiting && options?.body === waiting.detail.formData) {
      waiting = null;
      sending = true;
    }
    return fetch.call(this, to, options);
  };

  document.addEventListener("w-autosave:success", ({ detail }) => {
    const { revision_id: id, revision_created_at: at } = detail.response;
    if (!id || !form()) return;
    for (const [name, value] of [["loaded_revision_id", id], ["loaded_revision_created_at", at]]) {
      let input = form().querySelector(`input[name="${name}"]`);
      if (!input) {
        input = Object.assign(document.createElement("input"), { type: "hidden", name });
        form().prepend(input);
      }
      input.value = value;
    }
  });

  for (const done of ["success", "error"]) {
    document.addEventListener(`w-autosave:${done}`, () => { sending = false; });
  }

  // A Save pressed while an autosave's request is on its way waits for the answer.
  document.addEventListener("submit", (event) => {
    if (!sending || event.target !== form()) return;
    event.preventDefault();
    event.stopPropagation();
    const again = () => setTimeout(() => press(event.submitter));
    document.addEventListener("w-autosave:success", again, { once: true });
    document.addEventListener("w-autosave:error", again, { once: true });
  }, true);

  // A Save that goes in at once takes the place of the autosave that was about to.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target !== form()) return;
    waiting?.preventDefault();
    waiting = null;
  });

  // Wagtail greys out the button that was pressed, and a grey button's name is not sent: a Publish
  // would come in as a Save.
  const press = (button) => {
    const grey = button?.disabled;
    if (grey) button.disabled = false;
    form().requestSubmit(button?.form === form() ? button : null);
    if (grey) button.disabled = true;
  };

  // Wagtail warns that a Save will overwrite what another person saved. A service's never does: it is
  // refused and both versions are shown. The warning for a lost connection stays.
  document.addEventListener("click", () => {
    if (!form()?.action.includes("/directory/service/")) return;
    document
      .querySelector('[data-w-session-intercept-value="conflict"]')
      ?.setAttribute("data-w-session-intercept-value", "");
  }, true);
})();
