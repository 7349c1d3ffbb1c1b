import type { Role } from "../../accountability/index.js";
import type { Analysis } from "../analysis.js";
import type { SummedReach } from "../reach-sum.js";
import type { Playbook } from "./playbook.js";

/** What stands around a workload before anything happens: its planes, identities, secrets and neighbours. */
export interface WorkloadPart {
  readonly workload: string;
  readonly name: string;
  readonly account?: string;
  readonly planes: readonly {
    readonly plane: string;
    readonly role: Role;
    readonly who: string;
    readonly via: string;
  }[];
  readonly identities: readonly string[];
  readonly reach: SummedReach;
  readonly credentials: readonly {
    readonly id: string;
    readonly kind: string;
    readonly holder: string;
    readonly status: string;
    readonly lastUsedAt?: string;
    readonly consumers: readonly string[];
    readonly copies: readonly string[];
  }[];
  /** Cases of today that are about it. */
  readonly cases: readonly { readonly id: string; readonly title: string; readonly words: string }[];
}

export interface PlaybookDocument extends Playbook {
  readonly schema: "remit.playbook/1";
  readonly generatedAt: string;
  readonly inputs: Analysis["inputs"];
  readonly rejected: Analysis["rejected"];
  readonly policyVersion: string;
  readonly workload?: WorkloadPart;
}
