import type { OwnerExplanation } from "../core/accountability/index.js";
import type { Evidence } from "../core/estate/index.js";

/** Part of a page: lines under a heading. Terminal, Markdown and HTML only lay them out. */
export interface PageBlock {
  readonly name: "what" | "why" | "checked" | "who" | "changes" | "owners";
  /** For formats with headings. */
  readonly title: string;
  /** Replaces the label of the first line where the block has one of its own: `COMES BACK because`. */
  readonly heading?: string;
  readonly lines: readonly PageLine[];
}

export interface PageLine {
  /** `EXPOSED`, `CONTAIN`; empty continues the line above. */
  readonly label: string;
  /** Hops are numbered from 1. */
  readonly number?: number;
  /** Set on lines that name a duty. */
  readonly duty?: {
    readonly lead: boolean;
    readonly role: string;
    readonly owner: string;
    readonly gap: boolean;
  };
  /** Continues the duty above: stands under its text. */
  readonly indent?: true;
  readonly text: string;
  /** `seen in audit log`, `durable`: how it is known or how long it lasts. */
  readonly aside?: string;
  readonly sources: readonly PageSource[];
  readonly mark?: "recurrence" | "command" | "gap";
  /** A command or diff, to be shown as it is written. */
  readonly code?: string;
}

export interface PageSource {
  readonly text: string;
  readonly evidence?: Evidence;
}

export interface PageOptions {
  /** Every route, weight of evidence and authority. Adds lines, contradicts none. */
  readonly verbose: boolean;
  /** What every document of the estate begins with, see `estateFolder`; taken from the analysis where left out. */
  readonly folder?: string;
  /** Why each owner is the owner, where that was asked: a block of its own at the end. */
  readonly owners?: readonly OwnerExplanation[];
}
