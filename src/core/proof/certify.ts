import { administers, administratorsOf } from "./administrators.js";
import type { Answer } from "./answer.js";
import { ableOf, becomers, rewriters, type Way } from "./closure.js";
import type { ClaimedQuestion, Outcome } from "./claim.js";
import { decisiveRights, rightKey, shutLeaves, type Right } from "./formula-rights.js";
import { weaknessRules } from "./formulas.js";
import { whoMay, type Able } from "./holders.js";
import { accountOf, formulaAnswer, type Case } from "./leaves.js";
import { managersOf, organizationOf } from "./organization.js";
import type { Certificate, ProofPath } from "./proof.js";
import type { Setting } from "./ruling.js";
import { waysInto, type WayIn } from "./ways-in.js";

type ShownPath = Pick<ProofPath, "governed" | "hops">;

/** What a certificate grows to while identities are weighed. */
interface Draft {
  outcome: Outcome;
  text: string;
  readonly identities: { identity: string; because: string }[];
}

function worsen(draft: Draft, outcome: Outcome, text: string): void {
  if (draft.outcome === "fails" || (draft.outcome !== "holds" && outcome !== "fails")) return;
  draft.outcome = outcome;
  draft.text = text;
}

/**
 * Whether nobody is left who could bring an exposure back, worked out from the documents: the candidates of every
 * right, who becomes one of them, who starts as those. `governed`: expected administrators may remain, and ways that the
 * proof shows as sanctioned. It counts rather too many than too few: what it cannot exclude it does not certify.
 */
export function certify(
  setting: Setting,
  exposure: string,
  question: ClaimedQuestion,
  verdict: "governed" | "none",
  paths: readonly ShownPath[],
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
  if (rule.restore === "administers") return ofAdministrators(setting, empty, account, paths);
  const asking = (can: Case["can"]): Case => ({ setting, question, account, can });
  const everybody = asking(() => "yes");
  const shut = shutLeaves(rule.restore, everybody);
  if (formulaAnswer(rule.restore, everybody, []) === "no")
    return { ...empty, text: "nobody's rights matter: the setting itself cannot return", shut };
  const rights = decisiveRights(rule.restore, (who) =>
    who === "everybody" ? everybody : asking(() => "no"),
  );
  const draft: Draft = { outcome: "holds", text: "", identities: [] };
  if (rights.length === 0) {
    const stands =
      formulaAnswer(
        rule.restore,
        asking(() => "no"),
        [],
      ) === "yes";
    if (stands) worsen(draft, "fails", "it stands already, whoever has which right");
    else worsen(draft, "not-followed", "the formula asks no right that this check could look for");
  }
  const organization = organizationOf(setting.directory, account);
  if (
    organization !== undefined &&
    organization.delegation === undefined &&
    rights.some(({ action }) => action === "organizations:DetachPolicy")
  )
    worsen(draft, "not-followed", "to whom the organisation delegates its policies was not supplied");
  const scans = new Map(
    rights.map((right) => [rightKey(right.action, right.resource), scan(setting, right, account)]),
  );
  // Administrators are one shared cause; nobody is followed through them (recreation.md 3).
  const isAdmin = (arn: string): boolean => administers(setting, arn);
  const reach = new Map<string, ReadonlyMap<string, Way | undefined>>();
  for (const { action, resource } of rights) {
    const key = rightKey(action, resource);
    const direct = ableOf(scans.get(key)?.answers ?? new Map()).filter((arn) => !isAdmin(arn));
    const written = rewriters(setting, account, action, resource ?? question.resource, isAdmin);
    reach.set(key, becomers(setting, new Set([...direct, ...written.keys()]), isAdmin));
  }
  const satisfies = (has: (key: string) => boolean): Answer =>
    formulaAnswer(
      rule.restore,
      asking((action, resource) => (has(rightKey(action, resource)) ? "if" : "no")),
      [],
    );
  for (const arn of [...new Set([...reach.values()].flatMap((map) => [...map.keys()]))].sort()) {
    if (isAdmin(arn)) continue;
    const answer = satisfies((key) => reach.get(key)?.has(arn) === true);
    if (answer === "no")
      draft.identities.push({ identity: arn, because: "lacks another right of the formula" });
    else {
      const direct = satisfies((key) => scans.get(key)?.answers.get(arn) === "yes");
      weigh(setting, draft, arn, verdict, paths, direct === "if" || direct === "yes");
    }
  }
  for (const arn of [...new Set([...scans.values()].flatMap(({ answers }) => ableOf(answers)))].sort()) {
    if (!isAdmin(arn)) continue;
    if (isManagement(setting, arn)) {
      draft.identities.push({ identity: arn, because: "organisation management: floor" });
      continue;
    }
    const answer = satisfies((key) => (scans.get(key)?.answers.get(arn) ?? "no") !== "no");
    if (answer === "no") continue;
    draft.identities.push({ identity: arn, because: "administrator of the account: one shared cause" });
    if (verdict === "none")
      worsen(
        draft,
        answer === "unknown" ? "not-followed" : "fails",
        `${shortName(arn)} administers the account and may do it`,
      );
  }
  return { ...empty, ...draft, shut, atoms: [...scans.values()].map(({ atom }) => atom) };
}

/** Administrators of the management account are the floor: listed, not counted (recreation.md 3). */
const isManagement = ({ directory }: Setting, arn: string): boolean =>
  directory.organizations.some(({ management }) => management === directory.identities.get(arn)?.account);

/** Rights on `*` act on the account of whoever calls: each account from which they help is asked. */
function scan(setting: Setting, { action, resource }: Right, account: string): Able {
  const organization = organizationOf(setting.directory, account);
  const managed = action.startsWith("organizations:") && action !== "organizations:LeaveOrganization";
  const managers = organization === undefined ? [] : managersOf(organization);
  const owners = managed
    ? managers
    : action.startsWith("sso:")
      ? [organization?.management ?? account]
      : [account];
  if (resource !== "*") {
    const found = whoMay(setting, action, resource);
    if (resource !== undefined) return found;
    const own = [...found.answers].filter(
      ([arn]) => setting.directory.identities.get(arn)?.account === account,
    );
    return { ...found, answers: new Map(own) };
  }
  const found = owners.map((owner) => whoMay(setting, action, resource, owner));
  return {
    answers: new Map(found.flatMap(({ answers }) => [...answers])),
    atom: { action, resource, candidates: found.flatMap(({ atom }) => atom.candidates) },
  };
}

/** An identity that may: nobody starts as it, or every way in is shown and governed; else it is not certified. */
function weigh(
  setting: Setting,
  draft: Draft,
  arn: string,
  verdict: "governed" | "none",
  paths: readonly ShownPath[],
  sure: boolean,
): void {
  const ways = waysOf(setting, arn);
  const open = ways.filter((way) => way.kind === "stranger" || !isShown(paths, arn));
  if (ways.length === 0) draft.identities.push({ identity: arn, because: "nobody can start as it" });
  else if (open.length === 0 && verdict === "governed")
    draft.identities.push({ identity: arn, because: "every way in is shown, and governed" });
  else {
    const kind = open[0]?.kind ?? "way";
    draft.identities.push({ identity: arn, because: `a ${kind} leads in` });
    const certain = sure && (kind === "key" || kind === "token" || kind === "stranger");
    worsen(
      draft,
      certain ? "fails" : "not-followed",
      `${shortName(arn)} may be able: a ${kind} leads into it, and that it leads nowhere is not shown`,
    );
  }
}

const waysOf = (setting: Setting, arn: string): readonly WayIn[] => {
  const identity = setting.directory.identities.get(arn);
  return identity === undefined ? [] : waysInto(setting.directory, identity);
};

const isShown = (paths: readonly ShownPath[], arn: string): boolean =>
  paths.some(
    ({ governed, hops }) =>
      governed && hops.some(({ to, rule }) => to === arn && rule?.startsWith("entry:") === true),
  );

/** Only administrators, and only people among them: no key, no workload and no stranger administers the account. */
function ofAdministrators(
  setting: Setting,
  empty: Certificate,
  account: string,
  paths: readonly ShownPath[],
): Certificate {
  const draft: Draft = { outcome: "holds", text: "", identities: [] };
  const members = administratorsOf(setting, account);
  for (const [arn, way] of [...becomers(setting, members, () => false)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const ways = waysOf(setting, arn).filter(
      ({ kind }) => kind !== "sign-in" && !(isShown(paths, arn) && kind !== "stranger"),
    );
    const role = way === undefined ? "administrator" : `may become ${shortName(way.to)}`;
    const [open] = ways;
    draft.identities.push({
      identity: arn,
      because: open === undefined ? `${role}; only people sign in as it` : `${role}; a ${open.kind} leads in`,
    });
    if (open === undefined) continue;
    const certain = way === undefined && (open.kind === "key" || open.kind === "stranger");
    worsen(draft, certain ? "fails" : "not-followed", `${shortName(arn)}: a ${open.kind} leads into it`);
  }
  if (members.length === 0) worsen(draft, "not-followed", "this check finds no administrator of the account");
  return { ...empty, ...draft };
}

const shortName = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);
