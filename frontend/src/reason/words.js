// A conclusion in words: what follows, on what it rests, and what becomes of what. The words are those of
// src/trabecula/words/{conclusions,whatif}.py, so that page and terminal say the same; the labels and definitions
// come with the data, from the vocabulary that both read.

import { plural } from "../dom.js";

const MORE = new Map([[1, "more"], [-1, "less"]]);
const WHERE = new Map([
  ["", ""], ["lack", " where it is lacking"], ["normal", " where it is normal"], ["excess", " where it is in excess"],
]);
const several = (value) => (Array.isArray(value) ? value : [value]);

/** What follows in one sentence that says no more than it rests on. */
export function headline({ words }, start, end, found) {
  const one = start.name, other = end.name, { label } = words.relations.get(found.relation), { sign } = found;
  const where = found.interval === found.asked ? "" : WHERE.get(found.interval);
  switch (found.relation) {
    case "raises":
    case "lowers":
      return `${one} ${label} ${other}${where}${found.basis && `: ${words.bases.get(found.basis).label}`}`;
    case "goes-with-more":
    case "goes-with-less":
      return `${one} ${label} ${other}${where}: observed, not tested`;
    case "depends":
      return `it depends how ${one} acts on ${other}`;
    case "contested":
      return `contested: ${sign ? `that ${one} ${sign > 0 ? "raises" : "lowers"} ${other}` : `which way ${one} acts on ${other}`}`;
    case "suggested":
    case "conceivable":
      return `${found.relation}: with more ${one} ${MORE.get(sign)} ${other}${where}`;
    case "needed-for":
      return sign < 0
        ? `a need: ${other} cannot go on without what ${one} is the lack of`
        : `${one} is needed for ${other}: a lack is passed on, more gives no more`;
    case "only-article":
      return `only the article implies${sign ? ` that with more ${one} comes ${MORE.get(sign)} ${other}` : ` anything of ${one} and ${other}`}`;
    case "cannot-say":
      return `cannot say what ${one} does to ${other}`;
    default:
      return `nothing here leads from ${one} to ${other}`;
  }
}

/** Why it is no more than it is. */
export function reason({ words }, found) {
  let said = words.relations.get(found.relation).definition;
  const { relation, steps } = found;
  if (relation === "suggested" && steps === 1)
    said = "said of the quantity at large or of a state of it, not of what was asked about";
  else if ((relation === "suggested" || relation === "conceivable") && steps > 1) said += ` (${plural(steps, "step")})`;
  else if (relation === "conceivable") said = "only a title, or a statement without evidence, says so";
  else if ((relation === "contested" || relation === "cannot-say") && found.sign) said += "; all of them point one way";
  return found.stopped ? `${said}; the search stopped at its bound, so there may be more` : said;
}

/** Where a case holds: `where it is lacking, in rat, as intermittent PTH`. */
export function place({ entity }, { interval, state, context }) {
  const pairs = Object.entries(context).flatMap(([key, value]) => several(value).map((one) => `${key.replaceAll("_", " ")} ${one}`));
  const said = [
    interval && WHERE.get(interval).trim(),
    state && `as ${entity.get(state).name}`,
    pairs.length > 0 && `(${pairs.join("; ")})`,
  ];
  return said.filter(Boolean).join(" ") || "where nothing is said of the context";
}

// --- What if --------------------------------------------------------------------------------------

/** How an outcome is known, without the verb: `measured in people`, `suggested`. */
export function knownBy({ words }, { conclusion }) {
  const { settled, relation, basis } = conclusion;
  if (settled) return "settled";
  if (relation === "raises" || relation === "lowers") return basis ? words.bases.get(basis).label : "stated";
  return relation === "needed-for" ? "needs what falls short" : words.relations.get(relation).label;
}
