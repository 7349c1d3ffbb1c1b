import { describe, expect, test } from "vitest";
import { judge, rcpServices, readDirectory } from "../../src/core/proof/index.js";
import { conformance } from "../conformance/aws-allow.js";
import { nativeDocument } from "./native-documents.js";

/** Who makes a request in a proof's hop: identities, roots and other accounts; services and tokens are ways in. */
const asked = conformance.filter(
  ({ ask: [who] }) => /:iam::\d{12}:(user|role)\/|:root$/.test(who) || who === "aws:everyone",
);

describe("the independent evaluator keeps to the published rules of AWS, one row per rule", () => {
  test("most rows are about somebody whom it judges", () => {
    expect(asked.length).toBeGreaterThan(conformance.length * 0.7);
  });

  test.each(asked)("$rule ($source)", ({ estate, ask: [who, action, resource], expected, residual }) => {
    const document = { path: "e.json", digest: "0".repeat(64), text: "", value: nativeDocument(estate) };
    const directory = readDirectory([document], () => undefined);
    const { answer, blocks } = judge({ directory, now: undefined, rcpServices }, who, { action, resource });
    const told = blocks.map(({ layer, text }) => `${layer}: ${text}`).join("; ");
    // What only a request decides is `if`; that two conditions exclude one another only the engine looks into.
    const wanted =
      expected === true
        ? residual === undefined || residual.length === 0
          ? ["yes", "if"]
          : ["if"]
        : expected === false
          ? ["no", "if"]
          : ["unknown", "if"];
    expect(wanted, told).toContain(answer);
  });
});
