// Results as somebody types or chooses. The address is the only state, and the server the only
// one who writes results; without this file every link and button works by loading the page.
const form = document.getElementById("search-form");
const found = document.getElementById("search-found");
const status = document.getElementById("search-status");
const QUIET = 150; // milliseconds without a key before the server is asked
let newest = 0;
let running = null;
let timer = 0;

const addressOfForm = () => {
  const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(pairs).toString();
  return form.action + (query ? `?${query}` : "");
};

const keepFocus = (id) => {
  if (!id || (document.activeElement && document.activeElement !== document.body)) return;
  const again = document.getElementById(id);
  if (again) again.focus({ preventScroll: true });
  else form.elements.q.focus({ preventScroll: true });
};

// Ask for the results of an address; an answer that came after a newer question is dropped.
const show = async (address, { typing = false, remember = "replace" } = {}) => {
  const mine = ++newest;
  if (running) running.abort();
  running = new AbortController();
  const asked = new URL(address, location.href);
  const fragment = new URL(form.dataset.results, location.href);
  fragment.search = asked.search;
  if (typing) fragment.searchParams.set("typing", "1");
  let answer;
  try {
    answer = await fetch(fragment, { signal: running.signal, credentials: "same-origin" });
  } catch {
    return; // a newer question, or no network: what is shown stays
  }
  if (mine !== newest) return;
  if (!answer.ok) { location.assign(asked); return; }
  const html = await answer.text();
  if (mine !== newest) return;
  const focused = found.contains(document.activeElement) ? document.activeElement.id : "";
  const opened = document.getElementById("narrow-down")?.open;
  found.innerHTML = html;
  if (opened !== undefined) document.getElementById("narrow-down").open = opened;
  keepFocus(focused);
  status.textContent = found.firstElementChild.dataset.status;
  if (remember === "push") history.pushState(null, "", asked);
  if (remember === "replace") history.replaceState(null, "", asked);
  document.dispatchEvent(new CustomEvent("found", { detail: { address: asked, typing } }));
};

const later = (options) => {
  clearTimeout(timer);
  timer = setTimeout(() => show(addressOfForm(), options), QUIET);
};

form.elements.q.addEventListener("input", () => later({ typing: true }));
document.addEventListener("change", (event) => {
  if (event.target.form === form && event.target !== form.elements.q) show(addressOfForm());
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  show(addressOfForm(), { remember: "push" });
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-in-place]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (!link || !plain) return;
  event.preventDefault();
  form.elements.q.value = new URL(link.href).searchParams.get("q") || "";
  show(link.href, { remember: "push" });
});
addEventListener("popstate", () => {
  form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
  show(location.href, { remember: "no" });
});
if (matchMedia("(min-width: 62rem)").matches) document.getElementById("narrow-down").open = true;
document.documentElement.classList.add("scripted");
document.dispatchEvent(new CustomEvent("found", { detail: { address: new URL(location.href) } }));
