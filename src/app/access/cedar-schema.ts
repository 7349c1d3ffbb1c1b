import { routeActions } from "./actions.js";

const context: Readonly<Record<string, string>> = {
  actOnCase: "{ command: String, asked: Bool, fixer: Bool }",
  issueToken: "{ forSelf: Bool, scopes: Set<String> }",
  erasePerson: "{ self: Bool }",
};

/** The schema that policies are checked against, as text; policies/remit.cedarschema is this. */
export function cedarSchema(): string {
  const actions = Object.entries(routeActions).map(
    ([id, { group, on, estate }]) =>
      `  action ${id} in [${group}${estate === undefined ? "" : ", askEstate"}] appliesTo {\n    principal: [Person],\n    resource: [${on === "case" ? "Case" : "Installation"}],\n    context: ${estate === undefined ? (context[id] ?? "{}") : "{ own: Bool }"},\n  };`,
  );
  return `// Written by \`node scripts/policies.mjs\` from src/app/access/actions.ts.
namespace Remit {
  entity Person = {
    keys: Set<String>,
    teams: Set<String>,
    roles: Set<String>,
    everywhere: Set<String>,
    scopes: Set<String>,
    known: Bool,
    operator: Bool,
    method: String,
  };
  entity Installation;
  entity Case = {
    audience: Set<String>,
    kind: String,
    status: String,
    verdict: String,
    lead: String,
    tier: Long,
    level: Long,
    severity: Long,
    open: Bool,
  };
  action look, act, import, administer, own, askEstate;
  action seeCase appliesTo { principal: [Person], resource: [Case], context: {} };
  action holdScope appliesTo {
    principal: [Person],
    resource: [Installation],
    context: { scope: String },
  };
${actions.join("\n")}
}
`;
}
