import type { CaseEvent } from "../events/event.js";
import type { PersonId } from "../person.js";

/** Who did it; of the product itself: nobody. */
export const actorOf = (event: CaseEvent): PersonId => (event.by.kind === "person" ? event.by.person : "");
