// What is on record of one person, and with whom they are tied, by reason.
import { count, element, isolated, people, sentence } from "./words.js";

const SHOWN = 8; // of each reason, before the reader asks for more

export function makePanel(model, { panel, onChoose, onCircle, onClose }) {
  function swatch(at) {
    const made = element("span", { class: "swatch" });
    made.style.setProperty("--tone", `var(--tone-${at})`);
    return made;
  }

  function button(one) {
    return element("button", { type: "button", class: "link", onclick: () => onChoose(one) }, isolated(model.people.name[one], 60));
  }

  function reason({ why, others }) {
    const list = element("ul", { class: "ties" });
    const add = (some) => list.append(...some.map((other) => element("li", {}, button(other))));
    add(others.slice(0, SHOWN));
    const rest = others.slice(SHOWN);
    if (rest.length) {
      const more = element("li", {}, element("button", {
        type: "button",
        class: "link more",
        onclick: () => {
          more.remove();
          add(rest);
          list.children[SHOWN].firstChild.focus();
        },
      }, `and ${count(rest.length)} ${rest.length === 1 ? "other" : "others"}`));
      list.append(more);
    }
    return element("section", {}, element("h4", {}, isolated(sentence(why), 400), ":"), list);
  }

  return {
    show(one) {
      const circle = model.people.community[one];
      const reasons = model.reasons(one);
      const tied = new Set(reasons.flatMap(({ others }) => others)).size;
      const heading = element("h2", { tabindex: "-1", id: "person" }, isolated(model.people.name[one]));
      const parts = [
        element("button", { type: "button", class: "close", "aria-label": "Close", title: "Close (Escape)", onclick: onClose }, "×"),
        heading,
        element("p", { class: "status" }, swatch(model.status[one]), isolated(model.statusLabel(one), 60)),
        element("ul", { class: "lines" }, ...model.people.lines[one].map((line) => element("li", {}, isolated(line, 500)))),
        circle < 0
          ? element("p", { class: "quiet" }, "In no circle: stands in the ring of dots around them.")
          : element(
              "p",
              { class: "quiet" },
              model.communities.id[circle] ? "Circle: " : "",
              element("button", { type: "button", class: "link", onclick: () => onCircle(circle) }, isolated(model.communities.name[circle], 80)),
              ". ",
              isolated(model.communities.sentence[circle] ?? "", 400),
            ),
        model.people.is_broker[one] ? element("p", { class: "quiet" }, "Stands between circles: tied to people of several.") : null,
        element("h3", {}, tied ? `Tied to ${people(tied)} here` : "No tie to others on record"),
        ...reasons.map(reason),
      ];
      panel.replaceChildren(...parts.filter(Boolean));
      panel.scrollTop = 0;
      panel.classList.add("open");
      return heading;
    },
    clear() {
      panel.classList.remove("open");
      panel.replaceChildren(
        element("h2", {}, "Nobody chosen"),
        element("p", { class: "quiet" }, "Choose somebody in the picture, by search or in the list, to see what is on record."),
      );
    },
  };
}
