import type { PersonCommand } from "../../api/index.js";
import type { MoveInput } from "./move-input.js";

/** A verb of `remit cases`: how it is typed, and the move that it makes. */
export interface MoveVerb {
  /** With its arguments after the case: `claim <track> [item]`. */
  readonly usage: string;
  readonly about: string;
  readonly options: readonly (readonly [flags: string, about: string])[];
  readonly example: string;
  /** Throws a fault of usage where what was typed is no such move. */
  readonly command: (input: MoveInput) => PersonCommand;
}

export const reason = ["--reason <text>", "why; kept with the move"] as const;
export const until = [
  "--until <time>",
  "its end: `2026-12-31` (the first moment of it, UTC) or an instant",
] as const;
