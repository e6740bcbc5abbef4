// One state, shown by drawing, panel, legend and address.

// Select an entity, a statement, a loop or nothing; `show` brings it into view.
function choose({ entity = null, statement = null, loop = null }, show = false) {
  state.entity = entity;
  state.statement = statement;
  state.loop = loop;
  notify("");
  redraw();
  showCard();
  if (show) showSelected();
  const [kind, chosen] = entity ? ["entity", entity] : statement ? ["statement", statement] : ["loop", loop];
  const hash = chosen ? `#${kind}=${encodeURIComponent(chosen.id)}` : "";
  if (location.hash !== hash) history.pushState(null, "", hash || location.pathname + location.search);
}

function changed() {
  redraw();
  count();
}

function count() {
  const drawn = visible().length, lines = statements.filter(shows).length;
  $("shown").textContent = drawn === entities.length && lines === statements.length
    ? page.left_out.some((count) => count > 0) ? "the best supported part is shown" : "everything is shown"
    : `${drawn} of ${plural(entities.length, "entity", "entities")}, ${lines} of ${plural(statements.length, "statement")} shown`;
}

function fromHash(animation) {
  const match = /^#(entity|statement|loop)=(.*)$/s.exec(location.hash);
  let id = "";
  try {
    id = match ? decodeURIComponent(match[2]) : "";
  } catch {
    // An address that someone cut short: nothing is selected.
  }
  state.entity = match?.[1] === "entity" ? entityOf.get(id) ?? null : null;
  state.statement = match?.[1] === "statement" ? statementOf.get(id) ?? null : null;
  state.loop = match?.[1] === "loop" ? loopOf.get(id) ?? null : null;
  redraw();
  showCard();
  if (lit) showSelected(animation);
  if (match && !lit) notify("What this address names is not in this graph.");
}

$("counts").textContent = [plural(page.entities, "entity", "entities"), plural(page.statements, "statement"), plural(sources.size, "source")].join(" · ");
$("zoom-in").addEventListener("click", () => zoom(1.3));
$("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
$("fit").addEventListener("click", () => { notify(""); fitAll(); });

const KEYS = { "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fitAll() };
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
  if (event.key === "/") box.focus();
  else if (event.key === "Escape") choose({});
  else if (KEYS[event.key]) KEYS[event.key]();
  else if (MOVES[event.key] && event.target === $("graph")) pan(...MOVES[event.key]);
  else return;
  event.preventDefault();
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault(); // the address belongs to the selection
  panel.focus();
});
addEventListener("popstate", () => fromHash());
darkness.addEventListener("change", () => { readTheme(); filters(); redraw(); showCard(); });

const narrow = matchMedia("(max-width: 900px)");
const fold = () => { $("legend").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

filters();
count();
fromHash(false);
if (!lit) firstView();
requestAnimationFrame(() => {
  network.redraw();
  document.documentElement.dataset.ready = "true";
});
