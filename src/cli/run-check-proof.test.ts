import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { proofCheckSchema, validateProof } from "../contract/index.js";
import { main } from "./main.js";

const estate = "test/fixtures/cli/estate.yaml";
let folder = "";
let proof = "";

async function remit(...args: readonly string[]) {
  let [out, err] = ["", ""];
  const exit = await main(args, {
    out: (text) => {
      out += text;
      return Promise.resolve();
    },
    err: (text) => {
      err += text;
    },
    outIsTerminal: false,
    errIsTerminal: false,
    columns: undefined,
    env: { REMIT_HOME: join(folder, "home") },
    elapsed: () => 900,
    now: () => "2026-11-22T09:00:00.000Z",
  });
  return { exit, out, err, last: err.trimEnd().split("\n").at(-1) ?? "" };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "remit-check-"));
  proof = join(folder, "proof.json");
  const analysis = await remit("analyze", "--estate", estate, "--format", "json");
  const cases = (JSON.parse(analysis.out) as { cases: { id: string; recreation: { verdict: string } }[] })
    .cases;
  const { id = "" } = cases.find(({ recreation }) => recreation.verdict === "possible") ?? {};
  const explained = await remit("explain", id, "--estate", estate, "--proof", proof);
  expect([explained.exit, explained.err]).toEqual([0, expect.stringMatching(/^proof .*: \d+ paths/m)]);
  expect(explained.out).toContain(id);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("0: verified from the documents, at the place it names or where they lie now", async () => {
  expect("proof" in validateProof(JSON.parse(readFileSync(proof, "utf8")))).toBe(true);
  expect(await remit("check-proof", proof)).toMatchObject({ exit: 0, last: "exit 0: verified" });
  mkdirSync(join(folder, "moved"));
  copyFileSync(estate, join(folder, "moved/other-name.yaml"));
  expect(await remit("check-proof", proof, "--estate", join(folder, "moved"))).toMatchObject({ exit: 0 });
});

test("`--proof -` writes the proof alone to standard output", async () => {
  const text = readFileSync(proof, "utf8");
  const { id } = { id: (JSON.parse(text) as { case: string }).case };
  expect((await remit("explain", id, "--estate", estate, "--proof", "-")).out).toBe(text);
});

test("1: a touched proof, by its part; a changed document, by its name; both as remit.check-proof/1", async () => {
  const touched = join(folder, "touched.json");
  writeFileSync(touched, readFileSync(proof, "utf8").replace('"outcome": "holds"', '"outcome": "fails"'));
  const first = await remit("check-proof", touched);
  expect([first.exit, first.last]).toEqual([
    1,
    expect.stringMatching(/^exit 1: not verified: \/paths\/0 was changed after it was written$/),
  ]);
  const changed = join(folder, "changed.yaml");
  writeFileSync(changed, `${readFileSync(estate, "utf8")} `);
  const second = await remit("check-proof", proof, "--estate", changed, "--format", "json");
  const document = proofCheckSchema.parse(JSON.parse(second.out));
  expect([second.exit, document.verified, document.faults[0]?.at]).toEqual([1, false, estate]);
});

test("2: what is no proof, with what is wrong with it", async () => {
  const none = await remit("check-proof", join(folder, "nowhere.json"));
  expect([none.exit, none.last]).toEqual([2, expect.stringMatching(/nowhere\.json` cannot be opened/)]);
  const other = await remit("check-proof", "schemas/proof.json");
  expect([other.exit, other.last]).toEqual([2, expect.stringMatching(/is no `remit\.proof\/1`/)]);
  expect((await remit("check-proof", proof, "--format", "html")).exit).toBe(2);
});
