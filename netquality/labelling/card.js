// The card to label people by keyboard. It knows what `shown` says, and nothing else about anybody.
// All texts are set as text, never as markup.

const KEYS = {
  1: "close", 2: "know", 3: "stranger", 4: "not interested",
  s: "skip", u: "undo", q: "stop", Escape: "stop", Enter: "begin",
};
const LABELS = ["close", "know", "stranger", "not interested"];

function made(tag, name, text) {
  const element = document.createElement(tag);
  element.className = name;
  if (text) element.textContent = text;
  return element;
}

function button(text, key, press) {
  const one = made("button", "nq-card-button", text);
  one.type = "button";
  if (key) {
    const cap = made("kbd", "", key);
    one.prepend(cap, " ");
    one.setAttribute("aria-keyshortcuts", key === "Esc" ? "Escape" : key);
  }
  one.addEventListener("click", press);
  return one;
}

function person(shown) {
  const words = made("div", "nq-card-person");
  for (const [name, tag] of [["name", "strong"], ["position", "span"], ["company", "span"]]) {
    const line = made(tag, `nq-card-${name}`, shown[name]);
    line.dir = "auto";
    if (shown[name]) words.append(line);
  }
  return words;
}

function render({ model, el }) {
  const card = made("section", "nq-card");
  card.tabIndex = 0;
  card.setAttribute("aria-label", "A card to label people by keyboard");
  card.dataset.lmSuppressShortcuts = "true"; // 1 to 4 are JupyterLab's own keys elsewhere
  const said = made("div", "nq-card-said"); // read aloud when it changes
  said.setAttribute("aria-live", "polite");
  const keys = made("div", "nq-card-keys");
  const hint = made("p", "nq-card-hint");
  card.append(said, keys, hint);
  el.append(card);

  const press = (word) => model.send({ word, at: model.get("shown").at });

  function draw() {
    const shown = model.get("shown");
    const asking = shown.state === "asking";
    const bar = made("progress", "nq-card-bar");
    bar.max = Math.max(shown.of, 1);
    bar.value = shown.of ? shown.at : 1;
    bar.setAttribute("aria-hidden", "true");
    const parts = [made("p", "nq-card-progress", shown.progress), bar];
    if (asking) parts.push(person(shown));
    if (shown.said) parts.push(made("p", asking ? "nq-card-fault" : "nq-card-end", shown.said));
    said.replaceChildren(...parts);

    const begin = { begin: "Begin", stopped: "Go on" }[shown.state];
    const shownKeys = asking
      ? LABELS.map((label, at) => button(label, String(at + 1), () => press(label)))
      : begin ? [button(begin, "Enter", () => press("begin"))] : [];
    const undo = asking || shown.can_undo ? [button("undo", "u", () => press("undo"))] : [];
    if (undo.length) undo[0].disabled = !shown.can_undo;
    const others = asking
      ? [button("skip", "s", () => press("skip")), ...undo, button("stop", "Esc", () => press("stop"))]
      : undo;
    for (const one of others) one.classList.add("nq-card-quiet");
    keys.replaceChildren(...shownKeys, ...others);
    hint.textContent = asking
      ? "How do you see this person? Each answer is kept at once."
      : begin
        ? "You see a name and where they work, and nothing that was counted. Answer as you feel."
        : "";
  }

  function heard(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const word = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const clicks = event.key === "Enter" && event.target.tagName === "BUTTON";
    if (!word || clicks) return;
    event.preventDefault();
    event.stopPropagation();
    const asking = model.get("shown").state === "asking";
    const answers = word !== "begin" && word !== "undo";
    if (event.repeat || asking === (word === "begin") || (answers && !asking)) return;
    press(word);
  }

  function clicked() {
    card.focus({ preventScroll: true }); // so that the keys go on working
  }

  card.addEventListener("keydown", heard);
  card.addEventListener("click", clicked);
  model.on("change:shown", draw);
  draw();
  return () => model.off("change:shown", draw);
}

export default { render };
