// Which statements a scene is made of, what is visible of them, and what stays bright.

import { plural } from "./dom.js";
import { passes } from "./filter.js";
import { following } from "./reason/influence.js";
import { see } from "./reason/lens.js";
import { explain } from "./reason/paths.js";
import { shownOf, statementsOf, whatif } from "./reason/whatif.js";
import { byStanding, marks } from "./reason/words.js";
import { entitiesOf } from "./scenes.js";
import { FIELDS } from "./state.js";

/**
 * Statements among the entities within so many steps of some, whichever way statements point; of no step those about
 * themselves, whatever the other end.
 * @param {Entity[]} entities
 * @param {number} steps
 */
export function near(entities, steps) {
  if (steps === 0) return entities.flatMap((entity) => [...entity.out, ...entity.into]);
  const reached = new Set(entities);
  let edge = [...reached];
  for (let step = 0; step < steps; step++) {
    /** @type {Entity[]} */
    const next = [];
    for (const entity of edge)
      for (const statement of [...entity.out, ...entity.into])
        for (const end of [statement.subject, statement.object])
          if (!reached.has(end)) {
            reached.add(end);
            next.push(end);
          }
    edge = next;
  }
  return [...reached].flatMap((entity) => entity.out.filter((statement) => reached.has(statement.object)));
}

/** @type {Pick<Conclusion, "restsOn" | "also" | "against">} */
const NONE = { restsOn: [], also: [], against: [] };

/**
 * @template T
 * @param {Map<string, T>} map
 * @param {string[]} ids
 * @returns {T[]}
 */
const recordsOf = (map, ids) => /** @type {T[]} */ (ids.map((id) => map.get(id)).filter(Boolean));

// Answers are kept while the question is the same: filters change more often than questions.
/** @type {WeakMap<Graph, { key: string, value: Explanation | WhatIf }>} */
const answers = new WeakMap();

/**
 * @param {Graph} graph
 * @param {unknown} question
 * @param {() => Explanation | WhatIf} answer
 */
function answered(graph, question, answer) {
  const key = JSON.stringify([graph.seen, question]);
  const kept = answers.get(graph);
  if (kept?.key === key) return kept.value;
  const value = answer();
  answers.set(graph, { key, value });
  return value;
}

/**
 * What a scene asks of the reasoning, and what it answers; null where it asks nothing.
 * @param {Graph} graph
 * @param {Scene} scene
 * @returns {Explanation | WhatIf | null}
 */
export function answer(graph, scene) {
  if (scene.kind === "paths") {
    const from = graph.entity.get(scene.from), to = graph.entity.get(scene.to);
    if (!from || !to) return null;
    return answered(graph, ["paths", from.id, to.id, scene.steps], () => explain(graph, from, to, { steps: scene.steps }));
  }
  if (scene.kind === "whatif") {
    const [up, down, fixed] = [scene.up, scene.down, scene.fixed].map((ids) => recordsOf(graph.entity, ids));
    if (!up.length && !down.length) return null;
    const { steps, status } = scene;
    return answered(graph, ["whatif", scene], () => whatif(graph, { up, down, fixed }, { steps, status }));
  }
  return null;
}

/** Outcomes are drawn while there are no more entities than these: a mechanism of more is hard to read. */
const MOST_DRAWN = 120;
/** What of an answer is drawn, which is asked for at each turn. @type {WeakMap<WhatIf, Outcome[]>} */
const drawn = new WeakMap();

/**
 * The outcomes that are drawn: the best known first, all that are known alike or none of them. What only the article
 * says is listed and not drawn.
 * @param {Graph} graph
 * @param {WhatIf} answer
 */
export function drawnOf(graph, answer) {
  const kept = drawn.get(answer);
  if (kept) return kept;
  const those = answer.outcomes.filter(({ conclusion }) => conclusion.relation !== "only-article");
  /** @type {Outcome[]} */
  let outcomes = [];
  for (const group of byStanding(graph, those)) {
    const more = [...outcomes, ...group.outcomes];
    const ends = new Set(statementsOf(graph, answer, more).flatMap(({ subject, object }) => [subject, object]));
    if (outcomes.length && ends.size > MOST_DRAWN) break;
    outcomes = more;
  }
  drawn.set(answer, outcomes);
  return outcomes;
}

/**
 * Statements, with those by which their ends are names of one quantity: a chain may go on from another name of what
 * it came to, and would come apart.
 * @param {Statement[]} statements
 */
function joined(statements) {
  const ends = new Set(statements.flatMap(({ subject, object }) => [subject, object])), follow = following();
  const names = [...ends].flatMap((entity) =>
    entity.out.filter((statement) => statement.word.kind === "names" && ends.has(statement.object) && follow(statement)));
  return [...new Set([...statements, ...names])];
}

/**
 * @param {Graph} graph
 * @param {Scene} scene
 * @param {Explanation | WhatIf | null} answered
 * @returns {Statement[]}
 */
function statementsIn(graph, scene, answered) {
  if (scene.kind === "all") return graph.statements;
  // Around each of them, as the command line has it: not also what lies between two surroundings.
  if (scene.kind === "near") return recordsOf(graph.entity, scene.of).flatMap((entity) => near([entity], scene.steps));
  if (scene.kind === "paths" && answered) {
    const { paths, conclusion, beside } = /** @type {Explanation} */ (answered);
    const chosen = scene.path === null ? undefined : paths[scene.path], { restsOn, also, against } = conclusion ?? NONE;
    const concluded = chosen ? [] : recordsOf(graph.statement, [...restsOn, ...also, ...against]);
    return [...(chosen ? [chosen] : paths).flatMap((path) => path.steps.map((step) => step.statement)), ...beside, ...concluded];
  }
  if (scene.kind === "whatif" && answered) {
    const answer = /** @type {WhatIf} */ (answered);
    return joined(statementsOf(graph, answer, drawnOf(graph, answer)));
  }
  if (scene.kind === "loops") {
    const loop = graph.loop.get(scene.id);
    return loop ? joined(loop.statements) : graph.loops.flatMap((loop) => loop.statements);
  }
  if (scene.kind === "conflicts") {
    const conflict = graph.conflict.get(scene.id);
    const told = (conflict ? [conflict] : graph.conflicts).flatMap((conflict) => conflict.sides.flatMap((side) => side.statements));
    const statements = recordsOf(graph.statement, told.map((statement) => statement.id));
    return conflict ? joined(statements) : statements;
  }
  if (scene.kind === "chosen") {
    const among = new Set(recordsOf(graph.entity, scene.of));
    return [...recordsOf(graph.statement, scene.statements),
      ...[...among].flatMap((entity) => entity.out.filter((statement) => among.has(statement.object)))];
  }
  return graph.core;
}

/**
 * Entities that a scene is about, which it shows even where no statement of theirs is visible.
 * @param {Graph} graph
 * @param {Scene} scene
 */
const named = (graph, scene) => recordsOf(graph.entity, entitiesOf(scene));

/**
 * What a view draws: see README.md.
 * @param {Graph} graph
 * @param {State} state
 * @returns {Model}
 */
export function visible(graph, state) {
  see(graph, state.lens);
  const answered = answer(graph, state.scene);
  const base = new Set(statementsIn(graph, state.scene, answered));
  for (const entity of recordsOf(graph.entity, state.plus)) for (const statement of [...entity.out, ...entity.into]) base.add(statement);
  const read = state.selected?.kind === "statement" ? graph.statement.get(state.selected.id) : null;
  if (read) base.add(read);
  const chosen = shownFor(graph, state, answered);
  for (const statement of chosen.length ? joined([...base, ...chosen]) : []) base.add(statement);
  const gone = new Set(recordsOf(graph.entity, state.minus));
  const pass = passes(state);
  const passing = [...base].filter((statement) => pass(statement) || statement === read);
  const statements = passing.filter((statement) => !gone.has(statement.subject) && !gone.has(statement.object))
    .sort((a, b) => a.number - b.number);
  const shown = new Set(statements.flatMap((statement) => [statement.subject, statement.object]));
  const hiddenKinds = new Set(state.hidden.category);
  const kept = [
    ...recordsOf(graph.entity, [...state.pin, ...state.plus]),
    ...named(graph, state.scene),
    ...(state.loose || !graph.statements.length ? graph.entities.filter((entity) => entity.degree === 0) : []),
  ].filter((entity) => !hiddenKinds.has(entity.category));
  const selected = state.selected?.kind === "entity" ? graph.entity.get(state.selected.id) : null;
  for (const entity of [...kept, ...(selected ? [selected] : [])]) if (!gone.has(entity)) shown.add(entity);
  return {
    graph,
    state,
    inScene: base,
    statements,
    entities: [...shown].sort((a, b) => a.number - b.number),
    answer: answered,
    marks: state.scene.kind === "whatif" && answered && !answered.refused ? marks(/** @type {WhatIf} */ (answered), graph) : null,
    lit: lit(graph, state, answered, statements),
    notes: [...undrawn(graph, state, answered), ...notes(graph, state, base.size - passing.length)],
  };
}

/**
 * @param {Graph} graph
 * @param {State} state
 * @param {Model["answer"]} answered
 * @param {Statement[]} statements
 * @returns {Model["lit"]}
 */
function lit(graph, state, answered, statements) {
  /** @param {Statement[]} some */
  const around = (some) =>
    ({ entities: new Set(some.flatMap(({ subject, object }) => [subject, object])), statements: new Set(some) });
  const { selected } = state;
  if (selected?.kind === "statement") {
    const statement = graph.statement.get(selected.id);
    return statement ? around([statement]) : null;
  }
  if (selected?.kind === "entity") {
    const entity = graph.entity.get(selected.id);
    if (!entity) return null;
    const touching = statements.filter((statement) => statement.subject === entity || statement.object === entity);
    const shown = shownFor(graph, state, answered), some = shown.length ? shown : touching;
    if (!some.length) return null; // what stands alone is seen as it is, and pales nothing
    const bright = around(some);
    bright.entities.add(entity);
    return bright;
  }
  return null;
}

/**
 * The statements that show what becomes of the entity that is selected.
 * @param {Graph} graph
 * @param {State} state
 * @param {Model["answer"]} answered
 */
function shownFor(graph, { selected, scene }, answered) {
  const entity = scene.kind === "whatif" && answered && selected?.kind === "entity" ? graph.entity.get(selected.id) : null;
  const outcome = entity && outcomeOf(/** @type {WhatIf} */ (answered), entity);
  return outcome ? joined(recordsOf(graph.statement, shownOf(outcome.conclusion))) : [];
}

/** What becomes of an entity, under whichever name it is told. @param {WhatIf} answer @param {Entity} entity */
export const outcomeOf = ({ outcomes }, entity) =>
  outcomes.find((outcome) => outcome.entity === entity || outcome.names.some(([name]) => name === entity)) ?? null;

/** That outcomes are listed and not drawn. @param {Graph} graph @param {State} state @param {Model["answer"]} answered */
function undrawn(graph, { scene, selected }, answered) {
  if (scene.kind !== "whatif" || !answered || answered.refused) return [];
  const answer = /** @type {WhatIf} */ (answered), shown = new Set(drawnOf(graph, answer));
  const entity = selected?.kind === "entity" ? graph.entity.get(selected.id) : null, chosen = entity && outcomeOf(answer, entity);
  if (chosen) shown.add(chosen);
  const left = answer.outcomes.length - shown.size;
  return left ? [`${plural(left, "outcome")} listed and not drawn`] : [];
}

/** @param {Graph} graph @param {State} state @param {number} filtered */
function notes(graph, state, filtered) {
  const texts = [];
  const left = graph.whole.statements.length - graph.statements.length;
  if (left) texts.push(`${left.toLocaleString("en-GB")} left out by what counts`);
  if (filtered > 0) texts.push(`${filtered.toLocaleString("en-GB")} hidden by filters`);
  if (state.minus.length) texts.push(`${state.minus.length} hidden by hand`);
  return texts;
}

/**
 * Statements of an entity that a scene does not show, filters apart: what expanding would bring.
 * @param {Model} model
 * @param {Entity} entity
 */
export function beyond(model, entity) {
  return [...entity.out, ...entity.into].filter((statement) => !model.inScene.has(statement)).length;
}

/**
 * Neighbours of an entity that are visible only through it: what collapsing puts out of sight.
 * @param {Model} model
 * @param {Entity} entity
 */
export function leaves(model, entity) {
  const others = new Set();
  for (const statement of model.statements)
    if (statement.subject !== entity && statement.object !== entity) others.add(statement.subject).add(statement.object);
  const near = model.statements.filter((statement) => statement.subject === entity || statement.object === entity);
  return [...new Set(near.flatMap((statement) => [statement.subject, statement.object]))]
    .filter((end) => end !== entity && !others.has(end) && !model.state.pin.includes(end.id));
}

/** Whether a state shows what the page opens with. @param {State} state */
export const untouched = (state) => state.scene.kind === "core" && !state.plus.length && !state.minus.length &&
  FIELDS.every((field) => !state.hidden[field].length);
