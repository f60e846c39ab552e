// Documents dropped on the form are sent by it, as if they had been chosen.
"use strict";
(() => {
  const form = document.getElementById("upload"), field = document.getElementById("files");
  const words = document.getElementById("upload-words");
  if (!form || !field) return;
  const say = () => {
    const files = [...field.files], size = files.reduce((sum, file) => sum + file.size, 0);
    words.textContent = files.length
      ? `${files.length} ${files.length === 1 ? "file" : "files"}, ${(size / 1e6).toFixed(1)} MB` : "";
  };
  for (const kind of ["dragenter", "dragover"]) form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    say();
    form.requestSubmit();
  });
  field.addEventListener("change", say);
  form.addEventListener("submit", () => { words.textContent = "Sending ..."; });
})();
