import { expect, test } from "vitest";
import {
  account,
  fakeBecome,
  origin,
  policy,
  principal,
} from "../../../../../test/recreation/fake-access.js";
import { credentialId, principalId, resourceId, type Credential } from "../../../estate/index.js";
import { createRecreation } from "../recreate.js";

const user = "arn:aws:iam::222222222222:user/svc";
const key: Credential = {
  id: credentialId("aws:access-key/AKIAEXAMPLE00000Q7ZD"),
  kind: "access-key",
  holder: principalId(user),
  status: "active",
  createdAt: "2024-01-01T00:00:00Z",
  autoRotated: false,
  copies: [],
  consumers: [],
  origin,
};

test.each(["", "key-1", "AKIAEXAMPLE00000Q7ZD"])(
  "an old key that nothing rotates grows old again, reported as `%s` (recreation.md 4, row 10)",
  (subLocator) => {
    const coverage = [...(["iam", "organization", "scp", "rcp", "access-keys", "console"] as const)].map(
      (topic) => ({ topic, scope: account, origin }),
    );
    const become = fakeBecome({
      facts: { principals: [principal(user, "user")], credentials: [key], coverage },
      rights: [],
    });
    const found = createRecreation(become, policy, { actionsFor: () => undefined, overrides: {} }).recreate({
      resource: resourceId(user),
      weakness: "iam.key.stale",
      subLocator,
    });
    expect(found).toMatchObject({ verdict: "possible", band: 0 });
    expect(found.paths[0]).toMatchObject({ leg: "drift", starter: key.id });
  },
);
