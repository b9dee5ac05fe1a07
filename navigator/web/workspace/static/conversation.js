// Shows new texts of a talk without reloading the page; without this the link beside does it.
const talk = document.getElementById("talk");
if (talk) {
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(talk.dataset.lines, { redirect: "error" });
        const lines = answer.ok ? await answer.text() : "";
        if (lines && lines.trim() !== talk.innerHTML.trim()) {
          const same = talk.dataset.seen === lines;
          talk.dataset.seen = lines;
          if (!same) {
            talk.innerHTML = lines;
            talk.scrollTop = talk.scrollHeight;
          }
        }
      } catch {
        // Looked for again in a moment.
      }
    }
    setTimeout(look, 4000);
  };
  talk.scrollTop = talk.scrollHeight;
  setTimeout(look, 4000);
}
