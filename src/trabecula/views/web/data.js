// The graph as the page holds it. Whatever an imported graph calls its entities, they are kept in
// Maps and arrays, never as keys of an object, and the drawing library sees numbers only.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const page = read("page-data");
const byKey = (rows) => new Map(rows.map((row) => [row.key, row]));
const categories = byKey(page.categories);
const groups = byKey(page.groups);
const statuses = byKey(page.statuses);
const predicates = byKey(page.predicates);
const topics = byKey(page.topics);
const strengths = byKey(page.strengths);
const marks = byKey(page.marks);
const sources = new Map(page.sources.map((source) => [source.id, source]));

const entities = read("nodes-data").map((node, number) => ({
  ...node.tb,
  number,
  id: node.id,
  x: node.x,
  y: node.y,
  font: node.font.size,
  out: [],
  into: [],
}));
const entityOf = new Map(entities.map((entity) => [entity.id, entity]));

const statements = read("edges-data").map((edge, number) => ({
  ...edge.tb,
  number,
  id: edge.id,
  subject: entityOf.get(edge.from),
  object: entityOf.get(edge.to),
  word: predicates.get(edge.tb.predicate),
  drawn: { arrows: edge.arrows, dashes: edge.dashes, width: edge.width, smooth: edge.smooth },
}));
const statementOf = new Map(statements.map((statement) => [statement.id, statement]));

// Feedback loops with what they consist of.
const loops = page.loops.rows.map((loop) => ({
  ...loop,
  entities: loop.entities.map((id) => entityOf.get(id)),
  statements: loop.statements.map((id) => statementOf.get(id)),
}));
const loopOf = new Map(loops.map((loop) => [loop.id, loop]));

for (const statement of statements) {
  statement.subject.out.push(statement);
  if (statement.object !== statement.subject) statement.object.into.push(statement);
}
for (const entity of entities) {
  entity.degree = entity.out.length + entity.into.length;
}

// What is selected, and what the filters hide.
const state = {
  entity: null,
  statement: null,
  loop: null,
  hidden: { mark: new Set(), category: new Set(), group: new Set(), status: new Set(), topic: new Set() },
  loose: false, // whether entities without statements are drawn
};

const hides = (entity) => state.hidden.category.has(entity.category) || state.hidden.mark.has(entity.mark);

const shows = (statement) =>
  !state.hidden.group.has(statement.group) &&
  !state.hidden.status.has(statement.status) &&
  !state.hidden.topic.has(statement.topic) &&
  !hides(statement.subject) &&
  !hides(statement.object);

const showsEntity = (entity) =>
  entity === state.entity ||
  (!hides(entity) &&
    (entity.degree === 0
      ? state.loose || statements.length === 0
      : [entity.out, entity.into].some((side) => side.some(shows))));

const sentence = (statement) =>
  (statement.negated ? "not: " : "") +
  `${statement.subject.name} ${statement.word.label} ${statement.object.name}` +
  (statement.qualifiers ? ` (${statement.qualifiers})` : "");

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
