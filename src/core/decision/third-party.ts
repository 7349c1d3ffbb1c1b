import type { Case } from "./analysis.js";
import { fired, type Settled } from "./decided-facts.js";

/** D9, R27, R74 to R76: contract and technical lever; one side missing is a gap. */
export function thirdPartyOf(settled: Settled): Case["thirdParty"] {
  if (!fired(settled, "D9")) return undefined;
  const [party] = settled.view.thirdParties;
  if (party === undefined) {
    return {
      id: "unknown",
      contract: "none recorded",
      technical: "none recorded",
      gap: "a third party starts the path and the catalogue does not name it",
    };
  }
  const contract =
    party.contract === undefined || party.contract === "none"
      ? "none"
      : [
          party.contract.clause,
          party.contract.mustPatchWithin && `fix within ${party.contract.mustPatchWithin}`,
          party.contract.notice && `notice ${party.contract.notice}`,
        ]
          .filter((part) => part !== undefined && part !== "")
          .join(" · ");
  const technical =
    party.technical === undefined
      ? party.kind === "open-source"
        ? // D9: the lever against open source is the version pin, and the application team holds it.
          "pin the version by APP"
        : "none"
      : `${party.technical.lever} by ${party.technical.owner}${party.technical.telemetry === undefined ? "" : ` · ${party.technical.telemetry}`}`;
  const missing =
    contract === "none"
      ? party.kind === "open-source"
        ? "open source, no contract side"
        : "no contract side"
      : technical === "none"
        ? "no technical lever"
        : undefined;
  return {
    id: party.id,
    contract,
    technical,
    ...(missing === undefined ? {} : { gap: `${party.id}: ${missing}` }),
  };
}
