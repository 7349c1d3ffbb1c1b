import { evidenceAt, type CredentialId, type PrincipalId, type Resource } from "../../../estate/index.js";
import { everyone } from "../../aws/actors.js";
import { overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, fact, is, type Formula } from "../formula.js";
import type { Bypass, WeaknessFormula } from "../weakness-formula.js";
import { codeHandsOut } from "./azure.js";
import { guardHop, secretHops, settingHop, wideGrantHops } from "../exposure-path.js";
import { exposedCredentials, repositoryCopies } from "./exposed-credential.js";

/** Rights over a deployed workload that no cloud names; grants of the native estate document use these words. */
const configure = "workload:configure";
const deploy = "workload:deploy";

/**
 * A host that strangers make fetch internal addresses (SSRF). The rule at the edge returns with whoever may set it or
 * deploy the workload; the way around it is the role of the host, which metadata requests without a token hand out
 * (Amazon EC2 User Guide, "Use the Instance Metadata Service": version 2 exists against this).
 */
export const edgeSsrf: WeaknessFormula = {
  name: "edge-ssrf",
  weaknesses: ["edge.ssrf"],
  kinds: ["workload", "ec2:instance"],
  byDeployment: true,
  contain: () => ({}),
  restore: (context) => any(can(configure, context.id), can(deploy, context.id)),
  bypass: (context) => roleBehindMetadata(context),
  declares: (definition) => definition.declares.get("fetchesInternal") === true,
  elsewhere: () => [],
  verbs: { [configure]: "may set the rule again", [deploy]: "may deploy it again" },
  exposurePath(context) {
    const rule = context.resource?.origin ?? workloadOf(context)?.origin;
    const open = tokenless(context);
    const [role] = rolesOf(context);
    const [host] = hostsOf(context);
    const handsOut = open.value === true && role !== undefined;
    return [
      {
        from: context.id,
        to: context.id,
        via: "the rule that lets it fetch internal addresses",
        evidence: rule === undefined ? [] : [evidenceAt(rule, context.name)],
        cause: "flaw",
      },
      // Row 6 asks for tokens by policy, row 11 for the option of this host.
      ...(handsOut ? [guardHop(context.id, role, "metadata answers without a token", open.evidence)] : []),
      ...(open.value === true ? [settingHop(host?.id ?? context.id, open.label, open.evidence)] : []),
    ];
  },
};

function roleBehindMetadata(context: FormulaContext): readonly Bypass[] {
  const roles = rolesOf(context);
  if (roles.length === 0) return [];
  const reach = roles.flatMap((role) => reachOf(context, role));
  if (reach.length === 0) return [];
  return [
    {
      formula: all(any(...reach), is(tokenless(context))),
      verb: "is handed out by token-less metadata",
      counts: "machines-too",
      startsAs: roles,
    },
  ];
}

/** The identities that the workload or host runs as. */
export function rolesOf(context: FormulaContext): readonly PrincipalId[] {
  const workload = workloadOf(context);
  const hosts = hostsOf(context);
  const found = [...(workload?.runsAs ?? []), ...hosts.flatMap((host) => host.runsAs ?? [])];
  return [...new Set(found)].sort();
}

export const workloadOf = (context: FormulaContext) =>
  context.estate.workloads.find((item) => item.id === context.id || `workload:${item.id}` === context.id);

function hostsOf(context: FormulaContext): readonly Resource[] {
  const own = context.resource === undefined ? [] : [context.resource];
  return [
    ...own,
    ...(workloadOf(context)?.resources ?? []).flatMap((id) => context.estate.resource(id) ?? []),
  ];
}

function tokenless(context: FormulaContext) {
  const label = "the metadata service answers without a token";
  const stated = hostsOf(context).flatMap((host) => {
    const own = context.property(host.id, "tokenlessMetadata");
    const tokens = context.property(host.id, "metadataOptions.httpTokens");
    return [
      ...(own === undefined ? [] : [{ value: own.value === true, origin: own.origin }]),
      ...(tokens === undefined ? [] : [{ value: tokens.value === "optional", origin: tokens.origin }]),
    ];
  });
  const weak = stated.find((item) => item.value);
  if (weak !== undefined) return fact(true, label, [evidenceAt(weak.origin, label)]);
  if (stated.length > 0) return fact(false, label);
  return context.truth(
    context.id,
    "tokenlessMetadata",
    () => true,
    label,
    `metadata options of the hosts of ${context.name}`,
    "aws ec2 describe-instances",
  );
}

/**
 * Data that the role reads, and rights to manage permissions: what a stranger with its session would have. What the
 * workload itself is for (`own`) is the flaw's own reach, not that of an identity that gives more.
 */
export function reachOf(
  context: FormulaContext,
  role: PrincipalId,
  own: ReadonlySet<string> = new Set(),
): readonly Formula[] {
  const { engine, estate } = context;
  const others = (kind: string) => context.resourcesOf(kind).filter((item) => !own.has(item.id));
  const buckets = others("s3:bucket").map((item) => `${item.id}/*`);
  const secrets = others("secretsmanager:secret").map((item) => item.id);
  const found: Formula[] = [];
  for (const [action, targets] of [
    ["s3:GetObject", buckets],
    ["secretsmanager:GetSecretValue", secrets],
  ] as const) {
    // What everybody can read anyway is another exposure, not the reach of this role.
    const open = new Set(engine.targetsOf(everyone, action, targets).map((item) => item.target));
    const reached = engine.targetsOf(role, action, targets).filter((item) => !open.has(item.target));
    for (const { target } of reached.slice(0, 3)) found.push(can(action, target));
  }
  const account = estate.principal(role)?.account;
  for (const action of ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"]) {
    if (account === undefined || !account.startsWith("aws:")) continue;
    found.push(can(action, `arn:aws:iam::${account.slice(4)}:role/*`));
  }
  return found;
}

/**
 * A file with a live key that the web root serves. Containment revokes the key; what remains is the code at HEAD that
 * serves such a file, and whoever may deploy it again.
 */
export const webDotenv: WeaknessFormula = {
  name: "web-dotenv",
  weaknesses: ["web.dotenv"],
  kinds: ["workload"],
  byDeployment: true,
  contain: (context) =>
    overlayOf({ credentials: new Set<CredentialId>(exposedCredentials(context).map((item) => item.id)) }),
  restore: (context) =>
    any(
      can(deploy, context.id),
      ...exposedCredentials(context)
        .filter((item) => item.kind === "access-key" && item.status !== "deleted")
        .map((item) => can("iam:UpdateAccessKey", item.holder)),
    ),
  bypass: () => [],
  declares: (definition) => definition.declares.get("servesSecrets") === true,
  drift: (context) => codeHandsOut(context, "serves the key from HEAD"),
  elsewhere: () => [],
  verbs: { [deploy]: "may deploy the file again", "iam:UpdateAccessKey": "may switch the key on again" },
  excludes: (entry, context) => exposedCredentials(context).some((item) => item.id === entry.credential),
  exposurePath(context) {
    const exposed = exposedCredentials(context);
    const inCode = exposed.some((item) => repositoryCopies(item).length > 0);
    const served = context.resource?.origin ?? workloadOf(context)?.origin;
    return [
      ...(inCode
        ? []
        : [
            {
              from: context.id,
              to: context.id,
              via: "the web root that serves the file",
              evidence: served === undefined ? [] : [evidenceAt(served, context.name)],
              cause: "code" as const,
            },
          ]),
      ...secretHops(exposed),
      ...wideGrantHops(context, exposed),
    ];
  },
};
