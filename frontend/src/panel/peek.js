// On a narrow page the panel is below the drawing: a button at the bottom of the window leads to it
// and back.

import { $, h } from "../dom.js";

const narrow = () => matchMedia("(max-width: 900px)").matches;

/** Make the button; `show(name)` says what the panel is about, `look` goes there. @param {HTMLElement} panel */
export function create(panel) {
  let name = "",
    below = true;
  const button = h("button", {
    type: "button",
    id: "peek",
    hidden: true,
    onclick: () => (below ? look() : $("stage").scrollIntoView({ block: "start" })),
  });
  document.body.append(button);

  function look() {
    if (narrow()) panel.scrollIntoView({ block: "start" });
  }

  function draw() {
    button.hidden = below && !name;
    button.classList.toggle("up", !below);
    button.replaceChildren(
      h("span", { class: "words" }, below ? name : "Back to the drawing"),
      h("span", { "aria-hidden": "true" }, below ? "↓" : "↑"),
    );
  }

  new IntersectionObserver(
    ([{ isIntersecting }]) => {
      below = isIntersecting;
      draw();
    },
    { threshold: 0.25 },
  ).observe($("stage"));
  return {
    look,
    /** @param {string} next */
    show(next) {
      name = next;
      draw();
    },
  };
}
