// Finding entities by name, synonym and identifier, without regard to case and accents.

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const indices = new WeakMap();

function index(graph) {
  if (!indices.has(graph))
    indices.set(graph, graph.entities.map((entity) => ({
      entity,
      ways: [entity.name, ...entity.synonyms, entity.id, ...entity.xrefs.map((xref) => xref.curie)].map((text) => [plain(text), text]),
    })));
  return indices.get(graph);
}

// 0 is the whole name, then its beginning, the beginning of a word in it, anywhere in it.
function rank(text, query) {
  const at = text.indexOf(query);
  if (at < 0) return Infinity;
  if (text === query) return 0;
  if (at === 0) return 1;
  return /[\p{L}\p{N}]/u.test(text[at - 1]) ? 3 : 2;
}

/**
 * The entities that a text may mean, the likeliest first; `by` is the synonym or identifier that
 * was met, empty where it was the name.
 */
export function matches(graph, text, limit = 12) {
  const wanted = plain(text.trim());
  if (!wanted) return [];
  const hits = [];
  for (const { entity, ways } of index(graph)) {
    let best = Infinity, by = "";
    ways.forEach(([way, shown], number) => {
      const score = rank(way, wanted) + (number ? 0.5 : 0);
      if (score < best) [best, by] = [score, number ? shown : ""];
    });
    if (best < Infinity) hits.push({ entity, best, by });
  }
  return hits
    .sort((a, b) => a.best - b.best || b.entity.degree - a.entity.degree || a.entity.number - b.entity.number)
    .slice(0, limit);
}
