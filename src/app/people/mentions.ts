import { isPeopleEvent, type LedgerEvent } from "../../core/cases/index.js";
import type { Repositories } from "../../store/index.js";

/** A text of the ledger in which somebody is called by a name. It is part of a hash and stays as it was written. */
export interface Mention {
  readonly case: string;
  readonly sequence: number;
  readonly at: string;
  /** Of the event: `noted`, `order-done`. */
  readonly kind: string;
  /** Where in the event: `text`, `reason`. */
  readonly field: string;
}

export interface Mentions {
  readonly items: readonly Mention[];
  /** Found beyond those. */
  readonly more: number;
}

/** How many are named; the rest is counted. */
const most = 500;

/** Texts of the whole ledger that say one of the names as a word of its own, whatever its case. */
export async function mentionsOf(
  { ledger }: Pick<Repositories, "ledger">,
  names: readonly string[],
): Promise<Mentions> {
  const said = saysOneOf(names);
  const items: Mention[] = [];
  let more = 0;
  for (let position = 0; ;) {
    const events = await ledger.after(position);
    const last = events.at(-1);
    if (last === undefined) return { items, more };
    for (const { body } of events) {
      // Most say nothing of the kind, and need not be read.
      if (!said(body)) continue;
      const event = JSON.parse(body) as LedgerEvent;
      for (const field of fieldsOf(event, said)) {
        const { case: of, sequence, at } = event;
        if (items.length < most) items.push({ case: of, sequence, at, kind: event.fact.kind, field });
        else more += 1;
      }
    }
    position = last.position;
  }
}

/** As a word of its own: `ana` is not in `analysis`, and `ana.ruiz` is not in `ana.ruiz2`. */
export function saysOneOf(names: readonly string[]): (text: string) => boolean {
  const words = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words})(?![\\p{L}\\p{N}_])`, "iu");
  return (text) => pattern.test(text);
}

function fieldsOf(event: LedgerEvent, said: (text: string) => boolean): readonly string[] {
  if (isPeopleEvent(event)) return said(event.fact.reason) ? ["reason"] : [];
  const found: string[] = [];
  const visit = (value: unknown, at: string): void => {
    if (typeof value === "string") {
      if (said(value)) found.push(at);
    } else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) visit(item, at === "" ? key : `${at}/${key}`);
  };
  visit(event.fact, "");
  return found;
}
