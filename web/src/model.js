// The payload, made ready for questions: who is tied to whom, who is shown, who matches a search.
import { folded } from "./words.js";

const NOBODY = [];

export class Model {
  constructor(payload) {
    this.payload = payload;
    this.people = payload.people;
    this.size = payload.people.id.length;
    this.communities = payload.communities;
    // Those without a status come last in the legend, under a name of their own.
    this.statuses = [...payload.statuses, { key: "", label: "Neither connected nor in talk" }];
    this.status = payload.people.status.map((at) => (at < 0 ? payload.statuses.length : at));
    this.statusCounts = this.statuses.map(() => 0);
    for (const at of this.status) this.statusCounts[at] += 1;
    this.communityCounts = new Map();
    for (const at of this.people.community) {
      this.communityCounts.set(at, (this.communityCounts.get(at) ?? 0) + 1);
    }
    // The deepest first, as the discs say: the order of every list, and of the keys [ and ].
    const { radius } = this.people;
    this.order = Array.from({ length: this.size }, (_, one) => one).sort((a, b) => radius[b] - radius[a] || a - b);
    this.tiesOf = new Map();
    payload.ties.one.forEach((one, tie) => {
      for (const end of [one, payload.ties.other[tie]]) {
        if (!this.tiesOf.has(end)) this.tiesOf.set(end, []);
        this.tiesOf.get(end).push(tie);
      }
    });
    this.shown = new Uint8Array(this.size);
    this.filter(new Set(this.statuses.keys()), null);
  }

  /** Show those with one of these statuses, in this community (null: in any). */
  filter(statuses, community) {
    this.wanted = { statuses, community };
    this.shownCount = 0;
    for (let one = 0; one < this.size; one += 1) {
      const fits =
        statuses.has(this.status[one]) && (community === null || this.people.community[one] === community);
      this.shown[one] = fits ? 1 : 0;
      this.shownCount += this.shown[one];
    }
  }

  get shownOrder() {
    return this.order.filter((one) => this.shown[one]);
  }

  other(tie, one) {
    const { ties } = this.payload;
    return ties.one[tie] === one ? ties.other[tie] : ties.one[tie];
  }

  /** The people tied to this one, by reason: the reason most people share first. */
  reasons(one) {
    const { ties, whys } = this.payload;
    const found = new Map();
    for (const tie of this.tiesOf.get(one) ?? NOBODY) {
      const why = ties.why[tie];
      if (!found.has(why)) found.set(why, []);
      found.get(why).push(this.other(tie, one));
    }
    const { radius } = this.people;
    return [...found]
      .map(([why, others]) => ({ why: whys[why], others: others.sort((a, b) => radius[b] - radius[a] || a - b) }))
      .sort((a, b) => b.others.length - a.others.length);
  }

  communityName(one) {
    const at = this.people.community[one];
    return at < 0 ? null : this.communities.name[at];
  }

  statusLabel(one) {
    return this.statuses[this.status[one]].label;
  }

  /** Those whose name, or else whose record, has every word asked for; names that begin so first. */
  search(asked) {
    const words = folded(asked).split(/\s+/).filter(Boolean);
    if (!words.length) return NOBODY;
    this.names ??= this.people.name.map(folded);
    this.records ??= this.people.lines.map((lines) => ` ${folded(lines.join(" "))}`);
    const ranks = [[], [], []];
    for (const one of this.order) {
      const [name, record] = [this.names[one], this.records[one]];
      if (words.every((word) => name.includes(word))) ranks[name.startsWith(words[0]) ? 0 : 1].push(one);
      else if (words.every((word) => name.startsWith(word) || record.includes(` ${word}`))) ranks[2].push(one);
    }
    return ranks.flat();
  }
}
