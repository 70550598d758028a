// Enhancements only: every page works without this file.
(() => {
  "use strict";

  // A place can be tapped on the map instead of chosen from the list.
  document.querySelectorAll("[data-place]").forEach((box) => {
    const list = document.getElementById(box.dataset.place);
    const map = box.querySelector(".picker");
    if (!list || !map) return;
    const name = map.querySelector("b[data-name]");
    const mark = () => {
      name.textContent = "";
      map.querySelectorAll("g[data-code]").forEach((tile) => {
        const on = tile.dataset.code === list.value;
        tile.classList.toggle("on", on);
        if (on) name.textContent = tile.dataset.name;
      });
    };
    map.hidden = false;
    map.addEventListener("click", (event) => {
      const tile = event.target.closest("g[data-code]");
      if (!tile) return;
      list.value = list.value === tile.dataset.code ? "" : tile.dataset.code;
      list.dispatchEvent(new Event("input", { bubbles: true }));
      mark();
    });
    list.addEventListener("change", mark);
    mark();
  });

  // Whoever writes without an account lets this machine do a second of work first,
  // while they type: find the number that makes the hash of "task:number" begin
  // with so many zeros. The browser's own SHA-256 answers later each time, which
  // takes longer than the work itself: hence this one, for texts of one block.
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const rounds = primes.map((p) => fraction(Math.cbrt(p)));
  const begin = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
  const w = new Int32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  const firstWord = (text) => {
    w.fill(0);
    for (let i = 0; i < text.length; i++) w[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    w[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    w[15] = text.length * 8;
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = begin;
    for (let i = 0; i < 64; i++) {
      const s = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i] + w[i]) | 0;
      const t = (s + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + s) | 0, c, b, a, t];
    }
    return (a + begin[0]) | 0;
  };
  document.querySelectorAll("input[data-task]").forEach((field) => {
    const { task, bits } = field.dataset;
    let n = 0;
    const work = () => {
      for (const end = n + 4000; n < end; n++) {
        if (Math.clz32(firstWord(`${task}:${n}`)) >= bits) {
          field.value = `${task}:${n}`;
          return;
        }
      }
      setTimeout(work);
    };
    field.form.addEventListener("input", work, { once: true });
  });
})();
