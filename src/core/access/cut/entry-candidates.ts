import { credentialId, principalId, resourceId, type Credential } from "../../estate/index.js";
import type { Hop, HopCause } from "../recreation.js";
import { priceOfUse, prices, short, type Candidate } from "./candidate.js";
import type { Ground } from "./ground.js";
import { tightening } from "./tightening.js";
import { trustCandidates } from "./trust-candidates.js";
import type { Usage } from "./use.js";

/** Ways to close the entry that starts a way: its credential, its trust, its consent, its sign-in. */
export function entryCandidates(ground: Ground, hop: Hop): readonly Candidate[] {
  const { estate, places } = ground;
  const entered = principalId(hop.to);
  const principal = estate.principal(entered);
  const found: Candidate[] = [];
  const credential = estate
    .credentialsOf(entered)
    .find(({ id }) => (id as string) === hop.from || hop.evidence.some((item) => pointsTo(item, id)));
  if (credential !== undefined) found.push(...credentialCandidates(hop.cause, credential));
  for (const evidence of hop.evidence) {
    const at = places.statement(evidence, entered);
    if (at?.kind === "trust") found.push(...trustCandidates(ground, hop, at));
  }
  found.push(...tightening(ground, hop));
  for (const trust of estate.trusts) {
    if (trust.to !== entered || trust.from !== hop.from) continue;
    found.push({
      ...base(hop, entered),
      key: `untrust|${entered}|${trust.from}`,
      edit: { kind: "changes", changes: [{ kind: "removeTrust", role: entered, principal: trust.from }] },
      title: `${short(entered)}: no longer trusts ${short(trust.from)}`,
      cost: prices.trust + prices.unknownUse,
      use: "unknown",
    });
  }
  const consent = estate.consents.find(({ id, app }) => id === hop.from && app === entered);
  if (consent !== undefined)
    found.push({
      ...base(hop, entered),
      key: `consent|${consent.id}`,
      edit: {
        kind: "changes",
        changes: [{ kind: "removeConsent", app: consent.app, scopes: consent.scopes }],
      },
      title: `${short(entered)}: consent ${consent.scopes.join(", ")} withdrawn`,
      cost: prices.trust + prices.unknownUse,
      use: "unknown",
    });
  if (principal?.kind === "root" && principal.account !== undefined)
    found.push(...rootCandidates(hop, principal.account));
  else if (principal === undefined && hop.to.endsWith(":root"))
    found.push(...rootCandidates(hop, `aws:${hop.to.split(":")[4] ?? ""}`));
  if (hop.cause === "human" && principal?.console !== undefined)
    found.push({
      ...base(hop, entered),
      key: `mfa|${entered}`,
      edit: { kind: "changes", changes: [{ kind: "requireMfa", principal: entered }] },
      title: `${short(entered)}: second factor at sign-in`,
      cost: prices.mfa,
      use: "unused",
      interim: true,
    });
  if (
    principal?.kind === "user" &&
    principal.console?.password === true &&
    /password/.test(hop.evidence[0]?.excerpt ?? "password")
  ) {
    const use: Usage = principal.console.lastUsedAt === undefined ? "unknown" : "used";
    const password = credentialId(`aws:password/${entered}`);
    found.push({
      ...base(hop, entered),
      key: `revoke|${password}`,
      edit: { kind: "changes", changes: [{ kind: "revoke", credential: password }] },
      title: `${short(entered)}: no console password; sign in through the directory`,
      cost: prices.federate + priceOfUse(use),
      use,
      fix: "ephemeral",
    });
  }
  // People of a directory: elevation on request instead of standing rights.
  const people = /^(saml:.+|sso:.+)$/.exec(hop.from)?.[1];
  if (people !== undefined && principal?.kind === "role")
    found.push({
      ...base(hop, entered),
      key: `jit|${entered}`,
      edit: {
        kind: "changes",
        changes: [{ kind: "justInTime", role: entered, from: people, maxHours: 4 }],
      },
      title: `${short(entered)}: on request, for at most 4 hours, approved by somebody else`,
      cost: prices.justInTime,
      use: "unused",
      fix: "just-in-time",
    });
  return found;
}

const base = (hop: Hop, subject: string): Pick<Candidate, "cause" | "subject" | "interim" | "others"> => ({
  cause: hop.cause,
  subject,
  interim: false,
  others: 0,
});

const pointsTo = ({ excerpt }: { readonly excerpt: string }, id: string): boolean =>
  excerpt.includes(id.slice(id.lastIndexOf("/") + 1));

export function credentialCandidates(cause: HopCause, credential: Credential): readonly Candidate[] {
  const { id, holder, kind, consumers, lastUsedAt } = credential;
  const leaked = credential.copies.some(
    ({ readableBy }) => readableBy === "leaked" || readableBy === "public",
  );
  const inUse = lastUsedAt !== undefined || consumers.length > 0;
  const use: Usage = inUse ? "used" : "unknown";
  const name = kind === "access-key" ? `key ${hide(id)} of ${short(holder)}` : `${kind} of ${short(holder)}`;
  // A secret that strangers hold has to go whoever uses it: its use is no reason to keep it.
  const weight = priceOfUse(use);
  const common = { cause, subject: id, interim: false, others: 0, use };
  if (inUse)
    return [
      {
        ...common,
        key: `revoke|${id}`,
        edit: { kind: "changes", changes: [{ kind: "federate", credential: id, condition: [] }] },
        title: `${name}: each user gets an identity of its own, then delete it`,
        cost: leaked ? prices.leaked : prices.federate + weight,
        fix: "ephemeral",
      },
    ];
  return [
    {
      ...common,
      key: `revoke|${id}`,
      edit: { kind: "changes", changes: [{ kind: "revoke", credential: id }] },
      title: `${name}: delete it and every copy`,
      cost: leaked ? prices.leaked : prices.revoke + weight,
      fix: "rotate",
    },
  ];
}

const hide = (id: string): string => {
  const text = id.slice(id.lastIndexOf("/") + 1);
  return text.length > 8 ? `${text.slice(0, 4)}…${text.slice(-4)}` : text;
};

/** Root: no key, and a second factor (recreation.md 3). */
function rootCandidates(hop: Hop, account: string): readonly Candidate[] {
  const set = (property: string, to: boolean, title: string): Candidate => ({
    ...base(hop, hop.to),
    key: `root|${account}|${property}`,
    edit: { kind: "changes", changes: [{ kind: "set", resource: resourceId(account), property, to }] },
    title: `root of ${account.replace(/^aws:/, "")}: ${title}`,
    cost: prices.mfa,
    use: "unknown",
  });
  return [set("root.accessKeyActive", false, "no access key"), set("root.mfa", true, "second factor")];
}
