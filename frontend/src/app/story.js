// A story: scenes with text, one after another, beside the drawing; on paper all of them, each with its drawing, in one
// column. What it says is a tree of a few kinds of nodes (src/trabecula/page/story.py), and becomes elements here.

import { told } from "./address.js";
import { h, plural } from "../dom.js";
import { layouts } from "../draw/graphviz.js";
import { unreadable } from "../draw/instead.js";
import { printed } from "../draw/printed.js";
import { visible } from "../scene.js";
import { decode, encode } from "../state.js";
import { words } from "./scene-bar.js";

const KINDS = new Set(["p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "h3", "h4", "br", "hr"]);

/**
 * Elements of a text of the story; what is of no kind that there is stands as its text.
 * @param {Told[]} nodes
 * @param {(address: string) => void} go  called when one follows a link to a scene
 * @returns {any[]}
 */
export function elements(nodes, go) {
  return nodes.map((node) => {
    if (!Array.isArray(node)) return String(node);
    const [kind, ...rest] = node;
    if (kind === "a" && /^https?:\/\//i.test(rest[0]))
      return h("a", { href: rest[0], target: "_blank", rel: "noopener noreferrer" }, elements(rest.slice(1), go));
    if (kind === "go")
      return h("button", { type: "button", class: "link", onclick: () => go(String(rest[0])) }, elements(rest.slice(1), go));
    return KINDS.has(kind) ? h(kind, {}, elements(rest, go)) : elements(rest, go);
  });
}

/** Whether what is shown is still the scene of the story. @param {Graph} graph @param {State} state */
export const isThere = (graph, state) =>
  state.story !== null && encode(told(graph, state.story, state.embed)) === encode({ ...state, query: null });

/**
 * Make the story in an element.
 * @param {HTMLElement} host
 * @param {Act} act
 * @param {Graph} graph
 */
export function create(host, act, graph) {
  const story = /** @type {Story} */ (graph.story), { scenes } = story;
  const go = (/** @type {string} */ address) => {
    const { story: _, embed: __, ...patch } = decode(address);
    act.go(patch);
  };
  const paper = papers(graph, story);
  host.hidden = false;
  document.documentElement.toggleAttribute("data-story", true);
  let last = 0;

  const turn = (/** @type {string} */ label, /** @type {string} */ key, /** @type {number} */ number) => h("button", {
    type: "button", class: "button", id: `story-${label.toLowerCase()}`, title: `${label} (${key})`,
    disabled: number < 1 || number > scenes.length, onclick: () => act.tell(number),
  }, label);

  return {
    /** @param {Model} model */
    show(model) {
      const number = model.state.story ?? 0, scene = scenes[number - 1];
      const back = turn("Back", "B", number - 1), next = turn("Next", "N", number + 1);
      const held = host.contains(document.activeElement) ? document.activeElement?.id : "";
      host.replaceChildren(h("div", {},
        h("h2", { class: "title" }, story.title),
        h("ol", { class: "stops", role: "list", "aria-label": "Scenes" }, scenes.map(({ name }, at) => h("li", {}, h("button", {
          type: "button", class: "stop", "aria-current": at + 1 === number ? "step" : null, title: name,
          "aria-label": `${at + 1}: ${name}`, onclick: () => act.tell(at + 1),
        }, String(at + 1))))),
        number <= 1 && elements(story.text, go),
        scene && h("h3", { id: "story-scene", tabindex: "-1" }, scene.name),
        scene && elements(scene.text, go),
        scene && !isThere(graph, model.state) && h("p", { class: "away" }, "You have gone on from this scene. ",
          h("button", { type: "button", class: "link", id: "story-again", onclick: () => act.tell(number) }, "Show it again")),
        h("p", { class: "turns" }, back, next, h("span", { class: "quiet" }, `${number} of ${plural(scenes.length, "scene")}`),
          number < scenes.length && h("kbd", {}, "N"))));
      if (number !== last) host.scrollTop = 0;
      if (number !== last && last) act.announce(`${scene?.name}, ${number} of ${plural(scenes.length, "scene")}`);
      last = number;
      // The button that was pressed is another one now; at an end there is none to go on by.
      const again = held && document.getElementById(held);
      if (again) (/** @type {any} */ (again).disabled ? document.getElementById("story-scene") : again)?.focus();
    },
    drawn: paper.prepare,
    paper: paper.refresh,
  };
}

/** The story on paper: made once, as soon as the page has shown its first drawing. @param {Graph} graph @param {Story} story */
function papers(graph, story) {
  const host = /** @type {HTMLElement} */ (document.getElementById("paper"));
  /** @type {(() => void)[]} */
  const drawn = [];
  let begun = false;
  const idle = () => new Promise((done) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(done, { timeout: 2000 });
    else setTimeout(done, 200); // Safari has none
  });

  async function make() {
    const asked = layouts(); // the page has its own, which must not wait for these
    const paragraphs = (/** @type {Told[]} */ text) => h("div", {}, elements(text, () => {}));
    host.hidden = false;
    host.replaceChildren(h("h1", {}, story.title), paragraphs(story.text));
    for (const [at, { name, text }] of story.scenes.entries()) {
      await idle();
      const model = visible(graph, told(graph, at + 1)), shown = words(model), drawing = h("div", { class: "drawing" });
      const [heads] = unreadable(model, NOBODY) ?? [];
      if (heads) drawing.append(h("p", { class: "quiet" }, heads.textContent));
      else {
        try {
          const figure = await printed(model, asked.ask, STAGE);
          drawing.append(figure.root);
          drawn.push(figure.draw);
        } catch {
          drawing.append(h("p", { class: "quiet" }, "This scene could not be laid out."));
        }
      }
      const counts = `${plural(model.statements.length, "statement")}, ${plural(model.entities.length, "entity", "entities")}`;
      host.append(h("article", {}, h("h2", {}, name), drawing,
        h("p", { class: "quiet" }, [...(shown === name ? [] : [shown]), counts, ...model.notes].join(" · ")), paragraphs(text)));
    }
    const { citation, version, licence } = graph.page;
    host.append(h("p", { class: "quiet" },
      [citation?.text, `trabecula ${version}.`, licence?.name && `Content ${licence.name}.`, "A knowledge resource, not medical advice."]
        .filter(Boolean).join(" ")));
    asked.end();
    document.documentElement.dataset.paper = "true";
  }

  return {
    /** The page has shown what it shows. */
    prepare() {
      if (begun) return;
      begun = true;
      void make();
    },
    /** Draw anew in the colours of paper. */
    refresh: () => drawn.forEach((draw) => draw()),
  };
}

const STAGE = /** @type {Point} */ ([900, 560]);
/** Nobody acts on paper. @type {any} */
const NOBODY = { view() {}, home() {}, focus() {} };
