import { useState } from "react";
import type { CaseEvent, CaseState } from "../../core/cases/index.js";
import { eventWords } from "../../report/index.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { Moment } from "../parts/when.js";
import { useCaseEvents } from "./use-case.js";

const shown = 5;

/** Every event of the ledger, newest first, by whom. */
export function Timeline({ state }: { readonly state: CaseState }) {
  const events = useCaseEvents(state.id);
  const [all, setAll] = useState(false);
  if (events.isPending) return <Waiting rows={3} what="the ledger" />;
  if (events.isError)
    return <Fault error={events.error} what="the ledger was not read" retry={() => void events.refetch()} />;
  const newest = events.data.value.items.toReversed();
  return (
    <>
      <ol className="timeline">
        {newest.slice(0, all ? undefined : shown).map((event) => (
          <Entry key={event.sequence} event={event} state={state} />
        ))}
      </ol>
      {newest.length > shown && !all ? (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          All {newest.length}
        </button>
      ) : null}
    </>
  );
}

function Entry({ event, state }: { readonly event: CaseEvent; readonly state: CaseState }) {
  const { at, by, hash, sequence } = event;
  return (
    <li>
      <Moment at={at} />
      <span className="timeline-what">
        <Sentence text={eventWords(state, event)} />
        {by.kind === "person" ? (
          <>
            {" · "}
            <Person name={by.person} inferred={false} />
          </>
        ) : (
          <span className="meta"> · remit</span>
        )}
      </span>
      <span className="meta mono timeline-hash" aria-label={`event ${String(sequence)}, hash ${hash}`}>
        {sequence} · {hash.slice(0, 8)}
      </span>
    </li>
  );
}
