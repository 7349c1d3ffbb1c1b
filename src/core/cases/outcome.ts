import type { Outcome, Retest, RetestedExposure, Tri } from "./events/verification-events.js";
import type { Plan } from "./plan.js";

/**
 * What a snapshot shows of a case. `contained`: every exposure seen passing, or absent while its scope was scanned.
 * `fixed`: and nobody ungoverned can bring any of them back, through whatever secret or role (R36). `durable`: and no
 * item of the fix is interim (R37). What is not shown is unknown, never yes.
 */
export function outcomeOf(plan: Plan, retest: Retest): Outcome {
  const because: string[] = [];
  const shown = plan.exposures.map(
    ({ id }): RetestedExposure =>
      retest.exposures.find((item) => item.id === id) ?? { id, state: "unknown", verdict: "unknown" },
  );
  const contained = all(shown.map(containedOf));
  for (const item of shown) {
    const closed = containedOf(item);
    if (closed !== true)
      because.push(closed === false ? `still open: ${item.id}` : `not shown by the snapshot: ${item.id}`);
  }
  const steps = plan.steps.filter(({ phase }) => phase === "revoke");
  const revoked = all(
    steps.map(({ id }) => retest.revoked.find(({ step }) => step === id)?.done ?? "unknown"),
  );
  const held = all(shown.map(heldOf));
  const fixed = both(contained, held);
  for (const item of shown) {
    const back = heldOf(item);
    if (back !== true)
      because.push(
        back === false ? `can come back: ${item.id}` : `whether it can come back is not known: ${item.id}`,
      );
  }
  if (fixed === "unknown") because.push(...retest.missing.map((fact) => `missing: ${fact}`));
  const interim = plan.fix.filter((item) => item.interim && !retest.durable.includes(item.id));
  because.push(...interim.map(({ item }) => `interim: ${item}`));
  return { contained, revoked, fixed, durable: both(fixed, interim.length === 0), because };
}

const containedOf = ({ state }: RetestedExposure): Tri =>
  state === "fixed" || state === "gone" ? true : state === "open" ? false : "unknown";

const heldOf = ({ verdict }: RetestedExposure): Tri =>
  verdict === "none" || verdict === "governed" ? true : verdict === "possible" ? false : "unknown";

/** One proven "no" decides; else one unknown does. Of nothing at all nothing is shown. */
const all = (values: readonly Tri[]): Tri =>
  values.includes(false) ? false : values.length === 0 || values.includes("unknown") ? "unknown" : true;

const both = (a: Tri, b: Tri): Tri => all([a, b]);
