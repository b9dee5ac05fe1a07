// Suggestions below the search box: a combobox with a list, as the ARIA practices describe it.
(() => {
  const box = document.getElementById("q");
  const list = document.getElementById("suggestions");
  const where = box.form.dataset.suggestions;
  const QUIET = 60;
  let newest = 0;
  let timer = 0;
  let at = -1;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", "suggestions");
  box.setAttribute("aria-expanded", "false");

  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const mark = (next) => {
    const options = [...list.children];
    at = (next + options.length + 1) % (options.length + 1); // one past the last is the box
    options.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    if (at < options.length) {
      box.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    } else {
      at = -1;
      box.removeAttribute("aria-activedescendant");
    }
  };

  const choose = (option) => {
    box.value = option.dataset.text;
    close();
    box.form.requestSubmit();
  };

  const option = (one, place) => {
    const item = document.createElement("li");
    item.id = `suggestion-${place}`;
    item.role = "option";
    item.ariaSelected = "false";
    item.dataset.text = one.text;
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = list.dataset[one.kind];
    const also = one.also && one.also !== one.text ? ` (${one.also})` : "";
    item.append(`${one.text}${also} `, kind);
    return item;
  };

  const suggest = async () => {
    const mine = ++newest;
    const typed = box.value.trim();
    if (typed.length < 2) { close(); return; }
    let offered = [];
    try {
      const answer = await fetch(`${where}?${new URLSearchParams({ q: typed })}`);
      if (answer.ok) offered = await answer.json();
    } catch { /* without a network there are no suggestions */ }
    if (mine !== newest || document.activeElement !== box) return;
    at = -1;
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren(...offered.map(option));
    list.hidden = !offered.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, QUIET);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const before = at === -1 ? list.children.length : at;
      event.preventDefault();
      event.stopPropagation();
      mark(event.key === "ArrowDown" ? at + 1 : before - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(list.children[at]);
    } else if (event.key === "Escape") {
      event.stopPropagation(); // closing a list is no wish to leave the site
      close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    const item = event.target.closest("[role=option]");
    event.preventDefault();
    if (item) choose(item);
  });
  box.form.addEventListener("submit", () => { newest++; clearTimeout(timer); close(); });
  box.addEventListener("blur", close);
})();
