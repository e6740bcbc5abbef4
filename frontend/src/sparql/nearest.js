// The known words most like one that is not known, as Python's difflib finds them: by the characters
// that two words share in order, the longest run of them first (Ratcliff and Metzener 1988).

import { byCodePoint } from "../order.js";

const CUTOFF = 0.6;
/** Words longer than this are not compared letter by letter, as in Python. */
const LONGEST = 200;
/** Beyond this length difflib takes letters that are frequent for noise. */
const LONG = 200;

function places(word) {
  const found = new Map();
  word.forEach((letter, place) => (found.get(letter) ?? found.set(letter, []).get(letter)).push(place));
  if (word.length >= LONG) {
    const most = Math.floor(word.length / 100) + 1;
    for (const [letter, where] of found) if (where.length > most) found.delete(letter);
  }
  return found;
}

/** The longest run that `one[a..b]` shares with `other[c..d]`: the first of them. */
function longest(one, other, where, [a, b, c, d]) {
  let best = [a, c, 0];
  let runs = new Map();
  for (let i = a; i < b; i++) {
    const next = new Map();
    for (const j of where.get(one[i]) ?? []) {
      if (j < c) continue;
      if (j >= d) break;
      const size = (runs.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best[2]) best = [i - size + 1, j - size + 1, size];
    }
    runs = next;
  }
  let [i, j, size] = best;
  // Frequent letters that were left aside may prolong the run.
  while (i > a && j > c && one[i - 1] === other[j - 1]) [i, j, size] = [i - 1, j - 1, size + 1];
  while (i + size < b && j + size < d && one[i + size] === other[j + size]) size++;
  return [i, j, size];
}

function shared(one, other, where) {
  let count = 0;
  const waiting = [[0, one.length, 0, other.length]];
  while (waiting.length) {
    const [a, b, c, d] = waiting.pop();
    const [i, j, size] = longest(one, other, where, [a, b, c, d]);
    if (!size) continue;
    count += size;
    waiting.push([a, i, c, j], [i + size, b, j + size, d]);
  }
  return count;
}

const folded = (text) => text.toLowerCase();

/** How many letters two words share in any order: no fewer than `shared` counts. */
function inAnyOrder(one, other) {
  const left = new Map();
  for (const letter of other) left.set(letter, (left.get(letter) ?? 0) + 1);
  let count = 0;
  for (const letter of one) {
    const rest = left.get(letter) ?? 0;
    if (rest > 0) count++;
    left.set(letter, rest - 1);
  }
  return count;
}

/**
 * The known words most like `word`, best first; empty when none is near.
 * @param {string} word
 * @param {Iterable<string>} known
 * @param {number} count how many at most
 * @returns {string[]}
 */
export function nearest(word, known, count = 3) {
  const characters = (text) => (text.length > LONGEST ? [...text].length : text.length);
  if (characters(word) > LONGEST) return [];
  const byFolded = new Map();
  for (const candidate of known)
    if (characters(candidate) <= 2 * LONGEST) byFolded.set(folded(candidate), candidate);
  const sought = [...folded(word)];
  const where = places(sought);
  const found = [];
  for (const [text, candidate] of byFolded) {
    const letters = [...text];
    const both = letters.length + sought.length;
    const ratio = (same) => (both ? (2 * same) / both : 1);
    // What is quickly seen to be too far is not looked at closely.
    if (ratio(Math.min(letters.length, sought.length)) < CUTOFF) continue;
    if (ratio(inAnyOrder(letters, sought)) < CUTOFF) continue;
    const likeness = ratio(shared(letters, sought, where));
    if (likeness >= CUTOFF) found.push({ candidate, likeness, text });
  }
  // Ties as difflib breaks them: the word that comes last in order first.
  found.sort((a, b) => b.likeness - a.likeness || byCodePoint(b.text, a.text));
  return found.slice(0, count).map((one) => one.candidate);
}
