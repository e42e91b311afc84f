// The filters of a list of records work without script. This adds what script alone can: the choice stands in
// the address, its result is announced, and years without records are hidden.
"use strict";
(() => {
  const form = document.querySelector(".filters");
  const list = document.querySelector(".filtered");
  const text = list.querySelector(".showing");
  const selects = [...form.querySelectorAll("select")];
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];

  const live = document.createElement("p");
  live.className = "vh";
  live.setAttribute("role", "status");
  form.append(live);

  // Of the boxes of one name only those that are checked are named, and nothing when all are.
  const read = () => {
    const given = new URLSearchParams(location.search);
    for (const select of selects) select.value = given.get(select.name) ?? "";
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    for (const box of boxes) {
      box.checked = !given.has(box.name) || given.getAll(box.name).includes(box.value);
    }
    if ([...given.keys()].some((name) => form.elements[name])) form.querySelector("details").open = true;
  };

  const write = () => {
    const chosen = new URLSearchParams();
    for (const select of selects) if (select.value) chosen.set(select.name, select.value);
    for (const name of new Set(boxes.map((box) => box.name))) {
      const all = boxes.filter((box) => box.name === name);
      const checked = all.filter((box) => box.checked);
      if (checked.length === all.length) continue;
      for (const box of checked) chosen.append(name, box.value);
      if (checked.length === 0) chosen.set(name, "");
    }
    const query = chosen.size ? "?" + chosen : "";
    history.replaceState(null, "", location.pathname + query + location.hash);
  };

  const show = (announce) => {
    const isShown = (row) => getComputedStyle(row).display !== "none";
    let total = 0;
    for (const year of list.querySelectorAll(".year")) {
      const shown = [...year.querySelectorAll(".row")].filter(isShown).length;
      year.classList.toggle("empty", shown === 0);
      total += shown;
    }
    const [before, after] = [text.firstChild, text.lastChild].map((node) => (node.nodeType === 3 ? node.data : ""));
    if (announce) live.textContent = before + total + after;
  };

  read();
  show(false);
  form.addEventListener("change", () => { write(); show(true); });
  // The controls are reset after the event.
  form.addEventListener("reset", () => setTimeout(() => { write(); show(true); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", () => { read(); show(true); });
})();
