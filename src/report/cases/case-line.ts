import { comesBackOrder } from "../../core/decision/index.js";
import type { CaseRow } from "../case-row.js";
import { kindName } from "../subject.js";
import { withoutArns } from "../short-name.js";
import { visible } from "../visible-text.js";
import { dueText } from "../wording.js";

/** A case of an installation as its list has it. */
export interface CaseLineView {
  readonly id: string;
  readonly title: string;
  readonly exposed?:
    | {
        readonly kind: string;
        readonly name: string;
        readonly weakness: readonly string[];
        readonly more: number;
        readonly account?: string | undefined;
      }
    | undefined;
  readonly status: "open" | "accepted" | "closed";
  readonly words: string;
  readonly because: string;
  readonly severity: string;
  readonly tier: number;
  readonly lead: string;
  readonly contain: string;
  readonly owner?: string | undefined;
  readonly dueAt?: string | undefined;
}

const severities = ["critical", "high", "medium", "low", "informational"];
const statuses = ["open", "accepted", "closed"];

const rank = (names: readonly string[], name: string): number => {
  const at = names.indexOf(name);
  return at < 0 ? names.length : at;
};

/** The order of the table: open before resting before closed, then as `analyze` has it. Total. */
export function byTable(a: CaseLineView, b: CaseLineView): number {
  return (
    rank(statuses, a.status) - rank(statuses, b.status) ||
    rank(comesBackOrder, a.words) - rank(comesBackOrder, b.words) ||
    b.tier - a.tier ||
    rank(severities, a.severity) - rank(severities, b.severity) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** Names that stand for resources of different accounts. */
export function doubled(lines: readonly CaseLineView[]): ReadonlySet<string> {
  const accounts = new Map<string, string>();
  const found = new Set<string>();
  for (const { exposed } of lines) {
    if (exposed === undefined) continue;
    const key = nameKey(exposed);
    const known = accounts.get(key);
    if (known === undefined) accounts.set(key, exposed.account ?? "");
    else if (known !== (exposed.account ?? "")) found.add(key);
  }
  return found;
}

const nameKey = ({ kind, name }: { readonly kind: string; readonly name: string }): string =>
  `${kind} ${name}`;

/** The cells of the table of `analyze`; CONTAIN names who has taken it, DUE says when there is nothing left to do. */
export function rowOf(line: CaseLineView, now: string, ambiguous: ReadonlySet<string>): CaseRow {
  const { exposed, owner } = line;
  return {
    id: line.id,
    subject:
      exposed === undefined
        ? { kind: "", name: withoutArns(line.title), weakness: "", more: 0 }
        : {
            kind: kindName(exposed.kind),
            name: withoutArns(
              ambiguous.has(nameKey(exposed)) && exposed.account !== undefined
                ? `${exposed.account}/${exposed.name}`
                : exposed.name,
            ),
            weakness: visible(exposed.weakness.join(", ")),
            more: exposed.more,
          },
    comesBack: visible(line.words),
    because: withoutArns(line.because),
    contain: `${visible(line.contain)}${owner === undefined ? "" : ` ${visible(owner)}`}`,
    fixLead: visible(line.lead),
    tier: String(line.tier),
    due: line.status === "open" ? dueText(line.dueAt ?? null, now) : line.status,
  };
}
