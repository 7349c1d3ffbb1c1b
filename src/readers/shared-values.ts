import type { Origin } from "../core/estate/index.js";
import type { Finding, FindingRow } from "../core/findings/index.js";

export interface SharedValues {
  text<Text extends string>(text: Text): Text;
  /** Makes a row of a finding that nobody else holds yet, with the values that other rows hold already. */
  row(finding: Finding, origin: Origin): FindingRow;
}

/** What is remembered, so that a file in which nothing repeats costs no more than this. */
const mostTexts = 250_000;
const mostTags = 20_000;
const mostDetails = 4096;
/** A sentence about one resource stands nowhere else: looking it up would cost more than it saves. */
const longest = 200;

/**
 * One copy of what the rows of an import have in common. A scan names each resource once per check, and repeats titles,
 * accounts and tags in every row; a text out of a parser is a new one each time, and one that was cut out of another
 * keeps the whole of that in memory.
 */
export function createSharedValues(): SharedValues {
  const texts = new Map<string, string>();
  /** The last sentence of a check: some tools say the same of every resource, others never twice. */
  const details = new Map<string, string>();
  const tagSets = new Map<string, Finding["tags"]>();
  const share = <Text extends string>(text: Text): Text => {
    if (text.length > longest) return text;
    const known = texts.get(text);
    if (known !== undefined) return known as Text;
    if (texts.size < mostTexts) texts.set(text, text);
    return text;
  };
  const shareTags = (tags: Finding["tags"]): Finding["tags"] => {
    const entries = Object.entries(tags);
    if (entries.length === 0) return noTags;
    const key = JSON.stringify(entries.sort(byName));
    const known = tagSets.get(key);
    if (known !== undefined) return known;
    const shared = Object.fromEntries(entries.map(([name, value]) => [share(name), share(value)]));
    if (tagSets.size < mostTags) tagSets.set(key, shared);
    return shared;
  };
  return {
    text: share,
    row(finding, origin) {
      const own: Mutable<Finding> & { origin?: Origin } = finding;
      if (own.account !== undefined) own.account = share(own.account);
      if (own.accountName !== undefined) own.accountName = share(own.accountName);
      if (own.region !== undefined) own.region = share(own.region);
      if (own.observedAt !== undefined) own.observedAt = share(own.observedAt);
      own.resource = share(own.resource);
      own.resourceName = share(own.resourceName);
      own.resourceKind = share(own.resourceKind);
      own.check = share(own.check);
      own.subLocator = share(own.subLocator);
      own.title = share(own.title);
      if (details.get(own.check) === own.detail) own.detail = details.get(own.check) ?? own.detail;
      else if (details.size < mostDetails || details.has(own.check)) details.set(own.check, own.detail);
      own.tags = shareTags(own.tags);
      if (own.quality.length === 0) own.quality = noQuality;
      if (own.nativeIds.length === 0) own.nativeIds = noIds;
      own.origin = origin;
      return own as FindingRow;
    },
  };
}

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

const noTags: Finding["tags"] = {};
const noQuality: Finding["quality"] = [];
const noIds: Finding["nativeIds"] = [];

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number =>
  a < b ? -1 : a > b ? 1 : 0;
