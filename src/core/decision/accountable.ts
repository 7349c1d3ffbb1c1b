import type { Role } from "../accountability/index.js";
import type { Cause, Row } from "./causes.js";
import type { Settled } from "./decided-facts.js";

/** Who answers for a row of decision-rules.md C, and the gap when the first choice does not exist. */
export interface RowOwner {
  readonly accountable: Role;
  readonly responsible: readonly Role[];
  readonly gap?: string;
}

export function rowOwner(row: Row, settled: Settled, cause?: Cause): RowOwner {
  const { owners } = settled.view.context;
  const { scope } = settled.view;
  switch (row) {
    case 1:
      return owners.exists("SECRETS", scope)
        ? { accountable: "SECRETS", responsible: ["RUNTIME_OWNER", "WLID"] }
        : {
            accountable: "IDGOV",
            responsible: ["RUNTIME_OWNER", "WLID"],
            gap: "no secrets governance team for this scope",
          };
    case 2:
      return owners.exists("WLID", scope)
        ? { accountable: "WLID", responsible: ["IDGOV", "APP"] }
        : {
            accountable: "RUNTIME_OWNER",
            responsible: ["IDGOV", "APP"],
            gap: "no workload-identity owner is named",
          };
    case 3:
      return { accountable: "IDGOV", responsible: ["CLOUD_OPS"] };
    case 4:
      return { accountable: "IDGOV", responsible: settled.fired.has("D9") ? ["VENDOR_MGR"] : [] };
    case 5:
      return isSharedComponent(settled)
        ? { accountable: "PLATFORM", responsible: [] }
        : { accountable: "APP", responsible: [] };
    case 6:
      return { accountable: "PLATFORM", responsible: ["CLOUD_OPS"] };
    case 7:
      return isSharedModule(cause)
        ? { accountable: "PLATFORM", responsible: ["CLOUD_OPS"] }
        : { accountable: "APP", responsible: ["CLOUD_OPS"] };
    case 8:
      return { accountable: "IDGOV", responsible: [] };
    case 9:
      return { accountable: "IDGOV", responsible: ["RUNTIME_OWNER"] };
    case 10:
      return { accountable: "APP", responsible: [] };
    case 11:
      return { accountable: "CLOUD_OPS", responsible: [] };
    case 12:
      return { accountable: "VENDOR_MGR", responsible: ["VENDOR"] };
    case 13:
      return { accountable: "IDGOV", responsible: [] };
    case 14:
      return leverOwner(settled);
    case 15:
      return { accountable: "SECOPS", responsible: [] };
  }
}

/** The builder of a shared component answers for its flaw (row 5). */
const isSharedComponent = (settled: Settled): boolean =>
  settled.view.catalogued.some((entry) => entry.shared?.builtBy !== undefined);

/** Terraform modules that several roots use are the platform team's (row 7). */
function isSharedModule(cause: Cause | undefined): boolean {
  const text = cause === undefined ? "" : `${cause.hop.from} ${cause.hop.via}`;
  return /(^|[\s/])(modules?|shared|platform)\//.test(text);
}

/** D9: the role that the owner of our lever holds in the catalogue. */
function leverOwner(settled: Settled): RowOwner {
  const catalogue = settled.view.context.catalogue;
  const owner = settled.view.thirdParties.find((party) => party.technical !== undefined)?.technical?.owner;
  const team = catalogue?.teams.find((item) => item.id === owner);
  const [role] = team?.roles ?? [];
  if (role !== undefined) return { accountable: role, responsible: [] };
  if (owner !== undefined) return { accountable: "RUNTIME_OWNER", responsible: [] };
  // D9: the lever against open source is the version pin, and the application team holds it.
  if (settled.view.thirdParties.some((party) => party.kind === "open-source"))
    return { accountable: "APP", responsible: [] };
  return {
    accountable: "RUNTIME_OWNER",
    responsible: [],
    gap: "nobody owns a technical lever against this third party",
  };
}
