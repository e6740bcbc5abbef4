// The panel: what is known about the selected entity or statement, or where to start.

const panel = $("panel");

const badge = (status) =>
  h("span", { class: `badge ${status.key}`, title: status.words }, status.mark && h("b", { "aria-hidden": "true" }, `${status.mark} `), status.label);

// A statement as a line of a list. Seen from an entity, it begins with the predicate.
function line(statement, from = null) {
  const status = statuses.get(statement.status);
  const reverse = from !== null && statement.object === from && statement.subject !== from;
  const { word } = statement;
  const text = from === null
    ? [statement.subject.name, " ", h("em", {}, word.label), " ", statement.object.name]
    : [h("em", {}, reverse ? word.inverse : word.label), " ", reverse ? statement.subject.name : statement.object.name];
  return h("li", {},
    h("button", { type: "button", class: "line", "data-statement": statement.number, onclick: () => choose({ statement }, true) },
      lineSwatch(groups.get(statement.group), status),
      h("span", { class: "words" },
        statement.negated && h("strong", {}, "not: "), text,
        statement.qualifiers && h("small", {}, ` (${statement.qualifiers})`),
        h("small", { class: "standing" },
          groups.get(statement.group).label, " · ",
          statement.status === "supported" ? "supported" : badge(status),
          statement.for > 0 && ` · ${plural(statement.for, "source")}`,
          statement.against > 0 && ` · ${statement.against} against`))));
}

const byStanding = (a, b) => b.for - a.for || a.number - b.number;

function list(title, some, from, limit = 40) {
  if (!some.length) return null;
  const sorted = [...some].sort(byStanding);
  const items = h("ul", { class: "lines" }, sorted.slice(0, limit).map((statement) => line(statement, from)));
  const more = sorted.length > limit && h("button", { type: "button", class: "more", onclick: (event) => {
    items.append(...sorted.slice(limit).map((statement) => line(statement, from)));
    event.currentTarget.remove();
  } }, `Show all ${sorted.length}`);
  return h("section", {}, h("h3", {}, title, " ", h("span", { class: "count" }, sorted.length)), items, more);
}

const entityButton = (entity) =>
  h("button", { type: "button", class: "name", onclick: () => choose({ entity }, true) }, entity.name);

const back = () => h("button", { type: "button", class: "close", "aria-label": "Close (Escape)", title: "Close (Esc)", onclick: () => choose({}) }, "×");

// --- An entity ---------------------------------------------------------------------------------

function entityCard(entity) {
  const acts = [], acted = [], states = [], other = [];
  for (const statement of [...entity.out, ...entity.into]) {
    const { influence } = statement.word;
    const subject = statement.subject === entity;
    if (influence === "both") states.push(statement);
    else if (influence === "none") other.push(statement);
    else ((influence === "forward") === subject ? acts : acted).push(statement);
  }
  const category = categories.get(entity.category);
  return [
    h("div", { class: "head" },
      h("p", { class: "kind" }, categorySwatch(category), category.label), back(),
      h("h2", {}, entity.name)),
    entity.synonyms.length > 0 && h("p", { class: "synonyms" }, "also: ", entity.synonyms.join(" · ")),
    entity.description && h("p", {}, entity.description),
    (entity.identifiers.length > 0 || entity.taxon.length > 0) && h("ul", { class: "identifiers", "aria-label": "Identifiers" },
      entity.identifiers.map(([curie, match, words, address]) =>
        h("li", {}, anchor(curie, address), words && ` ${words}`, match && match !== "exact" && h("small", {}, ` ${match} match`))),
      entity.taxon.length > 0 && h("li", {}, "taxon ", anchor(...entity.taxon))),
    outcome(entity),
    list("What acts on it", acted, entity),
    list("What it acts on", acts, entity),
    list("Its level, lack and excess", states, entity),
    list("Structure and association", other, entity),
    loopList("Feedback loops through it", loops.filter((loop) => loop.entities.includes(entity))),
    entity.degree === 0 && h("p", { class: "quiet" }, "No statement in this graph is about it."),
  ];
}

// --- A statement -------------------------------------------------------------------------------

const STANCES = [
  ["supports", "For", "for"],
  ["disputes", "Against", "against"],
  ["qualifies", "Limits where it holds", "limits"],
];

function statementCard(statement) {
  const status = statuses.get(statement.status);
  const group = groups.get(statement.group);
  const { word } = statement;
  const isArticle = (row) => row.strength === "asserted";
  const found = statement.evidence.filter((row) => !isArticle(row));
  const asserted = statement.evidence.filter(isArticle);
  const sides = STANCES.map(([stance, title, kind]) => [found.filter((row) => (row.stance ?? "supports") === stance), title, kind]).filter(([rows]) => rows.length);
  const opposed = sides.some(([, , kind]) => kind === "for") && sides.some(([, , kind]) => kind === "against");
  return [
    h("div", { class: "head" },
      h("p", { class: "kind" }, lineSwatch(group, status), group.label), back(),
      h("h2", {}, statement.negated && h("strong", {}, "not: "), entityButton(statement.subject), " ", h("em", { class: statement.group }, word.label), " ", entityButton(statement.object)),
      statement.qualifiers && h("p", { class: "qualifiers" }, "only with ", statement.qualifiers)),
    h("p", { class: `verdict ${status.key}` }, badge(status), " ", status.words, "."),
    h("p", { class: "tally" },
      h("b", {}, statement.for), statement.for === 1 ? " independent source for it" : " independent sources for it",
      ", ", h("b", {}, statement.against), " against",
      statement.topic && h("span", { class: "quiet" }, ` · topic: ${topics.get(statement.topic)?.label ?? statement.topic}`)),
    h("div", { class: opposed ? "sides opposed" : "sides" },
      sides.map(([rows, title, kind]) => h("section", { class: `side ${kind}` },
        h("h3", {}, title, " ", h("span", { class: "count" }, rows.length)), rows.map(evidence)))),
    found.length === 0 && h("p", { class: "quiet" }, "No paper in this graph speaks to it."),
    asserted.length > 0 && h("section", { class: "side article" },
      h("h3", {}, "What the article asserts"),
      h("p", { class: "quiet" }, "Its own words give no evidence and outweigh no paper."),
      asserted.map(evidence)),
    word.definition && h("p", { class: "definition" }, h("b", {}, word.label), ": ", word.definition),
  ];
}

function evidence(row) {
  const source = sources.get(row.source);
  const facts = [
    ["how strong", row.strength && `${row.strength} — ${strengths.get(row.strength)?.words ?? ""}`],
    ["method", row.method],
    ["species", [row.species, row.system].filter(Boolean).join(", ")],
    ["context", row.context],
    ["where", row.locator],
  ].filter(([, value]) => value);
  const journal = [source.journal, source.year].filter(Boolean).join(" ");
  return h("article", { class: row.strength === "title-only" ? "evidence title-only" : "evidence" },
    row.summary && h("p", { class: "summary" }, row.summary),
    h("dl", {}, facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    h("p", { class: "source" },
      h("cite", {}, source.title || source.id),
      journal && ` · ${journal}`,
      source.authors && ` · ${source.authors}`,
      source.kind === "further" && " · not cited by the article",
      source.reference && ` · reference ${source.reference}`),
    source.links.length > 0 && h("p", { class: "links" }, source.links.map(([text, address]) => [anchor(text, address), " "])));
}

// --- Nothing selected --------------------------------------------------------------------------

function startCard() {
  if (!statements.length) {
    return [
      h("h2", {}, entities.length ? "No statements" : "This graph is empty"),
      h("p", {}, entities.length ? "The graph holds entities but nothing is said about them." : "There is nothing to draw: the graph holds no entities and no statements. A selection that matches nothing gives such a page."),
    ];
  }
  const of = (status) => statements.filter((statement) => statement.status === status);
  const hubs = byDegree.filter((entity) => entity.degree > 0).slice(0, 8);
  return [
    h("h2", {}, "Start here"),
    h("p", {}, "Click a box or a line, or search. Each line is a statement; its panel shows the sources for and against it."),
    page.left_out.some((count) => count > 0) && h("p", { class: "left-out" },
      h("b", {}, "Not everything is drawn. "),
      `Left out: ${plural(page.left_out[0], "entity", "entities")} and ${plural(page.left_out[1], "statement")}; the best supported statements are shown. To see a part in full, run `, h("code", {}, page.command)),
    ...changes(),
    h("section", {}, h("h3", {}, "Most connected"),
      h("ul", { class: "chips" }, hubs.map((entity) => h("li", {},
        h("button", { type: "button", class: "chip", onclick: () => choose({ entity }, true) },
          categorySwatch(categories.get(entity.category)), entity.name, " ", h("span", { class: "count" }, entity.degree)))))),
    list("Contested", of("contested"), null, 8),
    list("Refuted", of("refuted"), null, 8),
    loopList("Feedback loops", loops, page.loops.found),
    loopExtent(),
    h("section", {}, h("h3", {}, "Keys"),
      h("dl", { class: "keys" },
        [["/", "search"], ["Esc", "clear the selection"], ["+ − 0", "zoom in, zoom out, fit"], ["arrows", "move the drawing, once it has the focus"]]
          .map(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)]))),
  ];
}

function showCard() {
  const card = state.loop ? loopCard(state.loop) : state.statement ? statementCard(state.statement) : state.entity ? entityCard(state.entity) : startCard();
  panel.replaceChildren(...card.flat().filter((part) => part instanceof Node));
  panel.scrollTop = 0;
}
