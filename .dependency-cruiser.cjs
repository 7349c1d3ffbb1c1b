/**
 * Who may import whom: the table of docs/adr/0001-one-package-rooms.md, enforced by
 * test/import-direction.test.ts, which also plants bad imports to prove that each rule can fail.
 */

/** Inside core every room sees the rooms that the table gives it, and nothing above. */
const belowDecision = ["core/estate", "core/access", "core/findings", "core/accountability"];
const insideCore = {
  "core/estate": [],
  "core/access": ["core/estate"],
  "core/findings": ["core/estate"],
  "core/accountability": ["core/estate", "core/access"],
  "core/decision": belowDecision,
  "core/cases": [...belowDecision, "core/decision"],
  "core/draw": [],
  // Vouches for the engine, and would repeat its errors if it shared anything with it.
  "core/proof": [],
};
const coreRooms = Object.keys(insideCore);

/** `core` stands for every room of core and for `src/core/index.ts`, where they are put together. */
const core = [...coreRooms, "core"];

const mayImport = {
  ...insideCore,
  core: coreRooms,
  readers: core,
  contract: core,
  api: [...core, "contract"],
  store: core,
  jobs: [...core, "store"],
  connectors: [...core, "contract"],
  app: [...core, "readers", "store", "jobs", "connectors"],
  server: [...core, "app", "api", "contract", "report"],
  cli: [...core, "app", "api", "contract", "report", "server"],
  // The sentences of the reports: terminal, page and screen say the same.
  web: ["api", "contract", "core/draw", "report"],
  report: core,
};

/** Rooms that may name the types of core but not run its code. */
const mayImportTypes = {
  "core/draw": coreRooms.filter((room) => room !== "core/draw"),
  web: core.filter((room) => room !== "core/draw"),
};

/** Pure and synchronous: nothing that reads a file, a clock or the network. */
const npmOfCore = [
  "@noble/hashes",
  "@bufbuild/cel",
  "@marcbachmann/cel-js",
  "@dagrejs/dagre",
  "temporal-polyfill",
];

/** The screens and what they may import by value; core has a rule of its own. */
const roomsOfTheBrowser = ["web", ...mayImport.web.filter((room) => !room.startsWith("core"))];

const test = "\\.test\\.tsx?$";
const literal = (text) => text.replaceAll(".", "\\.");
const packages = (names) => `(^|/)node_modules/(${names.map(literal).join("|")})/`;

/** The files of a room. `core` itself is only the files that lie directly in src/core. */
const filesOf = (room) => (room === "core" ? "^src/core/[^/]+$" : `^src/${room}/`);
const faceOf = (room) => `^src/${room}/index\\.ts$`;

const directionRules = Object.entries(mayImport).map(([room, allowed]) => {
  const types = mayImportTypes[room] ?? [];
  return {
    name: `direction-${room.replace("/", "-")}`,
    comment: `${room} may import ${allowed.join(", ") || "no other room"}${types.length > 0 ? `, and types of ${types.join(", ")}` : ""}`,
    severity: "error",
    from: { path: filesOf(room) },
    to: { path: "^src/", pathNot: [room, ...allowed, ...types].map(filesOf) },
  };
});

const typesOnlyRules = Object.entries(mayImportTypes).map(([room, types]) => ({
  name: `types-only-${room.replace("/", "-")}`,
  comment: `${room} may import only types from ${types.join(", ")}: write \`import type\``,
  severity: "error",
  from: { path: filesOf(room), pathNot: test },
  to: { path: types.map(filesOf), dependencyTypesNot: ["type-only"] },
}));

const faceRules = Object.keys(mayImport).map((room) => ({
  name: `face-${room.replace("/", "-")}`,
  comment: `a room is imported by its index.ts, where its public names are listed by hand`,
  severity: "error",
  from: { path: "^src/", pathNot: [filesOf(room), test] },
  to: { path: filesOf(room), pathNot: faceOf(room) },
}));

const otherRules = [
  {
    name: "no-unknown-room",
    comment: "every file of src lies in a room of the table, or nothing guards it",
    severity: "error",
    from: { path: "^src/", pathNot: Object.keys(mayImport).map(filesOf) },
    to: {},
  },
  {
    name: "no-circle",
    comment: "a circle has no order in which it can be read, tested or replaced",
    severity: "error",
    from: { path: "^src/" },
    to: { circular: true },
  },
  {
    name: "no-builtin-in-core",
    comment: "core has no clock, no I/O and no randomness: take the value as an argument",
    severity: "error",
    from: { path: "^src/core/", pathNot: test },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "no-builtin-behind-web",
    comment: "what the screens import runs in a browser: read it on the server, and hand it on as a value",
    severity: "error",
    from: { path: roomsOfTheBrowser.map(filesOf), pathNot: test },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "no-npm-in-core",
    comment: `core imports of npm only ${npmOfCore.join(", ")}`,
    severity: "error",
    from: { path: "^src/core/", pathNot: test },
    to: { path: "(^|/)node_modules/", pathNot: packages(npmOfCore) },
  },
  {
    name: "no-dev-dependency",
    comment: "development dependencies are absent from an installation",
    severity: "error",
    // The screens are bundled when the product is built.
    from: { path: "^src/", pathNot: [test, "^src/web/"] },
    to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
  },
  {
    name: "no-undeclared-package",
    comment: "what is imported is a dependency in package.json, not one that happens to be there",
    severity: "error",
    from: { path: "^src/" },
    to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
  },
  {
    name: "no-way-out-of-src",
    comment: "what lies beside src is not in the build",
    severity: "error",
    from: { path: "^src/", pathNot: test },
    to: { pathNot: ["^src/", "(^|/)node_modules/"], dependencyTypesNot: ["core"] },
  },
  {
    name: "no-test-in-product",
    comment: "tests are not in the build",
    severity: "error",
    from: { path: "^src/", pathNot: test },
    to: { path: test },
  },
  {
    name: "no-unresolved",
    comment: "an import that is not found escapes every other rule",
    severity: "error",
    from: { path: "^src/" },
    to: { couldNotResolve: true },
  },
];

module.exports = {
  forbidden: [...directionRules, ...typesOnlyRules, ...faceRules, ...otherRules],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    // Types count: a room that names the types of a room above it depends on it all the same.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      mainFields: ["main", "types"],
    },
  },
};
