// Shows what the mark under the pointer, the finger or the keyboard means. Committed as it runs.
"use strict";
{
  const find = (id) => document.getElementById(id);
  const { texts, names, lines, ticks, noun, drawings } = JSON.parse(find("payload").textContent);
  const chart = find("chart"), card = find("card"), said = find("said");
  const svgs = [...chart.querySelectorAll("svg")];
  const NEAR = { mouse: 14, finger: 28 }, TICK = { mouse: 3, finger: 6 }; // pixels
  const isRows = ticks.length > 0;
  let chosen = null, byPointer = false, speaking = 0;

  // The drawing that is on the screen: its numbers, and how many of its units a pixel is.
  function onScreen() {
    const at = Math.max(svgs.findIndex((svg) => svg.getClientRects().length), 0);
    const box = svgs[at].getBoundingClientRect();
    return { ...drawings[at], svg: svgs[at], box, unit: drawings[at].size[0] / box.width };
  }

  function nearest({ x, y, half, unit }, px, py, reach) {
    let best = -1, least = isRows ? half : (reach * unit) ** 2;
    for (let at = 0; at < y.length; at += 1) {
      const far = isRows ? Math.abs(y[at] - py) : (x[at] - px) ** 2 + (y[at] - py) ** 2;
      if (far <= least) [best, least] = [at, far];
    }
    return best;
  }

  const within = (all, low, high) => {
    const from = all.findIndex((at) => at >= low), to = all.findLastIndex((at) => at <= high);
    return from >= 0 && to >= from ? [from, to] : null;
  };

  function point(event, how) {
    const drawing = onScreen(), { box, unit } = drawing;
    const px = (event.clientX - box.left) * unit, py = (event.clientY - box.top) * unit;
    const mark = nearest(drawing, px, py, NEAR[how]);
    if (mark < 0) return close();
    const reach = TICK[how] * unit;
    const days = isRows ? within(drawing.ticks[mark], px - reach, px + reach) : null;
    byPointer = true;
    choose({ mark, days, px: isRows ? px : null }, how === "mouse" ? 400 : 0);
  }

  function choose(next, wait) {
    const isSame = chosen && chosen.mark === next.mark && String(chosen.days) === String(next.days);
    chosen = next;
    if (!isSame) {
      const words = told(next);
      card.replaceChildren(...words.map(([kind, text]) => paragraph(kind, text)));
      clearTimeout(speaking);
      speaking = setTimeout(() => { said.textContent = words.map(([, text]) => `${text}.`).join(" "); }, wait);
    }
    card.hidden = false;
    show(next);
  }

  function told({ mark, days }) {
    const words = [["name", names[mark]]];
    if (days) {
      const [first, last] = days.map((day) => texts[ticks[mark][day]]);
      const count = days[1] - days[0] + 1;
      words.push(["day", count === 1 ? first : `${count} ${noun} here`]);
      if (count > 1) words.push(["quiet", `${first} to ${last}`]);
    }
    for (const line of lines) if (texts[line[mark]]) words.push(["", texts[line[mark]]]);
    const others = isRows ? 0 : under(mark);
    if (others) words.push(["quiet", others === 1 ? "One more is right here" : `${others} more are right here`]);
    return words;
  }

  // How many others lie so close that no pointer can tell them apart; the arrow keys can.
  function under(mark) {
    const { x, y, unit } = onScreen(), least = (1.5 * unit) ** 2;
    return x.filter((at, one) => (at - x[mark]) ** 2 + (y[one] - y[mark]) ** 2 <= least).length - 1;
  }

  function paragraph(kind, text) {
    const line = document.createElement("p"), inner = document.createElement("bdi");
    line.className = kind;
    inner.textContent = text;
    line.append(inner);
    return line;
  }

  function show({ mark, days, px }) {
    const drawing = onScreen(), { svg, box, unit, half, span } = drawing, y = drawing.y[mark];
    unmark();
    let x = drawing.x[mark];
    if (isRows) {
      draw(svg, "rect", { class: "row", x: span[0], y: y - half, width: span[1] - span[0], height: 2 * half });
      const at = days ? drawing.ticks[mark].slice(days[0], days[1] + 1) : [];
      for (const tick of new Set(at))
        draw(svg, "line", { class: "tick", x1: tick, x2: tick, y1: y - half * 0.7, y2: y + half * 0.7 });
      x = px ?? at[0] ?? x;
    } else {
      draw(svg, "circle", { class: "halo", cx: x, cy: y, r: 7 });
      draw(svg, "circle", { class: "ring", cx: x, cy: y, r: 7 });
    }
    const wide = card.offsetWidth, high = card.offsetHeight, away = Math.max(12, isRows ? half / unit + 4 : 0);
    const across = x / unit, down = y / unit;
    const right = across + away + wide <= box.width ? across + away : across - away - wide;
    const above = down - away - high;
    card.style.left = `${Math.max(4, Math.min(right, box.width - wide - 4))}px`;
    card.style.top = `${above >= 2 ? above : down + away}px`;
  }

  function draw(svg, kind, given) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", kind);
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
    element.setAttribute("data-chosen", "");
    svg.append(element);
  }

  const unmark = () => chart.querySelectorAll("[data-chosen]").forEach((one) => one.remove());

  function close() {
    if (!chosen) return;
    chosen = null;
    card.hidden = true;
    clearTimeout(speaking);
    said.textContent = "";
    unmark();
  }

  // By key: along both axes of a field of marks; from row to row, and along a row.
  const along = [...names.keys()], upwards = [...names.keys()];
  if (!isRows && names.length) upwards.sort((one, other) => drawings[0].y[other] - drawings[0].y[one] || one - other);

  function step(order, by) {
    const next = order[Math.max(0, Math.min(order.indexOf(chosen.mark) + by, order.length - 1))];
    return { mark: next, days: null };
  }

  function day(by) {
    const last = ticks[chosen.mark].length - 1, from = by > 0 ? -1 : last + 1;
    const at = Math.max(0, Math.min((chosen.days ? chosen.days[by > 0 ? 1 : 0] : from) + by, last));
    return { mark: chosen.mark, days: [at, at] };
  }

  const keys = {
    ArrowRight: () => (isRows ? day(1) : step(along, 1)),
    ArrowLeft: () => (isRows ? day(-1) : step(along, -1)),
    ArrowUp: () => (isRows ? step(along, -1) : step(upwards, 1)),
    ArrowDown: () => (isRows ? step(along, 1) : step(upwards, -1)),
    PageUp: () => step(along, -10),
    PageDown: () => step(along, 10),
    Home: () => ({ mark: 0, days: null }),
    End: () => ({ mark: names.length - 1, days: null }),
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    const next = keys[event.key];
    if (!next || !names.length || document.activeElement !== chart) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    byPointer = false;
    choose(chosen || event.key === "End" ? next() : keys.Home(), 0);
  });
  chart.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") point(event, "mouse"); });
  chart.addEventListener("pointerleave", (event) => { if (byPointer && event.pointerType !== "touch") close(); });
  chart.addEventListener("click", (event) => point(event, event.pointerType === "mouse" ? "mouse" : "finger"));
  chart.addEventListener("blur", close);
  addEventListener("resize", close);

  // The page around says whether it is light or dark, and hears that this one is there.
  if (parent !== window) {
    addEventListener("message", ({ data, source }) => {
      if (source === parent && typeof data?.theme === "string") document.documentElement.dataset.theme = data.theme;
    });
    parent.postMessage({ netquality: "here" }, "*");
  }
  document.documentElement.dataset.ready = "";
}
