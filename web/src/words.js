// Small helpers for words and elements. Everything from the payload goes into the page through
// `element`, as text: no markup is ever made out of it.

const LONGEST = 160;

/** Make an element: attributes by name, `on…` as listeners, the rest as children (texts or elements). */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

/** A name in an element of its own direction, so that no right-to-left mark reaches its neighbours. */
export const isolated = (text, longest = LONGEST) => element("bdi", {}, shortened(text, longest));

/** At most so many characters; whole ones, so that no emoji is cut in two. */
export function shortened(text, longest = LONGEST) {
  if (text.length <= longest) return text;
  return `${[...text.slice(0, 2 * longest)].slice(0, longest - 1).join("").trimEnd()}…`;
}

const numbers = new Intl.NumberFormat("en");
export const count = (number) => numbers.format(number);
export const people = (number) => `${count(number)} ${number === 1 ? "person" : "people"}`;

/** Upper case for the first letter, as at the beginning of a sentence. */
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", æ: "ae", œ: "oe", ı: "i" };
const ANY_LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

/** What two spellings have in common: no accents, no capitals ("Zoë Łuk" -> "zoe luk"). */
export const folded = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(ANY_LETTER, (letter) => LETTERS[letter]);
