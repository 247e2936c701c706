// Search: a field with a list of matches beneath it (the combobox pattern of ARIA).
import { count, element, isolated, people, shortened } from "./words.js";

const SHOWN = 12;

export function makeSearch(model, { field, list, said, onChoose }) {
  let found = [];
  let active = -1;

  function close() {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(one) {
    field.value = shortened(model.people.name[one], 60);
    close();
    onChoose(one);
  }

  function activate(at) {
    const options = list.querySelectorAll("[role=option]");
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = options[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", option.id);
  }

  function option(one, at) {
    return element(
      "li",
      {
        id: `match-${at}`,
        role: "option",
        "aria-selected": "false",
        // before the field loses the focus and the list closes
        onmousedown: (event) => event.preventDefault(),
        onclick: () => choose(one),
      },
      isolated(model.people.name[one], 60),
      element("small", {}, isolated([model.statusLabel(one), model.people.lines[one][0]].filter(Boolean).join(" · "), 80)),
    );
  }

  function ask() {
    const asked = field.value.trim();
    if (!asked) {
      said.textContent = "";
      return close();
    }
    found = model.search(asked);
    list.replaceChildren(...found.slice(0, SHOWN).map(option));
    if (found.length > SHOWN || !found.length) {
      const words = found.length ? `and ${count(found.length - SHOWN)} more: type on` : "Nobody here by that name.";
      list.append(element("li", { role: "presentation", class: "quiet" }, words));
    }
    said.textContent = found.length ? `${people(found.length)} found.` : "Nobody found.";
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    return activate(found.length ? 0 : -1);
  }

  field.addEventListener("input", ask);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    const options = Math.min(found.length, SHOWN);
    if (event.key === "Escape") {
      // first the list, then the words
      if (!list.hidden) close();
      else field.value = "";
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) ask();
      else if (options) activate((active + (event.key === "ArrowDown" ? 1 : options - 1)) % options);
    } else if (event.key === "Enter") {
      if (list.hidden) ask();
      else if (active >= 0) choose(found[active]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
