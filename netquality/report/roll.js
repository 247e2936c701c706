"use strict";
{
  // Everybody in one table. Texts of others become text and nothing else; rows are made as they are asked for.
  const data = JSON.parse(document.getElementById("roll-data").textContent);
  const [field, found, more] = ["find", "found", "more"].map((id) => document.getElementById(id));
  const body = document.querySelector("#roll tbody"), heads = [...document.querySelectorAll("#roll thead th")];
  const total = data.name.length, all = [...Array(total).keys()], FIRST = 10, AT_ONCE = 100;
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  // letters that Unicode takes for letters of their own, and people without that key do not
  const plain = { "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h" };
  const APOSTROPHES = /['’‘‛`´ʹʻʼˈ′＇ꞌ]/g; // one is typed for another, or none
  const fold = (text) => text.replace(APOSTROPHES, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[øłđðþßæœıħ]/g, (letter) => plain[letter]);
  const number = (count) => count.toLocaleString("en");
  const people = (count) => `${number(count)} ${count === 1 ? "person" : "people"}`;

  // Whether a part of each person's row holds a word; employers, statuses and reasons are looked at once each.
  const folded = Object.fromEntries(["names", "companies", "statuses", "reasons"].map((part) => [part, null]));
  const texts = { names: data.name, companies: data.companies, statuses: data.statuses, reasons: data.reasons };
  function holds(part, word) {
    folded[part] ??= texts[part].map(fold);
    return folded[part].map((text) => text.includes(word));
  }

  function matching() {
    return fold(field.value).split(/\s+/).filter(Boolean).reduce((left, word) => {
      const [names, companies, statuses, reasons] = Object.keys(texts).map((part) => holds(part, word));
      return left.filter((one) => names[one] || companies[data.company[one]] || statuses[data.status[one]] || reasons[data.reason[one]]);
    }, all);
  }

  // What each column is put in order by; null is missing, and stands last either way.
  const collator = new Intl.Collator("en", { sensitivity: "base", numeric: true });
  const places = {};
  function ranked(column) {
    const own = texts[{ name: "names", company: "companies", reason: "reasons" }[column]];
    if (!own) return data[column];
    const at = [...own.keys()].sort((one, other) => collator.compare(own[one], own[other]));
    const rank = [];
    at.forEach((one, place) => { rank[one] = place && !collator.compare(own[at[place - 1]], own[one]) ? rank[at[place - 1]] : place; });
    return column === "name" ? rank : data[column].map((one) => (one < 0 ? null : rank[one]));
  }

  let order = { column: "status", sign: 1 }, shown = [], count = 0, isSearched = false, speaking;

  function arrange() {
    const by = (places[order.column] ??= ranked(order.column));
    shown = matching().sort((one, other) => {
      const [a, b] = [by[one], by[other]];
      if (a === b) return one - other;
      if (a === null || b === null) return a === null ? 1 : -1;
      return order.sign * (a - b);
    });
    isSearched = field.value.trim() !== ""; // what is said is of this list, whatever was typed since
    body.replaceChildren();
    count = 0;
    for (const head of heads) {
      const isIt = head.dataset.column === order.column;
      head.setAttribute("aria-sort", !isIt ? "none" : order.sign > 0 ? "ascending" : "descending");
    }
    show();
  }

  function show() {
    const next = shown.slice(count, count + (count ? AT_ONCE : FIRST)), rows = next.map(row);
    body.append(...rows);
    count += next.length;
    const left = shown.length - count;
    more.hidden = !left;
    more.textContent = `Show ${number(Math.min(left, AT_ONCE))} more`;
    clearTimeout(speaking);
    speaking = setTimeout(() => { found.textContent = said(); }, 200);
    return rows[0];
  }

  function said() {
    if (!shown.length) return "Nobody is found. Try fewer letters, or another word.";
    const which = isSearched ? `${number(shown.length)} of ${people(total)} found` : people(total);
    return count < shown.length ? `${which}; the first ${number(count)} are shown.` : `${which}.`;
  }

  function row(one) {
    const line = make("tr", "row");
    line.append(
      cell("name", data.name[one]),
      cell("company", data.companies[data.company[one]]),
      cell("status", data.statuses[data.status[one]], data.tones[data.status[one]]),
      cell("talk", day(data.talk[one])),
      cell("mutual", data.mutual[one] === null ? "" : number(data.mutual[one])),
      cell("reason", data.reasons[data.reason[one]]),
    );
    return line;
  }

  function cell(kind, text, tone) {
    const made = kind === "name" ? make("th", "rowheader") : make("td", "cell"), inner = document.createElement("bdi");
    if (kind === "name") made.scope = "row";
    made.className = kind;
    inner.textContent = text ?? "";
    if (tone) {
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.style.setProperty("--tone", `var(--${tone})`);
      made.append(swatch);
    }
    made.append(inner);
    return made;
  }

  // On phones a row is no longer drawn as one; its role says that it still is.
  function make(tag, role) {
    const made = document.createElement(tag);
    made.setAttribute("role", role);
    return made;
  }

  function day(days) {
    if (days === null) return "";
    const date = new Date(days * 864e5);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  }

  for (const head of heads)
    head.querySelector("button").addEventListener("click", () => {
      const { column, first } = head.dataset;
      order = { column, sign: order.column === column ? -order.sign : first === "descending" ? -1 : 1 };
      arrange();
    });
  let typing;
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(arrange, total > 5000 ? 200 : 60);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    field.value = "";
    arrange();
  });
  more.addEventListener("click", () => {
    const first = show();
    if (!more.hidden) return;
    first.tabIndex = -1;
    first.focus();
  });
  document.getElementById("roll").hidden = false;
  document.getElementById("without").hidden = true;
  arrange();
}
