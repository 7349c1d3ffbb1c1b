import { expect, test } from "vitest";
import { inFolder } from "../scenarios/over-http.js";
import { readFileSync } from "node:fs";
import { openStore } from "../../src/store/index.js";
import { over, secret } from "../server/clean-installation.js";
import { expectSound } from "../server/soundness.js";
import { act, caseNow, scenario, start, withOneCase } from "./installed-scenario.js";

const six = [1, 2, 3, 4, 5, 6];
const statuses = (answers: readonly Response[]) => answers.map(({ status }) => status).sort();
const note = (text: string) => ({ kind: "note", text });

withOneCase("two writers on one case", ({ kind, fresh, id, reused, place }) => {
  test("the same delivery six times at once is carried out once, and all six are told the same", async () => {
    const { app, as } = fresh();
    const ana = await as("ana.ruiz", "read", "act");
    const before = (await caseNow(app, id(), ana)).view.state.sequence;
    const once = { ...ana, "idempotency-key": "delivered-six-times" };
    const answers = await Promise.all(six.map(() => act(app, id(), once, note("seen"))));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 200]);
    const [first, ...others] = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { readonly events: unknown }).events),
    );
    for (const events of others) expect(events).toEqual(first);
    expect((await caseNow(app, id(), ana)).view.state.sequence).toBe(before + 1);
    const other = await Promise.all([act(app, id(), once, note("seen")), act(app, id(), once, note("else"))]);
    expect(statuses(other)).toEqual([200, 409]);
    await expectSound(reused().store);
  });

  test("of six who saw the same page one wins, and five are told to look again", async () => {
    const { app, as } = fresh();
    const ana = await as("ana.ruiz", "read", "act");
    const { etag, view } = await caseNow(app, id(), ana);
    const answers = await Promise.all(
      six.map((n) => act(app, id(), { ...ana, "if-match": etag }, note(`note ${String(n)}`))),
    );
    expect(statuses(answers)).toEqual([200, 412, 412, 412, 412, 412]);
    const after = (await caseNow(app, id(), ana)).view.state;
    expect(after.sequence).toBe(view.state.sequence + 1);
    expect(after.notes).toHaveLength(1);
    await expectSound(reused().store);
  });

  test("who names no page is not turned away by who writes in the same moment: nothing is lost", async () => {
    const { app, as } = fresh();
    const ana = await as("ana.ruiz", "read", "act");
    const answers = await Promise.all(six.map((n) => act(app, id(), ana, note(`note ${String(n)}`))));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 200]);
    const { notes } = (await caseNow(app, id(), ana)).view.state;
    expect(notes.map(({ text }) => text).sort()).toEqual(six.map((n) => `note ${String(n)}`));
    await expectSound(reused().store);
  });

  test("people go on working while an import is analysed, and both come through", async () => {
    const { app, as, setTime } = fresh();
    const [ana, operator] = [await as("ana.ruiz", "read", "act"), await as("operator", "read", "import")];
    setTime(new Date(Date.parse(start) + 3_600_000).toISOString());
    const { files, leave } = inFolder({
      ...scenario,
      estate: { ...scenario.estate, observedAt: new Date(Date.parse(start) + 1_800_000).toISOString() },
    });
    const form = new FormData();
    form.append("estate", new File([readFileSync(files.estate)], "estate.json"));
    leave();
    let going = true;
    const sent = (async () =>
      app.request("/api/v1/imports", { method: "POST", headers: operator, body: form }))();
    void sent.finally(() => (going = false));
    const answers: Response[] = [];
    while (going) answers.push(await act(app, id(), ana, note(`note ${String(answers.length)}`)));
    expect((await sent).status).toBeLessThan(300);
    expect([...new Set(statuses(answers))]).toEqual([200]);
    expect((await caseNow(app, id(), ana)).view.state.notes).toHaveLength(answers.length);
    await expectSound(reused().store);
  });

  test("a clock that is set back takes nothing back and stops nobody", async () => {
    const { app, as, setTime } = fresh();
    const ana = await as("ana.ruiz", "read", "act");
    expect((await act(app, id(), ana, { kind: "claim", track: "contain" })).status).toBe(200);
    const before = (await caseNow(app, id(), ana)).view.state;
    setTime(new Date(Date.parse(start) - 86_400_000).toISOString());
    const answer = await act(app, id(), ana, note("a day before"));
    expect(await answer.text()).toContain('"events"');
    expect(answer.status).toBe(200);
    const after = (await caseNow(app, id(), ana)).view.state;
    expect(after.sequence).toBe(before.sequence + 1);
    expect(after.status).toBe("open");
    expect(after.work).toEqual(before.work);
    expect(Date.parse(after.at)).toBeGreaterThanOrEqual(Date.parse(before.at));
    await expectSound(reused().store);
  });

  if (kind === "postgres")
    test("two servers on one database write one ledger", async () => {
      const { app, as } = fresh();
      const ana = await as("ana.ruiz", "read", "act");
      const second = await openStore({ place: place(), secret, now: () => start });
      try {
        const other = over(
          second,
          () => start,
          () => undefined,
        );
        const answers = await Promise.all(
          six.flatMap((n) =>
            [app, other.app].map((server) => act(server, id(), ana, note(`note ${String(n)}`))),
          ),
        );
        expect([...new Set(statuses(answers))]).toEqual([200]);
        expect((await caseNow(other.app, id(), ana)).view.state.notes).toHaveLength(12);
        await expectSound(second);
      } finally {
        await second.close();
      }
    });
});
