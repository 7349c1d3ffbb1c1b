import { describe, expect, it } from "vitest";
import { rememberAnswers, rememberWeighed } from "./remember.js";

describe("what is remembered", () => {
  it("is worked out once, and again when the limit was reached: memory stays flat", () => {
    let made = 0;
    const remembered = rememberWeighed<string>(10);
    const ask = (key: string, size: number): string =>
      remembered(key, () => {
        made += 1;
        return [`${key} ${made}`, size];
      });
    expect([ask("a", 4), ask("a", 4), ask("b", 4)]).toEqual(["a 1", "a 1", "b 2"]);
    // a and b count ten: the next one starts afresh.
    expect([ask("c", 0), ask("a", 4)]).toEqual(["c 3", "a 4"]);
  });

  it("keeps answers of different askers, actions and resources apart", () => {
    const remembered = rememberAnswers<number, string>(100);
    const ask = (who: number, action: string, resource: string): string =>
      remembered(who, action, resource, () => `${who} ${action} ${resource}`);
    for (const who of [1, 2])
      for (const action of ["a", "b"])
        for (const resource of ["x", "y"])
          expect(ask(who, action, resource)).toBe(`${who} ${action} ${resource}`);
  });
});
