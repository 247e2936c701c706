// Filters, which are the legend too: statuses with their counts, and circles.
import { count, element, isolated, shortened } from "./words.js";

const ALL = "all";
const NONE = "-1";

export function makeFilters(model, { legend, select, onChange }) {
  const boxes = model.statuses.flatMap((status, at) => {
    if (!model.statusCounts[at] && !status.key) return [];
    const box = element("input", { type: "checkbox", value: at, onchange: change });
    box.checked = true;
    const swatch = element("span", { class: `swatch tone-${at}` });
    swatch.style.setProperty("--tone", `var(--tone-${at})`);
    const words = element("span", {}, isolated(status.label, 60), " ", element("b", {}, count(model.statusCounts[at])));
    legend.append(element("label", { class: "chip" }, box, swatch, words));
    return [box];
  });

  const order = [...model.communities.id.keys()].sort(
    (a, b) => (model.communityCounts.get(b) ?? 0) - (model.communityCounts.get(a) ?? 0) || a - b,
  );
  select.append(element("option", { value: ALL }, `All circles (${count(model.size)})`));
  for (const at of order) {
    const words = `${shortened(model.communities.name[at], 48)} (${count(model.communityCounts.get(at) ?? 0)})`;
    select.append(element("option", { value: at }, words));
  }
  if (model.communityCounts.get(-1)) {
    select.append(element("option", { value: NONE }, `Never talked with, in no circle (${count(model.communityCounts.get(-1))})`));
  }
  select.addEventListener("change", change);

  function change() {
    const statuses = new Set(boxes.filter((box) => box.checked).map((box) => Number(box.value)));
    model.filter(statuses, select.value === ALL ? null : Number(select.value));
    onChange();
  }

  return {
    reset() {
      for (const box of boxes) box.checked = true;
      select.value = ALL;
      change();
    },
    showCircle(at) {
      select.value = String(at);
      change();
    },
    get areSet() {
      return select.value !== ALL || boxes.some((box) => !box.checked);
    },
  };
}
