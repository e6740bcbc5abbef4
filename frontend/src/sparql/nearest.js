// The known words most like one that is not known, as Python's rapidfuzz finds them (`fuzz.ratio`): by the
// longest series of letters that two words share in order.

/** In per cent, as in Python. */
const CUTOFF = 60;
/** Words longer than this are not compared letter by letter, as in Python. */
const LONGEST = 200;

/** @param {string} text */
const folded = (text) => text.toLowerCase();

/**
 * The length of the longest series of letters that both have in this order.
 * @param {string[]} first
 * @param {string[]} second
 */
function shared(first, second) {
  let row = new Uint16Array(second.length + 1);
  for (const letter of first) {
    const next = new Uint16Array(second.length + 1);
    for (let j = 0; j < second.length; j++)
      next[j + 1] = letter === second[j] ? row[j] + 1 : Math.max(row[j + 1], next[j]);
    row = next;
  }
  return row[second.length];
}

/**
 * How many letters two words share in any order: no fewer than `shared` counts.
 * @param {string[]} first
 * @param {string[]} second
 */
function inAnyOrder(first, second) {
  const left = new Map();
  for (const letter of second) left.set(letter, (left.get(letter) ?? 0) + 1);
  let count = 0;
  for (const letter of first) {
    const rest = left.get(letter) ?? 0;
    if (rest > 0) count++;
    left.set(letter, rest - 1);
  }
  return count;
}

/**
 * The known words most like `word`, best first and of equals the first; empty when none is near.
 * @param {string} word
 * @param {Iterable<string>} candidates
 * @param {number} count how many at most
 * @returns {string[]}
 */
export function nearest(word, candidates, count = 3) {
  /** @param {string} text */
  const characters = (text) => (text.length > LONGEST ? [...text].length : text.length);
  if (characters(word) > LONGEST) return [];
  const byFolded = new Map();
  for (const candidate of candidates)
    if (characters(candidate) <= 2 * LONGEST) byFolded.set(folded(candidate), candidate);
  const sought = [...folded(word)];
  const hits = [];
  for (const [text, candidate] of byFolded) {
    const letters = [...text];
    const both = letters.length + sought.length;
    /** @param {number} same */
    const ratio = (same) => (both ? 100 * (1 - (both - 2 * same) / both) : 100);
    // What is quickly seen to be too far is not looked at closely.
    if (ratio(Math.min(letters.length, sought.length)) < CUTOFF) continue;
    if (ratio(inAnyOrder(letters, sought)) < CUTOFF) continue;
    const likeness = ratio(shared(letters, sought));
    if (likeness >= CUTOFF) hits.push({ candidate, likeness });
  }
  hits.sort((a, b) => b.likeness - a.likeness); // of equals the first stays the first
  return hits.slice(0, count).map((hit) => hit.candidate);
}
