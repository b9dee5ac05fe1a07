// The quick exit replaces this page in the history; three times Escape does the same.
const exit = document.getElementById("quick-exit");
if (exit) {
  const leave = (event) => {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(exit.href);
  };
  let pressed = 0;
  exit.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    pressed = event.key === "Escape" ? pressed + 1 : 0;
    if (pressed === 3) leave(event);
  });
}
