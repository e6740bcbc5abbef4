// What a program can see to be wrong, or to become so; of how code is laid out, that a line
// can be read without moving sideways. Names that are not there are found by the type checker.

import js from "@eslint/js";

export default [
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-undef": "off",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-control-regex": "off", // texts of a graph are searched for them
      "no-misleading-character-class": "off", // Turtle's classes of characters are ranges, no words
      "array-callback-return": "error",
      "max-len": ["error", { code: 140, ignoreRegExpLiterals: true }],
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "no-throw-literal": "error",
      "no-unreachable-loop": "error",
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  { files: ["src/**"], rules: { "id-denylist": ["error", "found", "known", "one", "said"] } }, // names say what the value is
];
