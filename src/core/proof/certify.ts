import { administers } from "./administrators.js";
import type { Answer } from "./answer.js";
import { ableOf, becomers, rewriters, type Way } from "./closure.js";
import type { ClaimedQuestion, Outcome } from "./claim.js";
import { weaknessRules, type Formula } from "./formulas.js";
import { whoMay } from "./holders.js";
import { accountOf, formulaAnswer, type Case } from "./leaves.js";
import type { Certificate, CertificateAtom, ProofPath } from "./proof.js";
import type { Setting } from "./ruling.js";
import { waysInto } from "./ways-in.js";

interface Atom {
  readonly action: string;
  readonly resource: string | undefined;
}

/** Rights that a formula asks, as it asks them. */
function atomsOf(formula: Formula, resource: string): readonly Atom[] {
  if (typeof formula !== "string")
    return ("all" in formula ? formula.all : formula.any).flatMap((part) => atomsOf(part, resource));
  const [kind, action = "", on] = formula.split(" ");
  if (kind === "lift-organization-policy")
    return [
      "DetachPolicy",
      "UpdatePolicy",
      "DisablePolicyType",
      "MoveAccount",
      "RemoveAccountFromOrganization",
      "LeaveOrganization",
    ].map((name) => ({ action: `organizations:${name}`, resource: "*" }));
  if (kind !== "can") return [];
  return [
    {
      action,
      resource: on === "~" ? undefined : on === "*" ? "*" : on === "R/*" ? `${resource}/*` : resource,
    },
  ];
}

const atomKey = ({ action, resource }: Atom): string => `${action} ${resource ?? "~"}`;

/**
 * Whether nobody is left who could bring an exposure back, worked out from the documents: the candidates of every
 * right, who becomes one of them, who starts as those. `governed`: expected administrators may remain, and ways that the
 * proof shows as sanctioned.
 */
export function certify(
  setting: Setting,
  exposure: string,
  question: ClaimedQuestion,
  verdict: "governed" | "none",
  paths: readonly Pick<ProofPath, "governed" | "verdict" | "actor" | "hops">[],
): Certificate {
  const empty: Certificate = { exposure, outcome: "holds", text: "", shut: [], atoms: [], identities: [] };
  const rule = weaknessRules[question.weakness];
  if (rule === undefined)
    return {
      ...empty,
      outcome: "not-followed",
      text: `this check has no formula of \`${question.weakness}\``,
    };
  const account = accountOf(setting, question);
  if (account === undefined)
    return { ...empty, outcome: "not-followed", text: "no document says which account owns it" };
  const asking = (can: Case["can"]): Case => ({ setting, question, account, can });
  const shut: string[] = [];
  const open = formulaAnswer(
    rule.restore,
    asking(() => "yes"),
    shut,
  );
  if (open === "no") {
    const closed = [...new Set(shut)].filter(
      (leaf) =>
        formulaAnswer(
          leaf,
          asking(() => "yes"),
          [],
        ) === "no",
    );
    return { ...empty, text: "nobody's rights matter: the setting itself cannot return", shut: closed };
  }
  const atoms = atomsOf(rule.restore, question.resource);
  const scans = new Map<string, { able: ReadonlySet<string>; atom: CertificateAtom }>();
  for (const atom of atoms) {
    if (scans.has(atomKey(atom))) continue;
    const { answers, atom: scanned } = whoMay(
      setting,
      atom.action,
      atom.resource,
      atom.resource === "*" ? accountFor(setting, atom, account) : undefined,
    );
    const able = new Set(
      ableOf(answers).filter(
        (arn) => atom.resource !== undefined || setting.directory.identities.get(arn)?.account === account,
      ),
    );
    scans.set(atomKey(atom), { able, atom: scanned });
  }
  // Administrators are one shared cause; nobody is followed through them (recreation.md 3).
  const admins = new Set(
    [...new Set([...scans.values()].flatMap(({ able }) => [...able]))].filter((arn) =>
      administers(setting, arn),
    ),
  );
  const reach = new Map<string, ReadonlyMap<string, Way | undefined>>();
  const decisive = atoms.filter((atom) => !isMoot(rule.restore, atom, asking));
  for (const atom of decisive) {
    const key = atomKey(atom);
    if (reach.has(key)) continue;
    const direct = [...(scans.get(key)?.able ?? [])].filter((arn) => !admins.has(arn));
    const written = rewriters(setting, account, atom.action, atom.resource ?? question.resource, admins);
    const targets = [...new Set([...direct, ...written.keys()])];
    reach.set(key, becomers(setting, targets, admins));
  }
  const everybody = new Set([...reach.values()].flatMap((map) => [...map.keys()]));
  const identities: { identity: string; because: string }[] = [];
  let outcome: Outcome = "holds";
  let text = "";
  const worse = (next: Outcome, words: string): void => {
    if (next === "fails" ? outcome !== "fails" : outcome === "holds") [outcome, text] = [next, words];
  };
  for (const arn of [...everybody].sort()) {
    if (admins.has(arn)) continue;
    const can = (action: string, resource: string | undefined): Answer =>
      reach.get(`${action} ${resource ?? "~"}`)?.has(arn) === true ? "if" : "no";
    const answer = formulaAnswer(rule.restore, asking(can), []);
    if (answer === "no") {
      identities.push({ identity: arn, because: "lacks another right of the formula" });
      continue;
    }
    const identity = setting.directory.identities.get(arn);
    const ways = identity === undefined ? [] : waysInto(setting.directory, identity);
    const shown = ways.filter(
      (way) =>
        !paths.some(
          (path) =>
            path.governed &&
            path.hops.some((hop) => hop.to === arn && (hop.rule?.startsWith("entry:") ?? false)),
        ) || way.kind === "stranger",
    );
    if (ways.length === 0) identities.push({ identity: arn, because: "nobody can start as it" });
    else if (shown.length === 0 && verdict === "governed")
      identities.push({ identity: arn, because: "every way in is shown, and governed" });
    else {
      const direct = [...reach.values()].some((map) => map.has(arn) && map.get(arn) === undefined);
      const sure = direct && answer === "yes";
      const [way] = shown.length > 0 ? shown : ways;
      identities.push({ identity: arn, because: `a ${way?.kind ?? "way"} leads in` });
      worse(
        sure ? "fails" : "not-followed",
        `${shortName(arn)} may be able: a ${way?.kind ?? "way"} leads into it, and that it leads nowhere is not shown`,
      );
    }
  }
  const byAdministrators = [...admins].filter((arn) => {
    const can = (action: string, resource: string | undefined): Answer =>
      scans.get(`${action} ${resource ?? "~"}`)?.able.has(arn) === true ? "if" : "no";
    return formulaAnswer(rule.restore, asking(can), []) !== "no";
  });
  for (const arn of byAdministrators.sort())
    identities.push({ identity: arn, because: "administrator of the account: one shared cause" });
  if (verdict === "none" && byAdministrators.length > 0)
    worse("fails", `${shortName(byAdministrators[0] ?? "")} administers the account and may do it`);
  return {
    ...empty,
    outcome,
    text,
    shut: [...new Set(shut)].filter(
      (leaf) =>
        formulaAnswer(
          leaf,
          asking(() => "yes"),
          [],
        ) === "no",
    ),
    atoms: decisive
      .flatMap((atom) => scans.get(atomKey(atom))?.atom ?? [])
      .filter(
        (atom, index, list) =>
          list.findIndex((item) => item.action === atom.action && item.resource === atom.resource) === index,
      ),
    identities,
  };
}

/** Without the right nothing changes: it lifts a guard that is off, or stands beside something that is false. */
function isMoot(formula: Formula, atom: Atom, asking: (can: Case["can"]) => Case): boolean {
  const key = atomKey(atom);
  const only = (action: string, resource: string | undefined): boolean =>
    `${action} ${resource ?? "~"}` === key;
  const without = formulaAnswer(
    formula,
    asking((action, resource) => (only(action, resource) ? "no" : "yes")),
    [],
  );
  const alone = formulaAnswer(
    formula,
    asking((action, resource) => (only(action, resource) ? "yes" : "no")),
    [],
  );
  const all = formulaAnswer(
    formula,
    asking(() => "yes"),
    [],
  );
  const none = formulaAnswer(
    formula,
    asking(() => "no"),
    [],
  );
  return without === all && alone === none && !needed(formula, key, asking);
}

/** Alternatives hide one another: a right beside others that do the same counts where its own branch can be true. */
function needed(formula: Formula, key: string, asking: (can: Case["can"]) => Case): boolean {
  if (typeof formula === "string") {
    const [kind] = formula.split(" ");
    return kind === "can" || kind === "lift-organization-policy"
      ? atomsOf(formula, asking(() => "yes").question.resource).some((atom) => atomKey(atom) === key)
      : false;
  }
  if ("any" in formula) {
    if (
      formula.any.some(
        (part) =>
          atomsOf(part, "").length === 0 &&
          formulaAnswer(
            part,
            asking(() => "no"),
            [],
          ) === "yes",
      )
    )
      return false;
    return formula.any.some((part) => needed(part, key, asking));
  }
  if (
    formulaAnswer(
      formula,
      asking(() => "yes"),
      [],
    ) === "no"
  )
    return false;
  return formula.all.some((part) => needed(part, key, asking));
}

/** Rights on organisation policies are those of the management account. */
function accountFor(setting: Setting, { action }: Atom, account: string): string {
  if (!action.startsWith("organizations:") || action === "organizations:LeaveOrganization") return account;
  return (
    setting.directory.organizations.find(
      ({ parents, management }) => parents.has(account) || management === account,
    )?.management ?? account
  );
}

const shortName = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
