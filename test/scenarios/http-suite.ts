import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planOf } from "../../src/core/cases/index.js";
import type { Place } from "../../src/store/index.js";
import { reuse, secret, type Fresh, type Reused } from "../server/clean-installation.js";
import { broken, shownOf, wantedOf } from "./check.js";
import { inFolder, readCase, sendScenario } from "./over-http.js";
import { caseOf, runCommand, runCore } from "./run-core.js";
import { flipped, readScenario, type Scenario } from "./scenario.js";

const folder = import.meta.dirname;
const files = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .sort();

/**
 * Done-when 2 of issue 6: what the core decides of a scenario is what an installation decides, field by field, after
 * its documents were uploaded; the analysis that it keeps is the one of the command line, byte for byte. `withFlips`: with
 * one fact changed, too.
 */
export function scenariosOverHttp(placeOf: () => Promise<Place>, withFlips = true): void {
  let reused: Reused;
  beforeAll(async () => {
    reused = await reuse(await placeOf());
  }, 120_000);
  afterAll(() => reused.close());

  describe.each(files)("%s over HTTP", (file) => {
    const scenario = readScenario(join(folder, file));

    test(`the case that is opened is what the core decides: ${scenario.name}`, async () => {
      const fresh = await reused.fresh(instantOf(scenario));
      const view = await decideBoth(scenario, fresh);
      expect(shownOf(view.decided, scenario.expected)).toEqual(wantedOf(scenario.expected));
      for (const rule of scenario.mustNot) expect(broken(view.decided, rule)).toEqual([]);
      expect(fresh.log.filter(({ level }) => level === "error")).toEqual([]);
    });

    for (const flip of withFlips ? scenario.flips : [])
      test(`one fact changed: ${flip.name}`, async () => {
        const changed = flipped(scenario, flip);
        const { decided } = await decideBoth(changed, await reused.fresh(instantOf(changed)));
        const whole = { ...scenario.expected, ...flip.expected } as Scenario["expected"];
        const named = Object.keys(flip.expected) as (keyof Scenario["expected"])[];
        const only = (shown: Scenario["expected"]) =>
          Object.fromEntries(named.map((name) => [name, shown[name]]));
        expect(only(shownOf(decided, whole))).toEqual(only(wantedOf(whole)));
        for (const rule of flip.mustNot) expect(broken(decided, rule)).toEqual([]);
      });
  });
}

const instantOf = ({ now }: Scenario): string => new Date(now).toISOString();

/** Core, command line and installation on the same documents; gives the case as HTTP shows it. */
async function decideBoth(scenario: Scenario, fresh: Fresh) {
  const { files: documents, leave } = inFolder(scenario);
  try {
    const core = caseOf(scenario, await runCore(scenario, documents));
    const { analysis, text } = await runCommand(scenario, documents, { REMIT_SECRET_KEY: secret });
    const imported = await sendScenario(fresh, documents);
    expect(imported).toMatchObject({ refused: [], rejected: [] });
    expect(imported.analysis).toBe(createHash("sha256").update(text).digest("hex"));
    expect(imported.opened).toContain(core.id);
    const view = await readCase(fresh, core.id);
    expect(JSON.stringify(view.decided)).toBe(JSON.stringify(core));
    expect(JSON.stringify(caseOf(scenario, analysis))).toBe(JSON.stringify(core));
    // What the life of the case goes by is of this decision, and names people as the catalogue does.
    const { plan } = view.state;
    const { analysis: digest, snapshot, decidedAt, rules } = plan;
    const source = { analysis: digest, snapshot, decidedAt, rules, pseudonym: (person: string) => person };
    expect(plan).toEqual(planOf(core, source));
    expect(view.state).toMatchObject({ status: "open", level: core.level });
    return view;
  } finally {
    leave();
  }
}
