// The keyboard alone: / to search, arrows through the results, c to copy, s for the shortlist.
// c and s work only while a result has the focus; all of it can be switched off.
(() => {
  const box = document.getElementById("q");
  const help = document.getElementById("search-keys");
  const on = document.getElementById("keys-on");
  const results = () => [...document.querySelectorAll(".result a.open")];
  help.hidden = false;
  on.checked = localStorage.getItem("search-keys") !== "off";
  on.addEventListener("change", () => {
    localStorage.setItem("search-keys", on.checked ? "on" : "off");
  });

  const copyText = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea"); // pages that are not served over https
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  const copy = async (result) => {
    const button = result.querySelector(".copy");
    await copyText(result.dataset.text);
    const before = button.innerHTML;
    if (button.dataset.busy) return;
    button.dataset.busy = "1";
    button.textContent = button.dataset.done;
    document.getElementById("search-status").textContent = button.dataset.done;
    setTimeout(() => { button.innerHTML = before; delete button.dataset.busy; }, 1500);
  };

  const step = (event, by) => {
    const all = results();
    const result = event.target.closest(".result");
    const at = result ? all.indexOf(result.querySelector("a.open")) : -1;
    if (event.target !== box && !result) return;
    event.preventDefault();
    if (at + by < 0) { if (result) box.focus(); return; }
    const next = all[Math.min(at + by, all.length - 1)];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  };

  document.addEventListener("keydown", (event) => {
    if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
    const result = event.target.closest(".result");
    if (event.key === "ArrowDown") step(event, 1);
    else if (event.key === "ArrowUp" && event.target !== box) step(event, -1);
    else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
    else if (event.key === "c" && result) copy(result);
    else if (event.key === "s" && result) result.querySelector("a[data-in-place]").click();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".copy");
    if (button) copy(button.closest(".result"));
  });
  const unhide = () => document.querySelectorAll(".copy").forEach((one) => { one.hidden = false; });
  document.addEventListener("found", unhide);
  unhide();
})();
