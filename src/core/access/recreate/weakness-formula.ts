import type { Definition, Evidence, MissingFact, PrincipalId } from "../../estate/index.js";
import type { Entry } from "../become.js";
import type { Overlay } from "../engine.js";
import type { Hop, PropertyTruth } from "../recreation.js";
import type { FormulaContext } from "./context.js";
import type { Formula } from "./formula.js";

/** A way to the same asset without any change of a setting. */
export interface Bypass {
  readonly formula: Formula;
  /** What is reached, as a verb phrase: `may read it`. */
  readonly verb: string;
  /** Which entries count: for most assets reading is somebody's job, and only outsiders are a way back. */
  readonly counts: "outside" | "machines-too" | "all";
  /** Only these identities use it: the role of the exposed host. */
  readonly startsAs?: readonly PrincipalId[];
  /** The asset is reached by an over-privileged identity: a right on everything (decision rule D5). */
  readonly overPrivileged?: boolean;
}

/** The property can never be weak again on this resource: the only honest way to `none`. */
export interface Immutable {
  readonly basis: "immutable" | "gone";
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** One row of recreation.md 4 or 5. All members are pure; the context already carries the containment overlay. */
export interface WeaknessFormula {
  /** `s3-public`; shown as `Recreation.formula`. */
  readonly name: string;
  /** Weakness ids that it answers for. */
  readonly weaknesses: readonly string[];
  /** Kinds of resource that it speaks about; on any other it never answers `none`. Absent: any kind. */
  readonly kinds?: readonly string[];
  /** The weak setting as the estate shows it before containment: true only where a document says so. */
  weak?(context: FormulaContext, now: string): PropertyTruth | undefined;
  /** What containment does to this exposure, and nothing else (recreation.md 2); asked on the bare context. */
  contain(context: FormulaContext): Overlay;
  restore(context: FormulaContext): Formula;
  bypass(context: FormulaContext): readonly Bypass[];
  immutable?(context: FormulaContext): Immutable | undefined;
  /** Whether code that is in force declares the weakness itself (drift leg). */
  declares(definition: Definition, context: FormulaContext): boolean;
  /** Code, controllers or time that bring it back beside definitions. */
  drift?(context: FormulaContext): readonly Drift[];
  /** Definitions of other resources that can hold the weakness of this one. */
  readonly definedOn?: (context: FormulaContext) => readonly string[];
  /** Creates a new resource with the same weakness: listed, never counted. `[action, resource]`. */
  elsewhere(context: FormulaContext): readonly (readonly [string, string])[];
  /** How the decisive right reads in a clause: `may change the bucket policy`. By action; others are named. */
  readonly verbs: Readonly<Record<string, string>>;
  /** It is back when somebody deploys or configures a workload: who may is asked for where no document states it. */
  readonly byDeployment?: true;
  /** Containment takes trusts or rights of identities away: who becomes whom has to be asked anew. */
  readonly changesIdentities?: true;
  /** How the exposure is used before containment; asked on the bare context (`Recreation.exposurePath`). */
  exposurePath?(context: FormulaContext): readonly Hop[];
  /** Ways that need nobody's right: whoever comes in by them sets it again. They count by the band of their entry. */
  ways?(context: FormulaContext): readonly StandingWay[];
  /** Entries that are the exposure itself: containment has revoked them. */
  excludes?(entry: Entry, context: FormulaContext): boolean;
}

/** Somebody who sets it again as soon as it is in, by what it is and not by a grant: the root user of an account. */
export interface StandingWay {
  readonly entry: Entry;
  /** What it does, as a verb phrase. */
  readonly via: string;
  readonly because: string;
  readonly action: string;
}

/** Something that brings the weakness back with nobody deciding. */
export interface Drift {
  readonly starter: string;
  readonly label: string;
  readonly because: string;
  readonly controlId: string;
  readonly evidence: readonly Evidence[];
  readonly verdict: true | "unknown";
  readonly missing: readonly MissingFact[];
  /** Hops in full where one does not say it; the first is the recurrence hop. */
  readonly hops?: readonly Hop[];
}
