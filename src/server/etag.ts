import { problem } from "./problem-response.js";

/** The version of a thing as an entity tag (RFC 9110, 8.8.3). */
export const etagOf = (version: number): string => `"${String(version)}"`;

/** The version that `If-Match` names. */
export function versionOf(tag: string): number {
  const [, digits] = /^(?:W\/)?"(\d{1,12})"$/.exec(tag) ?? [];
  if (digits === undefined)
    throw problem("bad-request", {
      detail: `\`If-Match: ${tag}\` is no ETag of ours: it looks like \`"7"\``,
    });
  return Number(digits);
}
