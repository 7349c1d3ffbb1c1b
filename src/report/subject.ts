import { kindName as kindWords, type Case, type CaseExposure } from "../core/decision/index.js";
import { withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";

/** `s3`, `user`, `rds snapshot`, safe to show. */
export const kindName = (kind: string): string => visible(kindWords(kind));

const nameKey = (exposure: CaseExposure): string =>
  `${kindName(exposure.resourceKind)} ${exposure.resourceName}`;

/** Names that stand for resources of different accounts: only these carry their account. */
export function collidingNames(cases: readonly Case[]): ReadonlySet<string> {
  const accounts = new Map<string, string>();
  const colliding = new Set<string>();
  for (const { exposures } of cases) {
    for (const exposure of exposures) {
      const key = nameKey(exposure);
      const known = accounts.get(key);
      if (known === undefined) accounts.set(key, exposure.account ?? "");
      else if (known !== (exposure.account ?? "")) colliding.add(key);
    }
  }
  return colliding;
}

export interface Subject {
  /** `s3`, `lambda`, `account`; empty where the case names no resource. */
  readonly kind: string;
  readonly name: string;
  /** `public access`, at most five words, several weaknesses of one resource joined. */
  readonly weakness: string;
  /** Further resources of the same root cause. */
  readonly more: number;
}

/** What a row is about: the first exposure of the case, what is wrong with it, and how many more there are. */
export function subjectOf(item: Case, colliding: ReadonlySet<string>): Subject {
  const [first] = item.exposures;
  if (first === undefined) return { kind: "", name: withoutArns(item.title), weakness: "", more: 0 };
  const same = item.exposures.filter((exposure) => exposure.resource === first.resource);
  const account = colliding.has(nameKey(first)) ? accountLabel(first) : undefined;
  const name = withoutArns(first.resourceName);
  return {
    kind: kindName(first.resourceKind),
    name: account === undefined ? name : `${account}/${name}`,
    weakness: fewWords([...new Set(same.map((exposure) => visible(exposure.weaknessTitle)))]),
    more: new Set(item.exposures.map((exposure) => exposure.resource)).size - 1,
  };
}

/** In front of a name that stands twice: the account's own name, else its last four digits (all twelve are in `explain`). */
export function accountLabel(exposure: CaseExposure): string | undefined {
  if (exposure.accountName !== undefined && exposure.accountName !== "") return visible(exposure.accountName);
  if (exposure.account === undefined) return undefined;
  return visible(`…${exposure.account.replace(/^aws:/, "").slice(-4)}`);
}

/** As many titles as stay within five words; the first always. */
function fewWords(titles: readonly string[]): string {
  const taken: string[] = [];
  let words = 0;
  for (const title of titles) {
    words += title.split(" ").length;
    if (taken.length > 0 && words > 5) return `${taken.join(", ")} +${titles.length - taken.length}`;
    taken.push(title);
  }
  return taken.join(", ");
}
