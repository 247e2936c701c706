// The same people as a list: for those who do not see the picture, and where it cannot be drawn.
import { count, element, isolated } from "./words.js";

const SHOWN = 200;

export function makeList(model, { details, list, more, onChoose }) {
  let isStale = true;

  function row(one) {
    const words = [model.statusLabel(one), model.communityName(one), model.people.lines[one][0]];
    return element(
      "li",
      {},
      element("button", { type: "button", class: "link", onclick: () => onChoose(one) }, isolated(model.people.name[one], 80)),
      " ",
      element("span", { class: "quiet" }, isolated(words.filter(Boolean).join(" · "), 160)),
    );
  }

  function fill() {
    if (!details.open || !isStale) return;
    isStale = false;
    const order = model.shownOrder;
    list.replaceChildren(...order.slice(0, SHOWN).map(row));
    more.hidden = order.length <= SHOWN;
    more.textContent = `… and ${count(order.length - SHOWN)} more; narrow by search or filters.`;
  }

  details.addEventListener("toggle", fill);
  return {
    update() {
      isStale = true;
      fill();
    },
    open() {
      details.open = true;
      fill();
    },
  };
}
