import { escapeMarkup } from "../../core/draw/index.js";
import { visible } from "../visible-text.js";

/** Text from anywhere, as content: nothing in it is obeyed, and its direction stays its own. */
export const content = (text: string): string => escapeMarkup(visible(text));

/** A name in a sentence of ours: its writing direction cannot reorder what stands around it. */
export const isolated = (text: string): string => `<bdi>${content(text)}</bdi>`;

const wordClasses: Readonly<Record<string, string>> = {
  "yes, by itself": "self",
  "yes, from outside": "outside",
  yes: "yes",
  "shared cause": "shared",
  unknown: "unknown-word",
  "only admins": "admins",
  governed: "governed",
  cannot: "cannot",
};

export const badge = (words: string): string =>
  `<span class="badge ${wordClasses[words] ?? "admins"}">${content(words)}</span>`;

/** Ids become fragments: letters, digits and `-` only. */
export const anchor = (id: string): string => id.replace(/[^A-Za-z0-9-]/g, "-");
