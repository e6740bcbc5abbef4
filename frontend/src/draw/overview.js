// The Overview: the map of a scene. What it shows is a chart; one of two renderers draws it, by how
// much of it there is. What pointer and keys do is the same for both.

import { h, plural } from "../dom.js";
import { coveredBelow } from "./camera.js";
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

/**
 * @typedef {import("./chart.js").Chart} Chart
 * @typedef {object} Shown  what the parts of the view share
 * @property {HTMLElement} host
 * @property {HTMLElement} stage
 * @property {Act} act
 * @property {(words: string | null, x?: number, y?: number) => void} say  words beside the pointer
 * @property {Model} model
 * @property {Chart | null} chart  of the model; nothing where there is nothing to draw
 * @property {Renderer} renderer  what drew the last chart
 * @property {boolean} fitted  whether all of it is seen
 * @property {Entity | null} walker  the box that keys are at
 * @property {Statement | null} line  the line of it that they have reached
 * @property {Hit} hovered  what the pointer is on
 */

/** @type {any} at first: the model comes when it is first told to show one, and with a chart its renderer */
const NOTHING = { chart: null, fitted: false, walker: null, line: null, hovered: {} };

/**
 * Make the view in an element.
 * @param {HTMLElement} host
 * @param {Act} act
 * @returns {View}
 */
export function create(host, act) {
  const { stage, layers, paper, waiting, message } = elements(host), say = tip(host), movedIn = byHand();
  /** @type {Shown} */
  const shown = { ...NOTHING, host, stage, act, say };
  const rendererOf = renderers(layers, {
    moved() {
      shown.fitted = false;
      say(null);
    },
    dropped(entity, place) {
      movedIn(shown.model.entities.length).set(entity, place);
      act.announce(`${entity.name} stays where it was put`);
    },
  });
  const sights = sightsOf(shown), keys = walking(shown, sights);
  pointing(shown);
  onPaper(host, paper, () => shown.chart);
  let turns = 0, drawnFor = "", sceneFor = ""; // by what the drawing differs from another

  /** @param {Model} model */
  async function show(model) {
    shown.model = model;
    const turn = ++turns, { entities, statements } = model;
    if (!entities.length) return blank();
    message.hidden = true;
    stage.hidden = false;
    const name = rendererFor(entities.length, statements.length), wanted = `${name} ${signature(model)}`;
    if (shown.chart && wanted === drawnFor) return again(shown.chart);
    if (statements.length > BUILDS) await patience();
    const renderer = await rendererOf(name, () => turn === turns);
    if (!renderer) return undefined;
    keys.leave();
    if (shown.renderer && shown.renderer !== renderer) shown.renderer.hide();
    shown.renderer = renderer;
    const scene = JSON.stringify(model.state.scene), old = drawnFor && scene === sceneFor ? shown.chart : null;
    [drawnFor, sceneFor] = [wanted, scene];
    const drawn = await draw(old);
    if (turn !== turns) return undefined;
    settle(drawn);
    if (statements.length > large.MOST_LINES)
      act.notify(`The ${large.MOST_LINES.toLocaleString("en-GB")} best supported of ` +
        `${plural(statements.length, "statement")} are drawn; filter or focus to see the others.`);
    return undefined;
  }

  /** Show the chart that is drawn in another dress. @param {Chart} chart */
  function again(chart) {
    dress(chart, shown.model);
    sights.resize();
    shown.renderer.dress(dressing(shown, chart));
    settle(chart);
    sights.find(chart);
  }

  /** Draw a chart of the model. @param {Chart | null} old what was drawn of the same scene */
  async function draw(old) {
    const { model, walker } = shown;
    const own = shown.chart = chart(model, { aspect: aspectOf(sizeOf(host)), moved: movedIn(model.entities.length) });
    // What one looks at stays in sight where places are those of the map before and after.
    const stays = old !== null && old.mapped && own.mapped && !shown.fitted;
    shown.walker = walker && own.number.has(walker) ? walker : null;
    shown.hovered = {};
    sights.keep();
    const drawing = shown.renderer.show(own, dressing(shown, own), stays ? null : sights.whole(own));
    shown.fitted = !stays;
    await drawing;
    return own;
  }

  /** @param {Chart} chart */
  function settle({ number }) {
    waiting.hidden = true;
    stage.setAttribute("aria-label", spoken(shown.model));
    const { entity } = selectedIn(shown.model);
    if (entity && number.has(entity)) shown.walker = entity;
    act.drawn();
  }

  /** Say that a drawing is being made, and let it be seen. @returns {Promise<void>} */
  function patience() {
    waiting.textContent = `Drawing ${plural(shown.model.statements.length, "statement")} …`;
    waiting.hidden = false;
    return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }

  function blank() {
    shown.chart = null;
    drawnFor = "";
    shown.renderer?.hide();
    stage.hidden = true;
    waiting.hidden = true;
    message.replaceChildren(...nothing(shown.model, act));
    message.hidden = false;
    act.drawn();
  }

  return {
    show,
    hide() {
      say(null);
      shown.renderer?.hide();
      turns += 1;
    },
    fit: () => sights.fit(true),
    zoom: sights.zoom,
    pan: sights.pan,
    reveal: sights.reveal,
    resize: sights.resize,
    picture: () => shown.chart && portrait(shown.chart, dressing(shown, shown.chart)),
    map: () => (shown.chart && shown.chart.entities.length > PORTRAIT
      ? { canvas: still(shown.chart, dressing(shown, shown.chart), MAP), density: MAP.density } : null),
  };
}

// --- How it is dressed ---------------------------------------------------------------------------

/** What of the chart the pointer and the keys are at. @param {Shown} shown */
function touched({ stage, walker, line, hovered }) {
  const focused = document.activeElement === stage && stage.matches(":focus-visible") ? walker : null;
  return { hovered: hovered.entity ?? null, focused, line: line ?? hovered.statement ?? null };
}

/** @param {Shown} shown @param {Chart} chart @returns {Dressing} */
function dressing(shown, chart) {
  const theme = themeOf(shown.host);
  return { theme, looks: looksOf(chart, theme), ...touched(shown) };
}

/** @param {Shown} shown */
function repaint(shown) {
  if (shown.chart) shown.renderer.repaint(touched(shown));
}

/** What is selected. @param {Model} model */
function selectedIn({ graph, state: { selected } }) {
  return {
    entity: selected?.kind === "entity" ? graph.entity.get(selected.id) : undefined,
    statement: selected?.kind === "statement" ? graph.statement.get(selected.id) : undefined,
  };
}

// --- What part of it is seen ---------------------------------------------------------------------

/** @param {HTMLElement} host @returns {Point} */
const sizeOf = (host) => [host.clientWidth, host.clientHeight];

/** What moves the view over the chart that is shown. @param {Shown} shown */
function sightsOf(shown) {
  const { host } = shown, size = () => sizeOf(host);
  /** @type {Point} the stage when it was last looked at */
  let sizeFor = [0, 0];
  let chosenFor = ""; // what was selected then

  /** @param {Chart} chart @param {Entity[]} [some] @param {number} [most] */
  const whole = (chart, some, most) =>
    fitting(frameOf(chart, some), size(), { most, room: host.clientWidth < NARROW ? [10, 10, 60, 10] : undefined });
  /** @param {Chart} chart @param {number} box @param {Point} [stage] */
  const isSeen = ({ x, y }, box, stage = size()) => onStage(seenAt(shown.renderer.view, x[box], y[box]), stage);

  function fit(gliding = false) {
    if (!shown.chart || !host.clientWidth) return;
    shown.renderer.look(whole(shown.chart), gliding);
    shown.fitted = true;
  }

  /** @param {Sight} sight @param {boolean} [gliding] */
  function look(sight, gliding) {
    shown.renderer.look(sight, gliding);
    shown.fitted = false;
    shown.say(null);
  }

  /** Move as little as shows a box. @param {Entity} entity */
  function reveal(entity, gliding = true) {
    const { chart, renderer } = shown, box = chart?.number.get(entity);
    if (!chart || box === undefined) return;
    const next = revealing(renderer.view, boxAt(chart, box), size(), [14, 16, coveredBelow(host) + 14, 16]);
    if (next) renderer.look(next, gliding);
  }

  return {
    whole,
    isSeen,
    fit,
    reveal,
    /** The chart is drawn for the stage as it is. */
    keep() { sizeFor = size(); },
    /** The stage may have another size. */
    resize() {
      if (!shown.chart || !host.clientWidth || String(size()) === String(sizeFor)) return;
      const { fitted } = shown, { entity } = selectedIn(shown.model);
      const box = entity && shown.chart.number.get(entity);
      const held = box !== undefined && isSeen(shown.chart, box, sizeFor) ? entity : undefined;
      sizeFor = size();
      shown.renderer.resize();
      if (fitted) fit();
      else if (held) reveal(held, false); // what is selected stays in sight
    },
    /** Bring what is selected into sight, where it was not before. @param {Chart} chart */
    find(chart) {
      const { selected } = shown.model.state, key = selected ? `${selected.kind} ${selected.id}` : "";
      if (key === chosenFor) return;
      chosenFor = key;
      const { entity, statement } = selectedIn(shown.model);
      if (entity) reveal(entity);
      const ends = statement ? [statement.start, statement.end] : [];
      const places = ends.flatMap((box) => chart.number.get(box) ?? []);
      if (places.length < 2 || places.some((box) => isSeen(chart, box))) return;
      shown.renderer.look(whole(chart, ends, shown.renderer.view.scale), true);
    },
    /** @param {number} factor */
    zoom(factor) {
      const [wide, high] = size();
      if (shown.chart) look(zoomed(shown.renderer.view, shown.renderer.view.scale * factor, [wide / 2, high / 2]), true);
    },
    /** @param {number} dx @param {number} dy */
    pan(dx, dy) {
      if (!shown.chart) return;
      const { scale, x, y } = shown.renderer.view;
      look({ scale, x: x - dx * 80, y: y - dy * 80 });
    },
  };
}

// --- Pointer and keys ----------------------------------------------------------------------------

/** Let a pointer act in the chart that is shown. @param {Shown} shown */
function pointing(shown) {
  const { stage, act, say } = shown;
  /** @param {MouseEvent} event */
  const under = (event) => (shown.chart ? hitAt(shown.chart, shown.renderer.view, pointOn(stage, event)) : {});
  pointer(stage, act, {
    state: () => (shown.chart ? shown.model.state : undefined),
    under,
    clicks: pressing(stage, () => say(null)),
    chosen: (entity) => { shown.walker = entity; },
    hover: onceAFrame((event) => {
      const hit = event ? under(event) : {}, { entity, statement } = hit, { hovered } = shown;
      stage.classList.toggle("over", Boolean(entity || statement));
      shown.hovered = hit;
      if (hovered.entity !== entity || hovered.statement !== statement) repaint(shown);
      say(shown.chart && wordsOf(shown.chart, hit), ...(event ? pointOn(stage, event) : []));
    }),
  });
}

/** Let keys walk through the chart that is shown. @param {Shown} shown @param {ReturnType<typeof sightsOf>} sights */
function walking(shown, { isSeen, reveal }) {
  const { stage, act, say } = shown;

  /** The box that one starts from: the most connected one that is seen. */
  function first() {
    const { chart } = shown;
    return chart && chart.entities[[...chart.order].find((box) => isSeen(chart, box)) ?? chart.order[0]];
  }

  const keys = walk(stage, act, {
    state: () => (shown.chart ? shown.model.state : undefined),
    at: () => shown.walker,
    first,
    neighbour: (entity, way) => shown.chart && neighbour(shown.chart, entity, way),
    lines: (entity) => (shown.chart ? around(shown.chart, entity) : []),
    words: (line) => told(line, shown.model.graph),
    pans: true,
    step(entity) {
      shown.walker = entity;
      say(null);
      reveal(entity, false);
      repaint(shown);
      act.announce(toldOf(entity, shown.model).replace("\n", ", "));
    },
    reached(line) {
      shown.line = line;
      repaint(shown);
      if (shown.chart) say(told(line, shown.model.graph), ...seenAt(shown.renderer.view, ...middleOf(shown.chart, line)));
    },
    left() {
      shown.line = null;
      say(null);
      repaint(shown);
    },
  });
  stage.addEventListener("focus", () => {
    shown.walker ??= first();
    repaint(shown);
  });
  stage.addEventListener("blur", () => {
    keys.leave();
    say(null);
    repaint(shown);
  });
  return keys;
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
const signature = ({ entities, statements }) => [entities, statements].map((some) => some.map((record) => record.number)).join("|");

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
