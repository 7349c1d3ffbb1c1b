import { noLink } from "./chain/digest.js";
import { hashOf } from "./chain/seal.js";
import { textCheck } from "./commands/text-checks.js";
import { masked } from "./commands/masked.js";
import { peopleStream, type PeopleEvent } from "./events/people-events.js";
import type { PersonId } from "./person.js";
import { refuse, type Refusal } from "./refusal.js";

export interface Erasure {
  /** Whose pseudonym stands for nobody from now on. */
  readonly person: PersonId;
  readonly reason: string;
  readonly by: PersonId;
  /** ISO instant. */
  readonly now: string;
}

/** The link that says that a pseudonym was erased, behind the last one of its stream. */
export function erasureOf(
  last: PeopleEvent | undefined,
  { person, reason, by, now }: Erasure,
): PeopleEvent | Refusal {
  const wrong = textCheck("reason", reason);
  if (wrong !== undefined) return wrong;
  // Words of people are masked before anything keeps them.
  const said = masked({ kind: "close", reason });
  const open: Omit<PeopleEvent, "hash"> = {
    version: 1,
    case: peopleStream,
    sequence: (last?.sequence ?? 0) + 1,
    at: last !== undefined && now < last.at ? last.at : now,
    by: { kind: "person", person: by, as: "MEMBER" },
    previous: last?.hash ?? noLink,
    fact: { kind: "person-erased", person, reason: "reason" in said ? said.reason : reason },
  };
  const hash = hashOf(open);
  return hash === undefined
    ? refuse("plain-text", "`reason` holds a value that cannot be written in one way", "send plain text")
    : { ...open, hash };
}
