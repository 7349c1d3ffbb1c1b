import type { Compiled } from "./compiled.js";
import { isOfAccount } from "./model.js";

/** From the first to the last actor of an account: ids are sorted, and those of one account stand together. */
export type Span = readonly [from: number, to: number];

export function spansOf(
  { byAccount }: Compiled,
  accounts: ReadonlySet<string> | undefined,
): readonly Span[] | undefined {
  if (accounts === undefined) return undefined;
  return [...accounts].flatMap((account): readonly Span[] => {
    const own = byAccount.get(account) ?? [];
    const [from] = own;
    const to = own.at(-1);
    return from === undefined || to === undefined ? [] : [[from, to]];
  });
}

const loose = new WeakMap<Compiled, Uint8Array>();

/** Documents that somebody beside users, roles and roots holds: no account bounds who does. */
export function looseDocuments(compiled: Compiled): Uint8Array {
  let found = loose.get(compiled);
  if (found === undefined) {
    const { actors, index } = compiled;
    found = new Uint8Array(index.documents.length);
    for (let d = 0; d < found.length; d++) {
      const end = index.holders.start[d + 1] ?? 0;
      for (let i = index.holders.start[d] ?? 0; i < end; i++) {
        const actor = actors[index.holders.item[i] ?? 0];
        if (actor === undefined || !isOfAccount(actor.kind)) found[d] = 1;
      }
    }
    loose.set(compiled, found);
  }
  return found;
}

/** Holders of a document, those of the spans only where spans are given. */
export function* holdersIn(
  compiled: Compiled,
  document: number,
  spans: readonly Span[] | undefined,
): Generator<number> {
  const { start, item } = compiled.index.holders;
  const from = start[document] ?? 0;
  const end = start[document + 1] ?? 0;
  if (spans === undefined || end - from < 8 || looseDocuments(compiled)[document] === 1) {
    for (let i = from; i < end; i++) yield item[i] ?? 0;
    return;
  }
  for (const [first, last] of spans) {
    let low = from;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((item[middle] ?? 0) < first) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < end && (item[i] ?? 0) <= last; i++) yield item[i] ?? 0;
  }
}

/** Whether an actor stands in one of the spans. */
export function isWithin(spans: readonly Span[], index: number): boolean {
  for (const [from, to] of spans) if (index >= from && index <= to) return true;
  return false;
}
