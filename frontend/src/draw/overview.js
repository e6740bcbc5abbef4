// The Overview: the map of a scene. What it shows is a chart; one of two renderers draws it, by how
// much of it there is. What pointer and keys do is the same for both.

import { h, plural } from "../dom.js";
import { around, boxAt, chart, dress, frameOf, neighbour, rendererFor, SMALL, under as at } from "./chart.js";
import { told, toldOf } from "./figure.js";
import { nothing } from "./instead.js";
import * as large from "./large.js";
import * as network from "./network.js";
import { looksOf, PAPER, themeOf } from "./paint.js";
import { pause } from "./pause.js";
import { onceAFrame, pointer, pointOn, pressing } from "./pointer.js";
import { portrait } from "./portrait.js";
import { fitting, NARROW, onStage, revealing, seenAt, zoomed } from "./sight.js";
import { still } from "./still.js";
import { tip } from "./tip.js";
import { walk } from "./walk.js";

/** Entities beyond which a picture in pixels has the names there is room for, as on a map, and not all of them. */
const PORTRAIT = 2000;
const MAP = { wide: 1600, tall: 1600, density: 2 }; // pixels of such a picture
const SHEET = { wide: 900, tall: 760, density: 3 }; // of one for paper
const BUILDS = 1200; // statements from which it is said that a drawing is being made

/** @typedef {import("./chart.js").Chart} Chart */

/**
 * Make the view in an element.
 * @param {HTMLElement} host
 * @param {Act} act
 * @returns {View}
 */
export function create(host, act) {
  const { stage, layers, paper, waiting, message } = elements(host);
  const rendererOf = renderers(layers, {
    moved() {
      fitted = false;
      say(null);
    },
    dropped(entity, place) {
      if (!made) return;
      movedIn(made.entities.length).set(entity, place);
      act.announce(`${entity.name} stays where it was put`);
    },
  });
  const say = tip(host), movedIn = byHand();
  /** @type {Model} */
  let model;
  /** @type {Chart | null} */
  let made = null;
  /** @type {Renderer} set where a chart was made */
  let renderer;
  let fitted = false, turns = 0;
  let drawnFor = "", sceneFor = "", sizeFor = "", chosenFor = ""; // by what the drawing differs from another
  /** @type {Entity | null} */
  let walker = null; // the box that keys are at
  /** @type {Hit} */
  let hovered = {};

  /** @returns {Point} */
  const size = () => [host.clientWidth, host.clientHeight];
  const selected = (/** @type {"entity" | "statement"} */ kind) =>
    (model.state.selected?.kind === kind ? model.state.selected.id : "");

  // --- Showing -----------------------------------------------------------------------------------

  /** @param {Model} next */
  async function show(next) {
    model = next;
    const turn = ++turns, { entities, statements } = model;
    if (!entities.length) return blank();
    message.hidden = true;
    stage.hidden = false;
    const name = rendererFor(entities.length, statements.length), wanted = `${name} ${signature(model)}`;
    if (made && wanted === drawnFor) {
      dress(made, model);
      if (String(size()) !== sizeFor) resize();
      renderer.dress(dressing(made));
      settle(made);
      return find(made);
    }
    if (statements.length > BUILDS) await patience();
    const other = await rendererOf(name, () => turn === turns);
    if (!other) return undefined;
    keys.leave();
    if (renderer && renderer !== other) renderer.hide();
    renderer = other;
    const scene = JSON.stringify(model.state.scene), old = drawnFor && scene === sceneFor ? made : null;
    [drawnFor, sceneFor, sizeFor] = [wanted, scene, String(size())];
    const drawn = await draw(old);
    if (turn !== turns) return undefined;
    settle(drawn);
    if (statements.length > large.MOST_LINES)
      act.notify(`The ${large.MOST_LINES.toLocaleString("en-GB")} best supported of ` +
        `${plural(statements.length, "statement")} are drawn; filter or focus to see the others.`);
    return undefined;
  }

  /** Draw a chart of the model. @param {Chart | null} old what was drawn of the same scene */
  async function draw(old) {
    const own = made = chart(model, { aspect: aspectOf(size()), moved: movedIn(model.entities.length) });
    // What one looks at stays in sight where places are those of the map before and after.
    const stays = old !== null && old.mapped && own.mapped && !fitted;
    walker = walker && own.number.has(walker) ? walker : null;
    hovered = {};
    const drawing = renderer.show(own, dressing(own), stays ? null : sight(own));
    fitted = !stays;
    await drawing;
    return own;
  }

  const ringed = () => (document.activeElement === stage && stage.matches(":focus-visible") ? walker : null);
  const touched = () =>
    ({ hovered: hovered.entity ?? null, focused: ringed(), line: keys.line ?? hovered.statement ?? null });
  const repaint = () => void (made && renderer.repaint(touched()));

  /** @param {Chart} chart @returns {Dressing} */
  const dressing = (chart) => {
    const theme = themeOf(host);
    return { theme, looks: looksOf(chart, theme), ...touched() };
  };

  /** @param {Chart} chart */
  function settle({ number }) {
    waiting.hidden = true;
    stage.setAttribute("aria-label", spoken(model));
    const entity = model.graph.entity.get(selected("entity"));
    if (entity && number.has(entity)) walker = entity;
    act.drawn();
  }

  /** Bring what is selected into sight, where it was not before. @param {Chart} chart */
  function find(chart) {
    const { selected: now } = model.state, key = now ? `${now.kind} ${now.id}` : "";
    if (key === chosenFor) return;
    chosenFor = key;
    const entity = model.graph.entity.get(selected("entity")), statement = model.graph.statement.get(selected("statement"));
    if (entity) reveal(entity);
    if (!statement) return;
    const ends = [statement.start, statement.end], places = ends.map((one) => chart.number.get(one));
    if (places.includes(undefined) || places.some((one) => isSeen(chart, /** @type {number} */ (one)))) return;
    renderer.look(sight(chart, ends, renderer.view.scale), true);
  }

  /** Say that a drawing is being made, and let it be seen. @returns {Promise<void>} */
  function patience() {
    waiting.textContent = `Drawing ${plural(model.statements.length, "statement")} …`;
    waiting.hidden = false;
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }

  function blank() {
    [made, drawnFor] = [null, ""];
    renderer?.hide();
    stage.hidden = true;
    waiting.hidden = true;
    message.replaceChildren(...nothing(act));
    message.hidden = false;
    act.drawn();
  }

  onPaper(host, paper, () => made);

  // --- What part of it is seen -------------------------------------------------------------------

  /** @param {Chart} chart @param {Entity[]} [some] @param {number} [most] */
  const sight = (chart, some, most) =>
    fitting(frameOf(chart, some), size(), { most, room: host.clientWidth < NARROW ? [10, 10, 60, 10] : undefined });
  /** @param {Chart} chart @param {number} one */
  const isSeen = (chart, one) => onStage(seenAt(renderer.view, chart.x[one], chart.y[one]), size());

  function fit(gliding = false) {
    if (!made || !host.clientWidth) return;
    renderer.look(sight(made), gliding);
    fitted = true;
  }

  /** @param {Sight} next @param {boolean} [gliding] */
  function look(next, gliding) {
    renderer.look(next, gliding);
    fitted = false;
    say(null);
  }

  /** The stage has another size. */
  function resize() {
    if (!made || !host.clientWidth) return;
    const whole = fitted;
    sizeFor = String(size());
    renderer.resize();
    if (whole) fit();
  }

  /** Move as little as shows a box. @param {Entity} entity */
  function reveal(entity, gliding = true) {
    const one = made?.number.get(entity);
    if (!made || one === undefined) return;
    const next = revealing(renderer.view, boxAt(made, one), size(), [16, 14]);
    if (next) renderer.look(next, gliding);
  }

  // --- Pointer and keys --------------------------------------------------------------------------

  const state = () => (made ? model.state : undefined);
  /** @param {MouseEvent} event */
  const under = (event) => (made ? hitAt(made, renderer.view, pointOn(stage, event)) : {});

  pointer(stage, act, {
    state,
    under,
    clicks: pressing(stage, () => say(null)),
    chosen: (entity) => { walker = entity; },
    hover: onceAFrame((event) => {
      const hit = event ? under(event) : {}, { entity, statement } = hit;
      stage.classList.toggle("over", Boolean(entity || statement));
      const same = hovered.entity === entity && hovered.statement === statement;
      hovered = hit;
      if (!same) repaint();
      say(made && wordsOf(made, hit), ...(event ? pointOn(stage, event) : []));
    }),
  });

  const keys = walk(stage, act, {
    state,
    at: () => walker,
    first,
    neighbour: (entity, way) => made && neighbour(made, entity, way),
    lines: (entity) => (made ? around(made, entity) : []),
    words: (line) => told(line, model.graph),
    pans: true,
    step(entity) {
      walker = entity;
      say(null);
      reveal(entity, false);
      repaint();
      act.announce(toldOf(entity, model).replace("\n", ", "));
    },
    reached(line) {
      repaint();
      if (made) say(told(line, model.graph), ...seenAt(renderer.view, ...middleOf(made, line)));
    },
    left() {
      say(null);
      repaint();
    },
  });
  stage.addEventListener("focus", () => {
    walker ??= first();
    repaint();
  });
  stage.addEventListener("blur", () => {
    keys.leave();
    say(null);
    repaint();
  });

  /** The box that one starts from: the most connected one that is seen. */
  function first() {
    if (!made) return null;
    const { order, entities } = made, own = made;
    return entities[[...order].find((one) => isSeen(own, one)) ?? order[0]];
  }

  return {
    show,
    hide() {
      say(null);
      renderer?.hide();
      turns += 1;
    },
    fit: () => fit(true),
    zoom(factor) {
      const [wide, high] = size();
      if (made) look(zoomed(renderer.view, renderer.view.scale * factor, [wide / 2, high / 2]), true);
    },
    pan(dx, dy) {
      const { view } = renderer ?? {};
      if (made) look({ ...view, x: view.x - dx * 80, y: view.y - dy * 80 });
    },
    reveal,
    resize,
    picture: () => (made ? portrait(made, dressing(made)) : null),
    map: () => (made && made.entities.length > PORTRAIT
      ? { canvas: still(made, dressing(made), MAP), density: MAP.density } : null),
  };
}

/** What the view consists of. @param {HTMLElement} host */
function elements(host) {
  const layer = (/** @type {string} */ name) => h("div", { class: `map ${name}`, hidden: true });
  const layers = { network: layer("network"), large: layer("large") };
  const named = { role: "application", "aria-label": "Overview" };
  const stage = h("div", { class: "stage", tabindex: 0, ...named }, layers.network, layers.large);
  const paper = h("div", { class: "paper", "aria-hidden": "true" }); // what a printer gets
  const waiting = h("p", { class: "waiting", role: "status", hidden: true });
  const message = h("div", { class: "message", hidden: true });
  host.append(stage, paper, waiting, message);
  return { stage, layers, paper, waiting, message };
}

/**
 * What gives a renderer by its name, made when it is first wanted, and shows its layer alone; nothing where it is
 * wanted no more when it is there.
 * @param {{ network: HTMLElement, large: HTMLElement }} layers
 * @param {Heard} on
 */
function renderers(layers, on) {
  /** @type {Map<string, Renderer>} */
  const kept = new Map();
  return async (/** @type {"network" | "large"} */ name, /** @type {() => boolean} */ wanted) => {
    if (name === "network") await network.load();
    if (!wanted()) return null;
    for (const [key, element] of Object.entries(layers)) element.hidden = key !== name;
    if (!kept.has(name)) {
      kept.set(name, (name === "network" ? network : large).create(layers[name], on));
      await pause();
      if (!wanted()) return null;
    }
    return kept.get(name) ?? null;
  };
}

/** Where boxes were put by hand, for the session: those of small scenes, which have places of their own, and of the map. */
function byHand() {
  /** @type {Map<Entity, Point>[]} */
  const [small, map] = [new Map(), new Map()];
  return (/** @type {number} */ entities) => (entities <= SMALL ? small : map);
}

/** A printer gets a drawing of its own: that on the screen has the proportions of the stage. */
function onPaper(/** @type {HTMLElement} */ host, /** @type {HTMLElement} */ paper, /** @type {() => Chart | null} */ now) {
  addEventListener("beforeprint", () => {
    const made = now();
    if (!made || !host.clientWidth) return;
    const dressed = { theme: PAPER, looks: looksOf(made, PAPER) };
    paper.replaceChildren(made.entities.length <= SMALL ? portrait(made, dressed) : still(made, dressed, SHEET));
  });
  addEventListener("afterprint", () => paper.replaceChildren());
}

/** By what a drawing differs from another but for its dress. @param {Model} model */
const signature = ({ entities, statements }) => [entities, statements].map((some) => some.map((one) => one.number)).join("|");

/** The proportions of a stage. @param {Point} size */
const aspectOf = ([wide, high]) => Math.max(wide - 56, 200) / Math.max(high - 60, 200);

/** The drawing in words, and what keys do in it. @param {Model} model */
const spoken = ({ entities, statements }) =>
  `Overview: ${plural(entities.length, "entity", "entities")}, ${plural(statements.length, "statement")}. ` +
  "Arrow keys go from box to box, full stop and comma through the lines of a box, Enter opens, E expands, H hides, " +
  "P pins; Shift with an arrow key moves the drawing.";

/** What of a chart is seen at a point. @param {Chart} chart @param {Sight} sight @param {Point} point */
const hitAt = (chart, { scale, x: left, y: top }, [x, y]) => at(chart, (x - left) / scale, (y - top) / scale, scale);

/** What is said of what the pointer is on. @param {Chart} chart @param {Hit} hit */
function wordsOf(chart, { entity, more, statement }) {
  if (entity) return more ? moreWords(chart, entity) : toldOf(entity, chart.model);
  return statement ? told(statement, chart.model.graph) : null;
}

/** The point halfway between the ends of a line. @param {Chart} chart @param {Statement} line @returns {Point} */
function middleOf({ x, y, number }, { start, end }) {
  const [a, b] = [start, end].map((entity) => /** @type {number} */ (number.get(entity)));
  return [(x[a] + x[b]) / 2, (y[a] + y[b]) / 2];
}

/** What the button on a box does. @param {Chart} chart @param {Entity} entity */
function moreWords({ more, number }, entity) {
  const count = more[/** @type {number} */ (number.get(entity))];
  return count > 0 ? `${entity.name}\n${plural(count, "more statement")}: expand` : `${entity.name}\ncollapse`;
}
