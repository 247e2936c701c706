// Where words may stand: beside what they name, over nobody else's disc where there is room.
const CELL = 40; // pixels
const TURNS = 16; // places around a circle

/** Discs on the screen, found by place. */
export class Discs {
  constructor() {
    this.cells = new Map();
  }

  add(disc) {
    for (const key of cellsOf({ x: disc.x - disc.r, y: disc.y - disc.r, w: 2 * disc.r, h: 2 * disc.r })) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(disc);
    }
  }

  /** How much of discs a box would hide, in pixels, nearly; `weigh` says how much each of them matters. */
  hidden(box, weigh) {
    const seen = new Set();
    let sum = 0;
    for (const key of cellsOf(box)) {
      for (const disc of this.cells.get(key) ?? []) {
        if (seen.has(disc)) continue;
        seen.add(disc);
        const wide = Math.min(box.x + box.w, disc.x + disc.r) - Math.max(box.x, disc.x - disc.r);
        const high = Math.min(box.y + box.h, disc.y + disc.r) - Math.max(box.y, disc.y - disc.r);
        if (wide <= 0 || high <= 0) continue;
        const near = Math.hypot(
          disc.x - Math.min(Math.max(disc.x, box.x), box.x + box.w),
          disc.y - Math.min(Math.max(disc.y, box.y), box.y + box.h),
        );
        if (near < disc.r) sum += weigh(disc) * wide * high;
      }
    }
    return sum;
  }
}

function* cellsOf({ x, y, w, h }) {
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + w) / CELL); column += 1) {
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + h) / CELL); row += 1) yield column * 65_536 + row;
  }
}

/** A box with the air that two names need between them. */
export const aired = ({ x, y, w, h }) => ({ x: x - 5, y: y - 1, w: w + 10, h: h + 2 });

export const meet = (one, other) =>
  !(one.x > other.x + other.w || other.x > one.x + one.w || one.y > other.y + other.h || other.y > one.y + one.h);

/**
 * The box that costs least, and what it costs; of two alike the first, none where all of them meet
 * others. Of those that cost no more than `enough` the first will do: this runs in every frame.
 */
export function cheapest(boxes, taken, cost, enough = 0) {
  let [best, least] = [null, Infinity];
  for (const box of boxes) {
    if (taken.some((other) => meet(box, other))) continue;
    const price = cost(box);
    if (price < least) [best, least] = [box, price];
    if (least <= enough) break;
  }
  return { box: best, cost: least };
}

/** Beside, above and below a person's disc. */
export function besidePerson(x, y, size, w, h) {
  return [
    { x: x + size + 4, y: y - h / 2, w, h },
    { x: x - size - 4 - w, y: y - h / 2, w, h },
    { x: x - w / 2, y: y + size + 3, w, h },
    { x: x - w / 2, y: y - size - 3 - h, w, h },
    { x: x + size * 0.7 + 3, y: y + size * 0.7, w, h },
    { x: x + size * 0.7 + 3, y: y - size * 0.7 - h, w, h },
    { x: x - size * 0.7 - 3 - w, y: y + size * 0.7, w, h },
    { x: x - size * 0.7 - 3 - w, y: y - size * 0.7 - h, w, h },
  ];
}

/** Above and below a circle, over its rim, and all around it; within the picture. */
export function aroundCircle(x, y, radius, w, h, width, height) {
  const [middle, gap] = [x - w / 2, 3];
  const spots = [
    [middle, y - radius - h / 2],
    [middle, y - radius - h - gap],
    [middle, y + radius - h / 2],
    [middle, y + radius + gap],
  ];
  for (let turn = 1; turn < TURNS; turn += 1) {
    // by turns to the right and to the left, away from the top
    const angle = ((turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * 2 * Math.PI) / TURNS - Math.PI / 2;
    const [right, down] = [Math.cos(angle), Math.sin(angle)];
    for (const far of [radius + gap, radius * 0.6]) {
      spots.push([x + right * (far + w / 2) - w / 2, y + down * (far + h / 2) - h / 2]);
    }
  }
  spots.push([middle, y - h / 2]);
  const within = (value, most) => Math.min(Math.max(value, 6), Math.max(most, 6));
  return spots.map(([left, top]) => ({ x: within(left, width - w - 6), y: within(top, height - h - 6), w, h }));
}
