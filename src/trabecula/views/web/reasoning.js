// Parts of the panel that tell what follows: what happens to an entity and by way of what, and the
// feedback loops.

// --- What if -----------------------------------------------------------------------------------

function outcome(entity) {
  if (!entity.what) return null;
  const mark = marks.get(entity.mark);
  return h("section", { class: "what" },
    h("h3", {}, "What if"),
    h("p", { class: "verdict" }, markSwatch(mark), " ", h("b", {}, mark.label), ". ", entity.what.words),
    entity.what.ways.map((way) => [
      h("p", { class: "way" }, way.words, ":"),
      h("ol", { class: "lines" }, way.hops.map((hop) => hopLine(hop, way.weakest === hop.statement)))]));
}

// A step: its statement, to be opened where it is drawn, and what it leads to.
function hopLine(hop, weak) {
  const statement = statementOf.get(hop.statement);
  const item = statement ? line(statement) : h("li", {}, h("p", {}, hop.sentence));
  const glyph = { up: "↑", down: "↓" }[hop.key] ?? "?";
  item.append(h("p", { class: "so" }, h("b", { class: "glyph", "aria-hidden": "true" }, glyph), " so ", hop.outcome, weak && h("small", {}, " · the weakest step")));
  return item;
}

function changes() {
  const named = (keys) => entities.filter((entity) => keys.includes(entity.mark));
  const chips = (title, some) => some.length > 0 && h("section", {}, h("h3", {}, title),
    h("ul", { class: "chips" }, some.map((entity) => h("li", {},
      h("button", { type: "button", class: "chip", onclick: () => choose({ entity }, true) }, markSwatch(marks.get(entity.mark)), entity.name)))));
  if (!marks.size) return [];
  return [
    h("p", {}, "Fills and glyphs tell what would happen. Click a box for the best path each way. How much, how soon and which of two opposite ways prevails does not follow."),
    chips("Changed", named(["changed-up", "changed-down"])),
    chips("Held fixed", named(["fixed"])),
  ];
}

// --- Feedback loops ----------------------------------------------------------------------------

const LOOPS_LISTED = 12;

const loopSign = (loop) => h("b", { class: "loop-sign", "aria-hidden": "true" }, loop.glyph);
const round = (loop) => [loop.entities.map((entity, number) => [entity.name, h("em", {}, ` ${loop.arrows[number]} `)]), loop.entities[0].name];

const loopLine = (loop) => h("li", {},
  h("button", { type: "button", class: "line", "data-loop": loop.id, onclick: () => choose({ loop }, true) },
    loopSign(loop),
    h("span", { class: "words" }, round(loop), h("small", { class: "standing" }, loop.kind, " · weakest step: ", loop.known))));

function loopList(title, some, total = some.length) {
  if (!some.length) return null;
  const items = h("ul", { class: "lines loops" }, some.slice(0, LOOPS_LISTED).map(loopLine));
  const more = some.length > LOOPS_LISTED && h("button", { type: "button", class: "more", onclick: (event) => {
    items.append(...some.slice(LOOPS_LISTED).map(loopLine));
    event.currentTarget.remove();
  } }, `Show ${some.length - LOOPS_LISTED} more`);
  return h("section", {}, h("h3", {}, title, " ", h("span", { class: "count" }, total)), items, more);
}

// Which loops were looked for; nothing where all were and there are none.
function loopExtent() {
  const { complete, bounded, found, arrows } = page.loops;
  if (!found && !bounded) return null;
  const said = [
    found > 0 && arrows,
    found > loops.length && `Listed are the ${loops.length} best known.`,
    complete === 0 ? "There are too many statements to look for feedback loops." : `Loops of up to ${plural(complete, "step")} were looked for.`,
  ];
  return h("p", { class: "quiet" }, said.filter(Boolean).join(" "));
}

function loopCard(loop) {
  return [
    h("div", { class: "head" },
      h("p", { class: "kind" }, loopSign(loop), "feedback loop, ", loop.kind), back(),
      h("h2", {}, round(loop))),
    h("p", { class: "verdict" }, loop.words),
    h("p", { class: "quiet" }, "What it does in a body also depends on strengths and delays, of which the graph says nothing."),
    h("section", {}, h("h3", {}, "Its statements ", h("span", { class: "count" }, loop.statements.length)),
      h("ol", { class: "lines" }, loop.statements.map((statement) => {
        const item = line(statement);
        if (statement.id === loop.weakest && loop.statements.length > 1) item.append(h("p", { class: "so" }, h("small", {}, "the weakest step")));
        return item;
      }))),
    h("section", {}, h("h3", {}, "Its entities ", h("span", { class: "count" }, loop.entities.length)),
      h("ul", { class: "chips" }, loop.entities.map((entity) => h("li", {},
        h("button", { type: "button", class: "chip", onclick: () => choose({ entity }, true) }, categorySwatch(categories.get(entity.category)), entity.name))))),
    h("p", { class: "definition" }, h("code", {}, loop.iri)),
  ];
}
