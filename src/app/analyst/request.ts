import type { Watched } from "../watched-exposures.js";

/** What is asked of the process that holds an estate; paths are relative to `folder`. */
export interface HeldRequest {
  readonly id: number;
  readonly folder: string;
  /** Equal keys are the same documents; where the process holds them they need not lie in the folder. */
  readonly estateKey: string;
  readonly estate: readonly string[];
  readonly findings: readonly string[];
  readonly catalogue?: string;
  readonly now: string;
  readonly watched: readonly Watched[];
  /** Where the analysis is written. */
  readonly out: string;
  /** Where the rows of findings are written, if anybody wants them. */
  readonly rowsOut?: string;
}

export type HeldReply =
  | { readonly kind: "ready" }
  | {
      readonly kind: "analysed";
      readonly id: number;
      /** Key of the estate that is held from now on. */
      readonly holds?: string;
      readonly asked: number;
    }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
