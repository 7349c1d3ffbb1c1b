import { expect, test } from "vitest";
import { hopText } from "./hop-text.js";

const role = "arn:aws:iam::222222222222:role/etl-admin";

test("a hop is a sentence with its object, and names what people know (first-minute.md 2)", () => {
  const right = {
    from: role,
    to: "arn:aws:s3:::acme-reports/*",
    via: "may s3:GetObject",
    cause: "grant",
  } as const;
  expect(hopText(right)).toBe("etl-admin may s3:GetObject on acme-reports");
  expect(
    hopText({
      from: "aws:access-key/AKIAEXAMPLE00000Q7ZD",
      to: "arn:aws:iam::222222222222:user/svc-batch",
      via: "holds a credential of",
      note: "lies in repository acme/etl, .env line 4; active, 611 days",
      cause: "secret",
    }),
  ).toBe("key AKIA…Q7ZD of svc-batch lies in repository acme/etl, .env line 4; active, 611 days");
  expect(
    hopText(
      { from: role, to: "arn:aws:s3:::acme-exports", via: "sets it: x/y/infra/main.tf:26", cause: "code" },
      undefined,
      "x/y/",
    ),
  ).toBe("etl-admin sets it on acme-exports: infra/main.tf:26");
});

test("an Identity Center role goes by its permission set", () => {
  const sso =
    "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_LedgerElevate_8ae90781455a99f6";
  expect(hopText({ from: "sso:LedgerElevate", to: sso, via: "signs in as", cause: "human" })).toBe(
    "people assigned LedgerElevate sign in as LedgerElevate (SSO)",
  );
});
