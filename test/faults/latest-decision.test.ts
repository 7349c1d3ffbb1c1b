import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inFolder } from "../scenarios/over-http.js";
import { caseOf, runCore } from "../scenarios/run-core.js";
import { expectSound } from "../server/soundness.js";
import { caseNow, scenario, start, withOneCase } from "./installed-scenario.js";

withOneCase("the same decision from newer documents", ({ fresh, id, reused }) => {
  test("is worth no event, and its evidence is that of the newer documents", async () => {
    const { app, as, setTime } = fresh();
    const admin = await as("ana.ruiz", "read", "import", "admin");
    const before = (await caseNow(app, id(), admin)).view;
    // The same facts in other bytes.
    const later = { ...scenario, estate: { ...scenario.estate, source: "cloud platform, again" } };
    setTime(start);
    const { files, leave } = inFolder(later);
    try {
      const bytes = readFileSync(files.estate);
      const form = new FormData();
      form.append("estate", new File([bytes], "estate.json"));
      const sent = await app.request("/api/v1/imports", { method: "POST", headers: admin, body: form });
      expect(sent.status).toBe(200);
      const { decided, state } = (await caseNow(app, id(), admin)).view;
      expect(JSON.stringify(decided)).toBe(JSON.stringify(caseOf(later, await runCore(later, files))));
      const digest = createHash("sha256").update(bytes).digest("hex");
      expect(JSON.stringify(before.decided)).not.toContain(digest);
      expect(JSON.stringify(decided)).toContain(digest);
      expect(state.sequence).toBe(before.state.sequence);
    } finally {
      leave();
    }
    await expectSound(reused().store);
  });
});
