import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createBecome, type BecomeQuestions } from "../../src/core/access/become/become.js";
import { createAccessEngine } from "../../src/core/access/engine-factory.js";
import type { AccessPolicy, BecomeEdge } from "../../src/core/access/index.js";
import {
  createEstate,
  principalId,
  resourceId,
  type Estate,
  type EstateFacts,
  type ManagedPolicy,
  type PolicyUse,
  type Resource,
  type Statement,
} from "../../src/core/estate/index.js";
import { loadEstate } from "../../src/readers/index.js";
import { loadReferenceData } from "../../src/readers/reference/index.js";
import { corpusPath } from "../corpus.js";
import { renamedTargets } from "./reviewed.js";

export interface Labels {
  readonly pathId: string;
  readonly start: string;
  readonly goal: string;
  readonly targets: readonly {
    readonly arn: string;
    readonly kind: "principal" | "resource";
    readonly admin: boolean;
  }[];
  readonly hops: readonly {
    readonly from: string;
    readonly to: string;
    readonly actions: readonly string[];
  }[];
  readonly required: readonly {
    readonly principal: string;
    readonly permission: string;
    readonly resource: string;
  }[];
}

export interface Lab {
  readonly name: string;
  readonly labels: Labels;
  readonly facts: EstateFacts;
}

export const labNames = (): readonly string[] => readdirSync(corpusPath("estates", "labs")).sort();

const policy: AccessPolicy = {
  now: "2026-11-22T00:00:00Z",
  sanctions: [],
  sharedCause: 0.6,
  jitMaxHours: 12,
  maxRoutes: 50,
};

/** A lab's documents as an estate, with one statement added: its accounts stand alone, in no organisation. */
export async function loadLab(name: string): Promise<Lab> {
  const folder = corpusPath("estates", "labs", name);
  const { estate } = await loadEstate([folder], { now: policy.now });
  const labels = JSON.parse(readFileSync(join(folder, "labels.json"), "utf8")) as Labels;
  const alone = {
    ...estate,
    accounts: estate.accounts.map((account) => ({ ...account, organization: "none" })),
  };
  return { name, labels, facts: withTargets(alone, labels, documentsOf(name)) };
}

const { managedPolicies, actions } = loadReferenceData();

export function becomeOf(facts: EstateFacts): BecomeQuestions {
  const estate: Estate = createEstate(facts);
  return createBecome(createAccessEngine(estate, { managedPolicies, actions }), policy);
}

export interface Reaching {
  readonly target: string;
  readonly walk: readonly BecomeEdge[];
  readonly verdict: true | "unknown";
}

/**
 * The start's way to each target: to become the target identity, or to read the target's content. Content is what
 * shows that rights were gained by rewriting, not only held.
 */
export function reachings(
  become: BecomeQuestions,
  { start, targets }: Labels,
  documents: string,
): readonly Reaching[] {
  const from = become.engine.indexOf(principalId(start));
  if (from === undefined) return [];
  return targets.flatMap(({ arn, kind }) => {
    const index = become.engine.indexOf(principalId(arn));
    const closure =
      kind === "principal" && index !== undefined && arn !== start
        ? become.closure([index])
        : /:(s3|ssm):/.test(arn)
          ? become.obtainers(...contentOf(arn, documents))
          : undefined;
    if (closure?.members.includes(from) !== true) return [];
    return [{ target: arn, walk: closure.walk(from), verdict: closure.verdictOf(from) }];
  });
}

export const contentOf = (arn: string, documents: string): [action: string, resource: string] =>
  arn.includes(":ssm:")
    ? ["ssm:GetParameter", arn.replace("{region}", "us-east-1")]
    : ["s3:GetObject", `${bucketOf(arn, documents)}/flag`];

/** Targets as resources without a policy of their own, where the lab holds none: a second statement that the test adds. */
export function withTargets(facts: EstateFacts, { targets }: Labels, documents: string): EstateFacts {
  const origin = { source: { path: "labels.json", digest: "0".repeat(64), kind: "test" } };
  const own = facts.accounts.map(({ id }) => id).find((id) => id.endsWith("111111111111"));
  const added = targets
    .filter(({ arn }) => /:(s3|ssm):/.test(arn))
    .map(({ arn }): Resource => {
      const id = resourceId(arn.includes(":ssm:") ? contentOf(arn, documents)[1] : bucketOf(arn, documents));
      return {
        id,
        kind: arn.includes(":ssm:") ? "ssm:parameter" : "s3:bucket",
        ...(own === undefined ? {} : { account: own }),
        name: id,
        properties: new Map(),
        policies: new Map(),
        tags: {},
        origin,
      };
    })
    .filter(({ id }) => !facts.resources.some((resource) => resource.id === id));
  return { ...facts, resources: [...facts.resources, ...added].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

/** Labels hold placeholders; the documents hold what Terraform put there. */
function bucketOf(arn: string, documents: string): string {
  const stem = (renamedTargets[arn]?.to ?? arn).replace(/\{.*$/, "");
  const names = [...documents.matchAll(/"(arn:aws:s3:::[^"/*]+)"/g)].map(([, name]) => name ?? "");
  return names.filter((name) => name.startsWith(stem)).sort()[0] ?? arn;
}

/** The documents of a lab as text, for placeholders. */
export function documentsOf(name: string): string {
  const folder = corpusPath("estates", "labs", name);
  return readdirSync(folder)
    .filter((file) => file.startsWith("gaad"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}

/**
 * The same estate without one permission of one identity. Where the documents do not give it to the identity that the
 * label names, it is taken from the identities on the label's hops that do hold it.
 */
export function without(lab: Lab, principal: string, permission: string): EstateFacts {
  const named = withoutOne(lab.facts, principal, permission);
  if (named.taken > 0) return named.facts;
  let facts = lab.facts;
  for (const name of new Set(lab.labels.hops.map(({ from }) => from.slice(from.lastIndexOf("/") + 1)))) {
    const next = withoutOne(facts, name, permission);
    if (next.taken > 0) facts = next.facts;
  }
  return facts;
}

function withoutOne(
  facts: EstateFacts,
  principal: string,
  permission: string,
): { facts: EstateFacts; taken: number } {
  let taken = 0;
  const holder = facts.principals.find(({ name }) => name === principal);
  const carried = new Set(holder?.attached.map(({ arn }) => arn));
  const statement = (item: Statement): Statement | undefined => {
    if (item.effect !== "Allow" || item.action.negated) return item;
    const patterns = item.action.patterns.filter(
      (pattern) => pattern.toLowerCase() !== permission.toLowerCase(),
    );
    taken += item.action.patterns.length - patterns.length;
    return patterns.length === 0 ? undefined : { ...item, action: { ...item.action, patterns } };
  };
  const use = (item: PolicyUse): PolicyUse => ({
    ...item,
    document: {
      ...item.document,
      statements: item.document.statements.flatMap((part) => statement(part) ?? []),
    },
  });
  const managed = (item: ManagedPolicy): ManagedPolicy =>
    carried.has(item.arn) && !item.awsManaged
      ? { ...item, versions: item.versions.map((version) => ({ ...version, use: use(version.use) })) }
      : item;
  const changed = {
    ...facts,
    principals: facts.principals.map((item) =>
      item.name === principal ? { ...item, inline: item.inline.map(use) } : item,
    ),
    managedPolicies: facts.managedPolicies.map(managed),
  };
  return { facts: changed, taken };
}
