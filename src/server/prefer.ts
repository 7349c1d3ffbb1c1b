/**
 * How long whoever asks wants to wait, in seconds: `Prefer: respond-async` and `Prefer: wait=N` (RFC 7240). Undefined:
 * nothing is said about it, or nothing that can be read.
 */
export function preferredWait(prefer: string | undefined): number | undefined {
  const wishes = (prefer ?? "").split(",").map((wish) => wish.trim().toLowerCase());
  const wait = wishes.flatMap((wish) => /^wait\s*=\s*"?(\d{1,6})"?(?:\s*;.*)?$/.exec(wish)?.[1] ?? [])[0];
  if (wait !== undefined) return Number(wait);
  return wishes.some((wish) => /^respond-async(?:\s*;.*)?$/.test(wish)) ? 0 : undefined;
}
