// "Take away": a dialog that gives what is visible as pictures, files, a link, a command and
// citations. Every text that is copied is also there to be read and copied by hand.

import { h, plural } from "../dom.js";
import { words as sceneWords } from "../scene-bar.js";
import { prepare, turtle } from "../sparql/client.js";
import { references } from "./cite.js";
import { MOST, command, selection } from "./command.js";
import { csv } from "./csv.js";
import { graphml } from "./graphml.js";
import { json } from "./json.js";
import { fileName } from "./names.js";
import { part, refused } from "./part.js";
import { drawn, picture, png } from "./picture.js";

const FILES = [
  ["ttl", "Turtle", "RDF with all evidence", "text/turtle"],
  ["json", "JSON", "nodes and edges with all evidence", "application/json"],
  ["graphml", "GraphML", "for Cytoscape, yEd, igraph", "application/xml"],
  ["csv", "CSV", "one row a statement, for spreadsheets", "text/csv"],
];

/** Give a file to whoever reads the page. */
function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  link.click();
  // The browser reads the file after the click; it has long done so by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Copy the text of a field; whether that was possible. */
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

/** What the picture says over and under the drawing. */
function caption(model) {
  const { graph: { page, statements }, statements: shown, entities, notes } = model;
  const of = shown.length === statements.length ? "" : ` of ${statements.length.toLocaleString("en-GB")}`;
  const counts = `${shown.length.toLocaleString("en-GB")}${of} ${shown.length === 1 && !of ? "statement" : "statements"} between ${plural(entities.length, "entity", "entities")}`;
  return {
    title: `${page.title}: ${sceneWords(model)}`,
    lines: [
      [counts, ...notes].join(" · "),
      `trabecula ${page.version}, released ${page.released}. Content CC BY 4.0. A knowledge resource, not medical advice.`,
      page.citation.text,
    ],
  };
}

/**
 * Make the dialog.
 * @param {HTMLDialogElement} dialog
 * @returns {{ open(model: object, view: object): void }}
 */
export function create(dialog, act, graph) {
  const { page } = graph;
  const hasRdf = graph.queries.length > 0; // the page carries its RDF where it can be asked in SPARQL
  if (hasRdf) prepare(graph);

  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  function open(model, view) {
    const taken = part(model.statements);
    const name = fileName(page.title, model.state);
    // What lies outside an open dialog is not read out; the dialog has a voice of its own.
    const voice = h("p", { class: "voice", role: "status" });
    const say = (text) => {
      voice.textContent = text;
      act.announce(text);
    };

    /** A button that makes a file; it says when it is there, or why it cannot be. */
    function maker(label, words, suffix, make, disabled = "") {
      const button = h("button", { type: "button", class: "button", "data-file": suffix, disabled: Boolean(disabled), onclick: async () => {
        button.disabled = true;
        say(`Making ${label} …`);
        try {
          const file = `${name}.${suffix}`;
          download(await make(), file);
          say(`${file} is in your downloads.`);
        } catch (error) {
          say(`${label} could not be made: ${error.message}`);
        } finally {
          button.disabled = false;
          button.focus();
        }
      } }, label);
      return h("li", {}, button, " ", h("span", { class: "quiet" }, disabled || words));
    }

    async function drawing() {
      const found = await drawn(view);
      if (!found) throw new Error("nothing is drawn here");
      return picture(found, model, caption(model));
    }

    const texts = { json, graphml, csv };
    async function file(suffix, type) {
      const why = refused(taken);
      if (why) throw new Error(why);
      const text = suffix === "ttl" ? await turtle(taken.statements.map((one) => one.id)) : texts[suffix](taken);
      return new Blob([text], { type });
    }

    function field(id, label, value, { rows = 1, note = "" } = {}) {
      const text = h("textarea", { id, class: "field", readonly: true, rows, spellcheck: "false", onfocus: () => text.select() });
      text.value = value;
      const copy = h("button", { type: "button", class: "button", "data-copy": id, onclick: async () => {
        const done = await copied(text);
        if (done) copy.focus();
        say(done ? `Copied: ${label}.` : "This browser does not let the page copy. The text is selected: press Ctrl+C, or ⌘C.");
      } }, "Copy", h("span", { class: "unseen" }, ` ${label}`));
      return h("div", { class: "copyable" }, h("label", { for: id }, label), copy, text, note && h("p", { class: "quiet" }, note));
    }

    const canDraw = Boolean(view?.picture || view?.bitmap);
    const noDrawing = canDraw ? "" : "open Mechanism or Overview for a picture";
    const nothing = model.statements.length ? "" : "no statement is visible";
    const said = selection(model.state, graph);
    const count = plural(model.statements.length, "statement");
    const cited = references(taken);

    dialog.setAttribute("aria-labelledby", "take-title");
    dialog.replaceChildren(h("div", { class: "take" },
      h("button", { type: "button", class: "close", "aria-label": "Close (Escape)", title: "Close (Esc)", onclick: () => dialog.close() }, "×"),
      h("h2", { id: "take-title" }, "Take away"),
      h("p", { class: "quiet" }, `${sceneWords(model)}: ${count} visible, with ${plural(taken.sources.length, "source")}.`),
      h("section", {}, h("h3", {}, "Picture"),
        h("ul", { class: "files", role: "list" },
          maker("SVG", "with legend, version and citation; stays sharp at any size", "svg",
            async () => new Blob([(await drawing()).text], { type: "image/svg+xml" }), noDrawing),
          maker("PNG", "the same, in pixels", "png", async () => png(await drawing()), noDrawing))),
      h("section", {}, h("h3", {}, "Visible statements"),
        h("ul", { class: "files", role: "list" }, FILES.map(([suffix, label, words, type]) =>
          maker(label, words, suffix, () => file(suffix, type), nothing || (suffix === "ttl" && !hasRdf ? "this page carries no RDF" : ""))))),
      h("section", {}, h("h3", {}, "Link and command"),
        field("take-link", "Link to this view", location.href),
        said
          ? field("take-command", "Command for the visible statements", command(said, page), { rows: said.length > 120 ? 4 : said.length > 55 ? 2 : 1 })
          : h("p", { class: "quiet", id: "take-command-none" }, `There is no command for these: a list of more than ${MOST.toLocaleString("en-GB")} ids would be needed. Take them as a file.`)),
      h("section", {}, h("h3", {}, "Cite"),
        field("take-cite", "The graph", page.citation.text, { rows: 2 }),
        field("take-bibtex", "The graph, as BibTeX", page.citation.bibtex.trimEnd(), { rows: 3 }),
        taken.sources.length > 0 && field("take-sources", `The ${plural(taken.sources.length, "source")} behind what is visible`, cited.trimEnd(),
          { rows: 5, note: "Cite the sources for what they found, and the graph for bringing them together." })),
      voice));
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  return { open };
}
