// Enhancements only: every page works without this file.
(() => {
  "use strict";

  const say = (template, n) => template.replace("{n}", Math.abs(n));

  // A form is sent once: its buttons rest until the answer comes.
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once") || form.method === "get") return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  // How many characters are left in a text, in code points as the server counts.
  const count = (area) => {
    const line = document.getElementById(area.dataset.count);
    const left = area.dataset.max - [...area.value].length;
    line.textContent = say(left < 0 ? line.dataset.over : line.dataset.left, left);
    line.classList.toggle("over", left < 0);
  };
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-count]")) count(event.target);
  });
  document.querySelectorAll("textarea[data-count]").forEach((area) => area.value && count(area));

  // A file that is too large is told before it travels.
  document.addEventListener("change", (event) => {
    const max = Number(event.target.dataset?.maxBytes);
    if (!max) return;
    const line = event.target.closest(".field").querySelector("[data-file-error]");
    const tooBig = [...event.target.files].some((file) => file.size > max);
    line.dataset.usual ??= line.textContent;
    line.textContent = tooBig ? line.dataset.fileError : line.dataset.usual;
    line.classList.toggle("over", tooBig);
    if (tooBig) event.target.value = "";
  });

  // Copy a link; the button is hidden where it could not work.
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    button.querySelector("[role=status]").textContent = button.dataset.done;
  });

  // Drafts: say that they are being saved, and when they are not.
  const autosave = (event) => event.target.closest?.(".autosave");
  const failed = (box) => {
    box.classList.add("over");
    box.firstChild ? box.prepend(box.dataset.failed + " ") : box.append(box.dataset.failed);
  };
  document.addEventListener("htmx:before:request", (event) => {
    const box = autosave(event);
    if (!box) return;
    box.classList.remove("over");
    [...box.childNodes].forEach((node) => node.type === "hidden" || node.remove());
    box.prepend(box.dataset.saving);
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const box = autosave(event);
    const status = event.detail?.ctx?.response?.status;
    if (box && status >= 400 && status !== 409) event.preventDefault();
  });
  ["htmx:response:error", "htmx:error"].forEach((name) =>
    document.addEventListener(name, (event) => {
      const box = autosave(event);
      if (!box || event.detail?.ctx?.response?.status === 409) return;
      [...box.childNodes].forEach((node) => node.type === "hidden" || node.remove());
      failed(box);
    }));

  // Open menus close with Escape and with a click elsewhere.
  const close = (menu) => menu.removeAttribute("open");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".top details[open]").forEach((menu) => {
      close(menu);
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => {
    document.querySelectorAll(".top details[open]").forEach((menu) => menu.contains(event.target) || close(menu));
  });
})();
