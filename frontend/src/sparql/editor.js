// The editor: CodeMirror with the words of SPARQL. A script of its own, run when the drawer is first
// opened. It lives in a shadow root, whose styles CodeMirror adopts without a style element, which the
// page's Content-Security-Policy would not allow.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentUnit, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import {
  EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder, tooltips,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Colours are those of the page, which hands them through as custom properties.
const colours = HighlightStyle.define([
  { tag: [tags.keyword], color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.standard(tags.variableName), tags.meta], color: "var(--code-keyword)" },
  { tag: tags.local(tags.variableName), color: "var(--code-variable)" },
  { tag: tags.atom, color: "var(--code-name)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

/** Letters of a line beyond which it is not coloured: the mode's patterns take the square of them. */
const LONG_LINE = 3000;

const colouring = {
  ...sparql,
  /** @param {import("@codemirror/language").StringStream} stream @param {unknown} state */
  token(stream, state) {
    if (stream.string.length <= LONG_LINE) return sparql.token(stream, state);
    stream.skipToEnd();
    return null;
  },
};

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--page)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" }, // the sheet around it has one
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".4rem 0" },
  ".cm-gutters": { backgroundColor: "var(--side)", color: "var(--quiet)", borderRight: "1px solid var(--rule)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--hover) 45%, transparent)" },
  ".cm-placeholder": { color: "var(--quiet)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--hover)", outline: "1px solid var(--edge)",
  },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "var(--bad)", color: "var(--bad-ink)",
  },
  ".cm-tooltip": {
    backgroundColor: "var(--page)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "8px",
    boxShadow: "var(--shade)", overflow: "hidden", maxWidth: "min(34rem, 92vw)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", fontSize: "13.5px", maxHeight: "15rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: ".22rem .6rem", display: "flex", gap: "1rem", justifyContent: "space-between", lineHeight: "1.35",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--focus)", color: "var(--on-focus)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionLabel": { whiteSpace: "nowrap", overflow: "hidden", textOverflow: "ellipsis", minWidth: "40%" },
  ".cm-completionDetail": {
    color: "var(--quiet)", fontStyle: "normal", fontSize: ".9em", margin: "0",
    overflow: "hidden", textOverflow: "ellipsis",
  },
  ".cm-completionInfo": { fontFamily: "var(--sans)", fontSize: "13px", padding: ".4rem .6rem", maxWidth: "18rem" },
  ".cm-diagnostic": {
    fontFamily: "var(--sans)", fontSize: "13px", padding: ".3rem .6rem",
    border: "0", borderLeft: "4px solid var(--against)",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none", textDecoration: "underline wavy 1.5px var(--against)", textUnderlineOffset: "3px",
  },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--against)" },
  ".cm-gutter-lint": { width: "1em" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  // A mark in the colours of the page in place of a red disc.
  ".cm-lint-marker": { width: "1em", textAlign: "center" },
  ".cm-lint-marker-error": { content: "normal" },
  ".cm-lint-marker-error:after": { content: '"!"', fontWeight: "800", color: "var(--against)" },
});

/**
 * Writing over a selection is done here: left to the browser, it would keep the look of what was
 * selected in a style attribute, which the page's Content-Security-Policy refuses with an error.
 */
const overwriting = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || !event.data || event.isComposing || empty) return false;
    const text = event.data;
    const how = { userEvent: "input.type", scrollIntoView: true };
    const insert = () => view.state.update(view.state.replaceSelection(text), how);
    const taken = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert));
    if (!taken) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/**
 * @param {HTMLElement} host an empty element
 * @param {object} options
 * @param {string} options.label the name of the editor for screen readers
 * @param {string} options.description how to leave it
 * @param {string} options.hint what it says while it is empty
 * @param {(text: string, at: number, asked: boolean) => ReturnType<typeof import("./completion.js").complete>} options.complete
 * @param {(text: string) => void} options.changed called when the reader changes the text
 * @param {() => void} options.run
 * @param {() => void} options.leave
 */
function create(host, { label, description, hint, complete, changed, run, leave }) {
  const root = host.attachShadow({ mode: "open", delegatesFocus: false });
  const suggest = (/** @type {import("@codemirror/autocomplete").CompletionContext} */ { state, pos, explicit }) => {
    const completions = complete(state.doc.toString(), pos, explicit);
    return completions && { ...completions, filter: false };
  };
  let quiet = false;
  const extensions = [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
    lineNumbers(),
    lintGutter(),
    highlightSpecialChars(),
    highlightActiveLine(),
    overwriting,
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [suggest], icons: false, maxRenderedOptions: 60 }),
    tooltips({ position: "fixed" }),
    StreamLanguage.define(colouring),
    indentUnit.of("  "),
    syntaxHighlighting(colours),
    look,
    placeholder(hint),
    EditorView.contentAttributes.of({
      tabindex: "0", "aria-label": label, "aria-description": description,
      spellcheck: "false", autocapitalize: "off", autocorrect: "off",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !quiet) changed(update.state.doc.toString());
    }),
    // Tab is left alone: it goes to the next control, as everywhere on the page.
    keymap.of([
      ...completionKeymap, ...closeBracketsKeymap, ...historyKeymap,
      { key: "Escape", run: () => (leave(), true) },
      ...defaultKeymap,
    ]),
  ];
  const view = new EditorView({ root, parent: root, state: EditorState.create({ extensions }) });
  const end = () => view.state.doc.length;
  /** @param {number} place */
  const within = (place) => Math.max(0, Math.min(place, end()));

  return {
    text: () => view.state.doc.toString(),
    focus: () => view.focus(),
    /** Put another text in place of what stands there. */
    write(/** @type {string} */ text) {
      quiet = true;
      view.dispatch({ changes: { from: 0, to: end(), insert: text }, selection: { anchor: 0 } });
      quiet = false;
      view.scrollDOM.scrollTo(0, 0);
    },
    /** Mark mistakes, in place of those that were marked before. */
    mark(/** @type {Parameters<Editor["mark"]>[0]} */ mistakes) {
      const diagnostics = /** @type {import("@codemirror/lint").Diagnostic[]} */ (mistakes.map(({ start, end: stop, message }) => ({
        from: within(start), to: within(Math.max(stop, start)), message, severity: "error",
      })));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    /** Put the cursor to a place. */
    go(/** @type {number} */ place) {
      view.dispatch({ selection: { anchor: within(place) }, scrollIntoView: true });
      view.focus();
    },
  };
}

globalThis.trabeculaEditor = { create };
