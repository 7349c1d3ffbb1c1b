import { resourceProperties, type JsonValue } from "../../core/estate/index.js";
import { isRecord, toJson } from "../drafting/index.js";

/** A property as an entry states it, or why it cannot be used. `unknown` says that it was not collected. */
export type StatedProperty =
  | {
      readonly kind: "known";
      readonly name: string;
      readonly value: JsonValue;
      readonly path: readonly string[];
    }
  | { readonly kind: "fault"; readonly reason: string; readonly path: readonly string[] };

const vocabularies = resourceProperties as unknown as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

/**
 * Reads the properties of a resource against the vocabulary of its kind: nested settings become dotted names, a
 * name outside the vocabulary is a fault (it would never be read), a kind without vocabulary takes anything.
 */
export function statedProperties(
  kind: string,
  properties: Readonly<Record<string, unknown>>,
): StatedProperty[] {
  const vocabulary = Object.prototype.hasOwnProperty.call(vocabularies, kind)
    ? vocabularies[kind]
    : undefined;
  return walk(vocabulary, properties, [], kind);
}

function walk(
  vocabulary: Readonly<Record<string, string>> | undefined,
  properties: Readonly<Record<string, unknown>>,
  above: readonly string[],
  kind: string,
): StatedProperty[] {
  return Object.entries(properties).flatMap(([key, value]): StatedProperty[] => {
    const path = [...above, key];
    const name = path.join(".");
    if (value === "unknown" || value === undefined)
      return known(vocabulary, name) ? [] : [fault(kind, vocabulary, path)];
    const meaning = vocabulary === undefined ? "" : meaningOf(vocabulary, name);
    if (meaning === undefined) {
      const opensGroup = Object.keys(vocabulary ?? {}).some((other) => other.startsWith(`${name}.`));
      if (opensGroup && isRecord(value)) return walk(vocabulary, value, path, kind);
      return [fault(kind, vocabulary, path)];
    }
    if (/^boolean/.test(meaning) && typeof value !== "boolean") {
      return [
        { kind: "fault", path, reason: `\`${name}\` is \`${show(value)}\`: write true, false or unknown` },
      ];
    }
    return [{ kind: "known", name, value: toJson(value), path }];
  });
}

/** Names such as `ec2.httpTokensEnforced.REGION` stand for one property per Region. */
function meaningOf(vocabulary: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.prototype.hasOwnProperty.call(vocabulary, name)) return vocabulary[name];
  const regional = name.replace(/\.[a-z]{2}(-[a-z]+)+-\d$/, ".REGION");
  return Object.prototype.hasOwnProperty.call(vocabulary, regional) ? vocabulary[regional] : undefined;
}

const known = (vocabulary: Readonly<Record<string, string>> | undefined, name: string): boolean =>
  vocabulary === undefined || meaningOf(vocabulary, name) !== undefined;

function fault(
  kind: string,
  vocabulary: Readonly<Record<string, string>> | undefined,
  path: readonly string[],
): StatedProperty {
  const names = Object.keys(vocabulary ?? {}).join(", ");
  const known = names === "" ? "none" : names;
  return {
    kind: "fault",
    path,
    reason: `\`${path.join(".")}\` is no known property of \`${kind}\`; known: ${known}`,
  };
}

const show = (value: unknown): string => JSON.stringify(value).slice(0, 80);
