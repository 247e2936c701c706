// The picture: sigma draws people and ties by WebGL; discs of circles stand behind them, and whom
// one looks at, with all words, in front, on plain canvases that this module draws itself. So
// looking at somebody costs as much as they have ties, whatever the size of the network.
import { MultiUndirectedGraph } from "graphology";
import Sigma from "sigma";
import { Discs, aired, aroundCircle, besidePerson, cheapest, meet } from "./labels.js";
import { PersonProgram, TieProgram, look, setInk } from "./programs.js";
import { faint, premultiplied } from "./theme.js";
import { shortened } from "./words.js";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif';
const MANY_TIES = 10_000; // from here on ties rest while the picture moves
const REST = 140; // milliseconds without movement
const REACH = 5; // pixels around a disc that still count as the disc
const TOUCH_REACH = 14;
const MOST_NAMES = 60;
const SMALLEST_CIRCLE = 13; // pixels in radius; smaller ones are named once one is nearer
const NARROW = 420; // pixels; a phone
const MIDDLING = 21; // pixels in radius; the names of larger ones may hide a little more
const LINE = 14; // pixels that a line of words takes
const SMALL = 4.5; // pixels in radius: a dot of somebody without much contact
const SHY = 30; // square pixels of others that a person's name may hide: the rim of a disc, some dots
const LITTLE = 0.03; // a place that costs so little is as good as any
const HIDES = { large: 0.16, small: 0.08 }; // what share of a circle's name may lie over people

const circleFont = (width) => `600 ${width < NARROW ? 11 : 12.5}px ${FONT}`;
const buttons = (width) => ({ x: width - 56, y: 0, w: 56, h: 140 });

export class Picture {
  constructor(model, theme, container, { onChoose, onScrollPast }) {
    Object.assign(this, { model, theme, container });
    this.hovered = null; // under the mouse
    this.stepped = null; // reached with the keys
    this.chosen = null; // whose panel is open
    this.reach = REACH;
    this.widths = new Map();
    look.smallest = model.size > 2000 ? 1.9 : 2.4;
    this.prepare();
    this.isCalm = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.sigma = new Sigma(this.graph(), container, {
      allowInvalidContainer: true,
      autoRescale: true,
      cameraPanBoundaries: { tolerance: 160, boundaries: this.extent },
      defaultDrawNodeHover: () => {},
      enableCameraRotation: false,
      inertiaDuration: this.isCalm.matches ? 1 : 200,
      doubleClickZoomingDuration: this.duration,
      zoomDuration: this.duration,
      zoomingRatio: 1.5,
      itemSizesReference: "positions",
      zoomToSizeRatioFunction: (ratio) => ratio,
      maxCameraRatio: 2,
      minCameraRatio: 0.01,
      nodeProgramClasses: { circle: PersonProgram },
      edgeProgramClasses: { line: TieProgram },
      nodeReducer: (key) => this.person(Number(key)),
      edgeReducer: (key) => this.tie(Number(key)),
      renderLabels: false,
      stagePadding: 22,
    });
    // sigma would ask the graphics card what lies under the mouse, at each of its movements. To
    // look it up among the positions is quicker, and lets a finger be less exact.
    this.sigma.getNodeAtPosition = ({ x, y }) => this.at(x, y);
    this.sigma.pickingLayers.clear();
    this.sigma.setCustomBBox(this.extent);
    this.sigma.createCanvasContext("circles", { beforeLayer: "edges" });
    this.sigma.createCanvasContext("words", { beforeLayer: "mouse" });
    this.layers = this.sigma.getCanvases();
    // nothing is ever drawn there, and a browser need not put them together with the rest
    for (const name of ["edgeLabels", "labels", "hovers", "hoverNodes"]) this.layers[name].style.display = "none";
    this.sigma.resize(true);
    this.listen(onChoose, onScrollPast);
    this.sigma.needToProcess = true; // with the extent set above
    this.sigma.scheduleRender();
    this.dim();
  }

  get duration() {
    return this.isCalm.matches ? 1 : 220; // sigma divides by it
  }

  graph() {
    const { people, order, communities, payload } = this.model;
    const graph = new MultiUndirectedGraph();
    // the largest first: the smaller ones are drawn over them
    for (const one of order) graph.addNode(one, { x: people.x[one], y: people.y[one] });
    payload.ties.one.forEach((one, tie) => graph.addUndirectedEdgeWithKey(tie, one, payload.ties.other[tie]));
    const [xs, ys] = [[], []];
    for (const { x, y, radius } of [people, communities]) {
      x.forEach((_, at) => {
        xs.push(x[at] - radius[at], x[at] + radius[at]);
        ys.push(y[at] - radius[at], y[at] + radius[at]);
      });
    }
    const ends = (values) => values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
    this.extent = { x: ends(xs), y: ends(ys) };
    return graph;
  }

  person(one) {
    const { people, status, shown } = this.model;
    return {
      x: people.x[one],
      y: people.y[one],
      size: people.radius[one],
      color: this.theme.tones[status[one]],
      hidden: !shown[one],
    };
  }

  tie(tie) {
    const { ties } = this.model.payload;
    const { shown } = this.model;
    return {
      color: this.tieColours[ties.weight[tie] > 2 ? 2 : ties.weight[tie] > 1 ? 1 : 0],
      hidden: !shown[ties.one[tie]] || !shown[ties.other[tie]],
    };
  }

  /** Colours and limits that go with who is shown. */
  prepare() {
    const { one, other } = this.model.payload.ties;
    const drawn = one.reduce((sum, end, tie) => sum + (this.model.shown[end] & this.model.shown[other[tie]]), 0);
    this.isLarge = drawn > MANY_TIES;
    setInk(this.theme.ink);
    look.strength = Math.min(0.3, 10 / (drawn + 1) ** 0.6); // many lie on top of each other
    this.tieColours = [0.6, 0.8, 1].map((share) => premultiplied(this.theme.muted, share));
  }

  /** Take up the colours, and who is shown. */
  paint() {
    this.prepare();
    if (this.hovered !== null && !this.model.shown[this.hovered]) this.hovered = null;
    if (this.stepped !== null && !this.model.shown[this.stepped]) this.stepped = null;
    this.sigma.scheduleRefresh();
    this.dim();
  }

  listen(onChoose, onScrollPast) {
    const { sigma } = this;
    sigma.on("afterRender", () => {
      this.drawCircles();
      this.placeCircleNames();
      this.drawWords();
    });
    sigma.on("enterNode", ({ node }) => this.lookAt(Number(node)));
    sigma.on("leaveNode", () => this.lookAt(null));
    sigma.on("leaveStage", () => this.lookAt(null));
    sigma.on("clickNode", ({ node }) => onChoose(Number(node)));
    sigma.on("clickStage", () => onChoose(null));
    sigma.getCamera().on("updated", () => {
      this.feelSpeed();
      if (!this.isLarge && !this.isSlow) return;
      look.isMoving = true;
      clearTimeout(this.rest);
      this.rest = setTimeout(() => {
        look.isMoving = false;
        sigma.scheduleRender();
      }, REST);
    });
    this.container.addEventListener("pointerdown", (event) => {
      this.reach = event.pointerType === "touch" ? TOUCH_REACH : REACH;
    }, { capture: true });
    // A page that holds this one in a frame must still scroll: there the wheel zooms only once the
    // picture was chosen, or with Ctrl (which is also what a pinch on a touchpad sends).
    this.container.addEventListener("wheel", (event) => {
      const mayZoom = window.parent === window || event.ctrlKey || document.activeElement === this.container.parentElement;
      if (mayZoom) return;
      event.stopPropagation();
      onScrollPast();
    }, { capture: true });
    let width = this.container.offsetWidth;
    let height = this.container.offsetHeight;
    this.observer = new ResizeObserver(() => {
      if (this.container.offsetWidth === width && this.container.offsetHeight === height) return;
      width = this.container.offsetWidth;
      height = this.container.offsetHeight;
      sigma.scheduleRender();
    });
    this.observer.observe(this.container);
  }

  /** Where the machine cannot keep up, ties rest in smaller pictures too. */
  feelSpeed() {
    const now = performance.now();
    const passed = now - (this.movedAt ?? -Infinity);
    this.movedAt = now;
    if (passed > 400) return;
    this.pace = 0.8 * (this.pace ?? 16) + 0.2 * passed;
    if (this.pace > 32) this.isSlow = true;
  }

  kill() {
    this.observer.disconnect();
    clearTimeout(this.rest);
    this.sigma.kill();
  }

  // -- whom one looks at ---------------------------------------------------------------------------

  get focus() {
    return this.hovered ?? this.stepped ?? this.chosen;
  }

  lookAt(one, { byKey = false } = {}) {
    if (byKey) this.stepped = one;
    else this.hovered = one;
    this.container.classList.toggle("pointing", this.hovered !== null);
    this.dim();
  }

  choose(one) {
    this.chosen = one;
    this.stepped = null;
    this.dim();
  }

  /** The rest steps back behind whom one looks at. */
  dim() {
    const isFocused = this.focus !== null;
    this.layers.nodes.style.opacity = isFocused ? "0.28" : "1";
    this.layers.edges.style.opacity = isFocused ? "0.2" : "1";
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = null;
      this.drawWords();
    });
  }

  at(x, y) {
    const { people, order, shown } = this.model;
    const place = this.place();
    let [found, nearest] = [null, Infinity];
    for (const one of order) {
      if (!shown[one]) continue;
      const distance = Math.hypot(place.x(people.x[one]) - x, place.y(people.y[one]) - y) - this.sizeOf(one, place);
      // inside of several, the one drawn on top, which is the smaller and comes later
      if (distance <= this.reach && (distance <= 0 || distance < nearest)) {
        nearest = Math.max(distance, 0);
        found = one;
      }
    }
    return found === null ? null : String(found);
  }

  // -- the camera ----------------------------------------------------------------------------------

  /** From layout units to pixels. */
  place() {
    const zero = this.sigma.graphToViewport({ x: 0, y: 0 });
    const one = this.sigma.graphToViewport({ x: 1, y: 1 });
    const [kx, ky] = [one.x - zero.x, one.y - zero.y];
    return { scale: kx, x: (x) => zero.x + kx * x, y: (y) => zero.y + ky * y };
  }

  sizeOf(one, place) {
    return Math.max(this.model.people.radius[one] * place.scale, look.smallest);
  }

  move(state) {
    const camera = this.sigma.getCamera();
    if (this.isCalm.matches) camera.setState(state);
    else camera.animate(state, { duration: 220, easing: "quadraticOut" });
  }

  pan(right, up) {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    this.move({ x: x + right * ratio * 0.12, y: y + up * ratio * 0.12 });
  }

  zoom(factor) {
    const camera = this.sigma.getCamera();
    this.move({ ratio: camera.getBoundedRatio(camera.getState().ratio / factor) });
  }

  reset() {
    this.move({ x: 0.5, y: 0.5, ratio: 1 });
  }

  /** Bring somebody into view; close enough to tell them from their neighbours. */
  goTo(one, closest = this.container.offsetWidth < 500 ? 0.5 : 0.3) {
    const { ratio } = this.sigma.getCamera().getState();
    const place = this.place();
    const { width, height } = this.sigma.getDimensions();
    const { people } = this.model;
    const [left, top] = [place.x(people.x[one]), place.y(people.y[one])];
    const isSeen = left > 50 && top > 40 && left < width - 90 && top < height - 40;
    if (!isSeen || ratio > closest) this.move({ ...this.framed(people.x[one], people.y[one]), ratio: Math.min(ratio, closest) });
  }

  /** Bring everybody of a circle into view (null: all). */
  goToCircle(at) {
    if (at === null || at < 0) return this.reset();
    const { x, y, radius } = this.model.communities;
    const { width, height } = this.sigma.getDimensions();
    const camera = this.sigma.getCamera();
    const wanted = (Math.min(width, height) / 2 - 40) / Math.max(radius[at], 1);
    const ratio = camera.getBoundedRatio((this.place().scale / wanted) * camera.getState().ratio);
    return this.move({ ...this.framed(x[at], y[at]), ratio: Math.min(ratio, 1) });
  }

  framed(x, y) {
    return this.sigma.viewportToFramedGraph(this.sigma.graphToViewport({ x, y }));
  }

  // -- drawn by hand -------------------------------------------------------------------------------

  context(name) {
    const context = this.sigma.canvasContexts[name];
    const { width, height } = this.sigma.getDimensions();
    context.clearRect(0, 0, width, height);
    return { context, width, height };
  }

  drawCircles() {
    const { context } = this.context("circles");
    const { communities, people, shown, wanted } = this.model;
    const place = this.place();
    if (!(place.scale > 0)) return; // no room, as in a folded cell of a notebook
    this.peopled = new Set();
    for (let one = 0; one < this.model.size; one += 1) if (shown[one]) this.peopled.add(people.community[one]);
    for (let at = 0; at < communities.id.length; at += 1) {
      if (!this.peopled.has(at)) continue;
      context.beginPath();
      context.arc(place.x(communities.x[at]), place.y(communities.y[at]), communities.radius[at] * place.scale, 0, 7);
      context.fillStyle = faint(this.theme.muted, wanted.community === at ? 0.13 : 0.075);
      context.fill();
      context.strokeStyle = faint(this.theme.muted, 0.22);
      context.lineWidth = 1;
      context.stroke();
    }
  }

  drawWords() {
    const { context, width, height } = this.context("words");
    const place = this.place();
    if (!(place.scale > 0)) return;
    const taken = [];
    const one = this.focus;
    if (one !== null) this.drawFocus(context, place, one);
    this.drawBrokers(context, place, one);
    if (one !== null) {
      taken.push(buttons(width));
      this.nameplate(context, place, one, taken, width, height);
      const neighbours = [...this.neighbours(one)].sort((a, b) => this.model.people.radius[b] - this.model.people.radius[a]);
      const discs = new Discs(); // the others have stepped back
      for (const other of neighbours) {
        const { people } = this.model;
        discs.add({ x: place.x(people.x[other]), y: place.y(people.y[other]), r: this.sizeOf(other, place), one: other });
      }
      this.drawNames(context, place, neighbours, taken, width, height, 0, 24, discs);
      this.drawCircleNames(context, taken, 0.6);
      return;
    }
    this.drawCircleNames(context, taken, 1);
    taken.push(buttons(width));
    this.drawNames(context, place, this.model.order, taken, width, height, 6.5, MOST_NAMES, this.discs);
  }

  neighbours(one) {
    const { tiesOf, shown } = this.model;
    const found = new Set();
    for (const tie of tiesOf.get(one) ?? []) {
      const other = this.model.other(tie, one);
      if (shown[other]) found.add(other);
    }
    return found;
  }

  drawFocus(context, place, one) {
    const { people, payload, shown, tiesOf } = this.model;
    const [x, y] = [place.x(people.x[one]), place.y(people.y[one])];
    context.strokeStyle = faint(this.theme.ink, 0.38);
    for (const tie of tiesOf.get(one) ?? []) {
      const other = this.model.other(tie, one);
      if (!shown[other]) continue;
      context.lineWidth = Math.min(0.8 + 0.3 * payload.ties.weight[tie], 2.5);
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(place.x(people.x[other]), place.y(people.y[other]));
      context.stroke();
    }
    for (const other of this.neighbours(one)) this.disc(context, place, other);
    context.beginPath();
    context.arc(x, y, this.sizeOf(one, place) + 4, 0, 7);
    context.fillStyle = this.theme.paper;
    context.fill();
    context.strokeStyle = this.theme.accent;
    context.lineWidth = 2.5;
    context.stroke();
    this.disc(context, place, one);
  }

  disc(context, place, one) {
    const { people, status } = this.model;
    context.beginPath();
    context.arc(place.x(people.x[one]), place.y(people.y[one]), Math.max(this.sizeOf(one, place), 3), 0, 7);
    context.fillStyle = this.theme.tones[status[one]];
    context.fill();
    context.strokeStyle = this.theme.edges[status[one]];
    context.lineWidth = 1;
    context.stroke();
  }

  /** A thin ring around those who stand between circles. */
  drawBrokers(context, place, focus) {
    const { people, shown, order } = this.model;
    context.strokeStyle = faint(this.theme.ink, focus === null ? 0.65 : 0.25);
    context.lineWidth = 1;
    for (const one of order) {
      if (!people.is_broker[one] || !shown[one] || one === focus) continue;
      context.beginPath();
      context.arc(place.x(people.x[one]), place.y(people.y[one]), this.sizeOf(one, place) * 1.15 + 1.75, 0, 7);
      context.stroke();
    }
  }

  // -- words ---------------------------------------------------------------------------------------

  width(context, text) {
    const key = context.font + text;
    if (!this.widths.has(key)) {
      if (this.widths.size > 4000) this.widths.clear();
      this.widths.set(key, context.measureText(text).width);
    }
    return this.widths.get(key);
  }

  /** As much of a text as has room. */
  fitted(context, text, room) {
    let length = 34;
    while (length > 6 && this.width(context, shortened(text, length)) > room) length -= 2;
    const cut = shortened(text, length);
    const space = cut.lastIndexOf(" ");
    return cut.endsWith("…") && space > cut.length / 2 ? `${cut.slice(0, space)}…` : cut;
  }

  /** Write lines of text with a rim of paper around them, and take their place. */
  write(context, lines, box, taken, colour) {
    taken.push(aired(box));
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = this.theme.paper;
    context.fillStyle = colour;
    const place = (at) => [box.x + box.w / 2, box.y + ((at + 0.5) * box.h) / lines.length];
    lines.forEach((line, at) => context.strokeText(line, ...place(at)));
    lines.forEach((line, at) => context.fillText(line, ...place(at)));
  }

  /** Names of people, each where it hides no other of size; who has no such place has no name yet. */
  drawNames(context, place, order, taken, width, height, smallest, most, discs) {
    const { people, shown } = this.model;
    context.font = `12px ${FONT}`;
    let written = 0;
    for (const one of order) {
      if (!shown[one]) continue;
      if (people.radius[one] * place.scale < smallest || written >= most) break; // the rest are smaller
      const [x, y, size] = [place.x(people.x[one]), place.y(people.y[one]), this.sizeOf(one, place)];
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const text = shortened(people.name[one], 28);
      const boxes = besidePerson(x, y, size, this.width(context, text), LINE).filter(
        (box) => box.x > 1 && box.y > 1 && box.x + box.w < width - 3 && box.y + box.h < height - 1,
      );
      const found = cheapest(boxes, taken, (box) => discs.hidden(box, (disc) => (disc.one === one ? 0 : disc.r < SMALL ? 0.15 : 1)));
      if (!found.box || found.cost > SHY) continue;
      this.write(context, [text], found.box, taken, this.theme.ink);
      written += 1;
    }
  }

  /** Find where the names of circles stand; they stay there while one looks at somebody. */
  placeCircleNames() {
    const { communities, people, shown } = this.model;
    const { context, width, height } = { context: this.sigma.canvasContexts.words, ...this.sigma.getDimensions() };
    const place = this.place();
    this.circleNames = [];
    this.discs = new Discs();
    if (!(place.scale > 0)) return;
    for (let one = 0; one < this.model.size; one += 1) {
      if (!shown[one]) continue;
      const [x, y, r] = [place.x(people.x[one]), place.y(people.y[one]), this.sizeOf(one, place)];
      if (x + r > 0 && y + r > 0 && x - r < width && y - r < height) this.discs.add({ x, y, r, one, circle: people.community[one] });
    }
    this.circles = new Discs();
    for (const circle of communities.id.keys()) {
      const [x, y] = [place.x(communities.x[circle]), place.y(communities.y[circle])];
      const r = communities.radius[circle] * place.scale;
      const isSeen = x + r > 0 && y + r > 0 && x - r < width && y - r < height;
      if (isSeen && this.peopled?.has(circle)) this.circles.add({ x, y, r, circle });
    }
    context.font = circleFont(width);
    const taken = [buttons(width)];
    const order = [...communities.id.keys()].sort((a, b) => communities.radius[b] - communities.radius[a]);
    for (const at of order) {
      if (!this.peopled?.has(at)) continue;
      const radius = communities.radius[at] * place.scale;
      const [x, y] = [place.x(communities.x[at]), place.y(communities.y[at])];
      if (x + radius < 0 || x - radius > width || y + radius < 0 || y - radius > height) continue;
      if (radius < SMALLEST_CIRCLE) continue;
      const hides = (box) => this.discs.hidden(box, (disc) => (disc.r < SMALL ? 0.25 : 1)) / (box.w * box.h);
      // to stand in another circle is better than over people
      const most = HIDES[radius < MIDDLING ? "small" : "large"];
      const cost = (box) => {
        const share = hides(box);
        return share > most ? Infinity : share + (0.1 * this.circles.hidden(box, (disc) => (disc.circle === at ? 0 : 1))) / (box.w * box.h);
      };
      let best = { cost: Infinity };
      for (const lines of this.lines(context, communities.short[at], Math.max(radius * 3, 130))) {
        const wide = Math.max(...lines.map((line) => this.width(context, line)));
        const found = cheapest(aroundCircle(x, y, radius, wide, (LINE - 1) * lines.length + 2, width, height), taken, cost, LITTLE);
        if (found.cost < best.cost) best = { ...found, lines };
        if (best.cost <= LITTLE) break;
      }
      // it waits for more room, as one comes nearer, rather than stand upon people
      if (!best.lines) continue;
      taken.push(aired(best.box));
      this.circleNames.push(best);
    }
  }

  /** A text in one line, and in two where these are narrower. */
  lines(context, text, room) {
    const whole = this.fitted(context, text, room);
    const words = text.split(" ");
    if (words.length === 1) return [[whole]];
    const pairs = words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")]);
    const wide = (lines) => Math.max(...lines.map((line) => this.width(context, line)));
    const [pair] = pairs.sort((one, other) => wide(one) - wide(other));
    const both = pair.map((line) => this.fitted(context, line, room));
    return whole === text ? [[whole], both] : [both];
  }

  drawCircleNames(context, taken, share) {
    context.font = circleFont(this.sigma.getDimensions().width);
    context.globalAlpha = share;
    for (const { lines, box } of this.circleNames ?? []) {
      if (!taken.some((other) => meet(box, other))) this.write(context, lines, box, taken, this.theme.muted);
    }
    context.globalAlpha = 1;
  }

  /** Name, status and circle of whom one looks at, on a little plate. */
  nameplate(context, place, one, taken, width, height) {
    const { people } = this.model;
    const room = Math.min(260, width * 0.6);
    const circle = this.model.communityName(one);
    let wide = 0;
    const lines = [
      [`600 13px ${FONT}`, people.name[one], this.theme.ink],
      [`12px ${FONT}`, this.model.statusLabel(one), this.theme.muted],
      ...(circle === null ? [] : [[`12px ${FONT}`, circle, this.theme.muted]]),
    ].map(([font, words, colour]) => {
      context.font = font;
      const text = this.fitted(context, words, room);
      wide = Math.max(wide, this.width(context, text));
      return [font, text, colour];
    });
    const box = { w: wide + 18, h: lines.length * 17 + 10 };
    const [x, y, size] = [place.x(people.x[one]), place.y(people.y[one]), this.sizeOf(one, place) + 9];
    box.x = x + size + box.w < width - 4 ? x + size : x - size - box.w;
    box.x = Math.min(Math.max(box.x, 4), Math.max(width - box.w - 4, 4));
    box.y = Math.min(Math.max(y - box.h / 2, 4), height - box.h - 4);
    taken.push(box);
    context.beginPath();
    if (context.roundRect) context.roundRect(box.x, box.y, box.w, box.h, 6);
    else context.rect(box.x, box.y, box.w, box.h);
    context.fillStyle = this.theme.paper;
    context.fill();
    context.strokeStyle = this.theme.grid;
    context.lineWidth = 1;
    context.stroke();
    context.textBaseline = "middle";
    context.textAlign = "left";
    lines.forEach(([font, text, colour], at) => {
      context.font = font;
      context.fillStyle = colour;
      context.fillText(text, box.x + 9, box.y + 14 + at * 17);
    });
  }
}

/** Whether this browser can draw at all. */
export function canDraw() {
  const canvas = document.createElement("canvas");
  try {
    return Boolean(canvas.getContext("webgl2") ?? canvas.getContext("webgl"));
  } catch {
    return false;
  }
}
