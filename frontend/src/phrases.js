// Other ways to say a name: "low Mg" for magnesium deficiency. The twin of src/trabecula/phrases.py,
// which gives it the table of phrases; test/search-cases.json holds the two together.

/**
 * @typedef {(text: string) => Entity | null} Called  the one entity with this name
 */

const LONGEST = 120;
const PART = 4;
// How much there is of something, which a level in the blood does not tell: a lack of calcium is no
// low blood calcium, though people call that low calcium.
const AMOUNT = /^(?:(?:lack of|too (?:little|much)|excess(?: of)?|excessive|deficiency of|depletion of) .*|.* (?:deficiency|insufficiency|depletion|deficit|lack|excess))$/s;
const LEVEL = /^(?:low|high|raised|elevated) (?:blood|serum|plasma|circulating) /;

/** @param {string} text */
export const folded = (text) => text.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");

/**
 * What finds the one entity with a name, without case; a plural that nothing goes by is its singular.
 * @param {Graph} graph
 * @returns {Called}
 */
export function calling(graph) {
  /** @type {Map<string, Set<Entity>[]>} by name without case: id, name, synonym, exact identifier */
  const ranked = new Map(), ids = new Map(graph.entities.map((entity) => [entity.id, entity]));
  for (const entity of graph.entities) {
    const exact = entity.xrefs.filter(({ match }) => match === "exact").map(({ curie }) => curie);
    [[entity.id], [entity.name], entity.synonyms, exact].forEach((texts, rank) => {
      for (const text of texts) {
        const key = folded(text);
        if (!ranked.has(key)) ranked.set(key, [new Set(), new Set(), new Set(), new Set()]);
        ranked.get(key)?.[rank].add(entity);
      }
    });
  }
  return (text) => {
    const exact = ids.get(text);
    if (exact) return exact;
    const key = folded(text.trim());
    const own = (key ? ranked.get(key) ?? ranked.get(singular(key)) : undefined)?.find((entities) => entities.size);
    if (!own) return null;
    const written = [...own].filter(({ name, synonyms }) => name === text.trim() || synonyms.includes(text.trim()));
    const some = own.size > 1 && written.length ? written : [...own];
    return some.length === 1 ? some[0] : null;
  };
}

/** @param {string} text */
function singular(text) {
  if (text.endsWith("ies") && text.length > 4) return `${text.slice(0, -3)}y`;
  return text.endsWith("s") && !/(?:ss|us|is)$/.test(text) ? text.slice(0, -1) : text;
}

/**
 * The one entity that a text means though nothing is called so, and the name that says it; null where
 * there is none, or where several are meant.
 * @param {string} text
 * @param {Called} called
 * @param {string[][]} phrases
 * @returns {[Entity, string] | null}
 */
export function otherwise(text, called, phrases) {
  return text.length > LONGEST ? null : meant(text.trim().split(/\s+/).join(" "), called, phrases, true);
}

/**
 * @param {string} text
 * @param {Called} called
 * @param {string[][]} phrases
 * @param {boolean} nested
 * @returns {[Entity, string] | null}
 */
function meant(text, called, phrases, nested) {
  for (const ways of all(text, called, phrases, nested)) {
    const entities = new Map();
    for (const way of ways) {
      const entity = called(way);
      if (entity && !entities.has(entity)) entities.set(entity, way);
    }
    if (entities.size) return entities.size === 1 ? [...entities][0] : null;
  }
  return null;
}

/**
 * @param {string} text
 * @param {Called} called
 * @param {string[][]} phrases
 * @param {boolean} nested
 * @returns {Generator<Generator<string>>}
 */
function* all(text, called, phrases, nested) {
  yield parts(text, called);
  for (const group of phrases) yield phrased(text, group, called, phrases, nested);
}

/** @param {Entity} entity */
const names = ({ name, synonyms }) => [name, ...synonyms];

/** The text with a part of it by another name. @param {string} text @param {Called} called */
function* parts(text, called) {
  const words = text.split(" ");
  for (let size = Math.min(PART, words.length - 1); size > 0; size--)
    for (let start = 0; start + size <= words.length; start++) {
      const entity = called(words.slice(start, start + size).join(" "));
      for (const name of entity ? names(entity) : []) yield [...words.slice(0, start), name, ...words.slice(start + size)].join(" ");
    }
}

/**
 * The text in the other phrases of a group.
 * @param {string} text
 * @param {string[]} group
 * @param {Called} called
 * @param {string[][]} phrases
 * @param {boolean} nested
 */
function* phrased(text, group, called, phrases, nested) {
  for (const phrase of group) {
    const rest = restOf(text, phrase);
    if (!rest) continue;
    const entity = called(rest) ?? (nested ? meant(rest, called, phrases, false)?.[0] : null);
    for (const name of [rest, ...(entity ? names(entity) : [])])
      for (const other of group) {
        const way = other.replace("*", () => name);
        if (!(AMOUNT.test(phrase) && isLevel(way, other, called))) yield way;
      }
  }
}

/**
 * Whether what is called so is a level in the blood, and the way to say it does not tell.
 * @param {string} way
 * @param {string} phrase
 * @param {Called} called
 */
function isLevel(way, phrase, called) {
  if (AMOUNT.test(phrase) || LEVEL.test(folded(way))) return false;
  const entity = called(way);
  return entity !== null && names(entity).some((own) => LEVEL.test(folded(own)));
}

/**
 * What stands for the star where a text is this phrase; empty where it is not, or is no more.
 * @param {string} text
 * @param {string} phrase
 */
function restOf(text, phrase) {
  if (phrase === "*") return "";
  const [before, after] = phrase.split("*"), plain = folded(text);
  const whole = plain.length === text.length ? text : plain;
  for (const end of after ? [after, `${after}s`] : [""])
    if (plain.startsWith(before) && plain.endsWith(end)) return whole.slice(before.length, whole.length - end.length).trim();
  return "";
}
