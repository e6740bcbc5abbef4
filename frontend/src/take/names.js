// What files are called: after the page and the scene, so that a folder of them can be read.

/** @param {string} text */
const slug = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

const LONGEST = 80;
const UP_OR_DOWN = /** @type {const} */ (["up", "down"]);
const TITLE = 32;

/** As many words as have room, and of a long one its beginning. @param {string} words @param {number} room */
function fitting(words, room) {
  if (words.length <= room) return words;
  const end = words.lastIndexOf("-", room);
  return words.slice(0, end > room - 16 ? end : room);
}

/** What a page is called for short: its title up to a subtitle. @param {string} title */
const called = (title) => fitting(slug(title.split(/: | [–—] /)[0]) || slug(title), TITLE);

/** The scene in a few words, of letters, digits and hyphens. @param {Scene} asked @returns {(string | number)[]} */
function scene(asked) {
  switch (asked.kind) {
    case "near": return ["near", ...asked.of];
    case "paths": return ["paths", asked.from, asked.to];
    case "whatif": return ["what-if", ...UP_OR_DOWN.flatMap((way) => asked[way].flatMap((id) => [id, way]))];
    case "loops": return asked.id ? ["loop", asked.id] : ["loops"];
    case "conflicts": return asked.id ? ["conflict", asked.id] : ["conflicts"];
    default: return [asked.kind];
  }
}

/**
 * The name of a file without its suffix, such as `trabecula-near-calcitriol`.
 * @param {string} title of the page
 * @param {State} state
 */
export function fileName(title, state) {
  const words = scene(state.scene).map((word) => slug(String(word)));
  return fitting([called(title), ...words].filter(Boolean).join("-"), LONGEST) || "trabecula";
}
