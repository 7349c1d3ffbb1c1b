export { problemKinds, problemSchema, type Problem, type ProblemCode } from "./problem.js";
export { commandSchema, type PersonCommand } from "./commands.js";
export { actOnCaseRoute, getCase, getCaseEvents, listCases } from "./cases.js";
export { getCatalogue, importDocuments, putCatalogue } from "./imports.js";
export { ledgerHead } from "./ledger.js";
export { issueToken, listTokens, revokeToken, scopeSchema, whoAmI, type Scope } from "./tokens.js";
export { liveEvents } from "./events.js";
