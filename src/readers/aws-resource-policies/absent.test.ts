import { describe, expect, it } from "vitest";
import type { EstateReading } from "../estate-reader.js";
import { estateReaders } from "../estate-registry.js";
import { readDocument } from "../read-document.js";

function read(path: string, text: string): { kind: string | undefined; reading: EstateReading | undefined } {
  const parsed = readDocument({ path, bytes: Buffer.from(text) });
  if (parsed.kind === "rejected") throw new Error(parsed.rejection.reason);
  const reader = estateReaders.find((item) => item.recognises(parsed.document));
  const source = { ...parsed.document.source, kind: reader?.kind ?? "" };
  const context = { source, accountHint: "222222222222", regionHint: "eu-west-1" };
  return { kind: reader?.kind, reading: reader?.read(parsed.document, context) };
}

const failed = (code: string, operation: string, message: string): string =>
  `An error occurred (${code}) when calling the ${operation} operation: ${message}`;

describe("errors that say that there is no policy", () => {
  it.each([
    [
      "222222222222/eu-west-1/lambda-policy-report-gen.json",
      failed("ResourceNotFoundException", "GetPolicy", "The resource you requested does not exist."),
      "arn:aws:lambda:eu-west-1:222222222222:function:report-gen",
    ],
    [
      "x.json",
      failed(
        "RepositoryPolicyNotFoundException",
        "GetRepositoryPolicy",
        "Repository policy does not exist for the repository with name 'team/app' in the registry with id '222222222222'",
      ),
      "arn:aws:ecr:eu-west-1:222222222222:repository/team/app",
    ],
  ])("%s", (path, text, id) => {
    const { reading } = read(path, text);
    expect(reading?.rejected).toEqual([]);
    expect(reading?.facts.resources).toMatchObject([{ id, policies: new Map() }]);
    expect(reading?.facts.coverage).toMatchObject([{ topic: "resource-policy", scope: id }]);
  });

  it("a function that does not exist says nothing of a policy", () => {
    const text = failed("ResourceNotFoundException", "GetPolicy", "Function not found: arn:aws:lambda:x");
    const { kind, reading } = read("lambda-policy-x.json", text);
    expect(kind).toBe("aws-error");
    expect(reading?.facts).toEqual({});
    expect(reading?.rejected).toHaveLength(1);
  });

  it("without the function's name it is refused with the name to give the file", () => {
    const text = failed(
      "ResourceNotFoundException",
      "GetPolicy",
      "The resource you requested does not exist.",
    );
    expect(read("x.json", text).reading?.rejected[0]?.hint).toContain("lambda-policy-NAME.json");
  });
});
