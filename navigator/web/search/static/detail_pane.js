// On a wide screen the service that has the focus is shown beside the list.
(() => {
  const WIDE = matchMedia("(min-width: 75rem)");
  const pane = document.getElementById("search-detail");
  let newest = 0;
  let timer = 0;
  let shown = "";

  const show = async (link) => {
    if (!WIDE.matches || link.href === shown) return;
    const mine = ++newest;
    const answer = await fetch(link.href);
    if (!answer.ok || mine !== newest) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector(".service-page");
    if (!article || mine !== newest) return;
    article.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    article.querySelectorAll("h1, h2").forEach((one) => {
      const lower = document.createElement(one.tagName === "H1" ? "h2" : "h3");
      lower.append(...one.childNodes);
      one.replaceWith(lower);
    });
    shown = link.href;
    pane.replaceChildren(article);
    pane.hidden = false;
    document.body.classList.add("with-detail");
    document.querySelectorAll(".result.current").forEach((one) => one.classList.remove("current"));
    link.closest(".result").classList.add("current");
  };

  document.addEventListener("focusin", (event) => {
    const link = event.target.closest(".result")?.querySelector("a.open");
    clearTimeout(timer);
    if (link) timer = setTimeout(() => show(link), 120);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".result a.open");
    const mouse = event.detail > 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (!link || !mouse || !WIDE.matches || link.href === shown) return;
    event.preventDefault(); // a second click, or Enter, opens the page itself
    show(link);
  });
  document.addEventListener("found", () => {
    const still = [...document.querySelectorAll(".result a.open")].find((a) => a.href === shown);
    if (still) { still.closest(".result").classList.add("current"); return; }
    shown = "";
    newest++;
    pane.hidden = true;
    pane.replaceChildren();
    document.body.classList.remove("with-detail");
  });
})();
