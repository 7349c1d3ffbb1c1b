import { accountOfArn, principalId, type Principal, type Statement } from "../../estate/index.js";
import { indexOf } from "../change/place.js";
import type { Hop } from "../recreation.js";
import { prices, short, type Candidate } from "./candidate.js";
import type { Ground } from "./ground.js";

/**
 * A trust that stays and admits fewer: tokens of the one gated subject that the catalogue sanctions or a pipeline of the
 * estate names, accounts with an ExternalId. Whether that is enough is asked; a pinned subject without a proven gate is not.
 */
export function tightening(ground: Ground, hop: Hop): readonly Candidate[] {
  const role = ground.estate.principal(principalId(hop.to));
  if (role?.trustPolicy === undefined || role.immutable !== undefined) return [];
  return role.trustPolicy.document.statements.flatMap((statement): readonly Candidate[] => {
    if (statement.effect !== "Allow" || statement.principal === undefined) return [];
    const issuer = statement.principal.federated
      .map((name) => name.split(":oidc-provider/")[1])
      .find((name) => name !== undefined);
    if (issuer !== undefined && (hop.cause === "federation" || hop.cause === "ci"))
      return subjects(ground, role)
        .filter((subject) => subject !== hop.from)
        .map((subject) => pinned(hop, role, statement, `${issuer}:sub`, subject));
    return hop.cause === "account-trust" && statement.principal.aws.length > 0
      ? [withExternalId(hop, role, statement)]
      : [];
  });
}

/** Subjects of one repository that are known for the role, those that the catalogue sanctions first. */
function subjects({ estate, sanctions }: Ground, role: Principal): readonly string[] {
  const sanctioned = sanctions
    .filter(
      ({ kind, role: of, from }) => kind === "gated-pipeline" && of.endsWith(role.id) && !/[*?]/.test(from),
    )
    .map(({ from }) => from);
  const piped = estate.pipelines
    .filter(
      ({ id, runsAs }) =>
        runsAs === role.id ||
        estate.links.some((link) => link.kind === "pipeline-role" && link.from === id && link.to === role.id),
    )
    .flatMap(({ repository, id }) => {
      const name = repository ?? id.split("#")[0];
      return name === undefined ? [] : [`repo:${name}:ref:refs/heads/main`];
    });
  return [...new Set([...sanctioned, ...piped])];
}

function pinned(hop: Hop, role: Principal, statement: Statement, key: string, subject: string): Candidate {
  return {
    key: `tighten|${role.id}|${statement.pointer}|${subject}`,
    edit: {
      kind: "changes",
      changes: [
        {
          kind: "tightenTrust",
          role: role.id,
          condition: [{ operator: "StringEquals", key, values: [subject] }],
          index: indexOf(statement),
        },
      ],
    },
    cause: hop.cause,
    subject: role.id,
    title: `${role.name}: trust only ${subject}`,
    cost: prices.trust,
    use: "unknown",
    interim: false,
    fix: "narrow",
    others: 0,
  };
}

const outsider = (id: string): string =>
  accountOfArn(id) === undefined ? short(id) : `account ${accountOfArn(id)?.slice(4) ?? id}`;

const withExternalId = (hop: Hop, role: Principal, statement: Statement): Candidate => ({
  key: `external-id|${role.id}|${statement.pointer}`,
  edit: {
    kind: "changes",
    changes: [
      {
        kind: "tightenTrust",
        role: role.id,
        condition: [{ operator: "StringEquals", key: "sts:ExternalId", values: ["CHOOSE-A-SECRET-VALUE"] }],
        index: indexOf(statement),
      },
    ],
  },
  cause: hop.cause,
  subject: role.id,
  title: `${role.name}: an ExternalId for ${outsider(hop.from)}`,
  cost: prices.trust,
  use: "unknown",
  interim: true,
  fix: "narrow",
  others: 0,
});
