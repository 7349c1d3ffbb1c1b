import type { Estate } from "../../../estate/index.js";
import { applyChanges } from "../../change/apply.js";
import type { Change } from "../../change/change.js";
import { commandsOf } from "./commands.js";
import { prettyPolicy } from "../../change/policy-text.js";
import { settingText } from "./settings.js";
import { terraformOf } from "./terraform.js";
import { touchedPolicies, type TouchedPolicy } from "./touched-policy.js";
import { unifiedDiff } from "./unified-diff.js";

/** A change as something to apply. Empty texts: it is made where no command or code reaches. */
export interface Applicable {
  /** Unified diff of the policies that it changes. */
  readonly diff: string;
  /** Calls of the AWS CLI, in order. */
  readonly commands: readonly string[];
  readonly terraform: string;
}

/**
 * Each of several sets of changes as something to apply, one after the other: what the second says of a policy holds what
 * the first did to it.
 */
export function applicable(estate: Estate, sets: readonly (readonly Change[])[]): readonly Applicable[] {
  let now = estate;
  return sets.map((changes) => {
    const texts = changes.flatMap((change): readonly Applicable[] => {
      if (change.kind === "set" && change.property !== "policy") return [];
      const { estate: after } = applyChanges(now, [change]);
      const touched = touchedPolicies(now, after, change);
      const text: Applicable = {
        diff: touched
          .map((item) => diffOf(item))
          .filter((part) => part !== "")
          .join("\n"),
        commands: commandsOf(now, change, touched),
        terraform: terraformOf(now, change, touched),
      };
      now = after;
      return [text];
    });
    const settings = changes.flatMap((change) =>
      change.kind === "set" && change.property !== "policy" ? [change] : [],
    );
    now = applyChanges(now, settings).estate;
    const set = settingText(settings);
    const all = [...texts, { diff: "", ...set }];
    return {
      diff: joined(all.map(({ diff }) => diff)),
      commands: all.flatMap(({ commands }) => commands),
      terraform: joined(all.map(({ terraform }) => terraform)),
    };
  });
}

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== "").join("\n\n");

function diffOf({ place, before, after }: TouchedPolicy): string {
  const name =
    place.kind === "inline"
      ? `${place.holder} ${place.name}, inline policy ${place.policy}`
      : place.kind === "trust"
        ? `trust policy of ${place.name}`
        : place.kind === "managed"
          ? `managed policy ${place.policy.name}`
          : `policy of ${place.resource.name}`;
  const text = (document: TouchedPolicy["before"]): string =>
    document === undefined ? "" : prettyPolicy(document);
  return unifiedDiff(name, text(before), text(after));
}
