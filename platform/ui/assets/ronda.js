// Enhancements only: every page works without this file.
(() => {
  "use strict";

  const say = (template, n) => template.replace("{n}", Math.abs(n));

  // A form is sent once: its buttons rest until the answer comes.
  let sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-once") || form.method === "get") return;
    if (sent.has(form)) return event.preventDefault();
    const saving = form.querySelector(".autosave.htmx-request");
    if (saving) {
      // The draft being saved may bring a new version: send the form with it.
      event.preventDefault();
      const again = () => sent.has(form) || form.requestSubmit(event.submitter);
      return saving.addEventListener("htmx:finally:request", () => setTimeout(again), { once: true });
    }
    sent.add(form);
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => {
    // Back from the next page, the form can be sent again.
    sent = new WeakSet();
    document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
  });

  // On a narrow screen the current tab is brought into sight.
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.closest(".tabs"), over = tab.getBoundingClientRect().right - row.getBoundingClientRect().right;
    if (over > 0) row.scrollLeft += over + 24;
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

  // Drafts: say that they are being saved, and when they are not. Files wait for
  // the form itself, and nothing is saved once that is sent.
  const autosave = (event) => event.target.closest?.(".autosave");
  const tell = (box, words, wrong) => {
    [...box.childNodes].forEach((node) => node.type === "hidden" || node.remove());
    box.prepend(words);
    box.classList.toggle("over", wrong);
  };
  document.addEventListener("htmx:config:request", (event) => {
    const box = autosave(event);
    if (!box) return;
    if (sent.has(box.closest("form"))) return event.preventDefault();
    const body = event.detail.ctx.request.body;
    [...body].forEach(([name, value]) => value instanceof File && body.delete(name));
    tell(box, box.dataset.saving, false);
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
      tell(box, box.dataset.failed, true);
    }));

  // Grades by keyboard: a digit chooses the card of its group and leads to the
  // next group, or after the last one to the button. With the focus nowhere it
  // is for the first group without a grade.
  document.addEventListener("keydown", (event) => {
    if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    const nowhere = document.activeElement === document.body;
    const group = nowhere ? document.querySelector("[data-grades]:not(:has(:checked))") : event.target.closest?.("[data-grades]");
    const card = group?.querySelector(`input[value="${event.key}"]`);
    if (!card) return;
    event.preventDefault();
    card.click();
    const form = card.form;
    const groups = [...form.querySelectorAll("[data-grades]")];
    const next = groups[groups.indexOf(group) + 1];
    (next ? next.querySelector("input:checked") ?? next.querySelector("input") : form.querySelector("button[type=submit]")).focus();
  });

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
