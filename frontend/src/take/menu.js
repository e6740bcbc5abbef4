// "Take away": a dialog that gives what is visible as pictures, files, a link, a command and
// citations. Every text that is copied is also there to be read and copied by hand.

import { LONGEST } from "../app/address.js";
import { download, h, plural } from "../dom.js";
import { markup } from "../app/embed.js";
import { isLasting } from "../app/past.js";
import { words as sceneWords } from "../app/scene-bar.js";
import { briefly } from "../panel/words.js";
import { isClear } from "../reason/lens.js";
import { lensWords } from "../reason/words.js";
import { prepare, turtle } from "../sparql/client.js";
import { references } from "./cite.js";
import { MOST, command, selection } from "./command.js";
import { csv } from "./csv.js";
import { graphml } from "./graphml.js";
import { json } from "./json.js";
import { fileName } from "./names.js";
import { part, refused } from "./part.js";
import { picture, png, roomFor } from "./picture.js";

const FILES = [
  ["ttl", "Turtle", "RDF with all evidence", "text/turtle"],
  ["json", "JSON", "nodes and edges with all evidence", "application/json"],
  ["graphml", "GraphML", "for Cytoscape, yEd, igraph", "application/xml"],
  ["csv", "CSV", "one row a statement, for spreadsheets", "text/csv"],
];

const BY_HAND = "This browser does not let the page copy. The text is selected: press Ctrl+C, or ⌘C.";
const NO_COMMAND = `There is no command for these: it would list more than ${MOST.toLocaleString("en-GB")} ids, or hold ` +
  "characters that command a terminal. Take them as a file.";
const NO_LINK = "Here the page has no address of its own, so no link can lead to this view. Saved as a file it has " +
  'one: with trabecula.view(graph, "page.html") in Python, or trabecula view -o page.html.';
const LONG_LINK = "This view names too much for a link. Take it as a file.";
const BOTH = "Cite the sources for what they found, and the graph for bringing them together.";

/** Copy the text of a field; whether that was possible. @param {HTMLTextAreaElement} field */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // No clipboard here, or no permission: the older way, from the selected field.
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/**
 * What is said where the page has not all the evidence of what is taken.
 * @param {Statement[]} statements
 * @param {boolean} hasRdf
 */
function lacking(statements, hasRdf) {
  const here = statements.reduce((sum, statement) => sum + statement.evidence.length, 0);
  const left = statements.reduce((sum, statement) => [...statement.leftOut.values()].reduce((all, count) => all + count, sum), 0);
  if (!left) return null;
  return h("p", { class: "left" }, `This page holds ${here.toLocaleString("en-GB")} of ${plural(here + left, "piece")} of ` +
    `evidence of what is visible, and so do ${hasRdf ? "JSON, GraphML and CSV" : "these files"}. The command below gives all.`);
}

/** What the picture says over and under the drawing. @param {Model} model */
function caption(model) {
  const { graph, statements: shown, entities, notes, state: { lens } } = model, { page, statements } = graph;
  const all = plural(statements.length, "statement");
  const some = shown.length === statements.length ? all : `${shown.length.toLocaleString("en-GB")} of ${all}`;
  const counts = `${some} between ${plural(entities.length, "entity", "entities")}`;
  return {
    title: `${page.title}: ${sceneWords(model)}`,
    lines: [
      [counts, ...notes, ...(isClear(lens) ? [] : [lensWords(graph, lens, briefly)])].join(" · "),
      `trabecula ${page.version}, released ${page.released}. ${page.licence?.name ? `Content ${page.licence.name}. ` : ""}` +
        "A knowledge resource, not medical advice.",
      page.citation.text,
    ],
  };
}

/**
 * Make the dialog.
 * @param {HTMLDialogElement} dialog
 * @returns {{ open(model: Model, view: View | undefined): void }}
 * @param {Act} act
 * @param {Graph} graph
 */
export function create(dialog, act, graph) {
  const { page } = graph;
  const hasRdf = graph.queries.length > 0; // the page carries its RDF where it can be asked in SPARQL
  if (hasRdf) prepare(graph);

  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  /** @param {Model} model @param {View | undefined} view */
  function open(model, view) {
    const taken = part(model.statements, graph.itself);
    const name = fileName(page.title, model.state);
    // What lies outside an open dialog is not read out; the dialog has a voice of its own.
    const voice = h("p", { class: "voice", role: "status" });
    /** @param {string} text */
    const say = (text) => {
      voice.textContent = text;
      act.announce(text);
    };

    /**
     * A button that makes a file; it says when it is there, or why it cannot be.
     * @param {string} label
     * @param {string} words
     * @param {string} suffix
     * @param {() => Promise<Blob>} make
     * @param {string} [disabled]
     */
    function maker(label, words, suffix, make, disabled = "") {
      const button = h("button", {
        type: "button", class: "button", "data-file": suffix, disabled: Boolean(disabled),
        async onclick() {
          button.disabled = true;
          say(`Making ${label} …`);
          try {
            const file = `${name}.${suffix}`;
            download(await make(), file);
            say(`${file} is in your downloads.`);
          } catch (error) {
            say(`${label} could not be made: ${/** @type {Error} */ (error).message}`);
          } finally {
            button.disabled = false;
            button.focus();
          }
        },
      }, label);
      return h("li", {}, button, " ", h("span", { class: "quiet" }, disabled || words));
    }

    /** @param {SVGSVGElement | null | undefined} drawing */
    function pictured(drawing) {
      if (!drawing) throw new Error("nothing is drawn here");
      return picture(drawing, model, caption(model));
    }

    /** @type {Record<string, (taken: ReturnType<typeof part>) => string>} */
    const texts = { json, graphml, csv };
    /** @param {string} suffix @param {string} type */
    async function file(suffix, type) {
      const why = refused(taken);
      if (why) throw new Error(why);
      const text = suffix === "ttl" ? await turtle(taken.statements.map((statement) => statement.id)) : texts[suffix](taken);
      return new Blob([text], { type });
    }

    /** @param {string} id @param {string} label @param {string} value */
    function field(id, label, value, { rows = 1, note = "" } = {}) {
      const look = { class: "field", readonly: true, rows, spellcheck: "false" };
      const text = h("textarea", { id, ...look, onfocus: () => text.select() });
      text.value = value;
      const copy = h("button", {
        type: "button", class: "button", "data-copy": id,
        async onclick() {
          const done = await copied(text);
          if (done) copy.focus();
          say(done ? `Copied: ${label}.` : BY_HAND);
        },
      }, "Copy", h("span", { class: "unseen" }, ` ${label}`));
      const about = note && h("p", { class: "quiet" }, note);
      return h("div", { class: "copyable" }, h("label", { for: id }, label), copy, text, about);
    }

    const noDrawing = view?.picture ? "" : "open Mechanism or Overview for a picture";
    const nothing = model.statements.length ? "" : "no statement is visible";
    const { lens } = model.state;
    const noRdf = !hasRdf ? "this page carries no RDF"
      : isClear(lens) ? "" : "the RDF of this page is of all evidence: run the command below";
    /** @param {string} suffix */
    const lacks = (suffix) => nothing || (suffix === "ttl" ? noRdf : "");
    const svgOf = async () => new Blob([pictured(view?.picture?.()).text], { type: "image/svg+xml" });
    // Of what is too large for all names, a map that can be read.
    const pngOf = async () => {
      const map = view?.map?.();
      return map ? png(pictured(roomFor(map.canvas, map.density)), map.canvas) : png(pictured(view?.picture?.()));
    };
    const noLink = !isLasting(document.URL) ? NO_LINK : location.hash.length > LONGEST ? LONG_LINK : "";
    const expression = selection(model.state, graph);
    const rows = expression.length > 120 ? 4 : expression.length > 55 ? 2 : 1;
    const sources = plural(taken.sources.length, "source");
    const visible = plural(model.statements.length, "statement");
    /** @param {string} title @param {...any} content */
    const section = (title, ...content) => h("section", {}, h("h3", {}, title), content);
    /** @param {...any} items */
    const files = (...items) => h("ul", { class: "files", role: "list" }, items);

    dialog.setAttribute("aria-labelledby", "take-title");
    dialog.replaceChildren(h("div", { class: "take" },
      h("button", {
        type: "button", class: "close", "aria-label": "Close (Escape)", title: "Close (Esc)",
        onclick: () => dialog.close(),
      }, "×"),
      h("h2", { id: "take-title" }, "Take away"),
      h("p", { class: "quiet" },
        `${sceneWords(model)}: ${visible} visible, with ${sources}.${isClear(lens) ? "" : ` ${lensWords(graph, lens, briefly)}.`}`),
      section("Picture", files(
        maker("SVG", "with legend, version and citation, to print or to edit", "svg", svgOf, noDrawing),
        maker("PNG", "the same, in pixels", "png", pngOf, noDrawing))),
      section("Visible statements", lacking(taken.statements, hasRdf), files(FILES.map(([suffix, label, words, type]) =>
        maker(label, words, suffix, () => file(suffix, type), lacks(suffix))))),
      section(noLink ? "Command" : "Link and command",
        noLink
          ? h("p", { class: "quiet", id: "take-link-none" }, noLink)
          : [field("take-link", "Link to this view", location.href),
            field("take-embed", "To put it into another page",
              markup(location.href, `${page.title}: ${sceneWords(model)}`, model.state), { rows: 2 })],
        expression && command(expression, page, lens)
          ? field("take-command", "Command for the visible statements", command(expression, page, lens), { rows })
          : h("p", { class: "quiet", id: "take-command-none" }, NO_COMMAND)),
      section("Cite",
        field("take-cite", "The graph", page.citation.text, { rows: 2 }),
        field("take-bibtex", "The graph, as BibTeX", page.citation.bibtex.trimEnd(), { rows: 3 }),
        taken.sources.length > 0 && field("take-sources", `The ${sources} behind what is visible`,
          references(taken).trimEnd(), { rows: 5, note: BOTH })),
      voice));
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  return { open };
}
