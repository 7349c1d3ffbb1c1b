import { createRecreation } from "../core/access/index.js";
import { weaknesses, type Exposure, type Weakness } from "../core/findings/index.js";
import { resourceId, type Estate, type Resource } from "../core/estate/index.js";
import { becomeOf, policyOf, type QuestionSetting } from "./questions.js";

/**
 * Without findings: what the estate itself shows to be weak, by the same formulas that say what would bring it back.
 * Only settings that are known to stand, and closed ones that code will open again; what is unknown is no exposure, and
 * nothing here says that the rest is well.
 */
export function estateExposures(estate: Estate, setting: QuestionSetting): readonly Exposure[] {
  const recreation = createRecreation(becomeOf(estate, setting), policyOf(setting), {
    overrides: {},
    actionsFor: () => undefined,
  });
  const byKind = new Map<string, Weakness[]>();
  for (const weakness of weaknesses) {
    // A guard rail that is off exposes nothing by itself (findings.md 3.1): a case only where a finding asks.
    if (weakness.formula === undefined || weakness.class === "missing-edge-control") continue;
    for (const kind of weakness.resourceKinds) byKind.set(kind, [...(byKind.get(kind) ?? []), weakness]);
  }
  return candidatesOf(estate).flatMap((resource) =>
    (byKind.get(resource.kind) ?? []).flatMap((weakness): readonly Exposure[] => {
      const question = {
        resource: resource.id,
        weakness: weakness.id,
        subLocator: "",
        ...(resource.account === undefined ? {} : { account: resource.account }),
      };
      const now = recreation.settingNow(question);
      if (now?.value === true) return [exposureOf(estate, resource, weakness, "open")];
      // Closed by hand, and code still opens it: the next run does (recreation.md 1, drift).
      return now?.value === false && settings.has(weakness.class) && recreation.setByCode(question)
        ? [exposureOf(estate, resource, weakness, "fixed")]
        : [];
    }),
  );
}

/** Classes whose weakness is one setting: a key in code, say, is no weakness before it is old. */
const settings: ReadonlySet<Weakness["class"]> = new Set([
  "public-exposure",
  "metadata-credential",
  "network-boundary",
  "trust",
] as const);

type Candidate = Pick<Resource, "id" | "kind" | "account" | "region" | "name" | "tags">;

/** Resources, and identities and accounts as far as a weakness can lie in them. */
function candidatesOf(estate: Estate): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  for (const { id, name } of estate.accounts)
    found.set(id, { id: resourceId(id), kind: "aws:account", account: id, name: name ?? id, tags: {} });
  for (const { id, kind, account, name } of estate.principals) {
    found.set(id, {
      id: resourceId(id),
      kind: `iam:${kind}`,
      ...(account === undefined ? {} : { account }),
      name,
      tags: {},
    });
  }
  for (const resource of estate.resources) found.set(resource.id, resource);
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function exposureOf(
  estate: Estate,
  resource: Candidate,
  weakness: Weakness,
  state: "open" | "fixed",
): Exposure {
  const accountName = resource.account === undefined ? undefined : estate.account(resource.account)?.name;
  return {
    id: `estate|${resource.id}|${weakness.id}`,
    resource: resource.id,
    resourceName: resource.name,
    resourceKind: resource.kind,
    ...(resource.account === undefined ? {} : { account: resource.account }),
    ...(accountName === undefined ? {} : { accountName }),
    ...(resource.region === undefined ? {} : { region: resource.region }),
    weakness: weakness.id,
    class: weakness.class,
    title: weakness.title,
    ...(weakness.formula === undefined ? {} : { formula: weakness.formula }),
    subLocator: "",
    // Nobody rated it: a public or identity weakness that stands counts as high until a tool says otherwise.
    severity: "high",
    state,
    findings: [],
    tags: resource.tags,
  };
}
