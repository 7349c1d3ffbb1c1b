import type { StoreContext } from "../context.js";
import { visibilitySql, type CaseVisibility } from "./visibility.js";

export interface VisibleCases {
  /** Ids of all cases that somebody sees, closed ones too, sorted. */
  ids(visible: CaseVisibility): Promise<readonly string[]>;
}

export const visibleCases = ({ db }: StoreContext): VisibleCases => ({
  async ids(visible) {
    const rows = await db
      .selectFrom("cases")
      .select("id")
      .where(visibilitySql(visible))
      .orderBy("id")
      .execute();
    return rows.map(({ id }) => id);
  },
});
