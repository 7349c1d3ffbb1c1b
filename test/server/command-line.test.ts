import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer as createPlain, type Server as PlainServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  analysisSchema,
  caseLifeSchema,
  casesSchema,
  flawSchema,
  gateSchema,
  importSchema,
  moveSchema,
  reachSchema,
  tokensSchema,
} from "../../src/contract/index.js";
import { serve, type Serving } from "../../src/server/index.js";
import { exampleInputs, runRemit, type Ran } from "../run-remit.js";
import { scan } from "../flaw/estate.js";
import { deep } from "../settings.js";
import { installExample, type Installed } from "./installed.js";

let installed: Installed;
let serving: Serving;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "remit-client-"));
  installed = await installExample();
  serving = await serve(installed.app, "127.0.0.1", 0);
}, 200_000);
afterAll(async () => {
  await serving.close();
  await installed.end();
  rmSync(folder, { recursive: true, force: true });
});

/** As somebody of the catalogue, over the network. */
async function as(person: string, ...args: readonly string[]): Promise<Ran> {
  const { authorization = "" } = await installed.as(person, "read", "act", "import", "admin");
  return runRemit([...args, "--server", serving.address], {
    REMIT_TOKEN: authorization.replace("Bearer ", ""),
  });
}
const json = (run: Ran): unknown => JSON.parse(run.out);

describe("remit cases --server", () => {
  test("list shows the columns of `analyze`, the most pressing first (first-minute.md 1)", async () => {
    const run = await as("l.meyer", "cases", "list");
    expect([run.code, run.err]).toEqual([0, "exit 0: completed\n"]);
    const [, , head = "", ...rows] = run.out.split("\n");
    expect(head.split(/ {2,}/)).toEqual([
      "CASE",
      "EXPOSED",
      "COMES BACK",
      "BECAUSE",
      "CONTAIN",
      "FIX LEAD",
      "T",
      "DUE",
    ]);
    expect(rows[0]).toMatch(/^R-\w{4} .*yes, by itself/);
    expect(run.out).toContain("kms payroll");
    const words = ["yes, by itself", "yes, from outside", "yes ", "shared cause", "unknown", "only admins"];
    const seen = rows
      .map((row) => words.findIndex((word) => row.includes(`  ${word}`)))
      .filter((at) => at >= 0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    const document = casesSchema.parse(
      json(await as("l.meyer", "cases", "list", "--format", "json", "--tier", "2")),
    );
    expect(document.items.length).toBeGreaterThan(2);
    expect(document.items.every(({ tier }) => tier === 2)).toBe(true);
  });

  test("a page says that there are more, and `--all` shows every case once", async () => {
    const page = await as("l.meyer", "cases", "list", "--limit", "5");
    expect(page.out).toMatch(/there are more: --all shows every case, --after \S+ the next ones/);
    const all = casesSchema.parse(
      json(await as("l.meyer", "cases", "list", "--limit", "5", "--all", "--format", "json")),
    );
    expect(new Set(all.items.map(({ id }) => id)).size).toBe(22);
    expect(all.items).toHaveLength(22);
  });

  test("show tells the tracks, who you are, and the moves that are open to you", async () => {
    const run = await as("l.meyer", "cases", "show", "6k4v");
    expect(run.code, run.err).toBe(0);
    expect(run.out).toMatch(/^R-6K4V {2}any identity of account/);
    expect(run.out).toMatch(/^YOU +CLOUD_OPS, PLATFORM/m);
    expect(run.out).toMatch(/^NEXT +remit cases claim R-6K4V contain/m);
    const view = caseLifeSchema.parse(
      json(await as("l.meyer", "cases", "show", "R-6K4V", "--events", "--format", "json")),
    );
    expect(view.events?.[0]).toMatchObject({ sequence: 1 });
  });

  test("who asks does not approve: the rule, what to do, and who may; exit 1 (R58 to R64)", async () => {
    const step = "S3";
    expect((await as("l.meyer", "cases", "claim", "R-6K4V", "contain")).out).toMatch(
      /^DONE +l\.meyer \(\w+\): claimed/,
    );
    const asked = ["--reason", "open to a whole account", "--until", "2026-11-24"];
    const request = await as("r.silva", "cases", "request", "R-6K4V", "step", step, ...asked);
    expect([request.code, request.out]).toEqual([0, expect.stringContaining("A1") as string]);
    const own = await as("r.silva", "cases", "approve", "R-6K4V", "A1");
    expect(own.code).toBe(1);
    expect(own.out).toMatch(/^REFUSED +R-6K4V/);
    expect(own.out).toMatch(/^RULE +requester-not-approver: who asks does not approve \(PR\.AA-05, AC-5\)/m);
    expect(own.out).toMatch(/^WHO MAY +.*m\.okafor/m);
    expect(own.err).toBe("exit 1: refused by `requester-not-approver`\n");
    const document = moveSchema.parse(
      json(await as("r.silva", "cases", "approve", "R-6K4V", "A1", "--format", "json")),
    );
    expect(document).toMatchObject({ done: false, refused: { rule: "requester-not-approver" } });
    const granted = await as("m.okafor", "cases", "approve", "R-6K4V", "A1");
    expect([granted.code, granted.out]).toEqual([0, expect.stringContaining("approval granted") as string]);
    const early = await as("ana.ruiz", "cases", "close", "R-6K4V", "--reason", "done, we think");
    expect([early.code, early.err]).toEqual([1, "exit 1: refused by `proof-to-close`\n"]);
  });

  test("the same key is carried out once; an old page is refused (Idempotency-Key, If-Match)", async () => {
    const note = (text: string, ...more: readonly string[]) =>
      as("l.meyer", "cases", "note", "R-CRFF", "--text", text, "--format", "json", ...more);
    const { REMIT_TOKEN = "" } = {
      REMIT_TOKEN: (await installed.as("l.meyer", "read", "act")).authorization,
    };
    const env = { REMIT_TOKEN: REMIT_TOKEN.replace("Bearer ", "") };
    const once = ["cases", "note", "R-CRFF", "--text", "seen", "--key", "note-once", "--format", "json"];
    const [first, again] = [
      moveSchema.parse(json(await runRemit([...once, "--server", serving.address], env))),
      moveSchema.parse(json(await runRemit([...once, "--server", serving.address], env))),
    ];
    expect(again.events).toEqual(first.events);
    expect(again.sequence).toBe(first.sequence);
    const late = await note("from an old page", "--seen", "1");
    expect([late.code, late.err]).toEqual([
      1,
      expect.stringContaining("somebody else has changed it") as string,
    ]);
  });

  test.each([
    [["cases", "show", "R-ZZZZ"], 2, /there is no case `R-ZZZZ`/],
    [["cases", "show", "x"], 2, /`x` is no id of a case/],
    [["cases", "claim", "R-CRFF", "everything"], 2, /`everything` is no track: use contain, trace, fix/],
    [["cases", "claim", "R-CRFF", "fix", "F99"], 2, /`F99` is no item of the fix of R-CRFF: use F1 to F\d+/],
    [["cases", "claim", "R-CRFF", "contain", "F1"], 2, /only the fix has items/],
    [["cases", "attest", "R-CRFF", "S1"], 2, /`--text` is missing/],
    [["cases", "waive", "R-CRFF", "homework", "--reason", "x"], 2, /`homework` is no follow-up/],
    [
      ["cases", "review-glass", "R-CRFF", "G1", "--reason", "x"],
      2,
      /either `--justified` or `--unjustified`/,
    ],
    [["cases", "order", "R-CRFF", "NOBODY", "--action", "x"], 2, /`to`/],
    [["cases", "finish", "R-CRFF", "trace", "--cause", "role"], 2, /write it as `role=vendor-backup`/],
    [["cases", "list", "--status", "asleep"], 2, /`status/],
    [["cases", "list", "--limit", "0"], 2, /give 1 to 1000/],
    [["cases", "note", "R-CRFF", "--text", "x", "--key", "a b"], 2, /8 to 200 characters/],
  ] as const)("%j is wrong usage and is told", async (args, code, message) => {
    const run = await as("l.meyer", ...args);
    expect([run.code, run.err]).toEqual([code, expect.stringMatching(message) as string]);
    expect(run.out).toBe("");
  });
});

describe("one question, asked of files and over a server", () => {
  /** Names of documents begin where the example was taken in from; which bytes were read is each side's own. */
  const comparable = (text: string): unknown => {
    const named = text
      .replaceAll("examples/", "")
      // A route is known by its places, and what is sent has no file name.
      .replaceAll(/"route": "[0-9a-f]{16}"/g, '"route": "…"')
      .replaceAll(change(), "change");
    if (!named.startsWith("{")) return named.split("\n");
    const { inputs: _, ...document } = JSON.parse(named) as Readonly<Record<string, unknown>>;
    return document;
  };
  const ended = ({ err }: Ran): string => err.split("\n").at(-2) ?? "";
  const change = (): string => join(folder, "proposed.json");
  beforeAll(() => {
    writeFileSync(
      change(),
      JSON.stringify({
        schema: "remit.change/1",
        version: 1,
        changes: [{ disablePrincipal: "arn:aws:iam::222222222222:user/svc-batch" }],
      }),
    );
  });

  test.each([
    // Of all cases it takes half a minute of a core, twice.
    deep ? ["cut", "--all"] : ["cut", "R-95Y5"],
    ["what-if", "--change", "FILE", "--fail-on", "gained"],
    ["playbook", "--workload", "billing"],
    ["recreate", "--resource", "acme-exports", "--weakness", "s3.public"],
    ["explain", "R-95Y5", "--format", "markdown"],
    ["init", "--out", "-"],
  ])(
    "%s %s: the same answer and the same end",
    async (...typed) => {
      const args = typed.map((text) => (text === "FILE" ? change() : text));
      const asked = args.includes("--format") || args.includes("-") ? args : [...args, "--format", "json"];
      const inputs = args[0] === "init" ? exampleInputs.slice(0, 2) : exampleInputs;
      const [files, served] = [await runRemit([...asked, ...inputs]), await as("ana.ruiz", ...asked)];
      expect(ended(served)).toBe(ended(files));
      expect(served.out.length).toBeGreaterThan(500);
      expect(comparable(served.out)).toEqual(comparable(files.out));
    },
    300_000,
  );

  test("analyze as a page says why the owners are the owners, of every case that it shows", async () => {
    const page = await as("ana.ruiz", "analyze", "--format", "html");
    expect([page.code, page.err]).toEqual([0, expect.stringMatching(/^read {2}1 asff/) as string]);
    const analysis = analysisSchema.parse(json(await as("ana.ruiz", "analyze", "--format", "json")));
    expect(page.out.match(/Why these owners/g)).toHaveLength(analysis.cases.length);
    const written = await as("ana.ruiz", "explain", "R-95Y5", "--format", "html");
    expect(written.out).toContain("Why these owners");
  }, 300_000);
});

describe("remit import and remit token --server", () => {
  test("documents of after the change are tested against the cases, under their own names (R36)", async () => {
    installed.setTime("2026-11-22T18:30:00.000Z");
    const mended = "examples/mended/estate";
    const prod = `${mended}/prod-222222222222`;
    const bring = async (...args: string[]) => {
      const run = await as("operator", "import", "--format", "json", ...args);
      expect(run.code, run.err).toBe(0);
      return importSchema.parse(json(run));
    };
    const findings = await bring("--findings", "examples/mended/findings", "--under", "mended");
    const document = await bring(
      ...["--base", mended, "--estate", `${prod}/account-authorization-details.json`, `${prod}/eu-west-1`],
    );
    expect(document.sent[0]).toMatchObject({ name: "prod-222222222222/account-authorization-details.json" });
    expect([...findings.verified, ...document.verified]).toContain("R-6K4V");
    const shown = await as("l.meyer", "cases", "show", "R-6K4V");
    expect(shown.out).toMatch(/^PROVEN +contained yes since 2026-11-22 .* durable yes/m);
    const outside = await as("operator", "import", "--estate", "examples/estate", "--base", "src");
    expect([outside.code, outside.err]).toEqual([2, expect.stringContaining("does not lie below") as string]);
  }, 240_000);

  test("a catalogue is a new version as a whole; one with a fault changes nothing and is told with its line", async () => {
    const file = join(folder, "remit.yaml");
    writeFileSync(file, `# checked again\n${readFileSync("examples/remit.yaml", "utf8")}`);
    const good = await as("m.okafor", "import", "--catalogue", file);
    expect([good.code, good.out]).toEqual([0, expect.stringContaining("catalogue version 2") as string]);
    writeFileSync(file, `${readFileSync("examples/remit.yaml", "utf8")}\nnonsense: 1\n`);
    const bad = await as("m.okafor", "import", "--catalogue", file);
    expect([bad.code, bad.err]).toEqual([2, expect.stringMatching(/line \d+:\d+/) as string]);
  });

  test("a token is in a file of one reader, works, and ends when it is revoked", async () => {
    const file = join(folder, "berg.token");
    const issued = await as("operator", "token", "issue", "t.berg", "--out", file, "--name", "night shift");
    expect(issued.code, issued.err).toBe(0);
    expect(statSync(file).mode & 0o077).toBe(0);
    const list = ["cases", "list", "--token-file", file, "--server", serving.address];
    expect((await runRemit(list)).code).toBe(0);
    const again = await as("operator", "token", "issue", "t.berg", "--out", file);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("exists already") as string]);
    const { items } = tokensSchema.parse(json(await as("operator", "token", "list", "--format", "json")));
    const found = items.find(({ name }) => name === "night shift");
    expect(found).toMatchObject({ person: "t.berg", scopes: ["read", "act"] });
    expect((await as("operator", "token", "revoke", found?.id ?? "")).code).toBe(0);
    const ended = await runRemit(list);
    expect([ended.code, ended.err]).toEqual([2, expect.stringContaining("does not know who asks") as string]);
    const secret = readFileSync(file, "utf8").trim();
    expect(ended.err + ended.out + installed.logged.join("\n")).not.toContain(secret);
  });
});

describe("questions --server", () => {
  test("are answered by what was imported, in the words of the same command on files", async () => {
    const who = await as("ana.ruiz", "who-can", "s3:PutBucketPolicy", "acme-reports");
    expect([who.code, who.out]).toEqual([
      0,
      expect.stringMatching(/^s3:PutBucketPolicy on .*: \d+ can/) as string,
    ]);
    const reached = await as("ana.ruiz", "reach", "svc-batch", "--format", "json");
    expect(reachSchema.parse(json(reached)).schema).toBe("remit.reach/1");
    const ready = await as("ana.ruiz", "readiness");
    expect([ready.code, ready.out]).toEqual([
      0,
      expect.stringMatching(/% of \d+ duties are covered/) as string,
    ]);
    const change = join(folder, "change.json");
    const cut = await as("ana.ruiz", "cut", "R-95Y5", "--change", change);
    expect(cut.code, cut.err).toBe(0);
    // Whoever sees the case may ask what a change makes of it, also who may not ask about everything.
    const dupont = await installed.as("c.dupont", "read");
    const narrow = { REMIT_TOKEN: (dupont.authorization ?? "").replace("Bearer ", "") };
    const whatIf = ["what-if", "--change", change, "--server", serving.address];
    const after = await runRemit([...whatIf, "--case", "R-S40J"], narrow);
    expect(after.code, after.err).toBe(0);
    const refused = await runRemit(whatIf, narrow);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("estate-of-others") as string]);
    const explained = await as("ana.ruiz", "explain", "r-95y5", "--format", "json");
    expect(json(explained)).toMatchObject({ id: "R-95Y5", lead: "SECRETS" });
  }, 240_000);

  test("analyze, recreate, gate and evidence end as they end on files", async () => {
    const analysed = await as("ana.ruiz", "analyze", "--fail-on", "possible");
    expect([analysed.code, analysed.err]).toEqual([
      1,
      expect.stringMatching(/\nexit 1: `possible` holds for \d+ cases: R-/) as string,
    ]);
    expect(analysed.out).toContain("s3 acme-exports");
    const analysis = analysisSchema.parse(json(await as("ana.ruiz", "analyze", "--format", "json")));
    expect(analysis.cases.map(({ id }) => id)).toContain("R-95Y5");
    const again = await as("ana.ruiz", "recreate", "--resource", "acme-exports", "--weakness", "s3.public");
    expect([again.code, again.out]).toEqual([0, expect.stringContaining("acme-exports") as string]);
    const gate = await as("ana.ruiz", "gate", "--format", "json");
    const { pass, reasons, workloads } = gateSchema.parse(json(gate));
    expect([gate.code, pass]).toEqual([1, false]);
    const ready = join(folder, "ready.json");
    await as("ana.ruiz", "readiness", "--format", "json", "--out", ready);
    const same = await as("ana.ruiz", "gate", "--baseline", ready);
    expect([same.code, same.err]).toEqual([0, expect.stringContaining("exit 0") as string]);
    // A team is held to what it answers for, and told that it is.
    const own = await as("c.dupont", "gate", "--format", "json");
    // Administers here, so asks about everything: the token without it is the narrow one.
    expect(gateSchema.parse(json(own)).workloads).toBe(workloads);
    const { authorization = "" } = await installed.as("c.dupont", "read");
    const env = { REMIT_TOKEN: authorization.replace("Bearer ", "") };
    const narrow = await runRemit(["gate", "--format", "json", "--server", serving.address], env);
    expect(narrow.err).toContain("note  only what your teams answer for");
    expect(gateSchema.parse(json(narrow)).workloads).toBeLessThan(workloads);
    expect(gateSchema.parse(json(narrow)).reasons.length).toBeLessThan(reasons.length);
    const whole = await runRemit(["analyze", "--server", serving.address], env);
    expect([whole.code, whole.err]).toEqual([2, expect.stringContaining("estate-of-others") as string]);
    const bundle = join(folder, "R-95Y5");
    const written = await as("ana.ruiz", "evidence", "R-95Y5", "--out", bundle);
    expect([written.code, written.out]).toEqual([
      0,
      expect.stringContaining("evidence of R-95Y5 in") as string,
    ]);
    const verified = await runRemit(["evidence", "--verify", bundle]);
    expect([verified.code, verified.out]).toEqual([0, expect.any(String) as string]);
    expect((await as("ana.ruiz", "evidence", "R-95Y5", "--out", bundle)).code).toBe(2);
    const proof = await as("ana.ruiz", "explain", "R-95Y5", "--proof", "-");
    expect([proof.code, proof.out]).toEqual([0, readFileSync(join(bundle, "proof.json"), "utf8")]);
  }, 300_000);

  test.each([
    [["who-can", "s3:GetObject", "x", "--estate", "examples/estate"], /bring documents with `remit import`/],
    [["who-can", "s3:GetObject", "no-such-bucket"], /no-such-bucket/],
    [["cut"], /takes the id of one case, or `--all`/],
    [
      ["what-if", "--change", "examples/remit.yaml"],
      /^(?!.*well formed).*\/policy `policy` is no known field/s,
    ],
    [["playbook", "--workload", "nothing"], /^(?!.*well formed).*there is no workload `nothing`: there are/s],
    [["init", "--estate", "examples/estate"], /bring documents with `remit import`/],
    [["gate", "--catalogue", "x"], /bring documents with `remit import`/],
    [["analyze", "--class", "configuration"], /`--class` and `--server`/],
    [["evidence", "R-95Y5"], /`--out`/],
    [["evidence", "R-ZZZZ", "--out", "nowhere"], /R-ZZZZ/],
    [["recreate", "--resource", "x", "--weakness", "s3.nothing"], /there is no weakness/],
    [["flaw", "CVE-1999-0001"], /CVE-1999-0001/],
  ] as const)("%j is refused and says what to do", async (args, message) => {
    const run = await as("ana.ruiz", ...args);
    expect([run.code, run.err]).toEqual([2, expect.stringMatching(message) as string]);
  });
});

test("flaw: a CVE that was imported after the rest, by everything that the estate holds", async () => {
  installed.setTime("2026-11-22T19:00:00.000Z");
  const scanned = join(folder, "web.json");
  writeFileSync(scanned, JSON.stringify(scan("web")));
  const bring = await as("operator", "import", "--findings", scanned, "--base", folder);
  expect(bring.code, bring.err).toBe(0);
  const run = await as("s.kaya", "flaw", "CVE-2026-10001", "--format", "json");
  expect(run.code, run.err).toBe(0);
  const { carriers, flaw } = flawSchema.parse(json(run));
  expect(flaw.ids).toContain("CVE-2026-10001");
  expect(carriers.map(({ id }) => id)).toEqual(["image:registry.example/shop/web"]);
  expect((await as("s.kaya", "flaw", "CVE-2026-10001")).out).toContain("registry.example/shop/web");
});

describe("servers that do not answer", () => {
  const env = { REMIT_TOKEN: "remit_made-up-for-this-test" };
  let other: PlainServer;
  let answer: () => { readonly status: number; readonly type: string; readonly body: string };
  let asked = 0;
  beforeAll(async () => {
    other = createPlain((_, response) => {
      asked += 1;
      const { status, type, body } = answer();
      response
        .writeHead(status, { "content-type": type, location: "http://127.0.0.1:9/", "retry-after": "0" })
        .end(body);
    });
    await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  });
  afterAll(() => other.close());
  const elsewhere = (): string => `http://127.0.0.1:${String((other.address() as AddressInfo).port)}`;

  test("unreachable is exit 4, and says where", async () => {
    // Its number was free a moment ago.
    const nobody = createPlain();
    await new Promise<void>((done) => nobody.listen(0, "127.0.0.1", done));
    const address = `http://127.0.0.1:${String((nobody.address() as AddressInfo).port)}`;
    await new Promise((done) => nobody.close(done));
    const run = await runRemit(["cases", "list", "--server", address], env);
    expect([run.code, run.err]).toEqual([
      4,
      expect.stringContaining(`nothing answers at ${address} (ECONNREFUSED)`) as string,
    ]);
  });

  test("something that is no Remit is exit 4, and a redirect gets no token", async () => {
    answer = () => ({ status: 200, type: "text/html", body: "<h1>hello</h1>" });
    const page = await runRemit(["cases", "list", "--server", elsewhere()], env);
    expect([page.code, page.err]).toEqual([
      4,
      expect.stringContaining("that is no answer of this release") as string,
    ]);
    answer = () => ({ status: 302, type: "text/html", body: "" });
    const moved = await runRemit(["cases", "list", "--server", elsewhere()], env);
    expect([moved.code, moved.out]).toEqual([4, ""]);
  });

  test("a server that is busy is asked again, and then believed", async () => {
    asked = 0;
    answer = () => ({ status: 503, type: "application/problem+json", body: problem(503) });
    const run = await runRemit(["cases", "list", "--server", elsewhere()], env);
    expect([run.code, asked]).toEqual([4, 4]);
    expect(run.err).toContain("the server could not do it: away: for now (reference r-1)");
  });

  test.each([
    [["--server", "remit.example"], {}, /`remit.example` is no address of a server/],
    [["--server", "https://u:secret@remit.example"], {}, /no address of a server/],
    [["--server", "http://remit.example"], {}, /the way there is not encrypted/],
    [["--server", "https://remit.example", "--home", "x"], {}, /either `--server` or `--home`/],
    [["--server", "https://remit.example"], { REMIT_TOKEN: "" }, /does not know who asks/],
    [["--server", "https://remit.example"], { REMIT_TOKEN: "two words" }, /REMIT_TOKEN holds no token/],
    [["--server", "https://remit.example", "--token-file", "no/such"], {}, /cannot be read \(ENOENT\)/],
  ] as const)("%j %j is refused before anything is sent", async (args, more, message) => {
    const run = await runRemit(["cases", "list", ...args], { ...env, ...more });
    expect([run.code, run.err]).toEqual([2, expect.stringMatching(message) as string]);
    expect(run.err).not.toContain("secret@");
  });
});

const problem = (status: number): string =>
  JSON.stringify({
    type: "/problems/unavailable",
    title: "away",
    status,
    detail: "for now",
    hint: "wait",
    reference: "r-1",
  });
