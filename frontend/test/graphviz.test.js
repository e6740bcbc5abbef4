import assert from "node:assert/strict";
import { test } from "node:test";
import { layouts, SUPERSEDED } from "../src/draw/graphviz.js";

/** Workers that answer as told: `answers` gives what one says to a request, at once or never. */
function workers(answers) {
  const started = [];
  const start = async () => {
    const layout = {
      asked: [], ended: false,
      terminate() { layout.ended = true; },
      postMessage({ request }) {
        layout.asked.push(request);
        for (const data of answers(request, started.length)) queueMicrotask(() => layout.ended || layout.onmessage({ data }));
      },
    };
    started.push(layout);
    setTimeout(() => layout.onmessage({ data: { ready: true } }), 0);
    return layout;
  };
  return { start, started };
}

const ask = (name) => ({ name, boxes: [], lines: [] });

test("what was laid out is not asked for again", async () => {
  const { start, started } = workers((request) => [{ layout: { of: request.name } }]);
  const client = layouts(start);
  assert.deepEqual(await client.ask(ask("a")), { of: "a" });
  assert.deepEqual(await client.ask(ask("b")), { of: "b" });
  assert.deepEqual(await client.ask(ask("a")), { of: "a" });
  assert.deepEqual(started.map(({ asked }) => asked.map(({ name }) => name)), [["a", "b"]]);
});

test("a worker that fails is replaced and asked for something simpler", async () => {
  const { start, started } = workers(({ simple }) => [simple ? { layout: { of: "simple" } } : { error: "no memory" }]);
  assert.deepEqual(await layouts(start).ask(ask("a")), { of: "simple" });
  assert.deepEqual(started.map(({ ended }) => ended), [true, false]);
});

test("where nothing helps, the reason is given, and the next layout may succeed", async () => {
  const { start } = workers(({ name }) => [name === "bad" ? { error: "no" } : { layout: { of: name } }]);
  const client = layouts(start);
  await assert.rejects(client.ask(ask("bad")), { message: "no" });
  assert.deepEqual(await client.ask(ask("good")), { of: "good" });
});

test("only the last of several is answered, and a worker that is still busy is ended", async () => {
  const { start, started } = workers((request) => (request.name === "slow" ? [] : [{ layout: { of: request.name } }]));
  const client = layouts(start);
  const answers = await Promise.allSettled(["slow", "between", "last"].map((name) => client.ask(ask(name))));
  assert.deepEqual(answers.map(({ value, reason }) => value ?? reason.message), [SUPERSEDED, SUPERSEDED, { of: "last" }]);
  assert.deepEqual(started.map(({ ended }) => ended), [true, false]);
});

test("after four seconds a layout that would do is taken", async (context) => {
  const meanwhile = { x: [0], y: [0], w: [10], h: [10], routes: [], width: 10, height: 10, down: true };
  const { start, started } = workers(() => [{ meanwhile }]);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const client = layouts(start);
  const answer = client.ask({ boxes: [{ w: 10, h: 10, outline: "box" }], lines: [] });
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
    context.mock.timers.tick(turn === 19 ? 4000 : 1);
  }
  assert.deepEqual((await answer).frame, [-7, -7, 7, 7]);
  assert.equal(started[0].ended, true);
});
