// The last searches of a worker, kept in this browser only. Nobody who is not signed in has any:
// on a shared computer they could put a person in danger.
(() => {
  const KEY = "searches";
  const MOST = 8;
  const read = () => {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
  };
  const staff = document.querySelector("a[href^='/workspace']") !== null;
  if (!staff) { localStorage.removeItem(KEY); return; }

  const remember = (address) => {
    const words = address.searchParams.get("q");
    if (!words) return;
    const kept = read().filter((one) => one !== words);
    localStorage.setItem(KEY, JSON.stringify([words, ...kept].slice(0, MOST)));
  };

  const draw = () => {
    const section = document.getElementById("search-recent");
    if (!section) return;
    const searches = read();
    section.hidden = !searches.length;
    section.querySelector("ul").replaceChildren(...searches.map((words) => {
      const link = document.createElement("a");
      link.href = `/search?${new URLSearchParams({ q: words })}`;
      link.textContent = words;
      link.dataset.inPlace = "";
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    section.querySelector("button").onclick = () => { localStorage.removeItem(KEY); draw(); };
  };

  document.addEventListener("found", (event) => {
    if (!event.detail.typing) remember(event.detail.address);
    draw();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".result a")) remember(new URL(location.href));
  });
  remember(new URL(location.href));
  draw();
})();
