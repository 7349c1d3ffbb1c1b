import type { CaseState } from "../../core/cases/index.js";
import { useNow } from "../parts/now.js";
import { Sentence } from "../parts/plain-text.js";
import { Ago } from "../parts/when.js";

const parts = ["contained", "revoked", "fixed", "durable"] as const;

/** What the newest snapshot shows: computed, never ticked. */
export function Verified({ state: { verified } }: { readonly state: CaseState }) {
  const now = useNow();
  if (verified === undefined) return null;
  const { outcome, observedAt } = verified;
  return (
    <div className="line verified">
      <div className="line-label">Verified</div>
      <div className="line-said">
        {parts
          .map(
            (name) =>
              `${name} ${outcome[name] === true ? "yes" : outcome[name] === false ? "no" : "unknown"}`,
          )
          .join(" · ")}
        , in a snapshot of <Ago at={observedAt} now={now} />
        {outcome.because.length === 0 ? null : (
          <span className="meta">
            {" "}
            <Sentence text={outcome.because.slice(0, 3).join("; ")} />
          </span>
        )}
      </div>
    </div>
  );
}
