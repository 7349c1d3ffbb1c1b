import type { CheckReference, WeaknessClass } from "./check-reference.js";
import { classOverrides, controlWeaknesses, plainSettings, prowlerWeaknesses } from "./check-table.js";
import { failingTitle } from "./check-title.js";
import type { CheckName } from "./finding.js";
import { registered } from "./weakness-registry.js";
import type { Weakness } from "./weakness.js";

export interface Judged {
  readonly weakness: Weakness;
  readonly subLocator: string;
  /** Present id of the check, by which findings are told apart. */
  readonly check: string;
  /** `iam`, `s3`, …: decides whether a Region tells findings apart. */
  readonly service: string;
  /** The check is in no table: its class is guessed from its name. */
  readonly unknown: boolean;
}

/** What a failing check means. The same for every tool that asks the same question, so that they merge. */
export function judgeCheck(provider: string, name: CheckName, reference: CheckReference): Judged {
  switch (name.kind) {
    case "prowler":
      return judgeProwler(provider, name.id, reference);
    case "security-hub":
      return judgeControl(name.control, reference);
    case "equivalent":
      return { ...judgeProwler(provider, name.prowler, reference), check: name.id };
    case "vulnerability":
      return {
        weakness: registered("vulnerability.component"),
        subLocator: name.id,
        check: name.id,
        service: "",
        unknown: false,
      };
    case "rule":
      return {
        weakness: name.weakness,
        subLocator: name.subLocator ?? "",
        check: name.id,
        service: "",
        unknown: false,
      };
  }
}

/** Checks remembered for a table: a scan asks about each of its checks thousands of times. */
const mostChecks = 4096;
const remembered = new WeakMap<CheckReference, Map<string, Judged>>();

function remember(reference: CheckReference, key: string, judge: () => Judged): Judged {
  let known = remembered.get(reference);
  if (known === undefined) remembered.set(reference, (known = new Map<string, Judged>()));
  let judged = known.get(key);
  if (judged !== undefined) return judged;
  if (known.size >= mostChecks) known.clear();
  known.set(key, (judged = judge()));
  return judged;
}

const judgeProwler = (provider: string, id: string, reference: CheckReference): Judged =>
  remember(reference, `check ${provider.length} ${provider}${id}`, () => judgeAnew(provider, id, reference));

function judgeAnew(provider: string, id: string, reference: CheckReference): Judged {
  const info = reference.prowler(provider, id);
  const check = info?.id ?? id;
  const service = info?.service ?? check.split("_")[0] ?? "";
  const known = tables.prowler.get(`${provider}/${check}`) ?? tables.prowler.get(`${provider}/${id}`);
  if (known !== undefined) return { ...known, check, service, unknown: false };
  const checkClass = tables.classes.get(check) ?? info?.primaryClass ?? classByWords(check);
  const weakness: Weakness = {
    id: `${provider}.${check}`,
    class: checkClass,
    title: failingTitle(check),
    resourceKinds: [],
    derivedFrom: { provider, check },
  };
  return { weakness, subLocator: "", check, service, unknown: info === undefined };
}

const judgeControl = (control: string, reference: CheckReference): Judged =>
  remember(reference, `control ${control}`, () => judgeControlAnew(control, reference));

/** A control of Security Hub: the reviewed table, else the checks of Prowler that ask the same. */
function judgeControlAnew(control: string, reference: CheckReference): Judged {
  const service = (control.split(".")[0] ?? "").toLowerCase();
  const known = tables.controls.get(control);
  if (known !== undefined) return { ...known, check: control, service, unknown: false };
  const info = reference.securityHub(control);
  const same = (info?.prowlerChecks ?? []).map((check) => judgeProwler("aws", check, reference));
  const [first] = same;
  if (first !== undefined && same.every((other) => other.weakness.id === first.weakness.id)) {
    return {
      weakness: first.weakness,
      subLocator: first.subLocator,
      check: control,
      service,
      unknown: false,
    };
  }
  const weakness: Weakness = {
    id: `aws.control.${control}`,
    class: first?.weakness.class ?? info?.classes[0] ?? "configuration",
    title: `control ${control} fails`,
    resourceKinds: [],
  };
  return { weakness, subLocator: "", check: control, service, unknown: info === undefined };
}

const byWords: readonly (readonly [RegExp, WeaknessClass])[] = [
  [/imds/, "metadata-credential"],
  [/(^|_)(waf|shield|geo)(_|$)|vpc_endpoint/, "missing-edge-control"],
  [/supported|outdated|vulnerab|patch|_cve|_version/, "vulnerability"],
  [/secret|access_?key|credential|token|_sas(_|$)/, "credential"],
  [/cross_account|trust|confused_deputy|federat|delegat/, "trust"],
  [/public|internet|exposed|anonymous/, "public-exposure"],
  [/admin|privileg|escalation|mfa|wildcard/, "identity-privilege"],
  [/security_?group|firewall|network|ingress|vpc|subnet/, "network-boundary"],
];

/** Only for checks that no table knows (findings.md 3.1, rules a to d); such rows carry the flag `unknown-check`. */
export function classByWords(checkId: string): WeaknessClass {
  return byWords.find(([words]) => words.test(checkId.toLowerCase()))?.[1] ?? "configuration";
}

type Known = Pick<Judged, "weakness" | "subLocator">;

function parse(list: string, weaknessId: string): readonly (readonly [string, Known])[] {
  return list.split(" ").map((entry) => {
    const cut = entry.indexOf("=");
    const check = cut < 0 ? entry : entry.slice(0, cut);
    return [check, { weakness: registered(weaknessId), subLocator: cut < 0 ? "" : entry.slice(cut + 1) }];
  });
}

const tables = {
  prowler: new Map(
    Object.entries(prowlerWeaknesses).flatMap(([provider, lists]) =>
      Object.entries(lists).flatMap(([id, list]) =>
        parse(list, id).map(([check, known]) => [`${provider}/${check}`, known] as const),
      ),
    ),
  ),
  controls: new Map(Object.entries(controlWeaknesses).flatMap(([id, list]) => parse(list, id))),
  classes: new Map([
    ...Object.entries(classOverrides).flatMap(([name, list]) =>
      list.split(" ").map((check) => [check, name as WeaknessClass] as const),
    ),
    ...Object.values(plainSettings).flatMap((list) =>
      list.split(" ").map((check) => [check, "configuration"] as const),
    ),
  ]),
};
