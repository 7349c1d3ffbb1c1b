import { administers } from "./administrators.js";
import { all, any, type Answer } from "./answer.js";
import type { ClaimedPath, ClaimedQuestion } from "./claim.js";
import { checkCitation } from "./check-citation.js";
import { levelsOf, organizationOf } from "./organization.js";
import { accountIn } from "./directory.js";
import { isPublic } from "./public-statement.js";
import { placeKey, speaks } from "./judge.js";
import { cited, isFields, stringOf } from "./raw-document.js";
import type { Formula } from "./formulas.js";
import type { Setting } from "./ruling.js";

/** What a formula is asked about: the exposure, and who may do what. */
export interface Case {
  readonly setting: Setting;
  readonly question: ClaimedQuestion;
  /** The account of the resource, twelve digits. */
  readonly account: string | undefined;
  /** Whether the right is there: `resource` undefined stands for any that the weakness names. */
  readonly can: (action: string, resource: string | undefined) => Answer;
  /** Settings that the path cites where this check has no reader of its own. */
  readonly path?: ClaimedPath;
}

/** `why` collects the leaves that are not shown, for whoever reads the result. */
export function formulaAnswer(formula: Formula, asked: Case, why: string[]): Answer {
  if (typeof formula === "string") {
    const answer = leafAnswer(formula, asked);
    if (answer === "no" || answer === "unknown") why.push(formula);
    return answer;
  }
  return "all" in formula
    ? all(formula.all.map((part) => formulaAnswer(part, asked, why)))
    : any(formula.any.map((part) => formulaAnswer(part, asked, why)));
}

function leafAnswer(leaf: string, asked: Case): Answer {
  const [kind = "", first = "", second = ""] = leaf.split(" ");
  const { question, setting, account } = asked;
  switch (kind) {
    case "can":
      return asked.can(
        first,
        second === "~"
          ? undefined
          : second === "*"
            ? "*"
            : second === "R/*"
              ? `${question.resource}/*`
              : question.resource,
      );
    case "set":
      return settingAnswer(first, question.resource, asked);
    case "account":
      return account === undefined ? "unknown" : settingAnswer(first, `aws:${account}`, asked);
    case "region": {
      const region = question.resource.split(":")[3] ?? "";
      const [name = "", values = ""] = first.split("=");
      return account === undefined || region === ""
        ? "unknown"
        : settingAnswer(`${name}.${region}=${values}`, `aws:${account}`, asked, name);
    }
    case "public":
      return publicAnswer(asked);
    case "delegates":
      return delegation(asked, first === "abroad");
    case "not-listed":
      return account !== undefined &&
        first === "access-points" &&
        setting.directory.covered.has(`inventory|aws:${account}/s3:access-point`)
        ? "no"
        : "unknown";
    case "room-for-a-key":
      return "unknown";
    case "said":
      return citedName(first, asked) === undefined ? "unknown" : "yes";
    case "secret-alive":
      return secretAlive(asked);
    case "no-rcp":
      return noRcp(first.toLowerCase(), asked);
    case "no-organization-policy":
      return noOrganizationPolicy(first, second, asked);
    case "lift-organization-policy":
      return lifting(asked);
    case "reaches":
      // Shown by a path; that nobody reaches anything is more than this check can certify.
      return asked.path?.hops.some(({ rule }) => rule?.startsWith("right") === true) === true
        ? "yes"
        : "unknown";
    case "is-root":
      return asked.path?.actor.endsWith(":root") === true ? "yes" : "no";
    case "administers":
      if (asked.path?.actor.endsWith(":root") === true) return "yes";
      return asked.path !== undefined && administers(setting, asked.path.actor) ? "yes" : "unknown";
    default:
      return "unknown";
  }
}

function settingAnswer(text: string, resource: string, asked: Case, spoken?: string): Answer {
  const [name = "", values = ""] = text.split("=");
  const wanted = values.split("|");
  const fact = asked.setting.directory.things.get(resource)?.facts.get(name);
  if (fact !== undefined) {
    if (wanted.includes("some")) return Array.isArray(fact.value) && fact.value.length > 0 ? "yes" : "no";
    return wanted.includes(String(fact.value)) ? "yes" : "no";
  }
  const told = citedName(spoken ?? name, asked);
  if (told === undefined) return "unknown";
  return wanted.some((value) => told.includes(`= ${value}`) || told.includes(`= "${value}"`))
    ? "yes"
    : "unknown";
}

/** A citation of the path that quotes a setting by its name, in a document of which this check reads no settings. */
function citedName(name: string, { path, setting }: Case): string | undefined {
  for (const hop of path?.hops ?? [])
    for (const evidence of hop.evidence)
      if (
        (evidence.excerpt.startsWith(name) || (hop.rule === undefined && hop.via.includes(name))) &&
        checkCitation(setting.directory, evidence).outcome === "holds"
      )
        return evidence.excerpt;
  return undefined;
}

/** A record of the credential that the path cites says that it is active. */
function secretAlive({ path, setting }: Case): Answer {
  const places = (path?.hops ?? []).flatMap(({ rule, evidence }) => (rule === undefined ? evidence : []));
  return places.some((evidence) => {
    const document = setting.directory.documents.get(evidence.document);
    if (document === undefined || checkCitation(setting.directory, evidence).outcome !== "holds")
      return false;
    const { value } = cited(document, evidence);
    return isFields(value) && /^active$/i.test(stringOf(value["status"] ?? value["Status"]) ?? "");
  })
    ? "yes"
    : "unknown";
}

/** Public statements of the resource's own policy that containment leaves: those that a block keeps asleep. */
function publicAnswer({ setting, question }: Case): Answer {
  const policies = setting.directory.things.get(question.resource)?.policies;
  if (policies === undefined) return "unknown";
  const standing = [...policies.values()].flatMap((policy) => policy?.statements ?? []);
  return standing.some((item) => isPublic(item) && setting.removed?.has(placeKey(item)) !== true)
    ? "yes"
    : "no";
}

/** The bucket's policy leaves the decision to access points: those of an account that it names. */
function delegation({ setting, question, account }: Case, abroad: boolean): Answer {
  const policies = setting.directory.things.get(question.resource)?.policies;
  if (policies === undefined) return "unknown";
  const standing = [...policies.values()].flatMap((policy) => policy?.statements ?? []);
  return standing.some(
    (item) =>
      !item.deny &&
      setting.removed?.has(placeKey(item)) !== true &&
      item.conditions.some(
        ({ key, values }) =>
          key.toLowerCase() === "s3:dataaccesspointaccount" &&
          (!abroad || values.some((value) => value !== account)),
      ),
  )
    ? "yes"
    : "no";
}

const strangersKeys =
  /^aws:(principalorgid|principalorgpaths|principalisawsservice|principalaccount|sourceorgid|sourceaccount)$/;

function noRcp(action: string, { setting, account }: Case): Answer {
  if (!setting.rcpServices.has(action.split(":")[0] ?? "")) return "yes";
  if (account === undefined) return "unknown";
  const chain = levelsOf(setting.directory, account, "rcp");
  if (chain.kind === "free") return "yes";
  const denies = chain.levels
    .flat()
    .flatMap((policy) =>
      (policy.policy?.statements ?? []).filter((statement) => statement.deny && speaks(statement, action)),
    );
  if (denies.some(({ conditions }) => conditions.every(({ key }) => strangersKeys.test(key.toLowerCase()))))
    return "no";
  return !chain.whole || denies.length > 0 ? "unknown" : "yes";
}

function noOrganizationPolicy(type: string, name: string, { setting, account }: Case): Answer {
  if (account === undefined || (type !== "s3" && type !== "declarative-ec2")) return "unknown";
  const chain = levelsOf(setting.directory, account, type);
  if (chain.kind === "free") return "yes";
  const sets = chain.levels.flat().some(({ content }) => {
    if (!isFields(content)) return false;
    if (type === "declarative-ec2")
      return isFields(content["ec2_attributes"]) && name in content["ec2_attributes"];
    if (name !== "all") return true;
    const block = isFields(content["s3_attributes"])
      ? content["s3_attributes"]["public_access_block_configuration"]
      : undefined;
    return (isFields(block) && "@@assign" in block ? block["@@assign"] : block) === "all";
  });
  if (sets) return "no";
  // Nothing of the kind is attached anywhere that is known; whether everything is known, the listing says.
  const organization = organizationOf(setting.directory, account);
  return organization?.complete.has(type) === true ||
    (chain.whole && organization?.id !== undefined && chain.levels.flat().length > 0)
    ? "yes"
    : "unknown";
}

/** Rights that take a policy of the organisation off an account; the last is the account's own. */
export const liftingRights = [
  "DetachPolicy",
  "UpdatePolicy",
  "DisablePolicyType",
  "MoveAccount",
  "RemoveAccountFromOrganization",
  "LeaveOrganization",
];

const lifting = ({ can }: Case): Answer =>
  any(liftingRights.map((name) => can(`organizations:${name}`, "*")));

export const accountOf = (setting: Setting, question: ClaimedQuestion): string | undefined =>
  question.account?.replace(/^aws:/, "") ??
  accountIn(question.resource) ??
  setting.directory.things.get(question.resource)?.account;
