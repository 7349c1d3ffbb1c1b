import { useSyncExternalStore } from "react";
import { AwayError, ProblemError } from "../api/client.js";

/** What is known of the way to the server, beside every answer. */
export interface Connection {
  /** When the last answer came, where none comes now. Clock of this machine. */
  readonly awaySince?: number;
  /** Somebody was signed in, and is not any more. */
  readonly ended: boolean;
}

let state: Connection = { ended: false };
let lastAnswer = Date.now();
const listeners = new Set<() => void>();

function become(next: Connection): void {
  if (next.awaySince === state.awaySince && next.ended === state.ended) return;
  state = next;
  for (const listener of listeners) listener();
}

export function answered(): void {
  lastAnswer = Date.now();
  if (state.awaySince !== undefined) become({ ended: state.ended });
}

export function failed(error: unknown): void {
  if (error instanceof AwayError) become({ ...state, awaySince: state.awaySince ?? lastAnswer });
  else if (error instanceof ProblemError) {
    answered();
    if (error.status === 401) become({ ...state, ended: true });
  }
}

export const signedInAgain = (): void => become({ ...state, ended: false });

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => state);
