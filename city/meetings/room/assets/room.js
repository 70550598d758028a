// The room by itself: clocks run, what happens appears, notes are saved. Without
// this file every page works by its forms and by loading it again.
(() => {
  "use strict";
  const room = document.getElementById("room");
  if (!room) return;

  // Clocks: the server says since when they run, by its own clock.
  const skew = Number(room.dataset.now) - Date.now();
  const two = (n) => String(n).padStart(2, "0");
  const clock = (s) => (s >= 3600 ? Math.floor(s / 3600) + ":" + two(Math.floor(s / 60) % 60) : Math.floor(s / 60)) + ":" + two(s % 60);
  const tick = () => {
    const gone = (el) => Math.max(0, Math.floor((Date.now() + skew - Number(el.dataset.since)) / 1000));
    room.querySelectorAll(".ticks[data-since]").forEach((el) => {
      const s = gone(el), text = clock(s), limit = Number(el.dataset.limit);
      if (el.textContent !== text) el.textContent = text;
      el.classList.toggle("late", limit > 0 && s >= limit);
    });
    room.querySelectorAll("[data-ring]").forEach((el) => {
      const part = Math.min(100, Math.floor((gone(el) * 100) / Number(el.dataset.ring)));
      el.setAttribute("stroke-dasharray", part + " 100");
      el.closest("svg").classList.toggle("late", part >= 100);
    });
  };

  // A part is not taken away from under somebody who types in it.
  const typing = (part) =>
    (part.contains(document.activeElement) && document.activeElement.matches("input,select,textarea")) ||
    [...part.querySelectorAll("input:not([type=hidden]),textarea")].some((el) =>
      el.type === "radio" || el.type === "checkbox" ? el.checked !== el.defaultChecked : el.value !== el.defaultValue);
  const put = (part, fresh) => {
    if (part.outerHTML === fresh.outerHTML) return;
    if (typing(part)) return part.setAttribute("data-stale", "");
    const focus = document.activeElement, open = [...part.querySelectorAll("details")].map((d) => d.open);
    const at = part.contains(focus) ? [...part.querySelectorAll("a,button,summary")].indexOf(focus) : -1;
    part.replaceWith(document.adoptNode(fresh));
    const folds = fresh.querySelectorAll("details");
    if (folds.length === open.length) folds.forEach((d, i) => { d.open = open[i]; });
    if (at >= 0) fresh.querySelectorAll("a,button,summary")[at]?.focus();
  };
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");

  // The own place among those who wait, from the marks of the queue.
  const place = () => {
    const order = (document.getElementById("room-queue")?.dataset.order || "").split(" ").filter(Boolean);
    const line = document.querySelector(".own-place"), n = order.indexOf(room.dataset.me) + 1;
    if (line && n > 0) line.textContent = n === 1 ? line.dataset.next : line.dataset.place.replace("{n}", n);
    return n;
  };

  // Finding somebody in a long attendance, accents or not.
  const find = document.getElementById("room-find");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const sift = () => {
    if (!find) return;
    const wanted = plain(find.value.trim());
    document.querySelectorAll(".roll li").forEach((li) => { li.hidden = wanted !== "" && !plain(li.textContent).includes(wanted); });
  };
  if (find) {
    find.parentElement.hidden = document.querySelectorAll(".roll li").length < 8;
    find.addEventListener("input", sift);
  }

  const take = (page) => {
    page.querySelectorAll("[data-part]").forEach((fresh) => {
      // A part within one that was just taken came along with it.
      const part = page.contains(fresh) && document.getElementById(fresh.id);
      if (part) put(part, fresh);
    });
    sheets(page);
    tick();
    place();
    sift();
  };
  let waiting = 0;
  const reload = (within) => {
    if (waiting) return;
    waiting = setTimeout(async () => {
      waiting = 0;
      try {
        const answer = await fetch(location.pathname + location.search);
        if (answer.ok) take(parse(await answer.text()));
      } catch {
        reload(3000); // the line is down: later
      }
    }, Math.random() * within);
  };
  document.addEventListener("focusout", () => setTimeout(() => document.querySelector("[data-stale]") && reload(100)));

  // Forms with one button are sent without leaving the page.
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.hasAttribute("data-quiet") || event.defaultPrevented) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) });
      const page = parse(await answer.text());
      if (!answer.ok) return document.getElementById("room").replaceChildren(...page.getElementById("room")?.childNodes ?? page.body.childNodes);
      form.removeAttribute("aria-busy");
      take(page);
    } catch {
      location.reload();
    }
  });

  // What happens.
  const line = document.getElementById("room-line"), said = document.getElementById("room-said");
  const state = (on) => {
    if (!line) return;
    line.textContent = on ? line.dataset.on : line.dataset.off;
    line.classList.toggle("cut", !on);
  };
  let seen = 0;
  const changed = (event) => {
    const change = JSON.parse(event.data);
    if (change.seq <= seen) return;
    seen = change.seq;
    if (change.say) said.textContent = change.say;
    if (!("push" in room.dataset)) return reload(250);
    const before = place();
    for (const [id, html] of Object.entries(change.parts || {})) {
      const part = document.getElementById(id), fresh = parse(html).getElementById(id);
      if (part && fresh) put(part, fresh);
    }
    tick();
    if (Boolean(before) !== Boolean(place())) reload(1000); // the own buttons change
  };
  if (room.dataset.live && "EventSource" in window) {
    const stream = new EventSource(room.dataset.live);
    stream.onopen = () => state(true);
    stream.onerror = () => state(false);
    stream.addEventListener("change", changed);
    stream.addEventListener("resync", () => reload(1500));
    addEventListener("pagehide", () => stream.close());
  }

  // Notes: saved while they are typed, joined with what others type.
  const kept = new WeakMap(); // textarea -> the text that the server has
  const notes = () => document.querySelectorAll("form[data-note]");
  const show = (form, text, wrong) => {
    const status = form.querySelector("[role=status]");
    status.textContent = text;
    status.classList.toggle("over", Boolean(wrong));
  };
  // graft brings what was typed between two texts into a third: it stands before
  // or behind what others changed there; if neither, it is kept at the end.
  const graft = (from, typed, onto, words) => {
    let a = 0, z = 0;
    while (a < from.length && a < typed.length && from[a] === typed[a]) a++;
    while (z < from.length - a && z < typed.length - a && from.at(-1 - z) === typed.at(-1 - z)) z++;
    const cut = from.length - a - z, add = typed.slice(a, typed.length - z);
    if (onto.startsWith(from.slice(0, a + cut))) return onto.slice(0, a) + add + onto.slice(a + cut);
    const tail = from.slice(a);
    if (onto.endsWith(tail)) return onto.slice(0, onto.length - tail.length) + add + onto.slice(onto.length - tail.length + cut);
    return add ? onto + "\n\n" + words + "\n" + add : onto;
  };
  const write = (area, text) => {
    if (area.value === text) return;
    const was = area.value, at = area.selectionStart, end = area.selectionEnd;
    const behind = was.slice(at), moved = text.endsWith(behind) && !text.startsWith(was.slice(0, at));
    area.value = text;
    const shift = moved ? text.length - was.length : 0;
    area.setSelectionRange(at + shift, end + shift);
  };
  const busy = new WeakSet();
  const save = async (form) => {
    const area = form.elements.text, sent = area.value;
    if (busy.has(form) || sent === kept.get(area)) return;
    busy.add(form);
    show(form, form.dataset.saving);
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) });
      const got = await answer.json();
      show(form, got.said, got.clash || got.failed);
      if (got.failed) return;
      form.elements.version.value = got.version;
      kept.set(area, got.clash ? null : got.text);
      write(area, area.value === sent ? got.text : graft(sent, area.value, got.text, form.dataset.both));
      if (!got.clash && area.value !== got.text) later(form);
    } catch {
      show(form, form.dataset.failed, true);
      setTimeout(() => save(form), 5000);
    } finally {
      busy.delete(form);
    }
  };
  const timers = new WeakMap();
  const later = (form) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), 1000));
  };
  // sheets takes what others wrote where nothing waits to be saved.
  const sheets = (page) => {
    notes().forEach((form) => {
      const area = form.elements.text, fresh = page.getElementById(area.id)?.form;
      if (!fresh || busy.has(form) || area.value !== kept.get(area)) return;
      if (Number(fresh.elements.version.value) <= Number(form.elements.version.value)) return;
      form.elements.version.value = fresh.elements.version.value;
      kept.set(area, fresh.elements.text.value);
      write(area, fresh.elements.text.value);
      show(form, fresh.querySelector("[role=status]").textContent);
    });
  };
  notes().forEach((form) => {
    kept.set(form.elements.text, form.elements.text.defaultValue);
    form.addEventListener("input", () => later(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save(form);
    });
  });
  addEventListener("beforeunload", (event) => {
    if ([...notes()].some((form) => kept.get(form.elements.text) !== null && form.elements.text.value !== kept.get(form.elements.text))) event.preventDefault();
  });

  tick();
  place();
  setInterval(tick, 1000);
})();
