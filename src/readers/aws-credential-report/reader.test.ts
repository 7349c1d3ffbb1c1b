import { describe, expect, it } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { accountId, principalId, resourceId } from "../../core/estate/index.js";
import { loadEstate } from "../load-estate.js";
import { readDocument } from "../read-document.js";
import { credentialReportReader as reader } from "./reader.js";

const header =
  "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

function read(content: string, path = "report"): ReturnType<typeof reader.read> {
  const result = readDocument({ path, bytes: Buffer.from(content) });
  if (result.kind === "rejected") throw new Error(result.rejection.reason);
  expect(reader.recognises(result.document)).toBe(true);
  return reader.read(result.document, { source: { ...result.document.source, kind: reader.kind } });
}

describe("the credential report of a real account", () => {
  it("tells root keys, root MFA, console sign-in, keys and certificates, and covers the account", async () => {
    const { estate } = await loadEstate([
      corpusPath("estates", "documents", "aws-credential-report", "c7n-report-unused-keys.csv"),
    ]);
    const account = "619193117841";
    const facts = estate.resource(resourceId(`aws:${account}`));
    expect(facts?.kind).toBe("aws:account");
    expect(facts?.properties.get("root.accessKeyActive")).toMatchObject({ value: true, origin: { line: 2 } });
    expect(facts?.properties.get("root.mfa")?.value).toBe(false);
    const root = principalId(`arn:aws:iam::${account}:root`);
    expect(estate.principal(root)).toMatchObject({
      kind: "root",
      console: { password: "unknown", mfa: false },
    });
    // Slot 2 carries the account's birthday: it never held a key.
    expect(estate.credentialsOf(root).map((item) => [item.kind, item.status])).toEqual([
      ["access-key", "active"],
      ["certificate", "active"],
      ["password", "unknown"],
    ]);
    const kaleb = principalId(`arn:aws:iam::${account}:user/kaleb`);
    expect(estate.principal(kaleb)?.console).toMatchObject({ password: true, mfa: false });
    expect(estate.principal(kaleb)?.console, "no_information is no date").not.toHaveProperty("lastUsedAt");
    for (const topic of ["console", "access-keys", "root-credentials"] as const)
      expect(estate.covers(topic, accountId(`aws:${account}`))).toBe(true);
    expect(estate.covers("iam", `aws:${account}`)).toBe(false);
  });
});

describe("forms and faults", () => {
  const root =
    "<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,N/A,not_supported,not_supported,true,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A";
  const table = `${header}\n${root}\n`;

  it("the table, its text in JSON and its base64 in JSON mean the same, dated by the answer where it has a date", () => {
    const bare = read(table).facts;
    for (const content of [table, Buffer.from(table).toString("base64")]) {
      const { facts } = read(
        JSON.stringify({
          Content: content,
          ReportFormat: "text/csv",
          GeneratedTime: "2024-05-01T00:00:00+00:00",
        }),
      );
      expect(facts.principals?.map((item) => item.id)).toEqual(bare.principals?.map((item) => item.id));
      expect(facts.coverage?.[0]?.origin).toMatchObject({
        pointer: "/Content",
        source: { observedAt: "2024-05-01T00:00:00Z" },
      });
    }
  });

  it("a report without its root row, or with a broken row, covers nothing", () => {
    expect(
      read(`${header}\n${root.replace("<root_account>", "x").replace(":root", ":user/x")}\n`),
    ).toMatchObject({
      facts: { coverage: [] },
      rejected: [{ reason: expect.stringContaining("<root_account>") }],
    });
    const broken = read(`${table}x,not-an-arn${",N/A".repeat(20)}\n`);
    expect(broken.rejected).toMatchObject([{ line: 3 }]);
    expect(broken.facts.coverage).toEqual([]);
  });

  it("content that is no report says so", () => {
    expect(
      read(JSON.stringify({ Content: "aGVsbG8=", ReportFormat: "text/csv" })).rejected[0]?.reason,
    ).toContain("neither the report's text");
  });
});
