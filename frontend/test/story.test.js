// A story is a state a scene; what it says becomes elements, and none that it could not say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, arrival, told } from "../src/app/address.js";
import { caption, markup, whole } from "../src/app/embed.js";
import { elements, isThere } from "../src/app/story.js";
import { decode, encode, start } from "../src/state.js";
import { visible } from "../src/scene.js";
import { page } from "./page.js";
import { small } from "./small.js";

page();
const scenes = [
  { name: "One", address: "scene=near&of=a", text: [] },
  { name: "Two", address: "scene=chosen&with=s1&entity=b", text: [["p", "x"]] },
];
const graph = small(["a increases b", "b inhibits c"], { more: { story: { title: "T", text: [], scenes } } });
const plain = small(["a increases b"]);

test("a page with a story opens with its first scene", () => {
  assert.equal(encode(arrival(graph, "").state), "scene=near&of=a&story=1");
  assert.equal(encode(arrival(plain, "").state), "");
});

test("an address names a scene of the story alone, or where one went from there", () => {
  assert.equal(encode(arrival(graph, "#story=2").state), "scene=chosen&with=s1&entity=b&story=2");
  assert.equal(encode(arrival(graph, "#story=2&embed=1").state), "scene=chosen&with=s1&entity=b&story=2&embed=1");
  assert.equal(encode(arrival(graph, "#embed=1").state), "scene=near&of=a&story=1&embed=1");
  assert.equal(encode(arrival(graph, "#scene=all&story=2").state), "scene=all&story=2");
  assert.equal(encode(arrival(graph, "#story=99").state), encode(told(graph, 2)));
  assert.equal(encode(arrival(graph, "#scene=all&story=99").state), "scene=all&story=2");
  assert.equal(encode(arrival(plain, "#story=2&scene=all").state), "scene=all");
});

test("every state of a story comes back from its address", () => {
  for (const address of ["story=1", "story=2", "scene=core", "scene=near&of=b&story=1&embed=1", "entity=a&story=2"]) {
    const { state } = arrival(graph, address);
    assert.equal(encode(arrival(graph, addressOf(graph, state)).state), encode(state), address);
  }
});

test("one has gone on from a scene when anything else is shown", () => {
  assert.ok(isThere(graph, told(graph, 2)));
  assert.ok(isThere(graph, { ...told(graph, 2), embed: true }));
  assert.ok(isThere(graph, { ...told(graph, 2), query: "ASK" }));
  assert.ok(!isThere(graph, { ...told(graph, 2), selected: null }));
  assert.ok(!isThere(graph, { ...told(graph, 2), story: null }));
});

const shown = (nodes, go = () => {}) => {
  const host = document.createElement("div");
  host.append(...elements(nodes, go).flat(Infinity));
  return host;
};

test("text becomes elements of a few kinds, and markup within it stays text", () => {
  const host = shown([["p", "a ", ["strong", "b"], " <i>c</i>"], ["ul", ["li", ["p", "d"]]]]);
  assert.deepEqual(host.children.map(({ tag }) => tag), ["p", "ul"]);
  assert.equal(host.textContent, "a b <i>c</i>d");
});

test("what is of no kind that there is stands as its text, and leads nowhere", () => {
  const host = shown([["script", "alert(1)"], ["p", ["a", ["javascript", "alert(1)"].join(":"), "x"], ["iframe", "y"], ["img", "z"]], 7]);
  const tags = [];
  (function walk(element) { for (const child of element.children) { tags.push(child.tag); walk(child); } })(host);
  assert.deepEqual(tags, ["p"]);
  assert.ok(host.textContent.startsWith("alert(1)"));
});

test("a link to a scene is followed in the page", () => {
  const went = [];
  const host = shown([["p", ["go", "scene=all", "all of it"], ["a", "https://example.org/", "web"]]], (address) => went.push(address));
  const [button, link] = host.children[0].children;
  button.dispatchEvent(new Event("click"));
  assert.deepEqual(went, ["scene=all"]);
  assert.equal(link.getAttribute("rel"), "noopener noreferrer");
});

test("a caption says what is shown, what is selected and how to cite it", () => {
  graph.page.citation = { text: "Doe J. T [data set]." };
  const captioned = caption(visible(graph, { ...told(graph, 2), embed: true }));
  assert.equal(captioned.title, "Two");
  assert.equal(captioned.shown, "1 statement, 2 entities");
  assert.equal(captioned.selected, "b");
  assert.equal(captioned.cite, "Doe J. T [data set]. Not medical advice.");
  assert.equal(caption(visible(plain, decode("scene=near&of=a&embed=1"))).title, "Around a, 1 step");
});

test("what embeds a view leads to it, and the link from there to the whole", () => {
  const state = { ...decode("scene=near&of=a&entity=b"), query: "ASK" };
  const text = markup("https://example.org/p.html?x=1&y=2#old", 'A "b" <c>', state);
  assert.match(text, /^<iframe src="https:\/\/example\.org\/p\.html\?x=1&#38;y=2#scene=near&#38;of=a&#38;entity=b&#38;embed=1" title="A &#34;b&#34; &#60;c&#62;" /);
  assert.equal(whole({ ...decode("scene=near&of=a"), embed: true }), "#scene=near&of=a");
  assert.equal(whole({ ...start(), embed: true }), "#scene=core");
});
