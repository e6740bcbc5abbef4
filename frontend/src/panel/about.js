// The dialog that says what this is: its version, licence and sources, and how to read it.

import { text } from "../app/assets.js";
import { anchor, h, plural } from "../dom.js";
import { lineSwatch } from "../shapes.js";
import { turning } from "../reason/lens.js";
import { keys } from "./start.js";
import { briefly, imprint, sourced, standing } from "./words.js";

/** Kinds of sources: what one of them is called, and several. */
const KINDS = [
  ["article", "article whose claims are examined", "articles whose claims are examined"],
  ["paper", "work that the article cites", "works that the article cites"],
  ["further", "work that it does not cite, needed to understand a conflict",
    "works that it does not cite, needed to understand a conflict"],
  ["ontology", "ontology or database", "ontologies and databases"],
];

const HEADS = [
  ["raises", "arrow", "The one makes more of the other."],
  ["raises", "needs", "The one is needed for the other; the line runs from what is required."],
  ["lowers", "bar", "The one makes less of the other."],
  ["unsigned", "vee", "The one acts on the other; the sources do not say which way."],
  ["goes-with-more", "", "Where there is more of the one there is more of the other; that it acts on it is not said."],
  ["goes-with-less", "", "Where there is more of the one there is less of the other; that it acts on it is not said."],
  ["level", "", "Both are one thing: the one is the level of the other, or its secretion."],
  ["lack", "", "The one is a lack of the other, by what the words mean."],
  ["excess", "", "The one is an excess of the other, by what the words mean."],
  ["structure", "", "Part of, kind of, binds, has to do with: nothing is said of an influence."],
];

/**
 * Sources by kind, in the order in which they are told; kinds that nobody foresaw come last.
 * @param {Iterable<Source>} sources
 */
export function byKind(sources) {
  const kinds = new Map(KINDS.map(([kind, singular, many]) => [kind, { singular, many, sources: /** @type {Source[]} */ ([]) }]));
  const other = { singular: "other source", many: "other sources", sources: /** @type {Source[]} */ ([]) };
  for (const source of sources) (kinds.get(source.kind) ?? other).sources.push(source);
  /** @param {Source} a @param {Source} b */
  const order = (a, b) =>
    (a.authors[0] ?? a.title ?? "").localeCompare(b.authors[0] ?? b.title ?? "", "en") ||
    a.id.localeCompare(b.id, "en");
  return [...kinds.values(), other]
    .filter((group) => group.sources.length)
    .map(({ singular, many, sources }) => ({ words: sources.length === 1 ? singular : many, sources: sources.sort(order) }));
}

/**
 * The licence of the graph, as a link where it is one; that none is stated, where none is.
 * @param {{ name?: string, href?: string } | undefined} stated
 */
const licence = (stated) =>
  stated?.href ? anchor(stated.name ?? "", stated.href) : stated?.name || "no licence is stated; ask those who made the graph";

/**
 * Open the dialog; `lens` says what counts at the time.
 * @param {HTMLDialogElement} dialog
 * @param {Graph} graph
 * @param {Act} act
 * @param {() => Lens} lens
 */
export function about(dialog, graph, act, lens) {
  const { page, words } = graph;
  const groups = byKind([...graph.sources.values()]);
  const version = [page.version, page.released && `released ${page.released}`].filter(Boolean).join(", ");
  const rows = [
    page.source ? ["written by", `trabecula ${version}`] : ["version", version],
    [
      "holds",
      [
        plural(page.entities, "entity", "entities"),
        plural(page.statements, "statement"),
        plural(page.sources, "source"),
      ].join(", "),
    ],
    ["content", licence(page.licence)],
    graph.queries.length === 0 && ["SPARQL", "not in this page; ask trabecula query"],
    ["software", anchor("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0")],
    ["home", page.home && anchor(page.home, page.home)],
    ["cite as", page.citation?.text],
  ].flatMap((row) => (row && row[1] ? [row] : []));
  dialog.replaceChildren(
    h("div", { class: "about" },
      h("button", {
        type: "button",
        class: "close",
        "aria-label": "Close (Escape)",
        title: "Close (Esc)",
        onclick: () => dialog.close(),
      }, h("span", { "aria-hidden": "true" }, "×")),
      h("h2", { id: "about-heading" }, "About ", page.title),
      h("p", {},
        sourced(graph), " The whole page is one file; it loads and sends nothing.",
      ),
      h("p", { class: "verdict" },
        h("b", {}, "A knowledge resource, not medical advice."),
        " What raises a laboratory value in a cell culture says nothing of what a person should take.",
      ),
      h("dl", { class: "said" },
        rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
      ),
      h("h3", {}, "How to read a line"),
      h("ul", { class: "reading", role: "list" },
        HEADS.map(([group, name, meaning]) =>
          h("li", {}, lineSwatch(words.groups.get(group), null, name), h("span", {}, meaning)),
        ),
      ),
      h("p", { class: "quiet" },
        "The thicker a line, the more independent sources. ¬ stands on a statement that says that it is not so.",
      ),
      h("h3", {}, "How well a statement stands"),
      h("ul", { class: "reading", role: "list" },
        [...words.statuses.values()].map((status) =>
          h("li", {}, lineSwatch(null, status), h("span", {}, h("b", {}, status.label), ": ", status.words, ".")),
        ),
      ),
      groups.length > 0 && h("h3", {}, "Where the sources come from"),
      !page.source && h("p", { class: "quiet" },
        "Summaries of evidence are in our own words. Of some works only the title could be read; it is said where " +
          "that is so.",
      ),
      groups.map((group) => sourceList(group, act, lens)),
      h("h3", {}, "Keys"),
      keys(),
      licences(),
    ),
  );
  dialog.setAttribute("aria-labelledby", "about-heading");
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  dialog.showModal();
  dialog.scrollTop = 0;
}

/** @param {any} summary @param {(details: HTMLDetailsElement) => unknown} fill */
function unfolding(summary, fill) {
  let filled = false;
  const details = h("details", {
    ontoggle() {
      if (filled || !details.open) return;
      filled = true;
      fill(details);
    },
  }, h("summary", {}, summary));
  return details;
}

/** @param {ReturnType<typeof byKind>[number]} group @param {Act} act @param {() => Lens} lens */
const sourceList = ({ words, sources }, act, lens) =>
  unfolding([h("b", {}, sources.length.toLocaleString("en-GB")), ` ${words}`], (details) =>
    details.append(
      h("ul", { class: "sources", role: "list" },
        sources.map((source) =>
          h("li", {},
            h("cite", {}, source.title || source.id),
            [
              imprint(source),
              standing(source),
              source.abstract_read === false && source.kind !== "ontology" && "only its title was read",
            ]
              .filter(Boolean)
              .map((part) => [" · ", part]),
            source.links.length > 0 &&
              h("span", { class: "links" },
                source.links.map(([label, address]) => [" ", anchor(label, address)]),
              ),
            " ",
            without(source, act, lens),
          ),
        ),
      ),
    ),
  );

/**
 * A switch that leaves a source out, or counts it again.
 * @param {Source} source
 * @param {Act} act
 * @param {() => Lens} lens
 */
function without(source, act, lens) {
  const button = h("button", { type: "button", class: "link", onclick() {
    act.go({ lens: turning(lens(), source) });
    say();
  } });
  const say = () => {
    const words = lens().without.includes(source.paper) ? "count again" : "without this source";
    button.textContent = words;
    button.setAttribute("aria-label", `${words}: ${briefly(source)}`);
  };
  say();
  return button;
}

const licences = () =>
  unfolding("Licences of the parts in this page", async (details) => {
    const waiting = h("p", { class: "quiet" }, "…");
    details.append(waiting);
    waiting.replaceWith(
      h("pre", { class: "licences", tabindex: "0", role: "region", "aria-label": "Licences" }, await text("licences")),
    );
  });
