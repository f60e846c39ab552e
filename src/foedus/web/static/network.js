// Filters act on the drawing at once; the table and the address follow.
"use strict";
(() => {
  const form = document.getElementById("net-form"), holder = document.getElementById("net-data");
  if (!form || !holder) return;
  const { kinds, nodes, ties } = JSON.parse(holder.textContent);
  const layer = document.getElementById("net-ties"), hot = document.getElementById("net-hot");
  const marks = new Map([...document.querySelectorAll("#net-nodes [data-n]")].map((mark) => [Number(mark.dataset.n), mark]));
  let shown = [];
  const curve = ([from, to, , , , , ego]) => {
    const [, , x1, y1] = nodes[from], [, , x2, y2] = nodes[to];
    const x = ego ? (x1 + x2) / 2 - (y2 - y1) * .06 : (x1 + x2) * .2;
    const y = ego ? (y1 + y2) / 2 + (x2 - x1) * .06 : (y1 + y2) * .2;
    return `M${x1} ${y1}Q${Math.round(x)} ${Math.round(y)} ${x2} ${y2}`;
  };
  const filter = () => {
    const data = new FormData(form);
    const wanted = data.getAll("kind").reduce((bits, kind) => bits | 1 << kinds.indexOf(kind), 0);
    const since = data.get("since") ? `${data.get("since")}-01-01` : "", least = Number(data.get("strength") || 0) / 100;
    const kept = ties.filter((tie) => (!wanted || tie[2] & wanted) && (!since || (tie[4] && tie[4] >= since))
      && (!least || (tie[5] !== null && tie[5] >= least)));
    const ring = new Map([[nodes.findIndex((node) => node[1] === 0), 0]]);
    for (const level of [1, 2]) for (const [from, to] of kept) for (const [a, b] of [[from, to], [to, from]])
      if (ring.get(a) === level - 1 && !ring.has(b)) ring.set(b, level);
    const two = nodes.some((node) => node[1] === 2);
    const there = (at) => ring.has(at) && (two || ring.get(at) < 2);
    return { kept: kept.filter(([from, to]) => there(from) && there(to)), there };
  };
  const draw = () => {
    const { kept, there } = filter();
    shown = kept;
    const paths = new Map();
    for (const tie of kept) {
      const key = `${tie[6] ? "of-ego" : "among"} ${kinds[tie[3]]}`;
      (paths.get(key) || paths.set(key, []).get(key)).push(curve(tie));
    }
    const order = [...paths.keys()].sort((a, b) => a.startsWith("of-ego") - b.startsWith("of-ego"));
    layer.replaceChildren(...order.map((key) => {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", `tie ${key}`);
      path.setAttribute("d", paths.get(key).join(""));
      return path;
    }));
    for (const [at, mark] of marks) mark.style.display = there(at) ? "" : "none";
    hot.setAttribute("d", "");
  };
  const glow = (event) => {
    const mark = event.target.closest("[data-n]");
    const at = mark ? Number(mark.dataset.n) : -1;
    hot.setAttribute("d", shown.filter(([from, to]) => from === at || to === at).map(curve).join(""));
  };
  const svg = layer.closest("svg");
  for (const kind of ["mouseover", "focusin"]) svg.addEventListener(kind, glow);
  for (const kind of ["mouseleave", "focusout"]) svg.addEventListener(kind, () => hot.setAttribute("d", ""));
  let waiting = 0;
  const follow = () => {
    const data = new FormData(form), query = new URLSearchParams();
    for (const [name, value] of data) if (value !== "") query.append(name, value);
    const address = `${form.getAttribute("action")}?${query}`;
    history.replaceState(null, "", address);
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(address);
      if (!answer.ok || location.search !== `?${query}`) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["net-table", "net-chips", "net-files"]) document.getElementById(id).replaceChildren(...fresh.getElementById(id).childNodes);
      document.querySelector(".head .lead").textContent = fresh.querySelector(".head .lead").textContent;
    }, 150);
  };
  form.addEventListener("input", (event) => {
    if (!["kind", "since", "strength"].includes(event.target.name)) return;
    const start = performance.now();
    draw();
    form.dataset.took = (performance.now() - start).toFixed(1);
    follow();
  });
  form.addEventListener("change", (event) => {
    if (["rings", "status", "as_of", "actor"].includes(event.target.name)) form.requestSubmit();
  });
  shown = filter().kept;
})();
