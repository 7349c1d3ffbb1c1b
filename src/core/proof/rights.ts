import { checkCitation } from "./check-citation.js";
import { samePlace } from "./check-entry.js";
import {
  fails,
  notFollowed,
  restsOn,
  ruled,
  together,
  type ClaimedHop,
  type ClaimedPath,
  type HopResult,
} from "./claim.js";
import { accountIn } from "./directory.js";
import { judge } from "./judge.js";
import { cited, isFields } from "./raw-document.js";
import { afterwards, better, type Rewrites } from "./rewriting.js";
import type { Question, Ruling, Setting } from "./ruling.js";
import { indexOf } from "./statement-index.js";
import { wildcardMatches } from "./wildcard.js";

export type Asks = NonNullable<ClaimedHop["asks"]>;

/** Every right that the hop asks, judged anew. */
export function rights(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rewritten: Rewrites,
): HopResult {
  if (asks.length === 0) return notFollowed("the hop names no right", hop.evidence[0]);
  const rulings = asks.map((ask) => {
    const question = questionOf(ask, hop);
    const direct = judgeAny(setting, hop.from, question);
    const known = rewritten.get(hop.from) ?? [];
    return direct.answer === "no" && known.length > 0 ? afterwards(question, known) : direct;
  });
  return sayRulings(setting, path, hop, asks, rulings);
}

/** What was found for each right that is asked; the cited grants must be among those that were found. */
export function sayRulings(
  setting: Setting,
  path: ClaimedPath,
  hop: ClaimedHop,
  asks: Asks,
  rulings: readonly Ruling[],
): HopResult {
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

export const questionOf = ({ action, resource }: Asks[number], hop: ClaimedHop): Question => ({
  action,
  resource,
  account: resource === "*" ? (/^aws:(\d{12})$/.exec(hop.to)?.[1] ?? accountIn(hop.from)) : undefined,
});

export function verdictOf(
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

export const short = (id: string): string =>
  id.startsWith("arn:aws:s3:::") ? id.slice(13) : id.slice(id.lastIndexOf("/") + 1);

/** A right asked on a pattern of roles is there where it is there on one of them. */
function judgeAny(setting: Setting, who: string, question: Question): Ruling {
  let best = judge(setting, who, question);
  const account = accountIn(question.resource);
  if (account === undefined || !/:role\/.*\*/.test(question.resource)) return best;
  for (const { arn, kind } of indexOf(setting.directory).ofAccount(account)) {
    if (best.answer === "yes") return best;
    if (kind !== "role" || !wildcardMatches(question.resource, arn)) continue;
    best = better(best, judge(setting, who, { ...question, resource: arn }));
  }
  return best;
}
