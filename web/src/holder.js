// What this page says to the one that holds it in a frame, and hears from it: heights and a theme,
// and nothing of anybody. Where nobody listens, the frame keeps its height and moves within.

export const isFramed = window.parent !== window;

const say = (netquality, pixels) => window.parent.postMessage({ netquality, pixels }, "*");

/** Ask for a frame as high as the page; the picture in it keeps the height it was made for. */
export function askForRoom() {
  if (!isFramed) return;
  const { tall } = document.body.dataset;
  if (tall) document.documentElement.style.setProperty("--tall", `${tall}px`);
  new ResizeObserver(ask).observe(document.body);
}

function ask() {
  const { height } = document.body.getBoundingClientRect();
  if (height) say("height", Math.ceil(height) + 1);
}

/** Follow the page around: "light", "dark", or "" for the reader's system. */
export function followTheme(listener) {
  if (!isFramed) return;
  window.addEventListener("message", ({ data, source }) => {
    if (source !== window.parent || typeof data?.theme !== "string") return;
    listener(data.theme);
    ask(); // whoever says it may not have heard before
  });
  say("here", 0);
}

/** Bring something into view that opened below what was chosen; some of the picture stays in sight. */
export function bringIntoView(target, isCalm) {
  setTimeout(() => {
    const { top } = target.getBoundingClientRect();
    const down = top - window.innerHeight * 0.55;
    if (down > 0) window.scrollBy({ top: down, behavior: isCalm ? "auto" : "smooth" });
    if (isFramed) say("show", Math.max(top, 0));
  }, 80); // the frame has grown by then
}
