// Table and map in step: a row lights its state, a state lights its rows.
"use strict";
(() => {
  const map = document.querySelector(".drawing.map"), table = document.querySelector("table.watch");
  if (!map || !table) return;
  const marks = (key) => [
    ...map.querySelectorAll(`[data-actor="${CSS.escape(key)}"]`),
    ...table.querySelectorAll(`tr[data-beneficiary="${CSS.escape(key)}"]`),
  ];
  let lit = [];
  const light = (key) => {
    for (const mark of lit) mark.classList.remove("lit");
    lit = key ? marks(key) : [];
    for (const mark of lit) mark.classList.add("lit");
  };
  const of = (event) => {
    const place = event.target.closest("[data-beneficiary], [data-actor]");
    return place ? place.dataset.beneficiary || place.dataset.actor : "";
  };
  for (const part of [map, table]) {
    for (const kind of ["mouseover", "focusin"]) part.addEventListener(kind, (event) => light(of(event)));
    for (const kind of ["mouseleave", "focusout"]) part.addEventListener(kind, () => light(""));
  }
})();
