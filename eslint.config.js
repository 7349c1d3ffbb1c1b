import js from "@eslint/js";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const tests = ["**/*.test.ts", "test/**/*.ts"];

/** Where a value of the wrong shape fails at once and in front of the developer: no proof is asked for. */
const noProof = Object.fromEntries(
  ["argument", "assignment", "call", "member-access", "return"].map((what) => [
    `@typescript-eslint/no-unsafe-${what}`,
    "off",
  ]),
);

/** Plain values tagged by `kind` instead: they survive JSON, and readers need no TypeScript runtime. */
const everywhere = [
  { selector: "TSEnumDeclaration", message: "use a union of string literals instead of an enum" },
  {
    selector: "TSModuleDeclaration[id.type='Identifier']",
    message: "use a module (a file) instead of a namespace",
  },
  { selector: "Decorator", message: "use a function instead of a decorator" },
  { selector: "ExportDefaultDeclaration", message: "use a named export" },
];

/** `analyse` promises byte-identical output for the same input, on every machine and in every time zone. */
const pure = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "take `now` as an argument" },
  { selector: "CallExpression[callee.name='Date']", message: "take `now` as an argument" },
  {
    selector: "ImportExpression[source.value=/^node:/]",
    message: "core has no I/O: take the value as an argument",
  },
  {
    selector:
      "MemberExpression[property.name=/^(localeCompare|toLocale(String|DateString|TimeString|UpperCase|LowerCase))$/]",
    message: "depends on the locale of the machine: compare code units, format by hand",
  },
  {
    selector:
      "CallExpression[callee.property.name=/^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)$/]",
    message: "depends on the time zone of the machine: use the UTC form",
  },
];

const impureGlobals = [
  ...["process", "Buffer", "global", "require", "console", "fetch", "performance", "crypto", "Intl"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask"],
].map((name) => ({ name, message: "core is pure: take what you need as an argument" }));

export default tseslint.config(
  {
    ignores: [
      "node_modules/**",
      "dist/**",
      "dist-*/**",
      "test/corpus/**",
      "src/web/public/**",
      "**/generated/**",
      "**/*.generated.ts",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-undef": "off", // the type checker knows better
      "no-restricted-syntax": ["error", ...everywhere],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/restrict-plus-operands": ["error", { allowNumberAndString: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Documents from outside do not keep their promises: checking twice is not a fault.
      "@typescript-eslint/no-unnecessary-condition": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/unified-signatures": "off",
      // An interface may ask for a promise where one implementation has nothing to wait for.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["src/core/**/*.ts"],
    ignores: tests,
    rules: {
      "no-restricted-imports": ["error", { patterns: [{ regex: "^node:", message: "core has no I/O" }] }],
      "no-restricted-globals": ["error", ...impureGlobals],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "take `now` as an argument" },
        { object: "Math", property: "random", message: "core has no randomness" },
      ],
      "no-restricted-syntax": ["error", ...everywhere, ...pure],
    },
  },
  { files: ["src/web/**/*.{ts,tsx}"], extends: [reactHooks.configs.flat.recommended] },
  // In a test a wrong `!` fails the test, which is what it is for.
  { files: tests, rules: { ...noProof, "@typescript-eslint/no-non-null-assertion": "off" } },
  { files: ["scripts/**/*.mjs"], rules: noProof },
  { files: ["vitest.config.ts"], rules: { "no-restricted-syntax": "off" } },
);
