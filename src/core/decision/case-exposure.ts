import { accountId, type Estate } from "../estate/index.js";
import type { Recreation } from "../access/index.js";
import { intendedFor, type Catalogue } from "../accountability/index.js";
import type { Exposure } from "../findings/index.js";
import type { CaseExposure, CaseFlaw, CaseKind, CaseSecret } from "./analysis.js";
import { ownerHintsOf } from "./owner-hints.js";
import { compareText } from "./sorting.js";

/** The exposure as the document shows it: named as people name it, with every tool that reported it. */
export function caseExposure(
  exposure: Exposure,
  answer: Recreation,
  catalogue: Catalogue | undefined,
  estate: Estate,
  now: string,
): CaseExposure {
  const account = exposure.account ?? estate.resource(exposure.resource)?.account;
  const accountName = accountNameOf(account, exposure.accountName, catalogue, estate);
  const intention = intendedFor(catalogue, exposure.resource, exposure.weakness, now);
  const ownerHints = ownerHintsOf(exposure);
  const intended = intention !== undefined && "intended" in intention ? intention.intended : undefined;
  return {
    id: exposure.id,
    resource: exposure.resource,
    resourceName: resourceNameOf(exposure, estate),
    resourceKind: exposure.resourceKind,
    ...(account === undefined ? {} : { account }),
    ...(accountName === undefined ? {} : { accountName }),
    ...(exposure.region === undefined ? {} : { region: exposure.region }),
    weakness: exposure.weakness,
    weaknessTitle: exposure.title,
    class: exposure.class,
    severity: exposure.severity,
    state: exposure.state,
    ...(exposure.firstSeen === undefined ? {} : { firstSeen: exposure.firstSeen }),
    findings: exposure.findings.flatMap(({ tool, check, result, state, lastSeen, passedAt, evidence }) => {
      const [row, proof] = evidence;
      const seen = lastSeen === undefined ? {} : { seenAt: lastSeen };
      return [
        ...(row === undefined ? [] : [{ tool, check, result, ...seen, evidence: row }]),
        // The row that passed is what proves `fixed` (first-minute.md 3.5).
        ...(state === "fixed" && proof !== undefined
          ? [
              {
                tool,
                check,
                result: "pass" as const,
                ...(passedAt === undefined ? {} : { seenAt: passedAt }),
                evidence: proof,
              },
            ]
          : []),
      ];
    }),
    ...flawOf(exposure),
    ...secretOf(exposure),
    ...(ownerHints.length === 0 ? {} : { ownerHints }),
    ...(intended === undefined
      ? {}
      : { intended: { reason: intended.reason, approvedBy: intended.approvedBy, until: intended.until } }),
    ...(answer.now === undefined
      ? {}
      : { now: { text: nowText(answer.now), evidence: answer.now.evidence } }),
  };
}

/** The setting as the documents show it: what was weak is not said of what they show to be closed. */
const nowText = ({ text, value }: NonNullable<Recreation["now"]>): string =>
  value === true
    ? text
    : value === false
      ? `the documents show it closed: not ${text}`
      : `not known whether ${text}`;

/** One detail of what the tools say: known to be exploited if any says so, mended where any names a version. */
function flawOf({ findings }: Exposure): { readonly flaw?: CaseFlaw } {
  const details = findings.flatMap(({ vulnerability }) => vulnerability ?? []);
  if (details.length === 0) return {};
  const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
  const fixed = details.flatMap((item) => (item.fixed === undefined ? [] : [item.fixed]));
  const scores = details.flatMap((item) => item.epss?.score ?? []);
  const said = details.flatMap((item) => item.exploited ?? []);
  return {
    flaw: {
      ids: unique(details.flatMap((item) => item.ids)),
      purls: unique(details.flatMap((item) => item.purl ?? [])),
      ...(fixed.length === 0 ? {} : { fixed: unique(fixed.flat()) }),
      ...(said.length === 0 ? {} : { exploited: said.includes(true) }),
      ...(scores.length === 0 ? {} : { epss: Math.max(...scores) }),
    },
  };
}

function secretOf({ findings }: Exposure): { readonly secret?: CaseSecret } {
  const details = findings.flatMap(({ secret }) => secret ?? []);
  if (details.length === 0) return {};
  const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort(compareText);
  const tried = details.flatMap((item) => item.verified ?? []);
  return {
    secret: {
      keyIds: sorted(details.flatMap((item) => item.keyId ?? [])),
      hmacs: sorted(details.flatMap((item) => item.hmac ?? [])),
      ...(tried.length === 0 ? {} : { verified: tried.includes(true) }),
      identities: sorted(details.flatMap((item) => item.identity ?? [])),
      also: sorted(details.flatMap((item) => item.also ?? [])),
    },
  };
}

/**
 * The name that people gave it, where a document has one (an instance's `Name`, a group's name, a key's alias); else
 * what the tool called it, which for many kinds is the id.
 */
function resourceNameOf(exposure: Exposure, estate: Estate): string {
  const resource = estate.resource(exposure.resource);
  const given = resource?.tags["Name"] ?? resource?.name ?? "";
  return exposure.resource.endsWith(given) ? exposure.resourceName : given;
}

/** Catalogue name, organisation name, then what the tool called it; twelve digits are never the only label where one is known. */
export function accountNameOf(
  account: string | undefined,
  fromTool: string | undefined,
  catalogue: Catalogue | undefined,
  estate: Estate,
): string | undefined {
  if (account === undefined) return fromTool;
  const digits = account.replace(/^aws:/, "");
  return (
    catalogue?.accounts.find((item) => item.id === account)?.name ??
    estate.account(accountId(account))?.name ??
    (digits === account
      ? undefined
      : estate.organizationOf(accountId(account))?.nodes.find(({ id }) => id === digits)?.name) ??
    fromTool
  );
}

const secretWeakness = /^(secret\.|storage\.sas|web\.dotenv|iam\.key\.exposed|ci\.|vendor\.)/;
const identityWeakness = /^(oauth\.app|saas\.)/;

/** interfaces.md: posture, flaw, secret or identity. */
export function caseKindOf(exposure: Exposure): CaseKind {
  if (exposure.class === "vulnerability") return "flaw";
  if (secretWeakness.test(exposure.weakness)) return "secret";
  if (exposure.class === "identity-privilege" || identityWeakness.test(exposure.weakness)) return "identity";
  return "posture";
}
