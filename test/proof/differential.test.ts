import fc from "fast-check";
import { expect, test } from "vitest";
import { createAccessEngine } from "../../src/core/access/index.js";
import { principalId } from "../../src/core/estate/index.js";
import { judge, rcpServices, readDirectory, type Setting } from "../../src/core/proof/index.js";
import { estates, names, questions, world } from "../generators/policy-estate.js";
import { policyEstate, type EstateText } from "../policy-estate.js";
import { runs } from "../settings.js";
import { nativeDocument } from "./native-documents.js";

const document = { path: "estate.json", digest: "0".repeat(64), text: "" };

export function settingOf(text: EstateText): Setting {
  const directory = readDirectory([{ ...document, value: nativeDocument(text) }], () => undefined);
  return { directory, now: undefined, rcpServices };
}

const actors = [
  ...[names.ana, names.etl, names.bob, names.ops, names.mia, names.linked],
  ...[world.a, world.b, world.management].map((number) => `arn:aws:iam::${number}:root`),
];

/**
 * Two evaluators that share no line of code, on the same estates. Where the engine proves a right the small one must
 * not refuse it, and the other way round. `if` may turn out contradictory (an Allow that needs what a Deny forbids):
 * only the engine looks into that.
 */
test("the independent evaluator and the engine agree on generated estates (issue 3, R: a wrong engine cannot vouch for itself)", () => {
  fc.assert(
    fc.property(estates, (text) => {
      const engine = createAccessEngine(policyEstate(text));
      const setting = settingOf(text);
      for (const [action, resource] of questions)
        for (const actor of actors) {
          const own = engine.decide(principalId(actor), action, resource);
          const { answer, blocks } = judge(setting, actor, { action, resource });
          const told = `${actor} ${action} ${resource}: engine ${String(own.verdict)} ${own.residual.map((item) => item.text).join("; ")}, check ${answer} ${blocks.map((item) => item.text).join("; ")}`;
          const sure = own.verdict === true && own.residual.length === 0;
          if (sure) expect(["yes"], told).toContain(answer);
          else if (own.verdict === true) expect(["yes", "if"], told).toContain(answer);
          else if (own.verdict === false) expect(["no", "if"], told).toContain(answer);
          if (answer === "yes") expect(own.verdict, told).toBe(true);
          if (answer === "no") expect(own.verdict, told).toBe(false);
        }
    }),
    { numRuns: runs.property },
  );
});
