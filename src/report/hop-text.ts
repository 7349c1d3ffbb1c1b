import type { Hop } from "../core/access/index.js";
import type { Case } from "../core/decision/index.js";
import { withoutFolder } from "./place.js";
import { shortName, withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";

/** The parts of a hop that people read. */
export type HopWords = Pick<Hop, "from" | "to" | "via" | "cause"> & Partial<Pick<Hop, "note">>;

export type NameOf = (id: string) => string;

/** Short names, with those that the case itself gives its resources: `batch-03` instead of `i-0a1b2c3d4e5f60718`. */
export function namesIn(item: Pick<Case, "exposures">): NameOf {
  const names = new Map(item.exposures.map(({ resource, resourceName }) => [resource, resourceName]));
  return (id) => {
    const name = names.get(id);
    return name === undefined ? shortName(id) : withoutArns(name);
  };
}

/** `svc-batch may become etl-admin`, `etl-admin may s3:PutBucketPolicy on acme-reports`. */
export function hopText(hop: HopWords, nameOf: NameOf = shortName, folder = ""): string {
  // What stands open is nobody's deed: the hop is its own sentence.
  if (hop.cause === "guardrail") return withoutArns(openGuards(hop.via));
  if (hop.cause === "setting") return withoutArns(hop.via);
  const from =
    hop.cause === "account-trust" ? nameOf(hop.from).replace(/^root of /, "account ") : nameOf(hop.from);
  // A right on the objects of a bucket is a right on the bucket to whoever reads this.
  const to = nameOf(hop.to.replace(/\/\*$/, ""));
  const via = withoutFolder(withoutArns(viaWords(hop)), folder);
  const same = to === from || to === "*" || to === "";
  if (hop.note !== undefined) return visible(`${from}${same ? "" : ` of ${to}`} ${withoutArns(hop.note)}`);
  const right = /^may (?:then )?[\w-]+:[\w*]+/.exec(via)?.[0];
  if (right !== undefined)
    return visible(`${from} ${right}${same ? "" : ` on ${to}`}${via.slice(right.length)}`);
  const sets = /^sets it: (.+)$/.exec(via)?.[1];
  if (sets !== undefined) return visible(`${from} sets it${same ? "" : ` on ${to}`}: ${sets}`);
  // A sentence of its own about a secret: the holder stands with its name.
  if ((hop.cause === "code" || hop.cause === "secret") && via.includes(": "))
    return visible(`${from}${same ? "" : ` of ${to}`} ${via}`);
  if (from.startsWith("people "))
    return visible(`${from} ${via.replace(/^signs in/, "sign in")}${same ? "" : ` ${to}`}`);
  return visible(`${from} ${via}${same ? "" : ` ${to}`}`);
}

/** The switches of S3 block public access as the one thing that they are; their evidence names each. */
function openGuards(via: string): string {
  const [head, list] = via.split(/: (.*)/s);
  if (head === undefined || list === undefined) return via;
  const where: string[] = [];
  const others: string[] = [];
  for (const part of list.split(", ")) {
    const level = /^(?:Block|Restrict|Ignore)Public\w+ is off on the (account|bucket)$/.exec(part)?.[1];
    if (level === undefined) others.push(part);
    else if (!where.includes(level)) where.push(level);
  }
  if (where.length === 0) return via;
  return `${head}: ${[`block public access off on ${where.join(" and ")}`, ...others].join(", ")}`;
}

/** A key does not hold anything: it is a key of somebody. */
export const viaWords = (hop: Pick<Hop, "from" | "via">): string =>
  /^(?:aws:)?access-key\/|^(?:AKIA|ASIA)[A-Z0-9]{8,}$/.test(hop.from)
    ? hop.via.replace(/^holds a (?:credential|live key) of/, "is a key of")
    : hop.via;
