import type { Case } from "./analysis.js";
import { rowOwner } from "./accountable.js";
import { fired, holds, type Settled } from "./decided-facts.js";

/** D12, R38: mandatory when regulated; "not applicable" is pre-filled from proof and still needs a signer. */
export function followUpsOf(settled: Settled): Case["followUps"] {
  const required = fired(settled, "D12") && !fired(settled, "D10");
  const assumedNote = settled.facts.regulated.assumed === true ? "regulated: assumed" : "regulated";
  const because = required
    ? `mandatory (${assumedNote})`
    : fired(settled, "D10")
      ? "D10: none"
      : "not regulated: advised";
  const settingsOnly = fired(settled, "D1");
  const secrets = settled.causes.some((cause) => cause.row === 1) || settled.view.credentials.length > 0;
  const identities =
    settled.causes.some((cause) => [1, 2, 3, 4, 8, 9, 10].includes(cause.row)) || holds(settled, "can_recur");
  return {
    accessReview: { required, owner: settingsOnly ? "CLOUD_OPS" : "IDGOV", because },
    secretRotation: {
      required,
      owner: settingsOnly ? "CLOUD_OPS" : rowOwner(1, settled).accountable,
      because,
      ...(secrets
        ? {}
        : {
            notApplicable: fired(settled, "D7")
              ? "no static secret, sessions revoked"
              : "no secret is part of the exposure or of a path",
          }),
    },
    privilegeReduction: {
      required,
      owner: settingsOnly ? "CLOUD_OPS" : "IDGOV",
      because,
      ...(identities ? {} : { notApplicable: "no identity is part of the exposure or of a path" }),
    },
  };
}
