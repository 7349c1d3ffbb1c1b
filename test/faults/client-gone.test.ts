import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { serve } from "../../src/server/index.js";
import { expectSound } from "../server/soundness.js";
import { caseNow, withOneCase } from "./installed-scenario.js";

withOneCase("a client that goes away in the middle of an upload", ({ fresh, id, reused }) => {
  test("leaves nothing behind, is no fault of the server, and disturbs nobody", async () => {
    const { app, as, log } = fresh();
    const { store } = reused();
    const operator = await as("ana.ruiz", "read", "import");
    const counts = async () => ({
      documents: await store.query("select digest from documents order by digest"),
      parts: await store.query("select blob, part from document_parts order by blob, part"),
      snapshots: (await store.snapshots.list({}, {})).items.map((item) => item.id),
      head: await store.ledger.head(),
    });
    const before = await counts();
    const serving = await serve(app, "127.0.0.1", 0);
    try {
      for (const sent of [0, 300, 3_000_000]) {
        const lines = log.length;
        const socket = connect(Number(new URL(serving.address).port), "127.0.0.1");
        const head = [
          "POST /api/v1/imports HTTP/1.1",
          `Host: ${new URL(serving.address).host}`,
          `Authorization: ${operator["authorization"] ?? ""}`,
          "Content-Type: multipart/form-data; boundary=b",
          "Content-Length: 50000000",
          "",
          '--b\r\nContent-Disposition: form-data; name="estate"; filename="estate.json"\r\n\r\n{',
        ].join("\r\n");
        await new Promise<void>((done) => socket.write(head + " ".repeat(sent), () => done()));
        await wait(100);
        socket.destroy();
        for (let tries = 0; log.length === lines && tries < 100; tries += 1) await wait(50);
      }
      expect((await caseNow(app, id(), operator)).view.state.status).toBe("open");
    } finally {
      await serving.close();
    }
    expect(log.filter(({ level }) => level === "error")).toEqual([]);
    expect(await counts()).toEqual(before);
    await expectSound(store);
  });
});
