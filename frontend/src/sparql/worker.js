// The worker: holds the RDF in Oxigraph and answers one message at a time. It can be ended whatever
// it is doing, which is the only way to stop a query.

/** @import { Quad } from "oxigraph/web.js" */
import { defaultGraph as records, initSync, namedNode, Store } from "oxigraph/web.js";
import { part } from "./part.js";
import { MAX_ANSWER } from "./results.js";
import { names } from "./terms.js";
import { unfolded } from "./told.js";
import { defaultGraph } from "./trig.js";

/** Properties of our ontology whose values can be offered one by one. */
const CLOSED = ["status", "topic", "stance", "strength", "method", "species", "sourceKind", "studyType", "organism"];

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const ABOUT = "https://w3id.org/trabecula/ontology#about";
const DECLARED = ["Class", "ObjectProperty", "DatatypeProperty"].map((name) => `http://www.w3.org/2002/07/owl#${name}`);

let rdf = ""; // TriG
/** @type {any} */
let store = null;

/**
 * What a file says of the graph as a whole, and the words that it declares: `trabecula query` asks the
 * records alone.
 */
function* ofItself() {
  const whole = store.match(null, namedNode(ABOUT), null).map((/** @type {Quad} */ { subject }) => subject);
  const declared = DECLARED.flatMap((type) => store.match(null, namedNode(TYPE), namedNode(type)))
    .map((/** @type {Quad} */ { subject }) => subject);
  for (const subject of [...whole, ...declared]) yield* store.match(subject, null, null, records());
}

/** @type {Record<string, (message: any) => object>} what is answered to each message of `client.js` */
const answers = {
  /** Take the data and, where they are to be queried, the engine. */
  open({ module, data, told }) {
    rdf = unfolded(new TextDecoder().decode(data), told);
    if (!module) return {};
    initSync({ module });
    store = new Store();
    store.load(rdf, { format: "application/trig", lenient: true, no_transaction: true });
    for (const triple of ofItself()) store.delete(triple);
    return { size: store.size };
  },

  query({ text, graph, graphs }) {
    // Graphs first: whether they are there must be known even where the query fails.
    const has = (/** @type {string} */ iri) => store.match(null, null, null, namedNode(iri)).length > 0;
    const present = graphs.filter((/** @type {string} */ iri) => /^[a-z]/i.test(iri) && has(iri));
    const body = store.query(text, { results_format: graph ? "nt" : "json" });
    return body.length > MAX_ANSWER ? { kind: "size" } : { body, present };
  },

  /** The properties and classes that the RDF uses and how often, datatypes, and the values of short lists. */
  facts() {
    /** @param {string} text @param {...string} names */
    const rows = (text, ...names) => JSON.parse(store.query(text, { results_format: "json" })).results.bindings
      .map((/** @type {Record<string, Term>} */ binding) => names.map((name) => binding[name].value));
    const counted = (/** @type {string} */ pattern) =>
      rows(`SELECT ?term (COUNT(*) AS ?uses) { ${pattern} } GROUP BY ?term`, "term", "uses")
      .map((/** @type {[string, string]} */ [term, uses]) => [term, Number(uses)]);
    const listed = CLOSED.map((name) => `<https://w3id.org/trabecula/ontology#${name}>`).join(" ");
    return {
      properties: counted("?s ?term ?o"),
      classes: counted("?s a ?term"),
      values: rows(`SELECT DISTINCT ?property ?value {
        VALUES ?property { ${listed} } ?s ?property ?value
      } ORDER BY ?property ?value`, "property", "value"),
      datatypes: rows(`SELECT DISTINCT ?property ?datatype {
        ?s ?property ?value FILTER(ISLITERAL(?value)) BIND(DATATYPE(?value) AS ?datatype)
      } ORDER BY ?property ?datatype`, "property", "datatype"),
    };
  },

  part({ statements, entities, prefixes }) {
    const namespaces = names(prefixes);
    const triples = defaultGraph(rdf);
    return { triples: part(triples, statements, entities, (curie) => namespaces.iri(curie, "entity")) };
  },
};

self.onmessage = ({ data: { id, ask, ...rest } }) => {
  try {
    self.postMessage({ id, ...answers[ask](rest) });
  } catch (error) {
    // After a trap, or with its stack exhausted, the engine is in no state to go on.
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    self.postMessage({ id, kind: broken ? "broken" : "error", message: String(error instanceof Error ? error.message : error) });
  }
};
