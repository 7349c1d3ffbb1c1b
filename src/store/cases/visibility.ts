import { sql, type RawBuilder } from "kysely";

/** Which cases somebody sees, as a condition that the database asks row by row. */
export type CaseVisibility =
  | { readonly kind: "all" }
  | { readonly kind: "none" }
  | { readonly kind: "every" | "some"; readonly of: readonly CaseVisibility[] }
  | { readonly kind: "not"; readonly of: CaseVisibility }
  /** One of these keys is in the audience of the case. */
  | { readonly kind: "audience"; readonly anyOf: readonly string[] }
  | {
      readonly kind: "compare";
      readonly column: VisibleColumn;
      readonly how: "=" | "<" | "<=";
      readonly value: string | number | boolean;
    };

/** Columns that are never empty: what is not known would neither be seen nor hidden. */
export const visibleColumns = [
  "kind",
  "state",
  "verdict",
  "lead",
  "tier",
  "level",
  "severity",
  "open",
] as const;
export type VisibleColumn = (typeof visibleColumns)[number];

export function visibilitySql(visible: CaseVisibility): RawBuilder<boolean> {
  switch (visible.kind) {
    case "all":
      return sql<boolean>`true`;
    case "none":
      return sql<boolean>`false`;
    case "every":
      return joined(visible.of, sql` and `, sql<boolean>`true`);
    case "some":
      return joined(visible.of, sql` or `, sql<boolean>`false`);
    case "not":
      return sql<boolean>`(not ${visibilitySql(visible.of)})`;
    case "audience": {
      const keys = sql`array(select jsonb_array_elements_text(${JSON.stringify(visible.anyOf)}::jsonb))`;
      return sql<boolean>`(audience && ${keys} or covered && ${keys})`;
    }
    case "compare":
      return sql<boolean>`(${sql.ref(visible.column)} ${sql.raw(visible.how)} ${visible.value})`;
  }
}

function joined(
  of: readonly CaseVisibility[],
  between: RawBuilder<unknown>,
  empty: RawBuilder<boolean>,
): RawBuilder<boolean> {
  return of.length === 0 ? empty : sql<boolean>`(${sql.join(of.map(visibilitySql), between)})`;
}

/** The same of one case that was read already: what `visibilitySql` says of its row. */
export function isVisible(
  visible: CaseVisibility,
  row: Readonly<Record<VisibleColumn, string | number | boolean>> & { readonly audience: readonly string[] },
): boolean {
  switch (visible.kind) {
    case "all":
      return true;
    case "none":
      return false;
    case "every":
      return visible.of.every((part) => isVisible(part, row));
    case "some":
      return visible.of.some((part) => isVisible(part, row));
    case "not":
      return !isVisible(visible.of, row);
    case "audience":
      return visible.anyOf.some((key) => row.audience.includes(key));
    case "compare": {
      const [own, value] = [row[visible.column], visible.value];
      return visible.how === "=" ? own === value : visible.how === "<" ? own < value : own <= value;
    }
  }
}
