// Works out the SHA-256 of a file in the browser, or fills in the text of a receipt. The
// file is read here and never sent: its field has no name and lies outside every form.
(() => {
  "use strict";

  const LARGEST = 512 * 1024 * 1024; // it is read into memory as a whole

  const hex = (bytes) => [...new Uint8Array(bytes)]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const workOut = async (box, field, status, file) => {
    if (file.size > LARGEST) {
      status.textContent = box.dataset.large;
      return;
    }
    status.textContent = box.dataset.working;
    try {
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      field.value = hex(digest);
      status.textContent = box.dataset.done;
    } catch {
      status.textContent = box.dataset.failed;
    }
  };

  const show = (box) => {
    box.hidden = false;
    box.closest(".card").hidden = false;
  };

  document.querySelectorAll("[data-read]").forEach((box) => {
    const field = document.getElementById(box.dataset.read);
    const [chooser, status] = [box.querySelector("input"), box.querySelector("[role=status]")];
    show(box);
    chooser.addEventListener("change", async () => {
      const [file] = chooser.files;
      if (!file) return;
      if (file.size > field.maxLength) {
        status.textContent = box.dataset.large;
        return;
      }
      field.value = await file.text();
      status.textContent = box.dataset.done;
    });
  });

  document.querySelectorAll("[data-hash]").forEach((box) => {
    const field = document.getElementById(box.dataset.hash);
    const [chooser, status] = [box.querySelector("input"), box.querySelector("[role=status]")];
    if (!field || !window.crypto?.subtle) return; // no secure connection: type it in
    show(box);
    chooser.addEventListener("change", () => {
      if (chooser.files.length) workOut(box, field, status, chooser.files[0]);
    });
  });
})();
