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
})();
