import type { Problem } from "../../api/index.js";

/**
 * What to do about a fault, for somebody who sees a screen: hints of the API speak of fields and headers. Absent where
 * the detail says it all.
 */
const words: Readonly<Record<string, string>> = {
  "not-allowed": "ask somebody who holds the role",
  "not-found": "lists show what there is; what another team owns is not shown",
  refused: "ask somebody who may",
  "no-longer-stored": "its digest still says which document it was; import it again to see it",
  changed: "read it again and repeat what you did",
  "too-large": "split it, or raise the limit in the configuration",
  "too-many": "wait a minute and try again",
  internal:
    "try again; if it stays, tell whoever runs this server: its log has the cause under the reference below",
  "too-slow": "ask for less, or raise the limit in the configuration",
  unavailable: "try again in a moment; nothing was half done",
};

export const todoOf = ({ type }: Problem): string | undefined => words[type.slice(type.lastIndexOf("/") + 1)];
