import { expect, test } from "vitest";
import { createEstate, credentialId, emptyFacts, principalId } from "../estate/index.js";
import { hop, origin, principal, roleArn } from "../../../test/decision/build.js";
import { federationText } from "./federation-words.js";

/** Row 2 of decision-rules.md C, for each thing that such a hop can be. */
const app = principalId("github:app/build-cloud");
const estate = createEstate({
  ...emptyFacts,
  principals: [
    principal(app, { kind: "application", provider: "github" }),
    principal("registry:publisher/north", { kind: "service-account", provider: "registry" }),
    principal(roleArn("deploy")),
  ],
  consents: [{ id: `${app}:0`, app, scopes: ["contents:write"], origin }],
  credentials: [
    {
      id: credentialId("secret:grant"),
      kind: "oauth-grant",
      holder: app,
      status: "active",
      autoRotated: false,
      copies: [],
      consumers: [],
      origin,
    },
  ],
});
const deploy = roleArn("deploy");

test.each([
  ["repo:acme/*", deploy, "deploy: pin the trust to one repository, branch or environment (repo:acme/*)"],
  [
    "repo:acme/etl:ref:refs/heads/main",
    deploy,
    "deploy: gate what may enter as repo:acme/etl:ref:refs/heads/main, or take the trust away",
  ],
  [
    `consent:${app}:0`,
    app,
    "build-cloud: withdraw what was consented to (contents:write), or narrow it to what is used",
  ],
  [
    "secret:grant",
    app,
    "build-cloud: revoke its grant grant, and let it in again only for a short time and for what it needs",
  ],
  [
    "registry:publisher/north",
    "vendor:build-cloud",
    "service account north: an owner, and a short-lived identity that is proven at each use, in place of what it signs in with",
  ],
])("what enters as %s: what to change is said of the thing itself", (from, to, text) => {
  expect(federationText(hop("federation", from, { to }), estate)).toBe(text);
});
