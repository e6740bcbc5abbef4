// Weighing evidence: what src/trabecula/standing.py says, on the records of the page. Statuses come with
// the data of the page; they are worked out here for what a lens lets through.

/** What support rests on, the best first; the words for each are in `words.bases`. */
export const BASES = ["measured-in-people", "measured-elsewhere", "reviewed", "defined", "observed", "curated"];

const IN_PEOPLE = new Set(["meta-analysis", "randomised-trial", "clinical-study", "cohort", "cross-sectional"]);
const OTHER = new Map([["review", "reviewed"], ["reference", "defined"], ["association", "observed"], ["curated", "curated"]]);
const BENCH = new Set(["ex-vivo", "cell-culture", "cell-free", "in-silico"]);

/** Whether a piece of evidence is weighed: not the words of the article, nor of what was retracted. */
export const weighs = (row) => row.strength !== "asserted" && !row.retracted;

/** The status that a statement has by its evidence: a key of `words.statuses`. */
export function status(evidence) {
  const heard = evidence.filter((row) => !row.retracted), weighed = heard.filter(weighs);
  const support = weighed.filter((row) => row.stance === "supports");
  if (weighed.some((row) => row.stance === "disputes")) return support.length ? "contested" : "refuted";
  if (support.some((row) => row.strength !== "title-only")) return "supported";
  if (support.length) return "title-only";
  return heard.some((row) => row.strength === "asserted") ? "asserted-only" : "no-evidence";
}

/** How many independent sources take a stance; titles count only where no source was read. */
export function independent(evidence, stance = "supports") {
  const rows = evidence.filter((row) => row.stance === stance && weighs(row));
  const read = rows.filter((row) => row.strength !== "title-only");
  return new Set((read.length ? read : rows).map((row) => row.source.counted)).size;
}

const supporting = (evidence) =>
  evidence.filter((row) => row.stance === "supports" && weighs(row) && row.strength !== "title-only");

/** What the support of a statement rests on: the best of `BASES`, or empty text. */
export function basis(evidence) {
  const found = new Set(supporting(evidence).map(basisOf));
  return BASES.find((name) => found.has(name)) ?? "";
}

function basisOf({ strength, species, method, system }) {
  if (strength !== "direct") return OTHER.get(strength) ?? "";
  const inPeople = species === "human" || (!species && IN_PEOPLE.has(method));
  return inPeople && !BENCH.has(system) ? "measured-in-people" : "measured-elsewhere";
}

/** Whether all that was read in support comes from animals, cells or other material. */
export function elsewhere(evidence) {
  const rows = supporting(evidence);
  return rows.length > 0 && rows.every((row) => (row.species !== "" && row.species !== "human") || BENCH.has(row.system));
}

/** Whether all that was read in support observed two things together and changed neither. */
export function onlyObserved(evidence) {
  const rows = supporting(evidence);
  return rows.length > 0 && rows.every((row) => row.strength === "association");
}
