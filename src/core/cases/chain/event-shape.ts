import { roles } from "../../accountability/index.js";
import { factShape } from "../events/fact-shapes.js";
import type { CaseEvent } from "../events/event.js";
import { count, fields, oneOf, tagged, text, type FieldsOf } from "../shape.js";

const shapes: FieldsOf<CaseEvent> = {
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
  fact: factShape,
};

const shape = fields(shapes);

/** Why a value is no event of this version; undefined: it is one. */
export const eventProblem = (value: unknown): string | undefined => shape(value, "");
