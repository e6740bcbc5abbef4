// The shapes of what the page holds, for the type checker alone: nothing here is in the bundle. `src/records.js` makes
// the records from what `page/payload.py` writes; `src/state.js` makes states and addresses of them. All names are
// global, so that a comment says `Entity` and needs no import.

// --- Records ---------------------------------------------------------------------------------------

interface Entity {
  number: number;
  id: string;
  name: string;
  category: string;
  kin: string; // the category of ours that it is, or is a kind of
  synonyms: string[];
  description: string;
  taxon: string;
  xrefs: { match: string; curie: string; label?: string }[];
  /** Text and address. */
  links: [string, string][];
  x: number;
  y: number;
  size: [number, number];
  /** Of the label, as it is broken. */
  lines: string[];
  prominence: 0 | 1 | 2;
  font: number;
  out: Statement[];
  into: Statement[];
  degree: number;
  /** True where the graph only names it. */
  bare?: boolean;
}

interface Statement {
  number: number;
  id: string;
  subject: Entity;
  object: Entity;
  predicate: string;
  word: Word;
  negated: boolean;
  sign: number;
  status: string;
  supporting: number;
  disputing: number;
  qualifiers: Context;
  /** The qualifiers in words. */
  qualified: string;
  topic: string;
  evidence: Evidence[];
  group: string;
  /** Where influence flows from, and to: that is the way it is drawn. */
  start: Entity;
  end: Entity;
  reversed: boolean;
  /** What its evidence names; `""` where it names none. */
  studies: string[];
  species: string[];
  /** Pieces of evidence that are not in the page, by stance. */
  leftOut: Map<string, number>;
  /** Whether a second reader saw it: `twice`, `changed`, `once`; `""` where nobody reviews. */
  reading: string;
  reviews: { date: string; kind: string; reader: string; rows: string }[];
  /** Pieces of its evidence that a lens does not let through. */
  hidden: number;
}

type Context = Record<string, string | string[]>;

interface Evidence {
  source: Source;
  stance: string;
  strength: string;
  method: string;
  species: string;
  system: string;
  context: Context;
  summary: string;
  locator: string;
  /** Its size as the files have it, and as a reader reads it. */
  effect?: Record<string, string>;
  numbers?: string;
  /** True where its source was: it is weighed nowhere. */
  retracted?: boolean;
}

interface Source {
  id: string;
  kind: string;
  title: string;
  year: string;
  journal: string;
  authors: string[];
  xrefs: string[];
  links: [string, string][];
  study_type?: string;
  note?: string;
  url?: string;
  licence?: string;
  retracted?: boolean;
  bare?: boolean;
  organism?: string;
  abstract_read?: boolean;
  group?: string;
  /** Its number among the references of the article. */
  reference?: string;
  /** What became of it, and when somebody looked. */
  standing?: string;
  standing_date?: string;
  volume?: string;
  issue?: string;
  pages?: string;
  /** Under which name it counts: those that looked at the same people have one. */
  counted: string;
  /** The id of the paper, and all records of it. */
  paper: string;
  records: Source[];
}

interface Loop {
  id: string;
  iri: string;
  glyph: string;
  kind: string;
  words: string;
  entities: Entity[];
  arrows: string[];
  statements: Statement[];
  /** The id of the statement, and how it is known where that is not in the page. */
  weakest: string;
  known: string;
}

interface Conflict {
  id: string;
  kind: string;
  words: string;
  start: Entity;
  end: Entity;
  /** `through` names what the chains of a side lead through; empty where sources spoke of the two. */
  sides: { denies: boolean; through: string[]; statements: Statement[]; sources: string[]; voices: [string, number][]}[];
  differs: { how: string; key: string; one: string[]; other: string[] }[];
  silent: string[];
  more: number;
  /** What is said where the sides differ in part of what they rest on. */
  partly?: string;
}

/** What the page says of itself. */
interface Page {
  title: string;
  version: string;
  released: string;
  /** What to run to see more. */
  command: string;
  /** The address of the scene that it opens with. */
  opening: string;
  /** Which part of a graph this is, and the path of that graph; empty where it is all of it, or the shipped one. */
  selection: string;
  source: string;
  home: string;
  licence?: { name: string; href: string };
  citation: { text: string; bibtex: string };
  /** How many the graph has, and how many entities and statements of these are not in the page. */
  entities: number;
  statements: number;
  sources: number;
  left_out: [entities: number, statements: number];
}

/** Which loops were looked for, and how many there are. */
interface LoopsSaid {
  complete: number;
  bounded: boolean;
  count: number;
  rows: unknown[]; // those that are in the page
  arrows: string;
}

interface ConflictsSaid {
  count: number;
  kinds: ConflictKind[];
  /** What was not looked for. */
  bounds?: string[];
}

/** A question to which the graph has an answer, what that shows, and the scene of it. */
interface Question {
  words: string;
  shows: string;
  scene: Partial<Scene> & { kind: "paths" | "whatif" | "near" | "conflicts" };
}

/** A record of which only these fields are sure to be there. */
type Given<R, K extends keyof R> = Pick<R, K> & Partial<R>;

/** What `page/payload.py` writes: a field that says nothing is left out. */
interface Payload {
  page: Partial<Page>;
  itself?: object;
  words: Record<string, any[]>;
  about?: { directionless?: string[]; intervals?: [string, string, [string, string][]][]; focus?: string[] };
  dimensions?: string[];
  entities: Given<Entity, "id" | "name" | "category">[];
  statements: ({
    key: string;
    source: string;
    target: string;
    predicate: string;
    qualifiers?: Context;
    evidence: (Omit<Partial<Evidence>, "source"> & { source: string })[];
    left_out?: Record<string, number>;
  } & Pick<Statement, "sign" | "status" | "supporting" | "disputing" | "group">)[];
  sources: Given<Source, "id">[];
  /** Entities by id; statements by id or, which is shorter, by their place. */
  loops: { rows: { id: string; entities: string[]; statements: (string | number)[]; weakest: string | number }[] } & LoopsSaid;
  conflicts: {
    rows: {
      id: string;
      start: string;
      end: string;
      sides: { statements: (string | number)[]; voices?: [string | number, number][] }[];
    }[];
  } & Partial<ConflictsSaid>;
  core: string[];
  questions: Question[];
  queries: Query[];
  terms: string[];
  properties: string[];
  meant: Record<string, string>;
  story?: Story;
  prefixes: [string, string, string][];
  spelling: import("./src/find.js").Tables;
}

/** A kind of conflict, and whether such were looked for. */
interface ConflictKind {
  key: string;
  label: string;
  words: string;
  sought?: boolean;
}

// --- Words -----------------------------------------------------------------------------------------

type Influence = "forward" | "reverse" | "both" | "none";

interface Word {
  key: string;
  label: string;
  inverse: string;
  definition: string;
  influence: Influence;
  sign: number;
  /** What kind of arrow it is for conclusions, what of a quantity it names, what part: see `reason/sayings.js`. */
  kind: string;
  state: string;
  structure: string;
  symmetric: boolean;
}

/** What a key means; which of these a table has, and what else, is said in `page/keys.py`. */
interface Row {
  key: string;
  label: string;
  words: string;
}

/** Fill and line, on a light page and on a dark one. */
interface Coloured {
  colours: [string, string];
  dark: [string, string];
}

interface Category extends Row, Coloured {
  outline: string;
  /** The category of ours that it is a kind of; its own where there is none. */
  kin?: string;
  /** What is said of a rise and of a fall, and of more of it, where that is its own. */
  raised?: string;
  lowered?: string;
  amount?: string;
}

/** What would happen to an entity. */
interface Mark extends Row, Coloured {
  glyph: string;
  pattern: string;
}

/** What statements of a sign say, and how their lines look. */
interface LineGroup extends Row {
  colour: string;
  dark: string;
  head: string;
  /** What stands on the middle of a line that has no head and yet a sign. */
  mark: string;
}

interface Status extends Row {
  dashes: number[];
  mark: string;
  /** Of a line, by how many sources support it: from one to four. */
  widths: number[];
}

interface Meaning extends Row {
  definition: string;
}

interface Words {
  predicates: Map<string, Word>;
  categories: Sure<string, Category>;
  groups: Sure<string, LineGroup>;
  statuses: Sure<string, Status>;
  topics: Map<string, Row>;
  strengths: Map<string, Row>;
  methods: Map<string, Row>;
  species: Map<string, Row>;
  marks: Sure<string, Mark>;
  /** Whether a second reader saw a statement; not there where nobody reviews. */
  readings?: Map<string, Meaning>;
  unmarked: Map<string, Coloured>;
  /** What follows, and what a verb of change rests on: every key that a conclusion has. */
  relations: Sure<string, Meaning>;
  bases: Sure<string, Meaning>;
}

interface Graph {
  page: Page;
  /** What the graph says of itself, as `formats/nodelink.py` writes it. */
  itself: object;
  words: Words;
  entities: Entity[];
  statements: Statement[];
  sources: Map<string, Source>;
  entity: Map<string, Entity>;
  statement: Map<string, Statement>;
  loops: Loop[];
  loop: Map<string, Loop>;
  loopsSaid: LoopsSaid;
  conflicts: Conflict[];
  conflict: Map<string, Conflict>;
  conflictsSaid: ConflictsSaid;
  core: Statement[];
  questions: Question[];
  queries: Query[];
  /** The local names of the terms of our ontology that a query may use, whether the graph does or not. */
  terms: string[];
  /** The properties of vocabularies of others that it may use, as they are written. */
  properties: string[];
  /** What is meant by a property that is none of them, by its local name. */
  meant: Record<string, string>;
  story: Story | null;
  /** Name, namespace, and the address of the page to read with `$1` for the identifier. */
  prefixes: [string, string, string][];
  spelling: import("./src/find.js").Tables;
  about: { intervals: [string, Entity, Map<string, string>][]; directionless: Entity[]; focus: Entity[] };
  /** All that the page holds, where a lens lets less through. */
  whole: Pick<Graph, "statements" | "statement" | "loops" | "loop" | "loopsSaid" | "core">;
  /** What lens the records are seen through, as text; empty where everything counts. */
  seen: string;
}

/** What evidence counts: see `reason/lens.js`. */
interface Lens {
  trust: string[];
  without: string[];
}

// --- Reasoning -------------------------------------------------------------------------------------

/** A map that is asked for keys alone that are in it. */
type Sure<K, V> = { get(key: K): V } & Map<K, V>;

/** Where a source looked: the values by dimension, in the order of the dimensions. */
type Setting = Map<string, string[]>;

/** A dimension in which two settings differ, and the values of both. */
interface Difference {
  dimension: string;
  here: string;
  there: string;
}

/** The graph by number: see `reason/columns.js`. */
interface Columns {
  entities: Entity[];
  statements: Statement[];
  number: { get(entity: Entity): number };
  subjects: number[];
  objects: number[];
  bySubject: number[][];
  byObject: number[][];
}

/** Which entities are names of one quantity, by number: see `reason/quantities.js`. */
interface Quantities {
  of: number[];
  ways: number[];
  intervals: number[];
  names: number[][];
  naming(start: number, end: number): number[];
}

/** That more of one quantity leads to more (+1) or less (-1) of another, or 0: it is not said; see `reason/sayings.js`. */
interface Saying {
  end: number;
  sign: number;
  kind: string;
  /** Where the first quantity stands when it does. */
  interval: number;
  tier: number;
  contested: boolean;
  statement: number;
  /** The interval that the second quantity is named by. */
  endInterval: number;
  /** Whether a qualifier limits it to some context. */
  limited: boolean;
  /** The entity by which the statement names a state of the first quantity, or -1. */
  state: number;
}

/** What all statements say of quantities, by number. */
interface Sayings {
  of(quantity: number): Saying[];
  states(quantity: number): Saying[];
  classes(quantity: number): Saying[];
  /** Statements that nobody holds to be so, each with the sign that it would have given. */
  denied(start: number, end: number): [statement: number, sign: number][];
  correlates(statement: number): boolean;
}

/** A step from a quantity to another, by what decides between the two: see `reason/conclusions.js`. */
interface Link {
  start: number;
  end: number;
  sign: number;
  tier: number;
  sayings: Saying[];
}

/** One of the ways in which it depends: what holds, and where. */
interface Case {
  relation: string;
  interval: string;
  context: Context;
  /** The id of the entity that is a state of what was asked about. */
  state: string;
  statements: string[];
}

/** What follows for two entities. Statements go by their ids. */
interface Conclusion {
  /** A key of `words.relations`. */
  relation: string;
  /** +1 where more of the first is more of the second, -1 where it is less. */
  sign: number | null;
  /** Where the first has to stand, where that is known. */
  interval: string;
  /** The interval that the first is a name of. */
  asked: string;
  /** A key of `words.bases`, where the relation is a verb of change. */
  basis: string;
  settled: boolean;
  contexts: Case[];
  against: string[];
  restsOn: string[];
  /** What says the same on another rank. */
  also: string[];
  /** The statements of one of the chains, where it has any. */
  path: string[];
  /** Acting steps. */
  steps: number;
  rank: number;
  /** Whether the search stopped at its bound. */
  stopped: boolean;
}

/** What answers questions about a graph. */
interface Conclusions {
  columns: Columns;
  quantities: Quantities;
  directionless: Set<number>;
  lacking: Set<number>;
  between(start: Entity, end: Entity, steps?: number): Conclusion;
  following(start: number, way: number, interval: number, steps?: number, held?: Set<number>): Map<number, Conclusion>;
  links(quantity: number, way: number): Sure<number, Link>;
  arcs(quantity: number): Map<number, number>;
  byChain(chain: Link[]): Conclusion;
}

/** What `reason/paths.js` answers, and a path of it; what `reason/whatif.js` does, and what becomes of one quantity. */
type Explanation = ReturnType<typeof import("./src/reason/paths.js").explain>;
type Path = Explanation["paths"][number];
type WhatIf = ReturnType<typeof import("./src/reason/whatif.js").whatif>;
type Outcome = WhatIf["outcomes"][number];

// --- State -----------------------------------------------------------------------------------------

type Scene =
  | { kind: "core" }
  | { kind: "all" }
  | { kind: "near"; of: string[]; steps: number }
  | { kind: "paths"; from: string; to: string; steps: number; path: number | null }
  | { kind: "whatif"; up: string[]; down: string[]; fixed: string[]; steps: number; status: string[] }
  | { kind: "loops"; id: string }
  | { kind: "conflicts"; id: string }
  | { kind: "chosen"; of: string[]; statements: string[] };

type SceneOf<K extends Scene["kind"]> = Extract<Scene, { kind: K }>;

type Field = "category" | "group" | "predicate" | "status" | "topic" | "study" | "species";

interface State {
  view: "mechanism" | "overview" | "table";
  scene: Scene;
  /** Entities expanded, hidden and pinned. */
  plus: string[];
  minus: string[];
  pin: string[];
  hidden: Record<Field, string[]>;
  /** Independent sources, at least. */
  min: number;
  selected: null | { kind: "entity" | "statement"; id: string };
  loose: boolean;
  lens: Lens;
  query: null | string;
  /** The scene of the story that is told, from 1. */
  story: number | null;
  /** Whether the page stands in a small frame of another, with the drawing and a caption alone. */
  embed: boolean;
}

/** A text, or its kind, its attribute where it has one, and its children: see `page/story.py`. */
type Told = string | any[];

interface Story {
  title: string;
  text: Told[];
  scenes: { name: string; address: string; text: Told[] }[];
}

/** What is visible of a graph: see `scene.js`. */
interface Model {
  graph: Graph;
  state: State;
  statements: Statement[];
  entities: Entity[];
  /** What the scene is made of, before the filters. */
  inScene: Set<Statement>;
  /** What stays bright while something is selected. */
  lit: null | { entities: Set<Entity>; statements: Set<Statement> };
  /** What would happen to an entity: keys of `words.marks`. */
  marks: null | Map<Entity, { key: string; words: string }>;
  /** What `paths.js` or `whatif.js` answered. */
  answer: Explanation | WhatIf | null;
  notes: string[];
}

/** What views, panels and keys may do: see `main.js`. */
interface Act {
  go(patch: Partial<State>): void;
  keep(patch: Partial<State>): void;
  choose(kind: "entity" | "statement", id: string, how?: { focus?: boolean }): void;
  clear(): void;
  back(): void;
  tell(number: number): void;
  everything(): void;
  home(): void;
  expand(id: string): void;
  collapse(id: string): void;
  hide(id: string): void;
  pin(id: string): void;
  focus(id: string, steps?: number): void;
  view(name: State["view"]): void;
  announce(text: string): void;
  notify(text: string): void;
  drawn(): void;
}

/** What a card of the panel is drawn from: see `panel/parts.js`. */
interface Ctx {
  act: Act;
  graph: Graph;
  model: Model;
  /** What was unfolded on this card, or chosen, while the page is open. */
  kept: Map<string, any>;
  widen(): void;
  /** Which control gets the focus when the card is drawn anew. */
  next(control: string): void;
}

/** What `main.js` shows: see README.md. */
interface View {
  show(model: Model): unknown;
  hide(): void;
  fit(): void;
  zoom(factor: number): void;
  pan(dx: number, dy: number): void;
  resize?(): void;
  reveal?(entity: Entity): void;
  picture?(): SVGSVGElement | null;
  map?(): { canvas: HTMLCanvasElement; density: number } | null;
}

// --- SPARQL ----------------------------------------------------------------------------------------

type Token = import("./src/sparql/tokens.js").Token;
type Term = import("./src/sparql/terms.js").Term;
type Names = ReturnType<typeof import("./src/sparql/terms.js").names>;
type Vocabulary = ReturnType<typeof import("./src/sparql/completion.js").vocabulary>;
type Results = import("./src/sparql/results.js").Answer;

/** What an IRI stands for in the page. */
type Named =
  | { kind: "entity"; record: Entity }
  | { kind: "source"; record: Source }
  | { kind: "statement"; record: Statement };

/** The IRIs that the RDF uses with the number of their uses, and values and datatypes of properties. */
interface Facts {
  properties: [string, number][];
  classes: [string, number][];
  values: [string, string][];
  datatypes: [string, string][];
}

/** What the drawer may do: all of it where it stands in the explorer, and no more on the page of a server. */
type DrawerAct = Pick<Act, "go" | "choose" | "keep" | "announce" | "notify">;

/** What the engine does: see `client.js`. */
interface Phase {
  phase: "off" | "starting" | "ready" | "asking";
  triples: number;
}

/** The editor of queries: see `editor.js`, which is loaded when it is first needed. */
interface Editor {
  text(): string;
  focus(): void;
  write(text: string): void;
  mark(mistakes: Pick<import("./src/sparql/tokens.js").Mistake, "start" | "end" | "message">[]): void;
  go(place: number): void;
}

declare var trabeculaEditor: undefined | {
  create(host: HTMLElement, options: {
    label: string;
    description: string;
    hint: string;
    complete: (text: string, at: number, asked: boolean) => ReturnType<typeof import("./src/sparql/completion.js").complete>;
    changed: (text: string) => void;
    run: () => void;
    leave: () => void;
  }): Editor;
};

/** A query of the library, as `page/queries.py` writes it. */
interface Query {
  name: string;
  title: string;
  text: string;
  parameters: Parameter[];
  /** Other names for it. */
  also: string[];
}

interface Parameter {
  name: string;
  /** Of `library.js`: what a value has to be. */
  type: string;
  default: string | null;
  description: string;
}

// --- Events ----------------------------------------------------------------------------------------

/** An element of HTML or of SVG, of which both tell the same events. */
type Surface = {
  addEventListener<K extends keyof GlobalEventHandlersEventMap>(
    type: K, listener: (event: GlobalEventHandlersEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
} & Element;

/** What happens to a control. */
type OfInput = Event & { target: HTMLInputElement };
type OfSelect = Event & { target: HTMLSelectElement };
type OfDetails = Event & { currentTarget: HTMLDetailsElement };

// --- Drawings --------------------------------------------------------------------------------------

type Point = [number, number];
/** Left, top, right, bottom. */
type Frame = [number, number, number, number];
/** The drawing's (0, 0) is seen at (x, y), so many times its size. */
interface Sight {
  scale: number;
  x: number;
  y: number;
}
/** What a pointer is on: a box, its button for more neighbours, or a line. */
interface Hit {
  entity?: Entity;
  more?: boolean;
  statement?: Statement;
}

/** Colours and fonts of the page: see `paint.js`. */
interface Theme {
  plain: boolean;
  paper: string;
  ink: string;
  quiet: string;
  edge: string;
  focus: string;
  font: string;
}

/** What each entity and statement of a chart looks like: see `paint.js`. */
interface Looks {
  entities: {
    inside: string;
    line: string;
    outline: string;
    glyph: string;
    pattern: string;
    strong: boolean;
    pinned: boolean;
  }[];
  statements: { colour: string; dashes: number[]; mark: string }[];
}

/** How a chart is dressed: its looks, and what the pointer or the keys are at. */
interface Dressing {
  theme: Theme;
  looks: Looks;
  hovered: Entity | null;
  focused: Entity | null;
  line: Statement | null;
}

/** What draws a chart: `network.js` or `large.js`. */
interface Renderer {
  /** Draw a chart that was not drawn before; where no sight is given, that of the last one stays. */
  show(chart: import("./src/draw/chart.js").Chart, dressing: Dressing, sight: Sight | null): Promise<void>;
  /** Draw the same chart with another dress. */
  dress(dressing: Dressing): void;
  /** Paint anew: another box is hovered or walked to. */
  repaint(change: Partial<Dressing>): void;
  hide(): void;
  resize(): void;
  readonly view: Sight;
  look(sight: Sight, gliding?: boolean): void;
}

/** What a renderer tells of. */
interface Heard {
  /** The view was. */
  moved(): void;
  /** A box was, by hand. */
  dropped(entity: Entity, place: Point): void;
}
