// Records as the page's data has them become the graph that the page works with.

import assert from "node:assert/strict";
import { test } from "node:test";
import { graph } from "../src/records.js";

const empty = { page: {}, words: { predicates: [], statuses: [] }, core: [], loops: { rows: [] }, conflicts: { rows: [] },
  entities: [], statements: [], sources: [] };

test("an identifier is put into the address of its page, and a web address stays what it is", () => {
  const links = [["PMID:12", "https://x.org/$1/"], ["doi:10.1/$&:a", "https://doi.org/$1"],
    ["https://y.org/$1", "https://y.org/$1"], ["foo:1", ""]];
  const { entities: [entity], sources } = graph({ ...empty, entities: [{ id: "a", name: "a", category: "cell", links }],
    sources: [{ id: "PMID:12", links }, { id: "b" }] });
  const whole = [["PMID:12", "https://x.org/12/"], ["doi:10.1/$&:a", "https://doi.org/10.1/$&:a"],
    ["https://y.org/$1", "https://y.org/$1"], ["foo:1", ""]];
  assert.deepEqual([entity.links, sources.get("PMID:12").links, sources.get("b").links], [whole, whole, []]);
});
