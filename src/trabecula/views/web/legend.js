// The legend is the filter: each row says what a sign means, how many there are, and hides them.

function filters() {
  const count = (some, field) => {
    const counts = new Map();
    for (const one of some) counts.set(one[field], (counts.get(one[field]) ?? 0) + 1);
    return counts;
  };
  const connected = entities.filter((entity) => entity.degree > 0 || !statements.length);
  const rows = [
    ["mark", "What if", count(marks.size ? connected : [], "mark"), marks, markSwatch],
    ["category", "Entities", count(connected, "category"), categories, categorySwatch],
    ["group", "What a statement says", count(statements, "group"), groups, (group) => lineSwatch(group)],
    ["status", "How well it stands", count(statements, "status"), statuses, (status) => lineSwatch(null, status)],
    ["topic", "Topic", count(statements, "topic"), topics, () => null],
  ];
  const loose = entities.filter((entity) => entity.degree === 0).length;
  $("filters").replaceChildren(
    ...rows.filter(([, , counts]) => counts.size > 0).map(([field, title, counts, known, swatch]) => filterGroup(field, title, counts, known, swatch)),
    ...(loose && statements.length
      ? [h("fieldset", {}, h("label", {},
          h("input", { type: "checkbox", id: "loose", checked: state.loose, onchange: (event) => { state.loose = event.target.checked; changed(); if (state.loose) fitAll(); } }),
          h("span", { class: "name" }, "entities without statements"), h("span", { class: "count" }, loose)))]
      : []),
    h("p", { class: "widths" }, "The wider a line, the more independent sources: ",
      svg("svg", { viewBox: "0 0 64 12", width: 64, height: 12, "aria-hidden": "true" },
        [1.6, 2.5, 3.4, 4.3].map((width, number) => svg("path", { d: `M${number * 17} 6h13`, stroke: "currentColor", "stroke-width": width }))),
      " 1 to 4 or more."));
}

function filterGroup(field, title, counts, known, swatch) {
  const hidden = state.hidden[field];
  const keys = [...known.keys()].filter((key) => counts.has(key));
  const only = (key) => {
    const alone = keys.every((other) => hidden.has(other) === (other !== key));
    hidden.clear();
    if (!alone) for (const other of keys) if (other !== key) hidden.add(other);
    filters();
    changed();
  };
  return h("fieldset", { "data-field": field },
    h("legend", {}, title, " ",
      h("button", { type: "button", class: "all", "aria-label": `${title}: show all`, disabled: hidden.size === 0, onclick: () => { hidden.clear(); filters(); changed(); } }, "all")),
    keys.map((key) => {
      const row = known.get(key);
      return h("div", { class: "row" },
        h("label", { title: row.words },
          h("input", { type: "checkbox", checked: !hidden.has(key), onchange: (event) => {
            if (event.target.checked) hidden.delete(key);
            else hidden.add(key);
            event.target.closest("fieldset").querySelector(".all").disabled = hidden.size === 0;
            changed();
          } }),
          swatch(row),
          h("span", { class: "name" }, row.label)),
        h("button", { type: "button", class: "only", "aria-label": `Only ${row.label}`, onclick: () => only(key) }, "only"),
        h("span", { class: "count" }, counts.get(key)));
    }));
}
