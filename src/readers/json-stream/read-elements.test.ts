import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readJsonElements, type JsonStreamOptions, type JsonStreamResult } from "./read-elements.js";

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "remit-stream-"))));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(
  content: string | Buffer,
  limits: JsonStreamOptions["limits"] = {},
): Promise<JsonStreamResult & { values: unknown[]; reasons: string[]; path: string }> {
  const path = join(folder, "file.json");
  writeFileSync(path, content);
  const values: unknown[] = [];
  const reasons: string[] = [];
  const result = await readJsonElements(path, {
    onElement: (element) => values.push(element.value),
    onFault: (fault) => reasons.push(fault.reason),
    limits,
  });
  return { ...result, values, reasons, path };
}

describe("reading a file", () => {
  it("the digest is that of the file as it lies on disk, zipped or not", async () => {
    const result = await read(gzipSync('[{"a":1}]'));
    expect(result.digest).toBe(createHash("sha256").update(readFileSync(result.path)).digest("hex"));
    expect(result.values).toEqual([{ a: 1 }]);
  });

  it("a file over several chunks of the disk is read whole", async () => {
    const list = Array.from({ length: 3000 }, (_, index) => ({ index, text: `é"\\${"x".repeat(1000)}` }));
    const result = await read(JSON.stringify(list, null, 2));
    expect(result.textBytes).toBeGreaterThan(2 ** 21);
    expect(result.values).toEqual(list);
    expect(result.stopped).toBeUndefined();
  });

  it("a small file that unpacks to a large one ends at the limit, and says so", async () => {
    const bomb = gzipSync(Buffer.from(`[${'{"a":"                    "},'.repeat(200_000)}{}]`));
    expect(bomb.length).toBeLessThan(100_000);
    const result = await read(bomb, { totalBytes: 2_000_000 });
    expect(result.stopped?.reason).toMatch(/more than the limit of 2000000 bytes/);
  });

  it("a gzip file that was cut gives the records before the cut", async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => ({
      index,
      digest: createHash("md5").update(String(index)).digest("hex"),
    }));
    const whole = gzipSync(JSON.stringify(rows));
    const result = await read(whole.subarray(0, whole.length / 2));
    expect(result.stopped?.reason).toBe("damaged or incomplete gzip data");
    expect(result.values.length).toBeGreaterThan(1000);
    expect(result.values).toEqual(rows.slice(0, result.values.length));
  });

  it("bytes that are no UTF-8 cost one element", async () => {
    const text = Buffer.concat([
      Buffer.from('[{"a":"'),
      Buffer.from([0xe9, 0xff]),
      Buffer.from('"},{"ok":1}]'),
    ]);
    const result = await read(text);
    expect(result.reasons).toEqual(["the element is not UTF-8 text"]);
    expect(result.values).toEqual([{ ok: 1 }]);
  });

  it("what the parser says about a broken element is not repeated: it quotes the text", async () => {
    const result = await read('[{"password": hunter2}, {"ok":1}]');
    expect(result.reasons).toEqual(["the element is not valid JSON"]);
    expect(result.values).toEqual([{ ok: 1 }]);
  });

  it("a file that cannot be read is a result, not an exception", async () => {
    const result = await readJsonElements(join(folder, "none.json"), {
      onElement: () => undefined,
      onFault: () => undefined,
    });
    expect(result.stopped?.reason).toBe("cannot be read (ENOENT)");
  });
});
