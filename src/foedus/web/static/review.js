// The review queue by keyboard. Every key presses a button or follows a link that is on the page.
"use strict";
(() => {
  const cards = () => [...document.querySelectorAll("article.claim")];
  const current = () => document.activeElement?.closest("article.claim")
    || document.querySelector("article.claim.current");
  const go = (card) => {
    if (!card) return;
    for (const other of document.querySelectorAll("article.claim.current")) other.classList.remove("current");
    card.classList.add("current");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = cards(), at = all.indexOf(current());
    const next = all[at < 0 ? 0 : at + by];
    if (next) go(next);
    else if (by > 0) { leaving = true; leave(); }
  };
  // A decision under way would be lost with the page, so the next page waits for it.
  let underWay = 0, leaving = false;
  const leave = () => {
    if (leaving && !underWay) document.getElementById("next-page")?.click();
  };
  document.addEventListener("htmx:beforeRequest", () => { underWay += 1; });
  document.addEventListener("htmx:afterRequest", () => { underWay -= 1; });
  const press = (key) => current()?.querySelector(`button[data-key="${key}"]`)?.click();
  const edit = () => {
    const fold = current()?.querySelector("details.edit");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("select, input:not([type=hidden])").focus();
  };
  const help = () => {
    const box = document.getElementById("keys");
    if (box) box.open ? box.close() : box.showModal();
  };
  const KEYS = {
    j: () => step(1), k: () => step(-1), a: () => press("a"), r: () => press("r"),
    u: () => press("u"), e: edit, "/": () => document.getElementById("filter")?.focus(), "?": help,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) {
      const card = current(), fold = card?.querySelector("details.edit");
      if (fold) fold.open = false;
      if (card) go(card); else event.target.blur();
      return;
    }
    if (typing || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  // After a decision the next claim is at hand, unless the reviewer is at another one by then;
  // a claim that is undone or in conflict stays so.
  const decided = new Map();
  document.addEventListener("htmx:configRequest", (event) => {
    const card = event.target.closest("article.claim");
    if (card) decided.set(card.id, event.detail.parameters.get?.("action") || event.detail.parameters.action);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 409) { event.detail.shouldSwap = true; event.detail.isError = false; }
    else if (event.detail.xhr.status >= 400) {
      const words = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector("main .lead");
      alertIn(event.detail.target, words ? words.textContent : "That did not work; load the page again.");
    }
  });
  const alertIn = (target, words) => {
    const card = target.closest("article.claim");
    if (!card) return;
    const old = card.querySelector(".warn[role=alert]");
    if (old) old.remove();
    const note = document.createElement("p");
    note.className = "warn";
    note.setAttribute("role", "alert");
    note.textContent = words;
    card.querySelector("header").append(note);
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const card = event.target.closest("article.claim"), action = decided.get(card?.id);
    if (!action) return;
    decided.delete(card.id);
    const at = current();
    if (!at || at === card) {
      go(card);
      if (!card.classList.contains("conflict") && ["accept", "reject"].includes(action)) step(1);
    }
    leave();
  });
})();
