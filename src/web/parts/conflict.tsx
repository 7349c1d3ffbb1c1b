import { Button } from "@mantine/core";
import type { CaseEvent, CaseState } from "../../core/cases/index.js";
import { eventWords } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { useCalled } from "./people.js";
import { Person } from "./person.js";
import { PlainText, Sentence } from "./plain-text.js";
import { differences } from "./standing.js";
import { Fault, Waiting } from "./state-blocks.js";
import { absolute } from "./when.js";
import "./conflict.css";

export interface ConflictProps {
  /** The version that was seen when the move was made. */
  readonly seen: CaseState;
  readonly busy: boolean;
  readonly onApply: (now: CaseState) => void;
  readonly onDiscard: () => void;
}

/** Somebody else was faster: what they did, both versions side by side, and the choice. Nothing that was typed is lost. */
export function Conflict({ seen, busy, onApply, onDiscard }: ConflictProps) {
  const called = useCalled();
  // Not older than the refusal: read for it, whatever was read before.
  const latest = useRead<{ readonly state: CaseState }>(`/cases/${seen.id}`, {}, { fresh: 0 });
  const events = useRead<{ readonly items: readonly CaseEvent[] }>(
    `/cases/${seen.id}/events`,
    {},
    { fresh: 0 },
  );
  const error = latest.error ?? events.error;
  if (error !== null) return <Fault error={error} what="what changed was not read" />;
  const now = latest.data?.value.state;
  const since = (events.data?.value.items ?? []).filter(({ sequence }) => sequence > seen.sequence);
  if (now === undefined || since.length === 0) return <Waiting rows={2} what="what changed" />;
  const changed = differences(seen, now, called);
  return (
    <div className="conflict" role="alert">
      <p>
        <strong>Not done yet.</strong> The case changed while you decided. Your text is kept.
      </p>
      <ul className="plain" aria-label="What changed since">
        {since.map((event) => (
          <li key={event.sequence}>
            <Sentence text={eventWords(now, event)} />
            {event.by.kind === "person" ? (
              <>
                {" · "}
                <Person name={event.by.person} inferred={false} />
              </>
            ) : (
              " · remit"
            )}
            <span className="meta">
              {" · "}
              <time dateTime={event.at}>{absolute(event.at)}</time>
            </span>
          </li>
        ))}
      </ul>
      {changed.length === 0 ? null : (
        <table className="conflict-versions">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">what</span>
              </th>
              <th scope="col">You saw, version {seen.sequence}</th>
              <th scope="col">Now, version {now.sequence}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ what, then, now: after }) => (
              <tr key={what}>
                <th scope="row">
                  <PlainText text={what} />
                </th>
                <td>
                  <PlainText text={then} />
                </td>
                <td>
                  <PlainText text={after} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="conflict-foot">
        <Button size="compact-sm" variant="default" onClick={onDiscard}>
          Discard mine
        </Button>
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => onApply(now)}>
          Apply to version {now.sequence}
        </Button>
      </div>
    </div>
  );
}
