import type { CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { Ago } from "../parts/when.js";
import { AskedMove } from "./move.js";

const names = [
  ["accessReview", "Access review"],
  ["secretRotation", "Secret rotation with proof"],
  ["privilegeReduction", "Privilege reduction"],
] as const;

/** What has to follow before the case can close: done with proof, or waived by a signer. */
export function FollowUps({ item, state }: { readonly item: Case; readonly state: CaseState }) {
  const now = useNow();
  return (
    <section className="follow-ups" aria-label="Follow-ups">
      <h3>Follow-up</h3>
      <ul className="plain">
        {names.map(([name, title]) => {
          const planned = item.followUps[name];
          const { done, waived } = state.followUps.find((entry) => entry.name === name) ?? {};
          return (
            <li key={name}>
              <p>
                <strong>{title}</strong> <RoleToken role={planned.owner} />{" "}
                <span className="meta">{planned.required ? "mandatory" : "not mandatory"}</span>
              </p>
              <p className="meta">
                <Sentence
                  text={
                    planned.notApplicable === undefined
                      ? planned.because
                      : `not applicable: ${planned.notApplicable}`
                  }
                />
              </p>
              {done === undefined ? null : (
                <p className="work-state">
                  done by <Person name={done.person} inferred={false} />, <Ago at={done.at} now={now} />:{" "}
                  <Sentence text={done.evidence} />
                </p>
              )}
              {waived === undefined ? null : (
                <p className="work-state">
                  waived by <Person name={waived.signer} inferred={false} />, <Ago at={waived.at} now={now} />
                  : <Sentence text={waived.reason} />
                </p>
              )}
              {done !== undefined || waived !== undefined || state.status === "closed" ? null : (
                <div className="moves">
                  <AskedMove
                    label="Done, with proof"
                    title={`${title}: done`}
                    field="Where the proof is"
                    act="Record it"
                    keep="Not yet"
                    command={(evidence) => ({ kind: "finish-follow-up", name, evidence })}
                  />
                  <AskedMove
                    quiet
                    label="Waive"
                    title={`Waive: ${title.toLowerCase()}?`}
                    field="Why it is not needed"
                    act="Sign the waiver"
                    keep="Leave it mandatory"
                    command={(reason) => ({ kind: "waive-follow-up", name, reason })}
                  >
                    <p>A signer who does not own it answers for it.</p>
                  </AskedMove>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
