// The Gantt chart in the hand: bars are dragged, stretched and linked, by mouse,
// finger or keyboard. The server computes the plan and draws it anew; without
// this file the form of a task does the same.
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  // A calendar of working days, counted from the first day of the chart.
  const calendar = (root) => {
    const first = Date.parse(root.dataset.from + "T00:00:00Z") / 86400000;
    const free = new Set((root.dataset.free || "").split(" ").filter(Boolean).map(Number));
    const works = (day) => root.dataset.week[(((first + day + 4) % 7) + 7) % 7] === "1" && !free.has(day);
    const snap = (day, way) => { while (!works(day)) day += way; return day; };
    const add = (day, n) => { for (; n !== 0; n -= Math.sign(n)) day = snap(day + Math.sign(n), Math.sign(n)); return day; };
    const between = (from, to) => { let n = 0; for (let d = from; d <= to; d++) n += works(d); return n; };
    const text = (day) => new Date((first + day) * 86400000).toISOString().slice(0, 10);
    return { snap, add, between, text };
  };

  const start = (board) => {
    const root = board.querySelector(".gantt");
    if (!root) return;
    const box = root.querySelector(".g-box"), chart = root.querySelector(".g-chart"), svg = root.querySelector(".g-body");
    const today = svg.querySelector(".g-today");
    if (today && !board.dataset.shown) {
      const at = today.getBBox().x - 240;
      for (const el of [box, chart]) el.scrollLeft = at;
      board.dataset.shown = "yes";
    }
    if (!root.dataset.move) return;

    const width = Number(root.dataset.day), days = calendar(root), say = root.querySelector(".g-say");
    const bars = [...svg.querySelectorAll(".g-bar")];
    const spot = (bar) => ({ s: Number(bar.dataset.s), f: Number(bar.dataset.f) });
    const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const name = (bar) => bar.querySelector(".g-tag").textContent;
    const nice = (day) => new Date(days.text(day) + "T12:00:00Z").toLocaleDateString(document.documentElement.lang, { day: "numeric", month: "short", timeZone: "UTC" });
    const tell = (word, bar, at, other) => {
      say.textContent = fill(root.dataset["say" + word[0].toUpperCase() + word.slice(1)], { task: name(bar), other: other ? name(other) : "", start: at ? nice(at.s) : "", finish: at ? nice(at.f) : "" });
    };

    // Where the bar would go, in working days; a stretched one keeps its start.
    const moved = (bar, shift) => {
      const was = spot(bar), s = days.snap(was.s + shift, shift < 0 ? -1 : 1);
      return { s, f: was.f > was.s ? days.add(s, Math.max(0, days.between(was.s, was.f) - 1)) : s };
    };
    const stretched = (bar, shift) => {
      const was = spot(bar);
      return { s: was.s, f: Math.max(was.s, days.snap(was.f + shift, shift < 0 ? -1 : 1)) };
    };

    let ghost = null;
    const clear = () => { ghost?.remove(); ghost = null; bars.forEach((b) => b.classList.remove("held", "aim")); };
    const show = (bar, at) => {
      const all = bar.querySelector(".all").getBBox();
      if (!ghost) {
        ghost = document.createElementNS(SVG, "rect");
        ghost.setAttribute("class", "g-ghost");
        svg.append(ghost);
      }
      for (const [key, value] of Object.entries({ x: at.s * width, y: all.y - 3, width: Math.max((at.f - at.s + 1) * width, 6), height: all.height + 6, rx: 4 })) ghost.setAttribute(key, value);
      bar.classList.add("held");
      tell("move", bar, at);
    };

    const send = async (bar, values) => {
      say.textContent = root.dataset.sayWait || "";
      root.setAttribute("aria-busy", "true");
      const places = [box.scrollLeft, chart.scrollLeft, box.scrollTop];
      const to = new URL(root.dataset.move + encodeURIComponent(bar.dataset.task), location.href);
      to.search = location.search;
      try {
        const answer = await fetch(to, { method: "POST", body: new URLSearchParams({ version: board.dataset.version, ...values }), headers: { "HX-Request": "true", "HX-Target": board.id } });
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(board.id);
        if (!fresh) throw new Error(answer.status);
        fresh.dataset.shown = "yes";
        const told = document.adoptNode(fresh);
        board.replaceWith(told);
        start(told);
        const now = told.querySelector(".g-box"), drawn = told.querySelector(".g-chart");
        [now.scrollLeft, drawn.scrollLeft, now.scrollTop] = places;
        told.querySelector(`.g-bar[data-task="${CSS.escape(bar.dataset.task)}"]`)?.focus({ preventScroll: true });
        const news = told.querySelector(".g-news");
        told.querySelector(".g-say").textContent = news ? news.textContent : "";
      } catch {
        clear();
        root.removeAttribute("aria-busy");
        say.textContent = root.dataset.sayFailed || "";
      }
    };
    const put = (bar, at) => {
      const was = spot(bar);
      if (at.s === was.s && at.f === was.f) return clear();
      send(bar, { do: "shift", start: days.text(at.s), finish: days.text(at.f) });
    };
    const tie = (from, to) => send(to, { do: "link", from: from.dataset.task, kind: "FS", lag: "0" });

    // By mouse and finger.
    let drag = null;
    const barAt = (x, y) => document.elementFromPoint(x, y)?.closest(".g-bar");
    svg.addEventListener("pointerdown", (event) => {
      const bar = event.target.closest(".g-bar.moves");
      if (!bar || event.button) return;
      const how = event.target.matches(".knot") ? "link" : event.target.matches(".grip") ? "stretch" : "move";
      drag = { bar, how, x: event.clientX, at: null };
      svg.setPointerCapture(event.pointerId);
      if (event.pointerType === "mouse") event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (!drag) return;
      if (drag.how === "link") {
        bars.forEach((b) => b.classList.remove("aim"));
        const to = barAt(event.clientX, event.clientY);
        if (to && to !== drag.bar) { to.classList.add("aim"); tell("link", drag.bar, null, to); }
        drag.to = to;
        drag.at = true;
        return;
      }
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const shift = Math.round((event.clientX - drag.x) / scale / width);
      if (!shift && !drag.at) return;
      drag.at = shift ? (drag.how === "move" ? moved : stretched)(drag.bar, shift) : spot(drag.bar);
      show(drag.bar, drag.at);
    });
    let dragged = false;
    svg.addEventListener("pointerup", () => {
      const done = drag;
      drag = null;
      dragged = Boolean(done?.at);
      if (!done?.at) return;
      if (done.how !== "link") return put(done.bar, done.at);
      clear();
      if (done.to && done.to !== done.bar) tie(done.bar, done.to);
    });
    svg.addEventListener("pointercancel", () => { drag = null; clear(); });
    svg.addEventListener("click", (event) => { if (dragged) event.preventDefault(); dragged = false; }, true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());

    // By keyboard: arrows move, with Shift they stretch, Enter keeps it, Escape
    // gives up; L takes the bar to be linked to the one that Enter is pressed on.
    let held = null, from = null;
    const step = (bar, n, stretch) => {
      const at = held?.bar === bar ? held.at : spot(bar);
      if (stretch) at.f = Math.max(at.s, days.add(at.f, n));
      else {
        const length = Math.max(0, days.between(at.s, at.f) - 1);
        at.s = days.add(at.s, n);
        at.f = days.add(at.s, length);
      }
      held = { bar, at };
      show(bar, at);
    };
    const hop = (bar, n) => bars[bars.indexOf(bar) + n]?.focus();
    svg.addEventListener("keydown", (event) => {
      const bar = event.target.closest(".g-bar"), way = { ArrowLeft: -1, ArrowRight: 1, PageUp: -5, PageDown: 5 }[event.key];
      if (!bar || event.ctrlKey || event.metaKey || event.altKey) return;
      if (way && bar.matches(".moves")) step(bar, way, event.shiftKey && !bar.matches(".mile"));
      else if (event.key === "ArrowUp" || event.key === "ArrowDown") hop(bar, event.key === "ArrowUp" ? -1 : 1);
      else if (event.key === "Enter" && held?.bar === bar) { const { at } = held; held = null; put(bar, at); }
      else if (event.key === "Enter" && from && from !== bar) { const first = from; from = null; clear(); tie(first, bar); }
      else if (event.key === "Escape" && (held || from)) { held = from = null; clear(); say.textContent = root.dataset.sayUndone || ""; }
      else if (event.key.toLowerCase() === "l" && !held) { from = bar; clear(); bar.classList.add("held"); tell("from", bar); }
      else return;
      event.preventDefault();
    });
    svg.addEventListener("focusin", (event) => {
      const bar = event.target.closest(".g-bar");
      if (held && held.bar !== bar) { held = null; clear(); }
      if (from && bar && bar !== from) { bars.forEach((b) => b.classList.toggle("aim", b === bar)); tell("link", from, null, bar); }
    });
  };

  document.querySelectorAll("[data-gantt]").forEach(start);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
})();
