// Starts the view: reads the payload of the page, and lets its parts know of each other.
import "./guard.js";
import { makeFilters } from "./filters.js";
import { askForRoom, bringIntoView, followTheme, isFramed } from "./holder.js";
import { makeList } from "./list.js";
import { Model } from "./model.js";
import { makePanel } from "./panel.js";
import { Picture, canDraw } from "./picture.js";
import { makeSearch } from "./search.js";
import { Theme } from "./theme.js";
import { count, element, isolated, people, shortened } from "./words.js";

const find = (id) => document.getElementById(id);

function start() {
  const model = new Model(JSON.parse(find("payload").textContent));
  const theme = new Theme(model);
  const map = find("map");
  const panelElement = find("panel");
  let picture = null;
  let chosen = null;
  let last = null; // whom one looked at last: the keys go on from there
  let hint = 0;
  let cameFrom = null; // where the focus goes when the panel closes
  let circle = null; // which one the filter lets through
  let resetFilters = () => {};

  document.body.classList.toggle("framed", isFramed);
  find("left-out").replaceChildren(...model.payload.left_out.map((words) => element("li", {}, isolated(words, 400))));

  // -- choosing ------------------------------------------------------------------------------------

  const panel = makePanel(model, {
    panel: panelElement,
    onChoose: (one) => choose(one, { bring: true, focus: true }),
    onCircle: (at) => filters.showCircle(at),
    onClose: () => choose(null, { focus: true }),
  });

  function choose(one, { bring = false, focus = false } = {}) {
    if (one !== null && !model.shown[one]) resetFilters();
    if (one !== null && !panelElement.contains(document.activeElement)) cameFrom = focus ? document.activeElement : null;
    if (one !== null) last = one;
    chosen = one;
    picture?.choose(one);
    if (one === null) {
      panel.clear();
      if (focus) (cameFrom?.isConnected && cameFrom !== document.body ? cameFrom : map).focus();
      return;
    }
    const heading = panel.show(one);
    if (bring) picture?.goTo(one);
    if (focus) heading.focus({ preventScroll: true });
    if (isNarrow()) bringIntoView(panelElement, isCalm());
  }

  const isNarrow = () => window.matchMedia("(max-width: 47.99rem)").matches;
  const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // -- filters, list, search -----------------------------------------------------------------------

  const list = makeList(model, {
    details: find("as-list"),
    list: find("list"),
    more: find("list-more"),
    onChoose: (one) => choose(one, { bring: true, focus: true }),
  });

  function tellCount() {
    find("count").textContent = `Showing ${count(model.shownCount)} of ${people(model.size)}`;
  }

  const filters = makeFilters(model, {
    legend: find("statuses"),
    select: find("circle"),
    onChange: () => {
      tellCount();
      list.update();
      find("reset").disabled = !filters.areSet;
      if (chosen !== null && !model.shown[chosen]) choose(null);
      picture?.paint();
      if (model.wanted.community !== circle) picture?.goToCircle(model.wanted.community);
      circle = model.wanted.community;
    },
  });
  resetFilters = () => filters.reset();
  find("reset").addEventListener("click", () => {
    filters.reset();
    find("circle").focus(); // the button is now disabled, and would drop the focus
  });

  makeSearch(model, {
    field: find("search"),
    list: find("matches"),
    said: find("said"),
    onChoose: (one) => choose(one, { bring: true, focus: true }),
  });

  // -- the picture ---------------------------------------------------------------------------------

  function draw() {
    find("stage").classList.remove("broken");
    picture = new Picture(model, theme, find("canvas"), {
      onChoose: (one) => choose(one),
      onScrollPast: () => {
        find("stage").classList.add("passed");
        clearTimeout(hint);
        hint = setTimeout(() => find("stage").classList.remove("passed"), 1500);
      },
    });
    const mine = picture;
    picture.choose(chosen);
    // Browsers take pictures away where a page, or a notebook, holds many of them.
    for (const layer of Object.values(picture.layers)) {
      layer.addEventListener("webglcontextlost", () => setTimeout(lose, 0, mine), { once: true });
    }
  }

  function lose(mine) {
    if (picture !== mine) return;
    picture.kill();
    picture = null;
    say("The browser put this picture aside.", "Draw it again", draw);
  }

  function say(words, action = null, act = null) {
    find("stage").classList.add("broken");
    const button = action && element("button", { type: "button", onclick: act }, action);
    find("excuse").replaceChildren(element("p", {}, words), ...(button ? [button] : []));
  }

  theme.onChange(() => picture?.paint());
  followTheme((chosen) => theme.follow(chosen));
  panel.clear();
  tellCount();
  find("reset").disabled = true;
  if (!model.size) {
    say("There is nobody to draw.");
  } else if (!canDraw()) {
    say("This browser cannot draw the picture (WebGL is missing or switched off). The same people stand below as a list.");
    list.open();
  } else {
    try {
      draw();
    } catch (error) {
      console.warn(error);
      picture = null;
      say("The picture could not be drawn here. The same people stand below as a list.");
      list.open();
    }
  }

  // -- the keyboard --------------------------------------------------------------------------------

  function step(by) {
    const order = model.shownOrder;
    if (!order.length) return;
    const current = order.indexOf(picture.stepped ?? chosen ?? last);
    const next = current >= 0 ? current + by : by > 0 ? 0 : order.length - 1;
    const at = (next + order.length) % order.length;
    const one = order[at];
    last = one;
    picture.lookAt(one, { byKey: true });
    picture.goTo(one, 1);
    find("said").textContent = `${shortened(model.people.name[one], 80)}. ${model.statusLabel(one)}. ${count(at + 1)} of ${count(order.length)}.`;
  }

  const KEYS = {
    ArrowLeft: () => picture.pan(-1, 0),
    ArrowRight: () => picture.pan(1, 0),
    ArrowUp: () => picture.pan(0, 1),
    ArrowDown: () => picture.pan(0, -1),
    "+": () => picture.zoom(1.5),
    "=": () => picture.zoom(1.5),
    "-": () => picture.zoom(1 / 1.5),
    0: () => picture.reset(),
    "]": () => step(1),
    n: () => step(1),
    "[": () => step(-1),
    p: () => step(-1),
    Enter: () => {
      if (picture.focus !== null) choose(picture.focus, { bring: true, focus: true });
    },
  };

  map.addEventListener("keydown", (event) => {
    if (event.target !== map || event.ctrlKey || event.metaKey || event.altKey || !picture) return;
    const act = KEYS[event.key];
    if (!act) return;
    act();
    event.preventDefault();
  });
  map.addEventListener("blur", () => picture?.lookAt(null, { byKey: true }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    picture?.lookAt(null, { byKey: true });
    if (chosen !== null) choose(null, { focus: true });
  });
  find("nearer").addEventListener("click", () => picture?.zoom(1.5));
  find("farther").addEventListener("click", () => picture?.zoom(1 / 1.5));
  find("whole").addEventListener("click", () => picture?.reset());
  askForRoom();
  document.documentElement.dataset.ready = "true"; // tests wait for it
}

start();
