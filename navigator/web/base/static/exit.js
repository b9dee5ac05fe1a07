// The quick exit. It stands in the head and is not deferred: a page that was left shows nothing.
//
// Leaving replaces this page in the history, but those before it are still there. So the tab
// remembers that somebody left: whoever comes back to one of them (Back, Forward, a tab that the
// browser restores) is led away again. Whoever opens our address anew starts anew.
{
  const LEFT = "left";
  const elsewhere = document.currentScript.dataset.leave;

  const leave = () => {
    document.documentElement.hidden = true;
    try {
      sessionStorage.clear();
      sessionStorage.setItem(LEFT, "yes");
    } catch {} // where the browser keeps nothing, there is nothing to clear
    location.replace(elsewhere);
  };

  const cameBack = (event) => {
    let left = false;
    try {
      left = sessionStorage.getItem(LEFT) === "yes";
    } catch {}
    if (!left) return;
    const [way] = performance.getEntriesByType("navigation");
    if (event?.persisted || way?.type !== "navigate") leave();
    else sessionStorage.removeItem(LEFT);
  };

  cameBack();
  addEventListener("pageshow", (event) => event.persisted && cameBack(event));
  addEventListener("DOMContentLoaded", () => {
    const exit = document.getElementById("quick-exit");
    if (!exit) return;
    let pressed = 0;
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    document.addEventListener("keydown", (event) => {
      pressed = event.key === "Escape" ? pressed + 1 : 0;
      if (pressed === 3) leave();
    });
  });
}
