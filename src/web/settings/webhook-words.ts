import { ago, span } from "../parts/when.js";

export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Empty: everything. */
  readonly events: readonly string[];
  readonly note: string;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly stoppedAt?: string;
  readonly stoppedWhy?: string;
  readonly failing?: { readonly since: string; readonly tries: number };
}

/** `chat.example`: the rest of an address often is a secret of whoever receives. */
export function receiverOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return "an address that is none";
  }
}

/** `paused 2 d ago`, `not reached for 3 h, 5 tries`, `told`. */
export function stateOf({ stoppedAt, failing }: Webhook, now: string): string {
  if (stoppedAt !== undefined) return `paused ${ago(stoppedAt, now)}`;
  if (failing === undefined) return "told";
  const tries = failing.tries === 1 ? "1 try" : `${String(failing.tries)} tries`;
  return `not reached for ${span(Date.parse(now) - Date.parse(failing.since))}, ${tries}`;
}
