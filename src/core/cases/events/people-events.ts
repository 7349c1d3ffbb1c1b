import type { PersonId } from "../person.js";
import type { Envelope } from "./envelope.js";

/** The stream beside those of the cases that says what was done to the names behind pseudonyms. No case has this id. */
export const peopleStream = "people";

/** The pseudonym stands for nobody from now on; whoever it stood for is not said. */
export interface PersonErased {
  readonly kind: "person-erased";
  readonly person: PersonId;
  readonly reason: string;
}

export interface PeopleEvent extends Envelope {
  readonly case: typeof peopleStream;
  readonly fact: PersonErased;
}
