// Small comforts on top of pages that work without them.
"use strict";

// Forms marked data-auto send themselves when a field changes, and need no button then.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form && event.target.type !== "range") form.requestSubmit();
});

// Empty fields would only lengthen the address.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get") return;
  for (const field of form.elements) {
    if (field.name && field.value === "" && !field.disabled) {
      field.disabled = true;
      setTimeout(() => { field.disabled = false; }, 0);
    }
  }
});

// A range marked data-dates names its day beside itself, and sends it when let go.
for (const range of document.querySelectorAll("input[type=range][data-dates]")) {
  const target = document.getElementById(range.dataset.dates);
  const name = () => {
    target.value = new Date(Number(range.value) * 864e5).toISOString().slice(0, 10);
    range.setAttribute("aria-valuetext", target.value);
  };
  range.addEventListener("input", name);
  range.addEventListener("change", () => { name(); range.form.requestSubmit(); });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// "/" goes to the search box, unless somebody is typing or the page has its own use for it.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (document.querySelector("[data-own-keys]")) return;
  event.preventDefault();
  document.getElementById("find").focus();
});
