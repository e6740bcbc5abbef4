// What the panel says, apart from how it looks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byKind } from "../src/panel/about.js";
import { whole } from "../src/panel/start.js";
import { keyed, within } from "../src/panel/width.js";
import { words as sceneWords } from "../src/app/scene-bar.js";
import {
  around,
  briefly,
  byStanding,
  chain,
  changing,
  conflictWords,
  facts,
  imprint,
  howKnown,
  opening,
  pathWords,
  breakWords,
  outcomeWords,
  question,
  restsOn,
  sides,
  standing,
  tally,
  voices,
  wayWords,
} from "../src/panel/words.js";
import { explain } from "../src/reason/paths.js";
import { whatif } from "../src/reason/whatif.js";
import { small } from "./small.js";

const row = (source, stance, strength, more = {}) => ({ source, stance, strength, ...more });
const words = {
  statuses: new Map([
    ["supported", { label: "supported" }],
    ["contested", { label: "contested" }],
    ["asserted-only", { label: "article only" }],
  ]),
  bases: new Map([
    ["measured-in-people", { label: "measured in people" }],
    ["reviewed", { label: "reviewed" }],
    ["observed", { label: "observed" }],
  ]),
  strengths: new Map(
    ["direct", "association", "reference", "review", "title-only", "asserted"].map((key) => [
      key,
      { key, words: `${key} in words` },
    ]),
  ),
  methods: new Map([
    ["cohort", { label: "cohort study" }],
    ["review", { label: "review" }],
  ]),
};
const names = (entities) => entities.map((entity) => entity.name);
const ids = (statements) => statements.map((statement) => statement.id);

test("a statement is known by its status and by how many sources take which side", () => {
  const {
    statements: [first, second, third, fourth, fifth, sixth],
  } = small([
    "a increases b",
    ["a increases c", { supporting: 2, disputing: 1, status: "contested" }],
    ["a increases d", { supporting: 0, status: "asserted-only", evidence: [row("x", "disputes", "asserted")] }],
    ["a increases e", { supporting: 0, status: "asserted-only", evidence: [row("x", "supports", "asserted")] }],
    ["a increases f", { evidence: [row("x", "supports", "review"), row("y", "supports", "direct", { species: "human" })] }],
    ["a increases g", { evidence: [row("x", "supports", "association", { species: "human" })] }],
  ]);
  assert.equal(howKnown(first, words), "supported, 1 source");
  assert.equal(howKnown(fifth, words), "supported: measured in people, 1 source");
  assert.equal(howKnown(sixth, words), "supported: observed, 1 source");
  assert.equal(howKnown(second, words), "contested, 2 sources, 1 against");
  assert.equal(howKnown(third, words), "article only, denied by the article");
  assert.equal(howKnown(fourth, words), "article only");
  assert.equal(tally(fourth), "");
});

test("a status that the page has no word for is said as it is", () => {
  const {
    statements: [statement],
  } = small([["a increases b", { status: "__proto__" }]]);
  assert.equal(howKnown(statement, words), "__proto__, 1 source");
});

test("evidence stands by its side, the strongest first, and the article apart", () => {
  const {
    statements: [statement],
  } = small([
    [
      "a increases b",
      {
        evidence: [
          row("p", "supports", "review"),
          row("q", "supports", "direct"),
          row("r", "disputes", "association"),
          row("s", "qualifies", "review"),
          row("article", "supports", "asserted"),
          row("article", "disputes", "asserted"),
        ],
      },
    ],
  ]);
  const evidence = sides(statement, words);
  assert.deepEqual(
    evidence.pro.map((each) => each.source.id),
    ["q", "p"],
  );
  assert.deepEqual(
    evidence.contra.map((each) => each.source.id),
    ["r"],
  );
  assert.deepEqual(
    evidence.limits.map((each) => each.source.id),
    ["s"],
  );
  assert.deepEqual(
    evidence.article.map((each) => each.stance),
    ["supports", "disputes"],
  );
});

test("facts say what is stated, in words, and leave out the rest", () => {
  const source = { study_type: "review" };
  assert.deepEqual(
    facts(
      {
        strength: "direct",
        method: "cohort",
        species: "rat",
        system: "in-vivo",
        locator: "abstract",
        context: { magnesium_status: "deficient", sex: ["female", "male"] },
        source,
      },
      words,
    ),
    [
      ["how strong", "direct — direct in words"],
      ["method", "cohort study"],
      ["published in", "review"],
      ["species", "rat, in-vivo"],
      ["magnesium status", "deficient"],
      ["sex", "female, male"],
      ["where", "abstract"],
    ],
  );
  const bare = { method: "", species: "", system: "", locator: "title", context: {}, source };
  assert.deepEqual(facts({ ...bare, strength: "title-only", method: "review" }, words), [
    ["method", "review"],
    ["where", "title"],
  ]);
  assert.deepEqual(facts({ ...bare, strength: "asserted", method: "assertion", locator: "a box" }, words), [
    ["where", "a box"],
  ]);
});

test("what was retracted is on no side, and is said to be", () => {
  const statement = small([["a increases b", { status: "asserted-only", supporting: 0, evidence: [
    { source: "x", strength: "direct", stance: "supports", retracted: true },
      { source: "y", strength: "asserted", stance: "disputes" }] }]]).statements[0];
  const evidence = sides(statement, { strengths: new Map() });
  assert.deepEqual([evidence.pro.length, evidence.contra.length, evidence.limits.length, evidence.article.length,
    evidence.gone.length], [0, 0, 0, 1, 1]);
  assert.equal(tally(statement), "1 retracted");
});

test("sources are cited by whom, where and when, as far as that is known", () => {
  const source = {
    id: "x",
    title: "A title",
    authors: ["Rude RK", "Gruber HE", "Wei LY", "et al"],
    journal: "J 2:24",
    year: "2005",
    kind: "further",
    reference: "61",
    note: "a note",
  };
  assert.equal(imprint(source), "Rude RK, Gruber HE et al · J 2:24, 2005");
  assert.equal(imprint({ authors: ["A", "B"], journal: "", year: "1999" }), "A, B · 1999");
  assert.equal(imprint({ authors: [], journal: "", year: "" }), "");
  assert.equal(briefly(source), "Rude RK et al 2005");
  assert.equal(briefly({ ...source, authors: [] }), "A title");
  assert.equal(standing(source), "not cited by the article · reference 61 of the article · a note");
});

test("what acts on an entity is apart from what it acts on, whichever way a statement is worded", () => {
  const graph = small([
    "a requires b",
    "a increases c",
    "d inhibits a",
    "a level_of e",
    "a part_of f",
    ["a affects g", { supporting: 3 }],
    "a increases a",
  ]);
  const statements = around(graph.entity.get("a"));
  assert.deepEqual(ids(statements.acted), ["s0", "s2"]);
  assert.deepEqual(ids(statements.acts), ["s5", "s1", "s6"]);
  assert.deepEqual(ids(statements.states), ["s3"]);
  assert.deepEqual(ids(statements.other), ["s4"]);
});

test("the best supported statements come first, of equals those with less against them", () => {
  const { statements } = small([
    ["a increases b", { disputing: 1 }],
    "a increases c",
    ["a increases d", { supporting: 2 }],
  ]);
  assert.deepEqual(ids([...statements].sort(byStanding)), ["s2", "s1", "s0"]);
});

test("paths are told with their length, what is doubtful, and how they are known", () => {
  const human = [row("p", "supports", "direct", { species: "human" })],
    rat = [row("q", "supports", "direct", { species: "rat" })];
  const graph = small([
    ["a increases b", { evidence: human }],
    ["b decreases c", { evidence: rat, status: "contested", disputing: 1 }],
    ["a increases c", { status: "asserted-only", supporting: 0 }],
  ]);
  const answer = explain(graph, graph.entity.get("a"), graph.entity.get("c"));
  const [short, long] = answer.paths;
  assert.equal(pathWords(short, words), "in 1 step · article only");
  assert.equal(
    pathWords(long, words),
    "in 2 steps, through 1 contested statement, 1 context break · weakest step: contested, 1 source, 1 against",
  );
  assert.equal(breakWords(long.breaks[0]), "context break: species human above, rat below");
  assert.equal(
    breakWords({ ...long.breaks[0], first: 1, second: 4 }),
    "context break: species human in step 1, rat below",
  );
  assert.deepEqual(chain(long), [
    { name: "a", arrow: "" },
    { name: "b", arrow: "→" },
    { name: "c", arrow: "⊣" },
  ]);
  assert.equal(wayWords(answer), "1 path +, 1 path −");
});

test("what follows is told by how it is known and on what it rests", () => {
  const graph = small([
    ["a increases b", { evidence: [row("p", "supports", "review")] }],
    ["b decreases c", { evidence: [row("q", "supports", "direct", { species: "human" })] }],
    ["z affects a", { supporting: 2, evidence: [row("p", "supports", "review")] }],
    ["c requires y", { evidence: [row("p", "supports", "review")] }],
    ["c requires x", { evidence: [row("p", "supports", "review")] }],
  ]);
  const [a, y] = ["a", "y"].map((id) => graph.entity.get(id));
  const told = (answer, id) => {
    const outcome = answer.outcomes.find((each) => each.entity.id === id);
    return [outcomeWords(graph, answer, outcome), restsOn(graph, outcome)];
  };
  const fall = whatif(graph, { down: [a] });
  assert.deepEqual(told(fall, "b"), ["reviewed, settled · 1 step", "a increases b"]);
  assert.deepEqual(told(fall, "c"), ["suggested, settled · 2 steps", "a increases b; b decreases c"]);
  const both = whatif(graph, { down: [a, y] });
  assert.deepEqual(told(both, "b"), ["reviewed, settled · 1 step · by a", "a increases b"]);
  assert.deepEqual(told(both, "c"), ["cannot say · 1 step · by a, y", "a increases b, and 2 more"]);
});

test("a what-if scene is said in words, and changed one entity at a time", () => {
  const graph = small(["a increases b"]);
  const scene = { kind: "whatif", up: [], down: ["a"], fixed: ["b"], steps: 3, status: [] };
  assert.equal(question(graph, scene), "What if a falls, b is held?");
  assert.equal(question(graph, changing(changing(scene, "a", null), "b", null)), "What if?");
  assert.deepEqual(changing(scene, "b", "up"), { ...scene, up: ["b"], fixed: [] });
  assert.deepEqual(scene.fixed, ["b"]);
});

test("a question about what the graph has not got is not told as one that is put", () => {
  const graph = small(["a increases b"]);
  const asked = { kind: "whatif", up: [], down: ["nobody"], fixed: [], steps: 2, status: [] };
  assert.deepEqual([question(graph, asked), question(graph, { ...asked, up: ["a"] })], ["What if?", "What if a rises?"]);
  const shown = (scene) => sceneWords({ graph, state: { scene, story: null } });
  assert.deepEqual([shown(asked), shown({ ...asked, up: ["a"] })], ["What if", "What if a rises"]);
  assert.equal(shown({ kind: "paths", from: "nobody", to: "a", steps: 3 }), "Paths");
});

test("a conflict is told by what its sides say and what tells them apart", () => {
  const {
    statements: [raises, lowers],
  } = small(["a increases b", ["a decreases b", { qualifiers: { severity: "severe" } }]]);
  const side = { denies: false, through: [], sources: ["x"], voices: [] }, of = { start: raises.subject, end: raises.object };
  const differs = [
    { how: "differs", key: "species", one: ["rat"], other: ["human"] },
    { how: "only one side says", key: "dose", one: [], other: ["much"] },
  ];
  const conflict = {
    ...of,
    kind: "resolved",
    sides: [
      { ...side, statements: [raises] },
      { ...side, statements: [lowers], sources: ["x", "y"] },
    ],
    differs,
  };
  assert.equal(
    conflictWords(conflict),
    "increases, 1 source ≠ decreases (severity: severe), 2 sources · differs in species",
  );
  assert.equal(
    conflictWords({
      ...of,
      sides: [
        { ...side, statements: [raises] },
        { ...side, statements: [raises], denies: true },
      ],
      differs: [],
    }),
    "increases, 1 source ≠ not so, 1 source",
  );
  assert.equal(
    conflictWords({
      ...of,
      sides: [
        { ...side, statements: [raises], through: ["c"] },
        { ...side, statements: [lowers], through: ["d", "e"] },
      ],
      differs: [],
    }),
    "+ by way of c, 1 source ≠ − by way of d, e, 1 source",
  );
});

test("a side of a conflict whose statement has another name of the two says which", () => {
  const texts = ["a increases high", "a increases low", "no-a increases low"];
  const { entity, statements: [excess, lack, whole] } = small(texts, { entities: { b: {} } });
  const side = { denies: false, through: [], sources: ["x"], voices: [] };
  const words = (...some) => conflictWords({
    start: entity.get("a"), end: entity.get("b"), sides: some.map((each) => ({ ...side, statements: [each] })), differs: [],
  });
  assert.equal(words(excess, lack), "increases high, 1 source ≠ increases low, 1 source");
  assert.equal(words(excess, whole), "increases high, 1 source ≠ no-a increases low, 1 source");
});

test("a side of a conflict has the evidence that speaks for it, by statement", () => {
  const {
    statements: [statement],
  } = small([["a increases b", { evidence: [row("p", "supports", "direct"), row("q", "disputes", "direct")] }]]);
  const [voice] = voices({
    statements: [statement],
    voices: [
      [statement.id, 1],
      ["another", 0],
    ],
  });
  assert.equal(voice.statement, statement);
  assert.deepEqual(
    voice.rows.map((each) => each.source.id),
    ["q"],
  );
});

test("a question of the page's data is a whole scene", () => {
  assert.deepEqual(whole({ kind: "whatif", down: ["a"] }), {
    kind: "whatif",
    up: [],
    down: ["a"],
    fixed: [],
    steps: 2,
    status: [],
  });
  assert.deepEqual(whole({ kind: "conflicts" }), { kind: "conflicts", id: "" });
});

test("the panel is never too narrow to read and leaves room for the drawing", () => {
  assert.equal(within(100, 1440), 280);
  assert.equal(within(5000, 1440), 864);
  assert.equal(within(5000, 300), 280);
  assert.equal(keyed("ArrowLeft", 376, 1440), 400);
  assert.equal(keyed("ArrowRight", 376, 1440), 352);
  assert.equal(keyed("Home", 376, 1440), 280);
  assert.equal(keyed("End", 376, 1440), 864);
  assert.equal(keyed("Enter", 376, 1440), 640);
  assert.equal(keyed("Enter", 640, 1440), 376);
  assert.equal(keyed("Tab", 376, 1440), null);
});

test("sources are told by kind, the article first and the unforeseen last", () => {
  const source = (id, kind, author = "") => ({ id, kind, title: id, authors: author ? [author] : [] });
  const groups = byKind([
    source("c", "rumour"),
    source("a", "paper", "Zorn A"),
    source("b", "paper", "Adam B"),
    source("x", "article"),
  ]);
  assert.deepEqual(
    groups.map((group) => [group.words, names(group.sources.map(({ id }) => ({ name: id })))]),
    [
      ["article whose claims are examined", ["x"]],
      ["works that the article cites", ["b", "a"]],
      ["other source", ["c"]],
    ],
  );
});

test("a page opens with what it is about, however much that is", () => {
  const graph = small(["a increases b", "b increases c", "c increases d", "d increases e"]);
  const statements = graph.statements.slice(1), opens = (...names) => {
    const entities = names.map((name) => graph.entity.get(name));
    graph.about.focus = entities;
    return opening(graph, { statements, entities }).replace("The core: 3 of 4 statements, ", "");
  };
  assert.equal(opens(), "where what is known to act on what is densest.");
  assert.equal(opens("b"), "those that hold together most around b.");
  assert.equal(opens("b", "c"), "those that hold together most around b and c.");
  assert.equal(opens("b", "c", "d"), "those that hold together most around b, c and d.");
  assert.equal(opens("b", "c", "d", "e"), "those that hold together most around b, c and 2 more.");
});
