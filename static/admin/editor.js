// Autosave and the Save button must agree on which version the form holds: otherwise a person's own
// autosave would make their Save look stale. Without JavaScript there is no autosave and no need.
(() => {
  let saving = false;

  const form = () => document.getElementById("w-editor-form");

  document.addEventListener("w-autosave:save", (event) => { saving = !event.defaultPrevented; });

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
    document.addEventListener(`w-autosave:${done}`, () => { saving = false; });
  }

  // A Save pressed while an autosave is on its way waits for it.
  document.addEventListener("submit", (event) => {
    if (!saving || event.target !== form()) return;
    event.preventDefault();
    event.stopPropagation();
    const again = () => setTimeout(() => event.target.requestSubmit(event.submitter));
    document.addEventListener("w-autosave:success", again, { once: true });
    document.addEventListener("w-autosave:error", again, { once: true });
  }, true);
})();
