/** What a scope lets a token or session do; `own`: what concerns nobody but oneself. */
export type ActionGroup = "look" | "act" | "import" | "administer" | "own";

/** What a route asks of the policies. */
export interface RouteAction {
  readonly group: ActionGroup;
  /** `case`: the one of `{id}` in the address. */
  readonly on: "installation" | "case";
  /** Shows proof that others should know was opened: who, which and when is kept; which: by these of what is asked. */
  readonly kept?: true | readonly string[];
  /** About the estate and what was reported of it. `own`: who may not ask about everything is answered about what their teams answer for; `whole`: is refused. */
  readonly estate?: "own" | "whole";
}

const look: RouteAction = { group: "look", on: "installation" };
const lookAtCase: RouteAction = { group: "look", on: "case" };
const administer: RouteAction = { group: "administer", on: "installation" };
const kept = true;
const estate: RouteAction = { ...look, estate: "own" };
const wholeEstate: RouteAction = { ...look, estate: "whole" };

/**
 * Every route of the API by its operationId. One that is missing here is answered to nobody, and fails
 * test/server/authorization.test.ts. Routes that are asked before anybody is signed in are in `openRoutes`.
 */
export const routeActions: Readonly<Record<string, RouteAction>> = {
  listCases: look,
  getCaseFacets: look,
  getCase: { ...lookAtCase, kept },
  getCaseEvents: { ...lookAtCase, kept },
  actOnCase: { group: "act", on: "case" },
  casePlaybook: lookAtCase,
  caseEvidence: { ...lookAtCase, kept },
  caseReport: { ...lookAtCase, kept },
  explainCase: { ...lookAtCase, kept },
  cutCase: lookAtCase,
  whatIfCase: lookAtCase,
  whoCanAct: lookAtCase,
  getDocumentExcerpt: { ...estate, kept },
  liveEvents: look,
  listFindings: estate,
  getFindingsSummary: estate,
  listFindingEvents: estate,
  listImports: look,
  getImport: look,
  importDocuments: { group: "import", on: "installation" },
  getCatalogue: look,
  listCatalogueVersions: look,
  getCatalogueVersion: look,
  checkCatalogue: estate,
  listSuggestions: estate,
  putCatalogue: administer,
  getMeasures: look,
  whoCan: { ...estate, kept: ["action", "resource"] },
  reach: { ...estate, kept: ["principal"] },
  recreate: { ...estate, kept: ["resource", "weakness"] },
  flaw: { ...wholeEstate, kept: ["id"] },
  getAnalysis: { ...wholeEstate, kept: [] },
  explainOwners: { ...wholeEstate, kept: ["cases"] },
  cutAll: { ...wholeEstate, kept: [] },
  whatIf: { ...wholeEstate, kept: [] },
  draftCatalogue: wholeEstate,
  workloadPlaybook: { ...estate, kept: ["workload"] },
  readiness: { ...estate, kept: [] },
  readinessTrend: estate,
  search: estate,
  compare: { ...estate, kept: ["from", "to"] },
  listSnapshots: look,
  getRemit: look,
  listIncidents: look,
  getSummary: look,
  ledgerHead: look,
  issueToken: administer,
  listTokens: administer,
  revokeToken: administer,
  listReads: administer,
  erasePerson: administer,
  addWebhook: administer,
  listWebhooks: administer,
  removeWebhook: administer,
  resumeWebhook: administer,
  listDeliveries: administer,
  addWebhookSource: administer,
  listWebhookSources: administer,
  removeWebhookSource: administer,
  whoAmI: { group: "own", on: "installation" },
  getSession: { group: "own", on: "installation" },
  signOut: { group: "own", on: "installation" },
};

/** Routes that are asked before anybody is signed in. */
export const openRoutes: ReadonlySet<string> = new Set(["authMethods", "signIn", "receiveWebhook"]);

/** Actions that are no routes. */
export const otherActions = {
  /** Whether somebody may know that a case exists: asked before every route on a case, and of every list. */
  seeCase: "seeCase",
  /** Whether a login gives a scope. */
  holdScope: "holdScope",
} as const;
