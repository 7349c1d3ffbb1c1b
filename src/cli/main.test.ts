import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { analysisSchema, reachSchema, recreateSchema, whoCanSchema } from "../contract/index.js";
import type { Analysis } from "../core/decision/index.js";
import type { Console } from "./console.js";
import { main } from "./main.js";

const estate = "test/fixtures/cli/estate.yaml";
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-cli-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly last: string;
}

async function remit(args: readonly string[], more: Partial<Console> = {}): Promise<Run> {
  let out = "";
  let err = "";
  const exit = await main(args, {
    out: async (text) => {
      out += text;
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
    ...more,
  });
  return { exit, out, err, last: err.trimEnd().split("\n").at(-1) ?? "" };
}

const analyze = (...args: string[]): Promise<Run> => remit(["analyze", "--estate", estate, ...args]);

describe("exit codes (interfaces.md)", () => {
  test("0: completed, said on the last line of stderr", async () => {
    const run = await analyze();
    expect([run.exit, run.last]).toEqual([0, "exit 0: completed"]);
    expect(run.out).toContain("yes, from outside");
  });

  test("1: a condition holds, and the cases are named", async () => {
    const run = await analyze("--fail-on", "possible&band<=1");
    expect(run.exit).toBe(1);
    expect(run.last).toMatch(/^exit 1: `possible&band<=1` holds for \d+ cases?: R-/);
    expect(run.out).toContain("COMES BACK");
  });

  test.each([
    [[], /no command/],
    [["nonsense"], /unknown command `nonsense`; there are analyze, explain/],
    [["analyze"], /nothing to read/],
    [["analyze", "--estate", estate, "--nope"], /unknown option `--nope`/],
    [["analyze", "--estate", estate, "--format", "pdf"], /there is no format `pdf`/],
    [["analyze", "--estate", estate, "--format", "sarif"], /`sarif` is not written yet/],
    [["analyze", "--estate", estate, "--fail-on", "bad>=2"], /`bad>=2` is no condition/],
    [["analyze", "--estate", estate, "--fail-on", ""], /is no condition/],
    [["analyze", "--estate", estate, "--fail-on", "new"], /without a baseline/],
    [["analyze", "--estate", estate, "--now", "yesterday"], /`yesterday` is no time/],
    [["analyze", "--estate", estate, "--now", "2026-02-31"], /`2026-02-31` is no time/],
    [["analyze", "--estate", estate, "--account", "12"], /`12` is no AWS account id/],
    [["analyze", "--estate", estate, "--class", "all"], /no class `all`/],
    [["analyze", "--estate", estate, "--baseline", "package.json"], /is no analysis document/],
    [["analyze", "--estate", "-", "--findings", "-"], /standard input was asked for more than once/],
    [["analyze", "--estate", "no/such/file"], /nothing could be read: no\/such\/file/],
    [["explain", "R-ZZZZ", "--estate", estate], /there is no case `R-ZZZZ`/],
    [["explain", "R-", "--estate", estate], /several cases begin with `R-`/],
    [["who-can", "s3:PutBuketPolicy", "x:y", "--estate", estate], /did you mean `s3:PutBucketPolicy`/],
    [["who-can", "s3:PutBucketPolicy", "acme-reports"], /needs an estate/],
    [["reach", "svc", "--estate", estate], /no identity `svc`; near it are `svc-batch`/],
    [
      ["recreate", "--resource", "acme-reports", "--weakness", "s3.publik", "--estate", estate],
      /no weakness `s3.publik`: did you mean `s3.public`/,
    ],
    [["schema", "nothing"], /no schema `nothing`/],
  ])("2: wrong usage: %j", async (args, message) => {
    const run = await remit(args);
    expect(run.exit).toBe(2);
    expect(run.last).toMatch(/^exit 2: /);
    expect(run.last).toMatch(message);
    expect(run.out).toBe("");
    expect(run.err).not.toMatch(/^\s+at /m);
  });

  test("3: some input was rejected, the rest is analysed", async () => {
    const bad = join(folder, "cut.json");
    writeFileSync(bad, '{"UserDetailList": [');
    const run = await analyze(bad);
    expect([run.exit, run.last]).toEqual([3, "exit 3: 1 file was rejected"]);
    expect(run.out).toMatch(/REJECTED 1 of 2 files: \S+cut\.json/);
    expect(run.out).toContain("acme-reports");
  });

  test("1 goes before 3", async () => {
    const bad = join(folder, "cut.json");
    writeFileSync(bad, "{");
    expect((await analyze(bad, "--fail-on", "possible")).exit).toBe(1);
  });

  test("4: a result that cannot be written, and nothing half-written stays", async () => {
    const run = await analyze("--out", join(folder, "no", "such", "folder.json"));
    expect(run.exit).toBe(4);
    expect(run.last).toContain("could not be written");
  });
});

describe("results", () => {
  test("json is valid against its schema, the same twice, and holds no clock but --now", async () => {
    const args = ["--format", "json", "--now", "2026-11-22"];
    const [first, second] = [await analyze(...args), await analyze(...args)];
    expect(second.out).toBe(first.out);
    const document: unknown = JSON.parse(first.out);
    expect(analysisSchema.safeParse(document).error?.issues ?? []).toEqual([]);
    expect((document as Analysis).generatedAt).toBe("2026-11-22T00:00:00.000Z");
  });

  test("a file is written whole and leaves nothing beside it", async () => {
    const own = mkdtempSync(join(folder, "out-"));
    const run = await analyze("--format", "html", "--out", join(own, "report.html"));
    expect([run.exit, run.out]).toEqual([0, ""]);
    expect(readFileSync(join(own, "report.html"), "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(readdirSync(own)).toEqual(["report.html"]);
  });

  test("with a baseline only what is new counts; the numbers still say everything", async () => {
    const file = join(folder, "baseline.json");
    await analyze("--format", "json", "--out", file);
    const all = JSON.parse(readFileSync(file, "utf8")) as Analysis;
    const same = await analyze("--baseline", file, "--fail-on", "possible");
    expect(same.exit).toBe(0);
    expect(same.out).toContain(
      `baseline: ${all.cases.length} cases = 0 new, shown here + ${all.cases.length} known`,
    );
    const [gone] = all.cases;
    writeFileSync(file, JSON.stringify({ ...all, cases: all.cases.slice(1) }));
    const fresh = await analyze("--baseline", file, "--fail-on", "new");
    expect(fresh.exit).toBe(1);
    expect(fresh.last).toContain(gone!.id);
    expect(fresh.out.match(/^R-\w+ /gm)).toEqual([
      `${gone!.id} `.slice(0, fresh.out.match(/^R-\w+ /m)![0].length),
    ]);
  });

  test("explain works as the NEXT line prints it, with the inputs of the last analyze", async () => {
    const table = await analyze("--now", "2026-11-22");
    const id = /NEXT +remit explain (R-\w+)/.exec(table.out)![1]!;
    const page = await remit(["explain", id]);
    expect(page.exit).toBe(0);
    expect(page.out).toMatch(new RegExp(`^${id}  `));
    const json = await remit(["explain", id.toLowerCase(), "--format", "json"]);
    expect((JSON.parse(json.out) as { id: string }).id).toBe(id);
    expect((await remit(["explain", id, "--format", "markdown"])).out).toMatch(new RegExp(`^## ${id}: `));
  });

  test("who-can: holders with path, condition and statement; who-can, reach and recreate fit their schemas", async () => {
    const ask = async (...args: string[]): Promise<unknown> =>
      JSON.parse((await remit([...args, "--estate", estate, "--format", "json"])).out);
    const who = whoCanSchema.parse(await ask("who-can", "s3:putbucketpolicy", "acme-reports"));
    expect(who.can.map((holder) => holder.name)).toEqual(expect.arrayContaining(["etl-admin", "svc-batch"]));
    const batch = who.can.find((holder) => holder.name === "svc-batch")!;
    expect(batch.path.map((step) => step.to)).toEqual(["arn:aws:iam::222222222222:role/etl-admin"]);
    expect(batch.entries[0]?.band).toBe(1);
    const reach = reachSchema.parse(await ask("reach", "svc-batch"));
    expect(reach.becomes.map((item) => item.name)).toEqual(["etl-admin"]);
    expect(reach.resources).toContainEqual(
      expect.objectContaining({ access: "change", action: "s3:PutBucketPolicy" }),
    );
    const recreate = recreateSchema.parse(
      await ask("recreate", "--resource", "acme-reports", "--weakness", "s3.public"),
    );
    expect([recreate.verdict, recreate.band]).toEqual(["possible", 1]);
    expect(recreate.paths[0]?.credential).toContain("AKIA");
  });

  test("colour only on a terminal and never with NO_COLOR", async () => {
    const escape = "\u001b[";
    const env = { REMIT_HOME: join(folder, "home") };
    expect(
      (await remit(["analyze", "--estate", estate], { outIsTerminal: true, columns: 160, env })).out,
    ).toContain(escape);
    expect(
      (await remit(["analyze", "--estate", estate], { outIsTerminal: true, env: { ...env, NO_COLOR: "1" } }))
        .out,
    ).not.toContain(escape);
    expect((await analyze()).out).not.toContain(escape);
  });

  test("progress only on a terminal", async () => {
    expect((await analyze()).err).not.toContain("\r");
    expect((await remit(["analyze", "--estate", estate], { errIsTerminal: true })).err).toContain("\r");
  });
});

describe("help", () => {
  test.each(["analyze", "explain", "who-can", "reach", "recreate", "schema"])(
    "%s --help has an example",
    async (command) => {
      const run = await remit([command, "--help"]);
      expect(run.exit).toBe(0);
      expect(run.out).toMatch(new RegExp(`Example:\\n {2}\\$ remit ${command} `));
    },
  );

  test("--version names the date of the action dictionary", async () => {
    expect((await remit(["--version"])).out).toMatch(
      /^remit \d+\.\d+\.\d+ \(AWS actions of \d{4}-\d{2}-\d{2}\)\n$/,
    );
  });

  test("every example of docs/cli.md runs", async () => {
    const document = readFileSync("docs/cli.md", "utf8");
    const lines = [...document.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((match) =>
      match[1]!.trim().split("\n"),
    );
    expect(lines.length).toBeGreaterThanOrEqual(7);
    for (const line of lines) {
      // `# exit 1: why`: shown for what it refuses.
      const said = Number(/ # exit (\d)/.exec(line)?.[1] ?? "0");
      const words = line.replace(/ +# .*$/, "");
      const args = [...words.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2]!).slice(1);
      const run = await remit(args);
      expect([line, run.exit]).toEqual([line, said]);
      expect(run.out).not.toBe("");
    }
  });
});
