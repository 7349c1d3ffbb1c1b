import { levelsOf } from "./organization.js";
import type { Setting } from "./ruling.js";

/** Whether a fact that is said to be missing is: false where the documents hold it, undefined where this check cannot tell. */
export function isMissing({ directory }: Setting, key: string): boolean | undefined {
  const [topic = "", scope = "", name] = key.split("|");
  const account = scope.replace(/^aws:/, "");
  switch (topic) {
    case "scp":
    case "rcp": {
      const levels = levelsOf(directory, account, topic);
      return !(levels.kind === "free" || levels.whole);
    }
    case "property":
      return name === undefined ? undefined : directory.things.get(scope)?.facts.has(name) !== true;
    case "resource-policy":
      return directory.things.get(scope)?.policies === undefined;
    case "iam":
      return ![...directory.identities.values()].some((identity) => identity.account === account);
    default:
      return undefined;
  }
}
