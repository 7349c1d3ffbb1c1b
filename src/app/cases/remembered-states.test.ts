import { describe, expect, test } from "vitest";
import type { Case } from "../../core/decision/index.js";
import type { FindingState } from "../../core/findings/index.js";
import type { Store } from "../../store/index.js";
import { rememberedStates } from "./remembered-states.js";

/** Findings as they are remembered of one bucket, page by page. */
const storeOf = (...pages: readonly (readonly FindingState[])[]): Pick<Store, "findings"> =>
  ({
    findings: {
      list: (filter: { resource: string }, { after = "0" }: { after?: string }) =>
        Promise.resolve({
          items:
            filter.resource === "bucket"
              ? (pages[Number(after)] ?? []).map((state) => ({ record: { state } }))
              : [],
          ...(Number(after) + 1 < pages.length ? { next: String(Number(after) + 1) } : {}),
        }),
    },
  }) as unknown as Pick<Store, "findings">;

const decided = {
  exposures: ["bucket", "queue"].map((resource) => ({ id: `${resource}|x`, resource, weakness: "x" })),
} as unknown as Case;
const stateOf = async (...pages: readonly (readonly FindingState[])[]) =>
  (await rememberedStates(storeOf(...pages), decided, new Set())).get("bucket|x");

describe("R40: exposures whose documents are kept no longer", () => {
  test.each([
    [["gone"], "gone"],
    [["fixed"], "fixed"],
    [["fixed", "gone"], "gone"],
    [["gone", "accepted"], "open"],
    [["gone", "recurred"], "open"],
    [["fixed", "muted-external"], "muted-external"],
    [["gone", "unknown"], "unknown"],
  ] satisfies readonly [FindingState[], string][])("findings that are %s: %s", async (states, expected) => {
    expect(await stateOf(states)).toBe(expected);
  });

  test("the last page counts like the first", async () => {
    expect(await stateOf(["gone"], ["gone"], ["open"])).toBe("open");
  });

  test("of what nothing is remembered nothing is told, and nothing is asked of what is listed", async () => {
    expect([...(await rememberedStates(storeOf(["gone"]), decided, new Set())).keys()]).toEqual(["bucket|x"]);
    expect((await rememberedStates(storeOf(["gone"]), decided, new Set(["bucket|x", "queue|x"]))).size).toBe(
      0,
    );
  });
});
