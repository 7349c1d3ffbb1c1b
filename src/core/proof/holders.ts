import { either, type Answer } from "./answer.js";
import type { Directory } from "./directory.js";
import { judge, placeKey } from "./judge.js";
import type { Statement } from "./policy.js";
import type { Certificate, Candidate, CertificateAtom } from "./proof.js";
import type { Citation } from "./raw-document.js";
import type { Question, Setting } from "./ruling.js";
import { indexOf } from "./statement-index.js";
import { targetOf } from "./target.js";
import { patternMatches, wholeArn, wildcardMatches } from "./wildcard.js";

/** Who may, as far as the documents say: proven, perhaps, and what each statement gives. */
export interface Able {
  readonly answers: ReadonlyMap<string, Answer>;
  readonly atom: CertificateAtom;
}

/**
 * Every identity that any statement could let do it, judged one by one. `resource` undefined: on anything at all, for
 * which the statement itself is taken as enough.
 */
export function whoMay(
  setting: Setting,
  action: string,
  resource: string | undefined,
  account?: string,
): Able {
  const { directory } = setting;
  const index = indexOf(directory);
  const folded = action.toLowerCase();
  const question: Question = { action, resource: resource ?? "*", account };
  const target = resource === undefined ? undefined : targetOf(setting, question);
  const answers = new Map<string, Answer>();
  const candidates: Candidate[] = [];
  const ask = (arn: string): { answer: Answer; by: string; at?: Citation | undefined } => {
    const ruling = judge(setting, arn, {
      ...question,
      account: account ?? (resource === undefined ? directory.identities.get(arn)?.account : undefined),
    });
    const [block] = ruling.blocks;
    const answer = resource === undefined && ruling.answer === "no" ? "unknown" : ruling.answer;
    answers.set(arn, either(answers.get(arn) ?? "no", answer));
    return {
      answer,
      by: block === undefined ? "" : `${block.layer}: ${block.text}`,
      at: block?.statement?.at,
    };
  };
  const add = (statement: Citation, arns: readonly string[]): void => {
    const able: string[] = [];
    const blocked = new Map<string, { by: string; identities: number; at?: Citation | undefined }>();
    for (const arn of arns) {
      if (account !== undefined && resource === "*" && directory.identities.get(arn)?.account !== account)
        continue;
      const { answer, by, at } = ask(arn);
      if (answer !== "no") able.push(arn);
      else {
        const entry = blocked.get(by) ?? { by, identities: 0, ...(at === undefined ? {} : { at }) };
        entry.identities += 1;
        blocked.set(by, entry);
      }
    }
    candidates.push({
      statement: plainPlace(statement),
      holders: arns.length,
      able: able.sort(),
      blocked: [...blocked.values()].sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0)),
    });
  };
  for (const { policy, statement } of index.speakingOf(folded)) {
    if (setting.removed?.has(placeKey(statement)) === true || !mightSpeak(statement, folded)) continue;
    if (target !== undefined && !mightCover(statement, target.text)) continue;
    add(statement.at, index.holders(policy));
  }
  for (const policy of target?.policies ?? [])
    for (const statement of policy?.statements ?? []) {
      if (
        statement.deny ||
        setting.removed?.has(placeKey(statement)) === true ||
        !mightSpeak(statement, folded)
      )
        continue;
      add(statement.at, namedIn(directory, statement, target?.account));
    }
  for (const [holder, grants] of directory.grants)
    for (const grant of grants)
      if (!grant.deny && grant.actions.some((pattern) => wildcardMatches(pattern, folded)))
        add(grant.at, membersOf(directory, holder));
  for (const arn of index.unread) if (!answers.has(arn)) ask(arn);
  candidates.sort((a, b) => (key(a.statement) < key(b.statement) ? -1 : 1));
  return { answers, atom: { action, resource: resource ?? "~", candidates } };
}

const key = ({ document, pointer, inner }: Citation): string => `${document}#${pointer ?? ""}#${inner ?? ""}`;

export const plainPlace = ({ document, digest, pointer, inner, line }: Citation): Citation => ({
  document,
  digest,
  ...(pointer === undefined ? {} : { pointer }),
  ...(inner === undefined ? {} : { inner }),
  ...(line === undefined ? {} : { line }),
});

const mightSpeak = ({ actions, notActions }: Statement, action: string): boolean =>
  actions.some((pattern) => wildcardMatches(pattern, action)) !== notActions;

/** With every variable read as a star: a candidate too many does no harm. */
function mightCover({ resources, notResources }: Statement, text: string): boolean {
  if (resources === undefined || notResources) return true;
  return resources.some((pattern) => patternMatches(wholeArn(pattern.replace(/\$\{[^}]*\}/g, "*")), text));
}

function namedIn(directory: Directory, { named }: Statement, account: string | undefined): readonly string[] {
  if (named === undefined) return [];
  const all = (): readonly string[] =>
    [...directory.identities.values()]
      .filter((item) => item.kind !== "group" && (account === undefined || item.account === account))
      .map(({ arn }) => arn);
  // Whole accounts are let in by the policies of their identities, which the scan above has found.
  return named.everyone || named.negated ? all() : named.aws.filter((name) => directory.identities.has(name));
}

const membersOf = (directory: Directory, holder: string): readonly string[] =>
  directory.identities.get(holder)?.kind === "group"
    ? [...directory.identities.values()].filter(({ groups }) => groups.includes(holder)).map(({ arn }) => arn)
    : directory.identities.has(holder)
      ? [holder]
      : [];

export type { Certificate };
