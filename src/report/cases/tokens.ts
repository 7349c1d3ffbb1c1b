import { cutEnd, padEnd } from "../text-width.js";
import { visible } from "../visible-text.js";
import { dayOf, minuteOf } from "../wording.js";

export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly person: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt?: string | undefined;
  readonly usedAt?: string | undefined;
  readonly revokedAt?: string | undefined;
}

/** A line per token: whose, what for, and whether it is in force. */
export function renderTokens(
  tokens: readonly TokenView[],
  { width, now }: { readonly width: number; readonly now: string },
): string {
  if (tokens.length === 0) return "no token\n";
  const rows = tokens.map((token) => [
    token.id,
    token.person,
    token.name,
    token.scopes.join(","),
    dayOf(token.createdAt),
    token.usedAt === undefined ? "never" : minuteOf(token.usedAt),
    stateOf(token, now),
  ]);
  const table = [["ID", "PERSON", "NAME", "SCOPES", "MADE", "LAST USED", "STATE"], ...rows].map((row) =>
    row.map(visible),
  );
  const widths = (table[0] ?? []).map((_, at) => Math.max(...table.map((row) => (row[at] ?? "").length)));
  return `${table
    .map((row) =>
      cutEnd(
        row
          .map((cell, at) => padEnd(cell, widths[at] ?? 0))
          .join("  ")
          .trimEnd(),
        Math.max(80, width),
      ),
    )
    .join("\n")}\n`;
}

function stateOf({ revokedAt, expiresAt }: TokenView, now: string): string {
  if (revokedAt !== undefined) return `revoked ${dayOf(revokedAt)}`;
  if (expiresAt === undefined) return "in force";
  return Date.parse(expiresAt) <= Date.parse(now) ? `ended ${dayOf(expiresAt)}` : `until ${dayOf(expiresAt)}`;
}
