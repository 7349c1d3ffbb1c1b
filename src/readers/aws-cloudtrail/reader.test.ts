import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import type { AuditEvent } from "../../core/estate/index.js";
import type { EstateReading } from "../estate-reader.js";
import { callerOf, cloudTrailReader } from "./index.js";

function read(value: unknown, lines?: readonly number[]): EstateReading {
  const source = { path: "trail.json", digest: "0", kind: "aws-cloudtrail" };
  const document = {
    source,
    format: lines === undefined ? ("json" as const) : ("json-lines" as const),
    value,
    text: "",
    ...(lines === undefined ? {} : { lines }),
  };
  expect(cloudTrailReader.recognises(document)).toBe(true);
  return cloudTrailReader.read(document, { source });
}

const corpus = (file: string): readonly AuditEvent[] =>
  read(
    JSON.parse(readFileSync(corpusPath("estates", "documents", "aws-cloudtrail", file), "utf8")) as unknown,
  ).facts.events ?? [];

describe("CloudTrail", () => {
  test("the actor is the role, the person the session, and the version suffix goes", () => {
    const [event] = corpus("stratus-aws.persistence.lambda-backdoor-function.json");
    expect(event).toMatchObject({
      action: "lambda:AddPermission",
      account: "aws:880896431042",
      credential: "aws:access-key/AKIAMASKED432SNBRJT3",
    });
    expect(event?.targets).toEqual([
      "arn:aws:lambda:ca-centralnorth-1r:880896431042:function:stratus-red-team-backdoor-f-func",
    ]);
    const [assumed] = corpus("c7n-cwe-s3.json");
    expect(assumed).toMatchObject({
      actor: "arn:aws:iam::101010101111:role/Sandbox_Dev",
      person: "user",
      targets: ["arn:aws:s3:::cwe-test"],
    });
    expect(assumed?.credential).toBeUndefined();
  });

  test("a key that was made is a target, so that offspring can be traced (S7)", () => {
    const [event] = corpus("stratus-aws.persistence.iam-backdoor-user.json");
    expect(event?.targets).toContain("aws:access-key/AKIAMASKEDXJLQFFTJ5G");
    expect(event?.targets).toContain("arn:aws:iam::946986569305:user/stratus-red-team-backdoor-u-user");
  });

  test("the text of a lookup-events answer is read, and its pointer leads into it", () => {
    const [event] = corpus("awscli-lookup-events.json");
    expect(event?.origin).toMatchObject({ pointer: "/Events/0/CloudTrailEvent", inner: "" });
    expect(event?.actor).toBe("arn:aws:iam::123456789012:role/my-role");
  });

  test.each([
    [{ type: "AWSService", invokedBy: "lambda.amazonaws.com" }, { actor: "lambda.amazonaws.com" }],
    [{ type: "Root", arn: "arn:aws:iam::222222222222:root" }, { actor: "arn:aws:iam::222222222222:root" }],
    [
      { type: "AssumedRole", arn: "arn:aws:sts::222222222222:assumed-role/r/i-0123456789abcdef0" },
      { actor: "arn:aws:iam::222222222222:role/r" },
    ],
    [
      {
        type: "AssumedRole",
        arn: "arn:aws:sts::222222222222:assumed-role/r/x",
        sessionContext: {
          sourceIdentity: "ana",
          sessionIssuer: { arn: "arn:aws:iam::222222222222:role/path/r" },
        },
      },
      { actor: "arn:aws:iam::222222222222:role/path/r", person: "ana" },
    ],
    [{ type: "IdentityCenterUser", onBehalfOf: { userId: "u-1" } }, { person: "u-1" }],
    [
      { type: "WebIdentityUser", userName: "repo:acme/etl:ref:refs/heads/main" },
      { actor: "repo:acme/etl:ref:refs/heads/main" },
    ],
    [{ type: "AWSAccount", accountId: "999999999999" }, { actor: "aws:999999999999" }],
  ])("userIdentity %j is %j", (identity, expected) => {
    expect(callerOf(identity)).toEqual(expected);
  });

  test("a refused call is kept with its error; read-only calls are counted; secrets are masked", () => {
    const base = {
      eventSource: "iam.amazonaws.com",
      eventTime: "2026-11-15T09:14:00Z",
      userIdentity: { type: "Root" },
    };
    const { facts, entities } = read([
      {
        ...base,
        eventID: "1",
        eventName: "CreateLoginProfile",
        errorCode: "AccessDenied",
        requestParameters: { userName: "x", password: "hunter2" },
      },
      { ...base, eventID: "2", eventName: "ListUsers" },
      {
        ...base,
        eventID: "3",
        eventName: "UpdateFunction",
        requestParameters: { environment: { variables: { MODE: "s3cr3t-value" } } },
      },
    ]);
    expect(entities).toEqual({ events: 3, readOnly: 1 });
    expect(facts.events?.[0]).toMatchObject({
      error: "AccessDenied",
      parameters: { userName: "x", password: "***" },
    });
    expect(JSON.stringify(facts)).not.toMatch(/hunter2|s3cr3t-value/);
  });

  test("a broken record among lines is rejected by its line, the others are used", () => {
    const good = {
      eventID: "1",
      eventName: "CreateUser",
      eventSource: "iam.amazonaws.com",
      eventTime: "2026-11-15T09:14:00Z",
    };
    const { facts, rejected } = read([good, { ...good, eventID: "2", eventTime: "?" }, 7], [1, 5, 9]);
    expect(facts.events).toHaveLength(1);
    expect(rejected.map((item) => item.line)).toEqual([5, 9]);
  });
});
