import { describe, expect, test } from "vitest";
import { caseInput, context, hop, path } from "../../../test/decision/build.js";
import { catalogueOf, finderOf } from "../../../test/ownership.js";
import { decide } from "./decide.js";

const catalogue = (manager: string) => `
people: [ { id: p.novak, name: Petra Novak }, { id: r.silva, name: Rui Silva } ]
teams: [ { id: cloud-platform, roles: [PLATFORM], scope: "aws:333333333333", members: [r.silva] } ]
thirdParties:
  - { id: vault-backup, kind: vendor, ${manager} contract: { notice: PT24H },
      technical: { owner: cloud-platform, lever: disable-trust },
      match: { accounts: ["aws:999999999999"], issuers: ["ci.vendor.example"] } }`;

/** Who answers for the contract item and for our lever, when `starter` comes in from outside. */
function answering(starter: string, manager = "manager: p.novak,") {
  const yaml = catalogue(manager);
  const text = {
    catalogue: catalogueOf(yaml),
    paths: [path([{ ...hop("account-trust"), from: starter }], { band: 1, kind: "trust", starter })],
  };
  const decided = decide(caseInput(text), { ...context(text), owners: finderOf({ catalogue: yaml }) });
  return Object.fromEntries(
    decided.fix.flatMap((item) => {
      const found = item.row === 12 || item.row === 14;
      return found ? [[String(item.row), item.answerable[0]?.person]] : [];
    }),
  );
}

describe("R27, R74 to R76: whoever manages the third party is found by the outsider that starts the path", () => {
  test.each([
    ["its account", "arn:aws:iam::999999999999:root"],
    ["its issuer", "ci.vendor.example"],
  ])("by %s, which is no identity of ours", (_name, starter) => {
    expect(answering(starter)).toEqual({ "12": "p.novak", "14": "r.silva" });
  });

  test("nobody is made up where the catalogue names no manager, or where the outsider is somebody else", () => {
    expect(answering("arn:aws:iam::999999999999:root", "")["12"]).toBeUndefined();
    expect(answering("arn:aws:iam::888888888888:root")["12"]).toBeUndefined();
  });
});
