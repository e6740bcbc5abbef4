// Weighing evidence: what src/trabecula/standing.py says, on the records of the page. Statuses come with
// the data of the page; they are worked out here for what a lens lets through.

/** What support rests on, the best first; the words for each are in `words.bases`. */
export const BASES = ["measured-in-people", "measured-elsewhere", "measured", "reviewed", "defined", "computed", "observed", "curated"];

const IN_PEOPLE = new Set(["meta-analysis", "randomised-trial", "clinical-study", "cohort", "cross-sectional"]);
const OTHER = new Map([["review", "reviewed"], ["reference", "defined"], ["association", "observed"], ["curated", "curated"]]);
/** Systems and methods in which no living body was looked at. */
const BENCH = new Set(["ex-vivo", "cell-culture", "cell-free", "structure", "in-silico", "computation"]);
const MODELS = new Set(["in-silico", "computation"]);
const MEASURED = new Set(["measured-in-people", "measured-elsewhere", "measured", "observed"]);

/** Whether a piece of evidence is weighed: not the words of the article, nor of what was retracted. @param {Evidence} row */
export const weighs = (row) => row.strength !== "asserted" && !row.retracted;

/** The status that a statement has by its evidence: a key of `words.statuses`. @param {Evidence[]} evidence */
export function status(evidence) {
  const heard = evidence.filter((row) => !row.retracted), weighed = heard.filter(weighs);
  const support = weighed.filter((row) => row.stance === "supports");
  if (weighed.some((row) => row.stance === "disputes")) return support.length ? "contested" : "refuted";
  if (support.some((row) => row.strength !== "title-only")) return "supported";
  if (support.length) return "title-only";
  return heard.some((row) => row.strength === "asserted") ? "asserted-only" : "no-evidence";
}

/**
 * Whether nobody takes sides on a statement, though there is evidence on it: all of it limits it, or was retracted.
 * @param {Pick<Statement, "status" | "evidence">} statement
 */
export const isUnspoken = ({ status, evidence }) => status === "no-evidence" && evidence.length > 0;

/** How many independent sources take a stance; titles count only where no source was read. @param {Evidence[]} evidence */
export function independent(evidence, stance = "supports") {
  const rows = evidence.filter((row) => row.stance === stance && weighs(row));
  const read = rows.filter((row) => row.strength !== "title-only");
  return new Set((read.length ? read : rows).map((row) => row.source.counted)).size;
}

/** What was read in support. @param {Evidence[]} evidence */
const supporting = (evidence) =>
  evidence.filter((row) => row.stance === "supports" && weighs(row) && row.strength !== "title-only");

/** What the support of a statement rests on: the best of `BASES`, or empty text. @param {Evidence[]} evidence */
export function basis(evidence) {
  const present = new Set(supporting(evidence).map(basisOf));
  return BASES.find((name) => present.has(name)) ?? "";
}

/** Whether it is said that animals, cells or other material were looked at. @param {Evidence} row */
const outOfPeople = ({ species, system, method }) =>
  (species !== "" && species !== "human") || BENCH.has(system) || BENCH.has(method) || method === "animal-study";

/** Whether living people were looked at: said, or implied by a design that only people have. @param {Evidence} row */
export const inPeople = (row) =>
  (row.species === "human" || (!row.species && IN_PEOPLE.has(row.method))) && !outOfPeople(row);

/** Whether a piece of evidence is an experiment, a trial or an observation, and no model. @param {Evidence} row */
export const measured = (row) => MEASURED.has(basisOf(row));

/** What a piece of evidence is: one of `BASES`; empty for titles and the article. @param {Evidence} row */
function basisOf(row) {
  if (row.strength !== "direct") return OTHER.get(row.strength) ?? "";
  if (inPeople(row)) return "measured-in-people";
  if (MODELS.has(row.system) || MODELS.has(row.method)) return "computed";
  return outOfPeople(row) ? "measured-elsewhere" : "measured";
}

/** Whether all that was read in support comes from animals, cells or other material. @param {Evidence[]} evidence */
export function elsewhere(evidence) {
  const rows = supporting(evidence);
  return rows.length > 0 && rows.every(outOfPeople);
}

/** Whether all that was read in support observed two things together and changed neither. @param {Evidence[]} evidence */
export function onlyObserved(evidence) {
  const rows = supporting(evidence);
  return rows.length > 0 && rows.every((row) => row.strength === "association");
}
