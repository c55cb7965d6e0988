// What makes pages quicker where scripts run. Every page works without this file.
(() => {
  "use strict";

  const KEYS_OFF = "hufu-keys-off";
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // Error summaries take the focus, so that a screen reader hears them first.
  const focusSummary = () => find("[data-focus]")?.focus();

  const revealButtons = (root = document) => {
    all("[data-copy], [data-close-details]", root).forEach((button) => { button.hidden = false; });
  };

  const copy = async (button) => {
    const source = find("[data-copy-source]", button.parentElement);
    await navigator.clipboard.writeText(source.textContent.trim());
    find("span", button).textContent = button.dataset.copied;
  };

  const onClick = (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-copy]")) copy(button);
    if (button?.matches("[data-close-details]")) {
      const details = button.closest("details");
      details.open = false;
      find("summary", details).focus();
    }
  };

  const onSubmit = (event) => {
    const question = event.submitter?.dataset.confirm || event.target.dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  };

  // Autosave: post the form two seconds after the last change.
  const saving = new WeakMap();
  const save = async (form) => {
    const status = find("[data-autosave-status]");
    const body = new FormData(form);
    all("input[type=file]", form).forEach((input) => body.delete(input.name));
    try {
      const reply = await fetch(form.dataset.autosave, {
        method: "POST", body, headers: { "X-Autosave": "1" }, credentials: "same-origin",
      });
      if (status) status.textContent = reply.ok ? status.dataset.saved : status.dataset.failed;
    } catch {
      if (status) status.textContent = status.dataset.failed;
    }
  };
  const onInput = (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    clearTimeout(saving.get(form));
    saving.set(form, setTimeout(() => save(form), 2000));
  };

  // Picking rows.
  const countPicked = (form) => {
    const picked = all("[data-item] input[type=checkbox]:checked", form).length;
    all("[data-picked]", form).forEach((place) => { place.textContent = `(${picked})`; });
  };
  const onChange = (event) => {
    const form = event.target.closest("[data-list]");
    if (event.target.id === "keys-on") localStorage.setItem(KEYS_OFF, event.target.checked ? "" : "1");
    if (!form) return;
    if (event.target.matches("[data-pick-all]")) {
      all("[data-item] input[type=checkbox]", form).forEach((box) => { box.checked = event.target.checked; });
    }
    countPicked(form);
  };

  // Keys in lists: j, k, x, /, ?; Enter follows the focused link by itself.
  const move = (by) => {
    const items = all("[data-list] [data-item]");
    if (!items.length) return;
    const here = items.findIndex((item) => item.contains(document.activeElement));
    const next = items[here < 0 ? 0 : Math.min(Math.max(here + by, 0), items.length - 1)];
    find("[data-open]", next)?.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const pick = () => {
    const box = document.activeElement?.closest("[data-item]")?.querySelector("input[type=checkbox]");
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    x: pick,
    "/": () => find("[role=search] input:not([type=hidden])")?.focus(),
    "?": () => find("#keys-help")?.showModal(),
  };
  const onKey = (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (localStorage.getItem(KEYS_OFF) && event.key !== "?") return;
    if (!KEYS[event.key] || !find("[data-list], #keys-help")) return;
    event.preventDefault();
    KEYS[event.key]();
  };

  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", onInput);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:load", (event) => revealButtons(event.target));
  document.addEventListener("DOMContentLoaded", () => {
    revealButtons();
    focusSummary();
    const on = find("#keys-on");
    if (on) on.checked = !localStorage.getItem(KEYS_OFF);
  });
})();
