import { accountId, credentialId, principalId, resourceId } from "../../core/estate/index.js";
import { findWeakness } from "../../core/findings/index.js";
import { maskSecrets, resourceKindOf, toJson } from "../drafting/index.js";
import { parseCodeOwners } from "../codeowners/index.js";
import { statedProperties } from "./properties.js";
import type { NativeList } from "./schema.js";
import type { NativeTranslators } from "./telling.js";

type ThingList = Exclude<
  NativeList,
  | "accounts"
  | "principals"
  | "credentials"
  | "trusts"
  | "grants"
  | "consents"
  | "providers"
  | "policies"
  | "permissionSets"
  | "assignments"
>;

export const thingTranslators: Pick<NativeTranslators, ThingList> = {
  resources(entry, telling) {
    const { draft, place } = telling;
    const kind = entry.kind ?? resourceKindOf(entry.id);
    if (kind === undefined) {
      telling.fault(`what \`${entry.id}\` is cannot be read from its id: write \`kind\``);
      return;
    }
    const properties = statedProperties(kind, entry.properties);
    const faults = properties.filter((item) => item.kind === "fault");
    for (const item of faults) telling.fault(item.reason, ["properties", ...item.path]);
    if (faults.length > 0) return;
    const resource = draft.resource(
      entry.id.startsWith("aws:arn:") ? entry.id.slice(4) : entry.id,
      {
        kind,
        ...(entry.name === undefined ? {} : { name: entry.name }),
        ...(entry.account === undefined ? {} : { account: accountId(entry.account) }),
        ...(entry.region === undefined ? {} : { region: entry.region }),
      },
      place,
    );
    for (const item of properties) {
      if (item.kind === "known") resource.set(item.name, item.value, place.at("properties", ...item.path));
    }
    if (entry.policy === "none") resource.noPolicy(place.at("policy"));
    else if (entry.policy !== undefined) resource.policy(entry.policy, place.at("policy"), "resource policy");
    for (const [qualifier, document] of Object.entries(entry.policies ?? {})) {
      resource.policy(document, place.at("policies", qualifier), "resource policy", qualifier);
    }
    if (entry.tags !== undefined) resource.tagList(entry.tags);
    if (entry.runsAs !== undefined) resource.runsAs(principalId(entry.runsAs));
  },

  workloads(entry, { draft, place }) {
    draft.add("workloads", {
      id: entry.id.startsWith("workload:") ? entry.id.slice("workload:".length) : entry.id,
      name: entry.name ?? entry.id.replace(/^workload:/, ""),
      ...(entry.account === undefined ? {} : { account: accountId(entry.account) }),
      runsAs: (entry.runsAs ?? []).map(principalId),
      resources: (entry.resources ?? []).map(resourceId),
      exposed: entry.exposed,
      components: entry.components,
      ...(entry.repository === undefined ? {} : { repository: entry.repository }),
      facts: Object.fromEntries(Object.entries(entry.facts).map(([name, value]) => [name, toJson(value)])),
      origin: place.origin,
    });
  },

  links(entry, { draft, place }) {
    draft.add("links", {
      kind: entry.kind,
      from: bare(entry.from),
      to: bare(entry.to),
      ...(entry.at === undefined ? {} : { at: entry.at }),
      origin: place.origin,
    });
  },

  events(entry, { draft, place, index }) {
    draft.add("events", {
      id: entry.id ?? `event:${place.origin.source.digest.slice(0, 12)}:${index}`,
      at: entry.at,
      action: entry.action,
      ...(entry.account === undefined ? {} : { account: accountId(entry.account) }),
      ...(entry.region === undefined ? {} : { region: entry.region }),
      ...(entry.actor === undefined ? {} : { actor: principalId(entry.actor) }),
      ...(entry.person === undefined ? {} : { person: entry.person }),
      ...(entry.credential === undefined ? {} : { credential: entry.credential }),
      targets: (entry.targets ?? []).map(bare),
      ...(entry.error === undefined ? {} : { error: entry.error }),
      ...(entry.parameters === undefined ? {} : { parameters: maskSecrets(toJson(entry.parameters)) }),
      origin: place.origin,
    });
  },

  incidents(entry, { draft, place }) {
    draft.add("incidents", {
      id: entry.id,
      declaredAt: entry.declaredAt,
      scope: bare(entry.scope),
      exploited: entry.exploited,
      used: (entry.used ?? []).map(bare),
      origin: place.origin,
    });
  },

  closures(entry, { draft, place }) {
    draft.add("closures", {
      accessPathKey: entry.accessPathKey,
      closedAt: entry.closedAt,
      ...(entry.signer === undefined ? {} : { signer: entry.signer }),
      remaining: entry.remaining ?? [],
      origin: place.origin,
    });
  },

  guardrails(entry, { draft, place }) {
    draft.add("guardrails", {
      id: entry.id,
      resource: bare(entry.resource),
      state: entry.state,
      kind: entry.kind,
      origin: place.origin,
    });
  },

  exposures(entry, telling) {
    const { draft, place } = telling;
    if (findWeakness(entry.weakness) === undefined) {
      telling.fault(
        `\`${entry.weakness}\` is no weakness of the registry: \`remit schema weakness\` prints them`,
        ["weakness"],
      );
      return;
    }
    const resource = resourceId(entry.resource);
    const subLocator = entry.subLocator ?? entry.credential ?? "";
    draft.add("exposures", {
      id: entry.id ?? `exposure:${resource}|${entry.weakness}|${subLocator}`,
      resource,
      ...(entry.account === undefined ? {} : { account: accountId(entry.account) }),
      weakness: entry.weakness,
      subLocator,
      severity: entry.severity,
      state: entry.state,
      ...(entry.credential === undefined ? {} : { credential: credentialId(entry.credential) }),
      facts: Object.fromEntries(Object.entries(entry.facts).map(([name, value]) => [name, toJson(value)])),
      origin: place.origin,
    });
  },

  pipelines(entry, { draft, place }) {
    const hash = entry.id.indexOf("#");
    const repository = entry.repository ?? (hash > 0 ? entry.id.slice(0, hash) : undefined);
    draft.add("pipelines", {
      id: entry.id,
      ...(entry.file === undefined ? {} : { file: entry.file }),
      ...(repository === undefined ? {} : { repository }),
      ...(entry.runsAs === undefined ? {} : { runsAs: principalId(entry.runsAs) }),
      uses: entry.uses.map((use) => ({
        ref: use.ref,
        // A full commit id is the only reference that nobody can move.
        pinned: ("pinned" in use ? use.pinned : undefined) ?? /@[0-9a-f]{40}$/.test(use.ref),
      })),
      secrets: entry.secrets ?? [],
      ranAt: entry.ranAt,
      gate: entry.gate ?? { protectedRef: "unknown", reviewRequired: "unknown", adminBypass: "unknown" },
      origin: place.origin,
    });
  },

  definitions(entry, { draft, place }) {
    draft.add("definitions", {
      tool: entry.tool,
      address: entry.address,
      resourceType: entry.resourceType ?? typeOfAddress(entry.address),
      ...(entry.target === undefined ? {} : { target: resourceId(entry.target) }),
      ...(entry.file === undefined ? {} : { file: entry.file }),
      ...(entry.line === undefined ? {} : { line: entry.line }),
      ...(entry.repository === undefined ? {} : { repository: entry.repository }),
      ...(entry.pipeline === undefined ? {} : { pipeline: entry.pipeline }),
      status: entry.status,
      declares: new Map(Object.entries(entry.declares).map(([name, value]) => [name, toJson(value)])),
      tags: entry.tags ?? {},
      origin: place.origin,
    });
  },

  coverage(entry, { draft, place }) {
    for (const topic of entry.topic) {
      for (const scope of entry.scope)
        draft.cover(topic, /^\d{12}$/.test(scope) ? `aws:${scope}` : bare(scope), place);
    }
  },

  organizations(entry, { draft, place }) {
    draft.add("organizations", {
      id: entry.id,
      ...(entry.managementAccount === undefined
        ? {}
        : { managementAccount: accountId(entry.managementAccount) }),
      ...(entry.enabledPolicyTypes === undefined ? {} : { enabledPolicyTypes: entry.enabledPolicyTypes }),
      nodes: entry.nodes.map((node) => ({
        id: node.id.replace(/^aws:/, ""),
        kind: node.kind ?? (node.id.startsWith("r-") ? "root" : node.id.startsWith("ou-") ? "ou" : "account"),
        ...(node.name === undefined ? {} : { name: node.name }),
        ...(node.parent === undefined ? {} : { parent: node.parent }),
      })),
      policies: entry.policies.flatMap((item, index) => {
        const at = place.at("policies", index);
        const name = item.name ?? item.id;
        const use =
          item.document === undefined ? undefined : draft.policyUse(item.document, at.at("document"), name);
        return [
          {
            id: item.id,
            type: item.type,
            name,
            awsManaged: item.awsManaged,
            ...(use === undefined ? {} : { use }),
            ...(item.content === undefined ? {} : { content: item.content }),
            ...(item.targets === undefined
              ? {}
              : { targets: item.targets.map((target) => target.replace(/^aws:/, "")) }),
            origin: at.origin,
          },
        ];
      }),
      delegatedAdministrators: entry.delegatedAdministrators.map((item) => ({
        account: accountId(item.account),
        service: item.service,
      })),
      origin: place.origin,
    });
  },

  codeOwners(entry, telling) {
    const parsed = parseCodeOwners(entry.text, entry.dialect);
    for (const problem of parsed.problems) telling.fault(`line ${problem.line}: ${problem.reason}`, ["text"]);
    telling.draft.add("codeOwners", {
      ...(entry.repository === undefined ? {} : { repository: entry.repository }),
      dialect: parsed.dialect,
      rules: parsed.rules,
      origin: telling.place.origin,
    });
  },

  unknowns(entry, { draft }) {
    draft.add("conflicts", { key: entry.key, fact: entry.fact, collect: entry.collect });
  },
};

/** Catalogue notation `aws:arn:…` as the plain ARN; everything else as written. */
const bare = (id: string): string => (id.startsWith("aws:arn:") ? id.slice(4) : id);

/** The resource type inside a Terraform address, e.g. `module.a.aws_s3_bucket.b["x"]`. */
function typeOfAddress(address: string): string {
  const parts = address.replace(/\[[^\]]*\]/g, "").split(".");
  return parts.length >= 2 ? (parts[parts.length - 2] ?? address) : address;
}
