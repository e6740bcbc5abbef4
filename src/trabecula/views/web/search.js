// Search as one types: by name, synonym and identifier, without regard to case and accents.

const box = $("search"), found = $("found");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const names = entities.map((entity) => ({
  entity,
  ways: [entity.name, ...entity.synonyms, entity.id, ...entity.identifiers.map(([curie]) => curie)].map((text) => [plain(text), text]),
}));

// 0 is the whole name, then its beginning, the beginning of a word in it, anywhere in it.
function rank(text, query) {
  const at = text.indexOf(query);
  if (at < 0) return Infinity;
  if (text === query) return 0;
  if (at === 0) return 1;
  return /[\p{L}\p{N}]/u.test(text[at - 1]) ? 3 : 2;
}

function matches(query) {
  const wanted = plain(query.trim());
  if (!wanted) return [];
  const hits = [];
  for (const { entity, ways } of names) {
    let best = Infinity, by = "";
    ways.forEach(([text, shown], number) => {
      const score = rank(text, wanted) + (number ? 0.5 : 0);
      if (score < best) [best, by] = [score, number ? shown : ""];
    });
    if (best < Infinity) hits.push({ entity, best, by });
  }
  return hits.sort((a, b) => a.best - b.best || b.entity.degree - a.entity.degree || a.entity.number - b.entity.number).slice(0, 12);
}

let hits = [], active = -1;

function suggest() {
  hits = matches(box.value);
  active = hits.length ? 0 : -1;
  const nothing = box.value.trim() && !hits.length;
  found.replaceChildren(
    ...hits.map(({ entity, by }, number) => h("li", { id: `found-${number}`, role: "option", onmousedown: (event) => { event.preventDefault(); take(number); } },
      categorySwatch(categories.get(entity.category)),
      h("span", { class: "name" }, entity.name, by && h("small", {}, ` ${by}`)),
      h("span", { class: "count", title: "statements" }, entity.degree))),
    ...(nothing ? [h("li", { class: "nothing" }, "Nothing in this graph is called that.")] : []));
  open(hits.length > 0 || nothing);
  mark();
}

function open(yes) {
  found.hidden = !yes;
  box.setAttribute("aria-expanded", String(Boolean(yes)));
}

function mark() {
  [...found.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === active)));
  if (active < 0) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", `found-${active}`);
    found.children[active].scrollIntoView({ block: "nearest" });
  }
}

function take(number) {
  const hit = hits[number];
  if (!hit) return;
  box.value = "";
  open(false);
  choose({ entity: hit.entity }, true);
  panel.focus({ preventScroll: true });
}

box.addEventListener("input", suggest);
box.addEventListener("focus", () => box.value && suggest());
box.addEventListener("blur", () => open(false));
box.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && hits.length) {
    active = (active + step + hits.length) % hits.length;
    mark();
  } else if (event.key === "Enter") take(active);
  else if (event.key === "Escape") {
    if (box.value) box.value = "";
    else box.blur();
    hits = [];
    open(false);
  } else return;
  event.preventDefault();
  event.stopPropagation();
});
