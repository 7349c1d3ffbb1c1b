import { checkCitation } from "./check-citation.js";
import { checkEntry, samePlace } from "./check-entry.js";
import {
  fails,
  holds,
  notFollowed,
  restsOn,
  ruled,
  together,
  type ClaimedHop,
  type ClaimedPath,
  type HopResult,
} from "./claim.js";
import { accountIn } from "./directory.js";
import { judge, type Rewritten } from "./judge.js";
import { cited, isFields, stringOf } from "./raw-document.js";
import type { Question, Ruling, Setting } from "./ruling.js";
import { computeSteps, removals, rewriteSteps, takeoverSteps } from "./steps.js";
import { managedPolicy } from "./held.js";

type Asks = NonNullable<ClaimedHop["asks"]>;

/** One hop by the rule that it names. `rewritten`: identities whose policies an earlier hop of the path wrote. */
export function checkHop(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  rewritten: Map<string, Rewrite>,
): HopResult {
  const rule = hop.rule ?? "";
  if (rule.startsWith("entry:")) return checkEntry(setting.directory, hop, path.verdict);
  const asks = hop.asks ?? [];
  if (rule === "") return standing(setting, hop);
  if (rule === "right") return rights(setting, path, hop, asks, rewritten);
  if (rule === "right-granted") return selfGranted(setting, path, hop, asks, rewritten);
  if (rule === "right-after-rewrite") return afterRewrite(setting, path, hop, asks, rewritten);
  if (rule === "assume-role")
    return asks.length === 1 &&
      asks[0]?.action.toLowerCase() === "sts:assumerole" &&
      asks[0].resource === hop.to
      ? rights(setting, path, hop, asks, rewritten)
      : fails("becoming a role takes sts:AssumeRole on that role", hop.evidence[0]);
  if (rule === "assume-root")
    return together([
      needs(["sts:AssumeRoot"], asks, hop, (ask) => ask.resource === hop.to),
      rights(setting, path, hop, asks, rewritten),
    ]);
  if (rewriteSteps[rule] !== undefined && /rewrite/.test(hop.via))
    return rewriting(setting, path, hop, asks, rewritten);
  const takeover = takeoverSteps[rule];
  if (takeover !== undefined)
    return together([
      needs(takeover, asks, hop, (ask) => ask.resource === hop.to),
      rights(setting, path, hop, asks, rewritten),
    ]);
  const compute = computeSteps.get(rule);
  if (compute !== undefined) return throughCompute(setting, path, hop, asks, rewritten);
  if (["trust", "repository-pipeline", "pipeline-role", "secret-copy"].includes(rule))
    return statedStep(setting, hop);
  // Whatever rests on it cannot be followed either, and is not held against the path.
  rewritten.set(hop.to, unfollowed);
  return notFollowed(`\`${rule}\` is no step that this check knows`, hop.evidence[0]);
}

/** What a hop that rewrites leaves behind: which limits stand, and what is gained. */
export interface Rewrite {
  readonly layers: Rewritten;
  readonly gains: "written" | "chosen" | "removed" | "not-followed";
  /** Group or policy whose statements are gained. */
  readonly chosen?: string;
}

const untouched: Rewritten = { inline: true, attached: true, boundary: true };
const unfollowed: Rewrite = { layers: untouched, gains: "not-followed" };

/** The actions of the rule are all there, each on a thing that the rule allows. */
function needs(
  actions: readonly string[],
  asks: Asks,
  hop: ClaimedHop,
  on: (ask: Asks[number]) => boolean = () => true,
): HopResult {
  const absent = actions.find(
    (action) => !asks.some((ask) => ask.action.toLowerCase() === action.toLowerCase() && on(ask)),
  );
  return absent === undefined
    ? holds()
    : fails(`\`${hop.rule ?? ""}\` takes ${absent}, which this hop does not show`, hop.evidence[0]);
}

/** Every right that the hop asks, judged anew; the cited grants must be among those that were found. */
function rights(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: ReadonlyMap<string, Rewrite>,
): HopResult {
  if (asks.length === 0) return notFollowed("the hop names no right", hop.evidence[0]);
  const rulings = asks.map((ask) => {
    const direct = judge(setting, hop.from, questionOf(ask, hop));
    const own = rewritten.get(hop.from);
    return direct.answer === "no" && own !== undefined ? afterwards(setting, hop.from, ask, own) : direct;
  });
  const found = rulings.flatMap(({ allows }) => allows);
  // Where a ruling could not be made, nothing can be said of what was cited for it.
  const settled = rulings.every(({ answer }) => answer === "yes" || answer === "if");
  const stray = !settled
    ? undefined
    : hop.evidence.find(
        (evidence) =>
          !/^data\//.test(evidence.document) &&
          !found.some(({ statement }) => samePlace(statement.at, evidence)) &&
          isStatement(setting, evidence),
      );
  return together([
    ...hop.evidence.map((evidence) => checkCitation(setting.directory, evidence)),
    ...rulings.map((ruling, index) => verdictOf(setting, ruling, asks[index], hop, path)),
    ...(stray === undefined || asks.length < (hop.asks ?? []).length
      ? []
      : [fails("the cited statement grants nothing of it", stray)]),
  ]);
}

function isStatement(setting: Setting, evidence: ClaimedHop["evidence"][number]): boolean {
  const document = setting.directory.documents.get(evidence.document);
  const value = document === undefined ? undefined : cited(document, evidence).value;
  return isFields(value) && (value["Effect"] === "Allow" || value["Effect"] === "Deny");
}

const questionOf = ({ action, resource }: Asks[number], hop: ClaimedHop): Question => ({
  action,
  resource,
  account: resource === "*" ? (/^aws:(\d{12})$/.exec(hop.to)?.[1] ?? accountIn(hop.from)) : undefined,
});

function verdictOf(
  setting: Setting,
  ruling: Ruling,
  ask: Asks[number] | undefined,
  hop: ClaimedHop,
  path: ClaimedPath,
): HopResult {
  const text = `${short(hop.from)} and ${ask?.action ?? ""} on ${short(ask?.resource ?? "")}`;
  const [block] = ruling.blocks;
  const at = block?.statement?.at ?? hop.evidence[0];
  switch (ruling.answer) {
    case "yes":
      return ruled([ruling]);
    case "if":
      return ruled([ruling]);
    case "unknown":
      return path.verdict === "unknown"
        ? ruled([ruling])
        : {
            ...notFollowed(`${text}: ${block?.text ?? "not all documents can be read"}`, at),
            ...restsOn([ruling]),
          };
    case "no":
      if ([hop.from, hop.to, ask?.resource ?? ""].some((id) => setting.directory.twice.has(id)))
        return notFollowed(`${text}: two documents describe it differently`, at);
      return { ...fails(`${text}: ${block?.text ?? "refused"}`, at), ...restsOn([ruling]) };
  }
}

const short = (id: string): string =>
  id.startsWith("arn:aws:s3:::") ? id.slice(13) : id.slice(id.lastIndexOf("/") + 1);

/** The actor writes the policy of the resource and names itself: SCPs, RCPs and its own denies still bind. */
function selfGranted(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: ReadonlyMap<string, Rewrite>,
): HopResult {
  const [write, given] = asks;
  if (write === undefined || given === undefined)
    return notFollowed("the hop names no right", hop.evidence[0]);
  const freed = { ...setting, withoutPolicy: write.resource };
  const ruling = judge(freed, hop.from, questionOf(given, hop), untouched);
  return together([
    rights(setting, path, hop, [write], rewritten),
    verdictOf(setting, ruling, given, hop, path),
  ]);
}

/** Rights of an identity whose policies were written: everything that its limits leave. */
function afterRewrite(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: ReadonlyMap<string, Rewrite>,
): HopResult {
  const own = rewritten.get(hop.from);
  if (own === undefined) return fails("no earlier hop writes the policies of this identity", hop.evidence[0]);
  return together(
    asks.map((ask) => {
      const ruling = afterwards(setting, hop.from, ask, own);
      const [block] = ruling.blocks;
      const text = `after the change, ${short(hop.from)} and ${ask.action}: ${block?.text ?? "refused"}`;
      if (ruling.answer === "no") return fails(text, block?.statement?.at);
      return ruling.answer === "unknown" && path.verdict === true ? notFollowed(text) : ruled([ruling]);
    }),
  );
}

function afterwards(setting: Setting, who: string, ask: Asks[number], own: Rewrite): Ruling {
  const question: Question = { ...ask, account: ask.resource === "*" ? accountIn(who) : undefined };
  const ruling = judge(setting, who, question, own.layers);
  if (own.gains === "not-followed") return { ...ruling, answer: "unknown" };
  if (own.gains === "written" || ruling.answer === "no") return ruling;
  // What is gained is what the group says: somebody who has nothing else.
  const { directory } = setting;
  const group = own.chosen === undefined ? undefined : directory.identities.get(own.chosen);
  const identity = directory.identities.get(who);
  if (group === undefined || identity === undefined) return { ...ruling, answer: "unknown" };
  const joined = new Map(directory.identities).set(who, {
    ...identity,
    groups: [...identity.groups, group.arn],
  });
  return judge({ ...setting, directory: { ...directory, identities: joined } }, who, question);
}

/** Writes what an identity may do; removals of limits come with it, each a right of its own (recreation.md 2). */
function rewriting(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: Map<string, Rewrite>,
): HopResult {
  const step = rewriteSteps[hop.rule ?? ""];
  if (step === undefined) return notFollowed("no rewriting that this check knows", hop.evidence[0]);
  const { directory } = setting;
  const identity = directory.identities.get(hop.to);
  if (identity === undefined) return notFollowed(`no document lists ${short(hop.to)}`, hop.evidence[0]);
  const main = asks.find((ask) => ask.action.toLowerCase() === step.action.toLowerCase());
  const carriers = [identity, ...identity.groups.flatMap((group) => directory.identities.get(group) ?? [])];
  const fits =
    step.gains === "removed" ||
    (main !== undefined &&
      (step.on === "itself"
        ? main.resource === hop.to
        : step.on === "group"
          ? step.gains === "chosen"
            ? directory.identities.get(main.resource)?.kind === "group"
            : identity.groups.includes(main.resource)
          : carriers.some(({ attached }) => attached.includes(main.resource)) &&
            managedPolicy(directory, main.resource) !== undefined));
  if (!fits)
    return fails(`\`${hop.rule ?? ""}\` does not change what ${short(hop.to)} may do`, hop.evidence[0]);
  const layers = { ...untouched };
  for (const ask of asks) {
    const layer = ask === main ? undefined : removals[ask.action.toLowerCase()];
    // A new version of the boundary's own policy takes the boundary off.
    if (layer !== undefined) layers[ask.resource === identity.boundary ? "boundary" : layer] = false;
  }
  // Taking a limit off proves that it is off only where nothing else of that layer is left; deeper ones are not followed.
  const after: Rewrite = {
    layers: layers,
    gains: step.gains,
    ...(step.gains === "chosen" && main !== undefined ? { chosen: main.resource } : {}),
  };
  if (step.gains === "removed" || !(layers.inline && layers.attached && layers.boundary)) {
    rewritten.set(hop.to, unfollowed);
    return notFollowed("limits are taken off on the way", hop.evidence[0]);
  }
  const result = rights(setting, path, hop, asks, rewritten);
  rewritten.set(hop.to, after);
  return result;
}

function throughCompute(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: ReadonlyMap<string, Rewrite>,
): HopResult {
  const step = computeSteps.get(hop.rule ?? "");
  const trust = setting.directory.identities.get(hop.to)?.trust;
  if (step === undefined || trust === undefined)
    return notFollowed(`no document lists ${short(hop.to)}`, hop.evidence[0]);
  const admitted = trust.statements.some(
    ({ deny, named }) => !deny && step.services.some((service) => named?.service.includes(service) === true),
  );
  if (!admitted)
    return fails(`the trust of ${short(hop.to)} admits none of ${step.services.join(", ")}`, trust.at);
  return together([
    needs(step.actions, asks, hop, (ask) => ask.action !== "iam:PassRole" || ask.resource === hop.to),
    ...asks.map((ask) => rights(unlisted(setting, ask.resource), path, hop, [ask], rewritten)),
  ]);
}

/** Compute that is yet to be made, or that no document lists, has no policy of its own that could stand in the way. */
const unlisted = (setting: Setting, resource: string): Setting =>
  setting.directory.things.has(resource) ? setting : { ...setting, withoutPolicy: resource };

/** Steps that the native estate document states: the entry says from whom and to whom. */
function statedStep(setting: Setting, hop: ClaimedHop): HopResult {
  const places = hop.evidence.map((evidence) => checkCitation(setting.directory, evidence));
  const told = hop.evidence.some((evidence) => {
    const document = setting.directory.documents.get(evidence.document);
    const value = document === undefined ? undefined : cited(document, evidence).value;
    if (!isFields(value)) return false;
    const named = [value["from"], value["to"]].flatMap((item) => stringOf(item) ?? []).map(bare);
    return named.includes(bare(hop.to)) || named.includes(bare(hop.from));
  });
  return together([...places, told ? holds() : fails("the cited entry does not say so", hop.evidence[0])]);
}

const bare = (id: string): string => id.replace(/^aws:arn:/, "arn:");

/** Settings and guard rails that are as they are: the places must say what is quoted. What they amount to, the formula asks. */
function standing(setting: Setting, hop: ClaimedHop): HopResult {
  return together(hop.evidence.map((evidence) => checkCitation(setting.directory, evidence)));
}
