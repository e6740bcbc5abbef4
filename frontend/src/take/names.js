// What files are called: after the page and the scene, so that a folder of them can be read.

const slug = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");

const LONGEST = 80;

/** The scene in a few words, of letters, digits and hyphens. */
function scene(asked) {
  switch (asked.kind) {
    case "near": return ["near", ...asked.of];
    case "paths": return ["paths", asked.from, asked.to];
    case "whatif": return ["what-if", ...["up", "down"].flatMap((way) => asked[way].flatMap((id) => [id, way]))];
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
  const words = [title, ...scene(state.scene)].map((word) => slug(String(word))).filter(Boolean);
  return words.join("-").slice(0, LONGEST).replace(/-+$/, "") || "trabecula";
}
