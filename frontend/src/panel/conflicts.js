// Where the sources disagree: all conflicts by kind, and one of them with its sides.

import { h, plural } from "../dom.js";
import { action, conflictLine, head, kindOf, line, open, section, some } from "./parts.js";
import { brief } from "./statement.js";
import { capital, contrast, voices, throughWords } from "./words.js";

/** Pieces of evidence that are shown at once. */
const MANY = 40;

const ARTICLE = " What only the article claims is in no conflict here.";

/** The scene of conflicts. @param {Ctx} ctx */
export function card(ctx) {
  const { act, graph, model } = ctx;
  const conflict = graph.conflict.get(/** @type {SceneOf<"conflicts">} */ (model.state.scene).id);
  if (conflict) return oneCard(ctx, conflict);
  const examined = [...graph.sources.values()].some(({ kind }) => kind === "article");
  return [
    head({
      title: ["Where the sources disagree ", h("span", { class: "count" }, graph.conflictsSaid.count.toLocaleString("en-GB"))],
      close: () => act.go({ scene: { kind: "core" } }),
      closeWords: "Back to the core",
    }),
    h("p", {}, `Two sides that cannot both hold in one context.${examined ? ARTICLE : ""}`),
    graph.conflictsSaid.count > graph.conflicts.length &&
      h("p", { class: "left" },
        `The first ${graph.conflicts.length.toLocaleString("en-GB")} are in this page; trabecula conflicts gives all.`),
    (graph.conflictsSaid.bounds ?? []).map((/** @type {string} */ words) => h("p", { class: "left" }, words)),
    graph.conflictsSaid.kinds.map((/** @type {ConflictKind} */ kind) => kindList(ctx, kind)),
    graph.conflicts.length === 0 && h("p", { class: "quiet" }, "No conflict was found in this graph."),
  ];
}

/** @param {Ctx} ctx @param {ConflictKind} kind */
function kindList(ctx, kind) {
  const those = ctx.graph.conflicts.filter((conflict) => conflict.kind === kind.key);
  if (!kind.sought)
    return section(
      capital(kind.label),
      null,
      h("p", { class: "quiet" }, "Not looked for: the graph is too large for it."),
    );
  if (!those.length) return null;
  return section(
    capital(kind.label),
    those.length,
    h("p", { class: "quiet" }, capital(kind.words), "."),
    some(ctx, kind.key, those, (conflict) => conflictLine(ctx, conflict, ""), { limit: 6 }),
  );
}

/** @param {Ctx} ctx @param {Conflict} conflict */
function oneCard(ctx, conflict) {
  const { graph } = ctx;
  const kind = kindOf(graph, conflict);
  const single = conflict.differs.filter((difference) => !difference.one.length || !difference.other.length);
  const both = conflict.differs.filter((difference) => !single.includes(difference));
  return [
    head({
      kind: ["conflict, ", kind.label],
      title: conflict.words,
      close: () => open(ctx, "conflicts", ""),
      closeWords: "Back to all conflicts",
    }),
    h("p", { class: `verdict ${conflict.kind === "direct" ? "contested" : ""}` },
      capital(kind.words),
      ".",
      conflict.kind === "depends" && " That they differ does not show that the difference is the reason.",
    ),
    conflict.partly && h("p", { class: "left" }, capital(conflict.partly), "."),
    both.length > 0 &&
      section(conflict.kind === "depends" ? "What differs" : "What differs in part", null, differing(both)),
    h("div", { class: "sides opposed" },
      conflict.sides.map((side, place) => sidePart(ctx, side, place)),
    ),
    single.length > 0 && section("What only one side says", null, differing(single)),
    conflict.silent.length > 0 &&
      h("p", { class: "quiet" },
        plural(conflict.silent.length, "source"),
        " without a stated context: ",
        conflict.silent.join(", "),
        ".",
      ),
    h("p", {},
      action("All conflicts", "all", () => open(ctx, "conflicts", "")),
    ),
  ];
}

/** @param {Conflict["differs"]} rows */
const differing = (rows) =>
  h("table", { class: "differs" },
    h("thead", {},
      h("tr", {},
        ["context", "one side", "the other"].map((title) => h("th", { scope: "col" }, title)),
      ),
    ),
    h("tbody", {},
      rows.map((row) =>
        h("tr", {},
          h("th", { scope: "row" }, row.key, row.how === "in words" && h("small", {}, " in words")),
          contrast(row).map((side) => h("td", { class: side === "not stated" ? "quiet" : null }, side)),
        )),
    ),
  );

/** @param {Ctx} ctx @param {Conflict["sides"][number]} side @param {number} place */
function sidePart(ctx, side, place) {
  const title = side.denies ? "Not so" : place === 0 ? "One side" : "The other side";
  return h("section", { class: `side ${side.denies ? "against" : place === 0 ? "one" : "other"}` },
    h("h3", {}, title, " ", h("span", { class: "count" }, side.sources.length)),
    side.through.length > 0 &&
      h("p", { class: "quiet" }, throughWords(side, place), ", in chains of two steps; no source spoke of the two:"),
    voices(side).map(({ statement, rows }) => [
      h("ul", { class: "lines", role: "list" }, line(ctx, statement, { where: `side ${place}` })),
      rows.length <= MANY
        ? rows.map((row) => brief(ctx, row))
        : some(ctx, `voices ${place} ${statement.id}`, rows, (row) => h("li", {}, brief(ctx, row)), { limit: MANY }),
    ]),
  );
}
