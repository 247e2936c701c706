// Colours. They come with the payload, for light and for dark; which of them hold is up to the
// page around, where that says so, else to the reader's system. It may change while the page is open.

const NAMES = ["paper", "ink", "muted", "grid"];

/** Set the colours as custom properties (a script may, where the page's policy forbids style attributes). */
export class Theme {
  constructor(model) {
    this.model = model;
    this.media = window.matchMedia("(prefers-color-scheme: dark)");
    this.around = "";
    this.listeners = [];
    this.apply();
  }

  apply() {
    const { colours } = this.model.payload;
    const isDark = this.around ? this.around === "dark" : this.media.matches;
    const chosen = isDark ? colours.dark : colours.light;
    const root = document.documentElement.style;
    for (const name of NAMES) {
      this[name] = chosen[name];
      root.setProperty(`--${name}`, chosen[name]);
    }
    // Without a status: a hollow disc, in the colour of the paper.
    this.tones = this.model.statuses.map(({ key }) => (key ? (chosen[key] ?? chosen.muted) : chosen.paper));
    this.tones.forEach((tone, at) => root.setProperty(`--tone-${at}`, tone));
    this.edges = this.tones.map((tone) => mixed(tone, this.ink, 0.42));
    this.accent = getComputedStyle(document.documentElement).getPropertyValue("--link").trim();
  }

  onChange(listener) {
    const listen = () => {
      this.apply();
      listener();
    };
    this.listeners.push(listen);
    this.media.addEventListener("change", listen);
  }

  /** Be as the page around is: "light" or "dark"; as the reader's system is, otherwise. */
  follow(around) {
    if (around === this.around) return;
    this.around = around;
    document.documentElement.dataset.theme = around;
    this.listeners.forEach((listen) => listen());
  }
}

/** "#rgb" or "#rrggbb" as three numbers. */
export function channels(colour) {
  const hex = colour.length === 4 ? colour.replace(/[^#]/g, "$&$&") : colour;
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

/** So much of the second colour in the first. */
export function mixed(one, other, share) {
  const [a, b] = [channels(one), channels(other)];
  return `rgb(${a.map((value, at) => Math.round(value + (b[at] - value) * share)).join(",")})`;
}

export const faint = (colour, share) => `rgba(${channels(colour).join(",")},${share})`;

/** Faint for WebGL, where sigma expects the share already multiplied in. */
export function premultiplied(colour, share) {
  return `rgba(${channels(colour).map((value) => Math.round(value * share)).join(",")},${share})`;
}
