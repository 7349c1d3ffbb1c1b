import { expect, test } from "vitest";
import { resourceId } from "../../src/core/estate/index.js";
import {
  accessKey,
  allow,
  analysisOf,
  bucketArn,
  bucketEstate,
  inline,
  prod,
  roleArn,
  trusts,
  userArn,
} from "./real-access.js";

const stack = `arn:aws:cloudformation:eu-west-1:${prod}:stack/exports/1`;

/** A deployer without any right to the bucket, and the stack that owns it. */
function ask(
  role: ReturnType<typeof inline>,
  deployer: string,
  resources: readonly string[],
  serviceRole: string | null,
) {
  const estate = bucketEstate(
    {
      [userArn("deployer")]: inline(allow(deployer, stack)),
      [roleArn("stack-role")]: { ...role, ...trusts({ Service: "cloudformation.amazonaws.com" }) },
    },
    {
      resources: {
        [stack]: {
          kind: "cloudformation:stack",
          account: prod,
          properties: { serviceRole, resources },
        },
      },
    },
    { credentials: [accessKey(userArn("deployer"))] },
  );
  return analysisOf(estate).recreate({
    resource: resourceId(bucketArn),
    weakness: "s3.public",
    subLocator: "",
  });
}

const writer = inline(allow("s3:PutBucketPolicy"));

test("whoever updates the stack that owns the bucket brings it back with the stack's own role (recreation.md 4)", () => {
  const found = ask(writer, "cloudformation:UpdateStack", [bucketArn], roleArn("stack-role"));
  expect(found).toMatchObject({ verdict: "possible", band: 2 });
  expect(found.paths.some((path) => path.starter === "aws:access-key/AKIAIOSFODNN7EXAMPLE")).toBe(true);
  // One half of a change set is no deployment.
  const starts = (paths: typeof found.paths) => paths.filter((path) => path.kind === "standing-credential");
  expect(
    starts(ask(writer, "cloudformation:CreateChangeSet", [bucketArn], roleArn("stack-role")).paths),
  ).toEqual([]);
  expect(
    starts(
      ask(inline(allow("sqs:*")), "cloudformation:UpdateStack", [bucketArn], roleArn("stack-role")).paths,
    ),
  ).toEqual([]);
});

test("a stack role that administers is the deployer's way all the same, not one of the administrators'", () => {
  const found = ask(inline(allow("*")), "cloudformation:UpdateStack", [bucketArn], roleArn("stack-role"));
  expect(found.verdict).toBe("possible");
  expect(found.paths[0]?.hops.map((hop) => hop.action)).toContain("cloudformation:UpdateStack");
  expect(found.sharedCauses.length).toBeGreaterThan(0);
});
