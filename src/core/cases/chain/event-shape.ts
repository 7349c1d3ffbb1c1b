import { roles } from "../../accountability/index.js";
import { factShape } from "../events/fact-shapes.js";
import type { CaseEvent } from "../events/event.js";
import { peopleStream, type PeopleEvent } from "../events/people-events.js";
import { count, fields, oneOf, tagged, text, type FieldsOf } from "../shape.js";

const envelope: Omit<FieldsOf<CaseEvent>, "fact"> = {
  version: oneOf(1),
  case: text,
  sequence: count,
  at: text,
  by: tagged({
    person: fields({ kind: oneOf("person"), person: text, as: oneOf(...roles, "MEMBER") }),
    system: fields({ kind: oneOf("system"), job: text }),
  }),
  previous: text,
  hash: text,
};

const shapes: FieldsOf<CaseEvent> = { ...envelope, fact: factShape };
const shape = fields(shapes);

const ofPeople: FieldsOf<PeopleEvent> = {
  ...envelope,
  case: oneOf(peopleStream),
  fact: fields({ kind: oneOf("person-erased"), person: text, reason: text }),
};
const peopleShape = fields(ofPeople);

const isOfPeople = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "case" in value && value.case === peopleStream;

/** Why a value is no event of this version; undefined: it is one. */
export const eventProblem = (value: unknown): string | undefined =>
  (isOfPeople(value) ? peopleShape : shape)(value, "");
