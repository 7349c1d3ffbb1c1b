import { fault } from "../errors.js";
import type { MoveVerb } from "./move.js";
import { reason } from "./move.js";
import {
  argument,
  followUpOf,
  itemOf,
  list,
  needed,
  oneOf,
  placeOf,
  stepOf,
  type MoveInput,
} from "./move-input.js";

const place = (input: MoveInput) => placeOf(input, argument(input, 0), input.args[1]);
const text = ["--text <text>", "what was done; kept as said, proven only by a later import"] as const;

const causes = [
  "role",
  "secret",
  "federated-identity",
  "service-principal",
  "person",
  "flaw",
  "setting",
] as const;

/** `role=vendor-backup`. */
function causeOf(typed: string) {
  const at = typed.indexOf("=");
  if (at < 1) throw fault("usage", `\`--cause ${typed}\`: write it as \`role=vendor-backup\``);
  return { what: oneOf(typed.slice(0, at), causes, "kind of cause"), id: typed.slice(at + 1) };
}

export const workVerbs: readonly MoveVerb[] = [
  {
    usage: "claim <track> [item]",
    about: "take work: contain, trace, or an item of the fix",
    options: [],
    example: "claim R-6K4V contain",
    command: (input) => ({ kind: "claim", ...place(input) }),
  },
  {
    usage: "assign <track> [item]",
    about: "give work to somebody who holds a role for it",
    options: [["--to <person>", "as the catalogue calls them"]],
    example: "assign R-6K4V fix F1 --to ana.ruiz",
    command: (input) => ({ kind: "assign", ...place(input), person: needed(input, "to") }),
  },
  {
    usage: "give-back <track> [item]",
    about: "give work back that you hold",
    options: [],
    example: "give-back R-6K4V trace",
    command: (input) => ({ kind: "give-back", ...place(input) }),
  },
  {
    usage: "start <track> [item]",
    about: "start work, and take it where nobody has",
    options: [],
    example: "start R-6K4V fix F1",
    command: (input) => ({ kind: "start", ...place(input) }),
  },
  {
    usage: "attest <step>",
    about: "say that a step of the plan was run",
    options: [text],
    example: "attest R-6K4V S2 --text 'key policy narrowed'",
    command: (input) => ({
      kind: "attest",
      step: stepOf(input, argument(input, 0)),
      text: needed(input, "text"),
    }),
  },
  {
    usage: "finish <what> [which]",
    about: "say that contain, trace, fix ITEM, follow-up NAME, order ID or duty CLOCK is done",
    options: [
      text,
      ["--cause <kind=name...>", `of a trace: ${causes.join(", ")}`],
      ["--evidence <text>", "of a follow-up: where it can be seen"],
    ],
    example: "finish R-6K4V trace --cause role=vendor-backup",
    command: finish,
  },
  {
    usage: "waive <follow-up>",
    about: "waive access-review, secret-rotation or privilege-reduction",
    options: [reason],
    example: "waive R-6K4V secret-rotation --reason 'no secret is part of it'",
    command: (input) => ({
      kind: "waive-follow-up",
      name: followUpOf(argument(input, 0)),
      reason: needed(input, "reason"),
    }),
  },
];

function finish(input: MoveInput): ReturnType<MoveVerb["command"]> {
  const which = (): string => {
    const typed = input.args[1];
    if (typed === undefined)
      throw fault("usage", `\`finish … ${argument(input, 0)}\` takes one thing more: which`);
    return typed;
  };
  switch (oneOf(argument(input, 0), ["contain", "trace", "fix", "follow-up", "order", "duty"], "work")) {
    case "contain":
      return { kind: "finish-contain", text: needed(input, "text") };
    case "trace":
      return { kind: "finish-trace", causes: list(input, "cause").map(causeOf) };
    case "fix":
      return { kind: "finish-fix", item: itemOf(input, which()), text: needed(input, "text") };
    case "follow-up":
      return { kind: "finish-follow-up", name: followUpOf(which()), evidence: needed(input, "evidence") };
    case "order":
      return { kind: "finish-order", order: which().toUpperCase(), text: needed(input, "text") };
    case "duty":
      return { kind: "finish-duty", clock: which(), text: needed(input, "text") };
  }
}
