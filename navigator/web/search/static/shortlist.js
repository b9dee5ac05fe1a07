// Print the shortlist, and copy its link.
(() => {
  const print = document.getElementById("print");
  const copy = document.getElementById("copy-link");
  const link = document.getElementById("link");
  if (!print) return;
  print.hidden = false;
  copy.hidden = false;
  print.addEventListener("click", () => window.print());
  copy.addEventListener("click", async () => {
    link.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(link.value);
    else document.execCommand("copy");
    copy.textContent = copy.dataset.done;
  });
})();
