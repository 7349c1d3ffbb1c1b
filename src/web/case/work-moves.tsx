import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { CaseState, Work } from "../../core/cases/index.js";
import { useSession } from "../api/session.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { Ago } from "../parts/when.js";
import { AskedMove, Move } from "./move.js";

export interface Place {
  readonly track: "contain" | "trace" | "fix";
  readonly item?: string;
}

export const workAt = (state: CaseState, place: Place): Work | undefined =>
  state.work.find(({ track, item }) => track === place.track && item === place.item);

/** How far a piece of work is, in words: what is said is never shown as seen. */
export function WorkState({
  work,
  proven,
}: {
  readonly work: Work | undefined;
  readonly proven?: string | undefined;
}) {
  const now = useNow();
  if (proven !== undefined)
    return (
      <span className="work-state seen">
        seen by the analysis, <Ago at={proven} now={now} />
      </span>
    );
  if (work?.finishedAt !== undefined)
    return (
      <span className="work-state">
        said done by <Person name={work.finishedBy} inferred={false} />,{" "}
        <Ago at={work.finishedAt} now={now} />; the next snapshot verifies it
      </span>
    );
  if (work?.person !== undefined)
    return (
      <span className="work-state">
        {work.startedAt === undefined ? "taken by " : "in work with "}
        <Person name={work.person} inferred={false} />
        {work.since === undefined ? null : (
          <>
            , <Ago at={work.startedAt ?? work.since} now={now} />
          </>
        )}
      </span>
    );
  return <span className="work-state">open, nobody has taken it</span>;
}

interface WorkMovesProps {
  readonly state: CaseState;
  readonly place: Place;
  /** `containment`, `the trace`, `this item` */
  readonly what: string;
}

/** Taking, beginning, ending, handing on. Whether one may is the server's answer. */
export function WorkMoves({ state, place, what }: WorkMovesProps) {
  const me = useSession().data?.person;
  const work = workAt(state, place);
  const [person, setPerson] = useState("");
  if (state.status === "closed" || work?.finishedAt !== undefined) return null;
  const mine = work?.person !== undefined && work.person === me;
  return (
    <div className="moves">
      {work?.person === undefined ? (
        <Move
          label={place.track === "contain" ? "Take this case" : "Take it"}
          command={{ kind: "claim", ...place }}
        />
      ) : null}
      {mine && work.startedAt === undefined ? (
        <Move label="Start" command={{ kind: "start", ...place }} />
      ) : null}
      {mine ? <Finish place={place} what={what} /> : null}
      {mine ? (
        <AskedMove
          quiet
          label="Give back"
          title={`Give ${what} back?`}
          act="Give it back"
          keep="Keep it"
          command={() => ({ kind: "give-back", ...place })}
        >
          <p>Nobody holds it then, and its clock runs against the role.</p>
        </AskedMove>
      ) : null}
      <AskedMove
        quiet
        label="Hand to"
        title={`Hand ${what} to somebody`}
        act="Hand it on"
        keep="Leave it"
        incomplete={person.trim() === ""}
        command={() => ({ kind: "assign", ...place, person: person.trim() })}
      >
        <TextInput
          data-autofocus
          label="Person, as the catalogue calls them"
          placeholder="ana.ruiz"
          value={person}
          maxLength={300}
          onChange={(event) => setPerson(event.currentTarget.value)}
        />
      </AskedMove>
      <AskedMove
        quiet
        label="Not mine"
        title={`Who should have ${what}?`}
        field="Why it is not yours, and whose it is"
        act="Send the dispute"
        keep="Leave it with me"
        command={(reason) => ({ kind: "dispute", ground: "not-mine", reason, place })}
      >
        <p>Until somebody answers, the clock stays where it is.</p>
      </AskedMove>
    </div>
  );
}

function Finish({ place, what }: { readonly place: Place; readonly what: string }) {
  const note = <p>The next snapshot verifies it, not this click.</p>;
  if (place.track === "contain")
    return (
      <AskedMove
        label="Containment is done"
        title="Say that containment is done"
        field="What was done"
        act="I did it"
        keep="Not yet"
        command={(text) => ({ kind: "finish-contain", text })}
      >
        {note}
      </AskedMove>
    );
  if (place.track === "fix" && place.item !== undefined) {
    const { item } = place;
    return (
      <AskedMove
        label="It is fixed"
        title={`Say that ${what} is fixed`}
        field="What was done"
        act="I did it"
        keep="Not yet"
        command={(text) => ({ kind: "finish-fix", item, text })}
      >
        {note}
      </AskedMove>
    );
  }
  return null;
}
