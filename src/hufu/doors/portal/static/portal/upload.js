// Sends a file in parts (tus 1.0.0), goes on after a broken line, a closed page or a
// restarted server, and then hands the form in. Without it the form sends small files.
(() => {
  "use strict";

  const PART = 4 * 1024 * 1024;
  const PAUSES = [1, 2, 4, 8, 15, 30, 60]; // seconds before the next try
  const form = document.querySelector("form[data-uploads]");
  if (!form) return;
  const words = form.dataset;
  const chooser = form.querySelector("input[type=file]");
  const button = form.querySelector("button");
  const box = document.getElementById("progress");
  const [bar, status] = [box.querySelector("progress"), box.querySelector("[role=status]")];
  const alarm = box.querySelector("[role=alert]");

  const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const encoded = (text) => base64(new TextEncoder().encode(text));
  const wait = (seconds) => new Promise((go) => { setTimeout(go, 1000 * seconds); });
  const markOf = (file) => String(file.lastModified);

  class Refused extends Error {}

  const ask = async (url, method, headers = {}, body = undefined) => {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const said = { "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers };
    const answer = await fetch(url, { method, headers: said, body });
    if (answer.redirected) throw new Refused(words.failed); // signed out meanwhile
    if (answer.ok || answer.status === 409 || answer.status === 460) return answer;
    if (answer.status >= 500 && answer.status !== 507) throw new Error("again");
    const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
    throw new Refused(plain ? await answer.text() : words.failed);
  };

  const patiently = async (what) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await what();
      } catch (error) {
        if (error instanceof Refused || tries >= PAUSES.length) throw error;
        status.textContent = words.again;
        await wait(PAUSES[tries]);
      }
    }
  };

  const placeOf = async (file) => {
    const known = [...document.querySelectorAll("[data-upload]")].find((one) => one.dataset.size
      === String(file.size) && one.dataset.mark === markOf(file));
    if (known) return known.dataset.upload;
    const told = `filename ${encoded(file.name)},mark ${encoded(markOf(file))}`;
    const answer = await patiently(() => ask(words.uploads, "POST", {
      "Upload-Length": String(file.size), "Upload-Metadata": told,
    }));
    return answer.headers.get("Location");
  };

  const arrived = async (url) => {
    const answer = await patiently(() => ask(url, "HEAD"));
    return Number(answer.headers.get("Upload-Offset"));
  };

  const show = (offset, size) => {
    bar.value = offset / size;
    const part = Math.floor((100 * offset) / size);
    status.textContent = `${part} %`;
  };

  const sendPart = async (url, offset, blob) => {
    const headers = {
      "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset),
    };
    if (window.crypto?.subtle) {
      const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
      headers["Upload-Checksum"] = `sha256 ${base64(digest)}`;
    }
    return ask(url, "PATCH", headers, blob);
  };

  const sendAll = async (url, file) => {
    let offset = await arrived(url);
    while (offset < file.size) {
      show(offset, file.size);
      const part = file.slice(offset, offset + PART);
      try {
        const answer = await sendPart(url, offset, part);
        offset = answer.ok ? Number(answer.headers.get("Upload-Offset")) : await arrived(url);
      } catch (error) {
        if (error instanceof Refused) throw error;
        status.textContent = words.again;
        await wait(PAUSES[0]);
        offset = await arrived(url); // waits until there is an answer
      }
    }
    show(file.size, file.size);
  };

  form.addEventListener("submit", async (event) => {
    const [file] = chooser.files;
    if (!file || !file.size) return; // the server says what is missing
    event.preventDefault();
    [button.disabled, box.hidden, alarm.textContent] = [true, false, ""];
    try {
      const url = await placeOf(file);
      await sendAll(url, file);
      status.textContent = words.whole;
      form.action = `${url}finish/`;
      chooser.disabled = true; // it is there already
      form.submit();
    } catch (error) {
      alarm.textContent = error instanceof Refused ? error.message : words.failed;
      status.textContent = "";
      button.disabled = false;
    }
  });
})();
