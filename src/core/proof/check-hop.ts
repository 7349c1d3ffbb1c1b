import { checkCitation } from "./check-citation.js";
import { checkEntry } from "./check-entry.js";
import { checkRewriting, isRewriting } from "./check-rewriting.js";
import {
  fails,
  holds,
  notFollowed,
  ruled,
  together,
  type ClaimedHop,
  type ClaimedPath,
  type HopResult,
} from "./claim.js";
import { judge } from "./judge.js";
import { cited, isFields, stringOf } from "./raw-document.js";
import { afterwards, leave, unfollowed, untouched, type Rewrites } from "./rewriting.js";
import { questionOf, rights, short, verdictOf, type Asks } from "./rights.js";
import type { Setting } from "./ruling.js";
import { computeSteps, takeoverSteps } from "./steps.js";

/** One hop by the rule that it names. `rewritten`: identities whose policies an earlier hop of the path wrote. */
export function checkHop(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  rewritten: Rewrites,
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
  if (isRewriting(hop)) return checkRewriting(setting, path, hop, asks, rewritten);
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
  leave(rewritten, hop.to, unfollowed(setting, hop.to));
  return notFollowed(`\`${rule}\` is no step that this check knows`, hop.evidence[0]);
}

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

/** The actor writes the policy of the resource and names itself: SCPs, RCPs and its own denies still bind. */
function selfGranted(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: Rewrites,
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
  rewritten: Rewrites,
): HopResult {
  const known = rewritten.get(hop.from) ?? [];
  if (known.length === 0)
    return fails("no earlier hop writes the policies of this identity", hop.evidence[0]);
  return together(
    asks.map((ask) => {
      const ruling = afterwards(questionOf(ask, hop), known);
      const [block] = ruling.blocks;
      const text = `after the change, ${short(hop.from)} and ${ask.action}: ${block?.text ?? "refused"}`;
      if (ruling.answer === "no") return fails(text, block?.statement?.at);
      return ruling.answer === "unknown" && path.verdict === true ? notFollowed(text) : ruled([ruling]);
    }),
  );
}

function throughCompute(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: Rewrites,
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
