import { member, objects, strings, text } from "../json-value.js";

/**
 * Tags of a Prowler resource. `data.metadata.tags` keeps keys and values apart and is preferred; `labels` joins them,
 * as `key:value` (5.x) or `key=value` (4.x), and AWS tag keys may hold colons themselves (`aws:cloudformation:stack-name`).
 */
export function prowlerTags(resource: unknown): Readonly<Record<string, string>> {
  const tags = new Map<string, string>();
  for (const label of strings(member(resource, "labels"))) {
    const [key, value] = splitLabel(label);
    if (key !== "") tags.set(key, value);
  }
  for (const tag of objects(member(member(member(resource, "data"), "metadata"), "tags"))) {
    const key = text(tag, "Key") ?? text(tag, "key");
    const value = member(tag, "Value") ?? member(tag, "value");
    if (key === undefined || typeof value !== "string") continue;
    for (const guessed of tags.keys()) if (key.startsWith(`${guessed}:`)) tags.delete(guessed);
    tags.set(key, value);
  }
  return Object.fromEntries(tags);
}

function splitLabel(label: string): readonly [string, string] {
  // Keys that AWS itself writes have three parts, or two: `aws:autoscaling:groupName`, `aws:createdBy`.
  const reserved = /^(aws:[\w-]+:[\w-]+)[:=]([\s\S]*)$/.exec(label);
  if (reserved !== null) return [reserved[1] ?? "", reserved[2] ?? ""];
  const cut = label.search(/[:=]/);
  return cut < 0 ? [label, ""] : [label.slice(0, cut), label.slice(cut + 1)];
}
