// In a page that holds frames of ours: gives each the height it asks for, brings into view what
// somebody chose in it, and tells it whether the page is light or dark. Committed as it runs.
"use strict";
if (!window.netqualityHolder) {
  window.netqualityHolder = true;
  const NARROW = 600, LOW = 120, HIGH = 8000; // pixels
  const known = new WeakSet();
  const all = () => [...document.querySelectorAll("iframe[data-netquality]")];

  // JupyterLab and the documentation say it on their body; elsewhere the reader's system decides.
  function theme() {
    const { jpThemeLight, theme: chosen } = document.body.dataset;
    if (jpThemeLight) return jpThemeLight === "true" ? "light" : "dark";
    return chosen === "light" || chosen === "dark" ? chosen : "";
  }

  // A frame without an origin can be reached by "*" alone; what is said is a word.
  const tell = (frame) => frame.contentWindow?.postMessage({ theme: theme() }, "*");

  // Where the page itself does not say which of two drawings it has room for.
  function shape(frame) {
    if (known.has(frame) || getComputedStyle(frame).getPropertyValue("--shape")) return;
    known.add(frame);
    new ResizeObserver(() => {
      const wide = frame.parentElement?.clientWidth ?? 0;
      if (wide) frame.style.setProperty("--shape", wide < NARROW ? "var(--narrow)" : "var(--wide)");
    }).observe(frame.parentElement);
  }

  function scroller(element) {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
      if (at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
    return window;
  }

  function reveal(frame, top) {
    const down = frame.getBoundingClientRect().top + top - innerHeight * 0.55;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (down > 0) scroller(frame).scrollBy({ top: down, behavior: isCalm ? "auto" : "smooth" });
  }

  addEventListener("message", ({ data, source }) => {
    const said = data?.netquality;
    const frame = said && source && all().find((one) => one.contentWindow === source);
    if (!frame) return;
    if (said === "here") { tell(frame); shape(frame); }
    if (said === "height" && data.pixels > 0) frame.style.height = `${Math.min(Math.max(data.pixels, LOW), HIGH)}px`;
    if (said === "show" && data.pixels >= 0) reveal(frame, data.pixels);
  });
  new MutationObserver(() => all().forEach(tell)).observe(document.body, {
    attributeFilter: ["data-jp-theme-light", "data-theme"],
  });
  all().forEach((frame) => { tell(frame); shape(frame); }); // what was there before
}
