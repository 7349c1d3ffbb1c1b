import type { CaseAccess, CaseVisibility } from "../../store/index.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import type { CaseAttributes } from "./authorizer.js";
import { principalOf, type Principal } from "./principal.js";

/** Who looks at lists: nothing beyond `visible` is shown, counted or told. */
export interface Viewer {
  /** As the catalogue calls them. */
  readonly person: string;
  readonly visible: CaseVisibility;
}

/** Somebody as policies see them now. */
export async function currentPrincipal(
  { store, now }: Installation,
  given: {
    readonly person: string;
    readonly pseudonym: string;
    readonly scopes: readonly string[];
    readonly method: string;
  },
): Promise<Principal> {
  const at = now();
  return principalOf({ ...given, catalogue: (await currentCatalogue(store, at))?.catalogue, now: at });
}

export const policyAttributes = ({ state, ...row }: CaseAccess): CaseAttributes => ({
  ...row,
  status: state,
});
