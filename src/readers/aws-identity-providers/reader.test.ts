import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { loadEstate } from "../load-estate.js";

it("the list of providers and the answer for one of them are one provider, joined by account and issuer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "remit-idp-"));
  try {
    const write = (name: string, value: object): void =>
      writeFileSync(join(folder, name), JSON.stringify(value));
    const arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    write("list.json", { OpenIDConnectProviderList: [{ Arn: arn }] });
    write("get.json", { Url: "token.actions.githubusercontent.com", ClientIDList: ["sts.amazonaws.com"] });
    write("saml-provider-okta.json", {
      SAMLMetadataDocument: '<EntityDescriptor entityID="http://www.okta.com/x">',
    });
    const { estate, rejected } = await loadEstate([folder]);
    expect(rejected).toEqual([]);
    expect(estate.providers).toMatchObject([
      {
        id: arn,
        kind: "oidc",
        account: "aws:111122223333",
        url: "token.actions.githubusercontent.com",
        clientIds: ["sts.amazonaws.com"],
      },
      {
        id: "arn:aws:iam::111122223333:saml-provider/okta",
        kind: "saml",
        url: "http://www.okta.com/x",
        clientIds: [],
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
