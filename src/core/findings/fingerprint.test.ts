import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { runs } from "../../../test/settings.js";
import { digestOf } from "./fingerprint.js";

it("the digest of a list is the sha256 of its JSON text, so that others can work it out", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (parts) => {
      expect(digestOf(parts)).toBe(createHash("sha256").update(JSON.stringify(parts)).digest("hex"));
    }),
    { numRuns: runs.property },
  );
});
