import type { PersonCommand } from "../../api/index.js";
import { fault } from "../errors.js";
import { reason, until, type MoveVerb } from "./move.js";
import {
  argument,
  instant,
  list,
  maybeInstant,
  needed,
  oneOf,
  stepOf,
  type MoveInput,
} from "./move-input.js";

type Asked = Extract<PersonCommand, { readonly kind: "request" }>["asked"];
type Role = Extract<Asked, { readonly kind: "step" }>["of"];

export const authorityVerbs: readonly MoveVerb[] = [
  {
    usage: "request <what> [step]",
    about: "ask for an agreement to a step, a control, a privilege-change or a residual-risk signature",
    options: [
      ["--of <role>", "of a step: whose agreement; the first that it needs where none is given"],
      ["--text <text>", "of the others: what exactly"],
      reason,
      until,
    ],
    example: "request R-6K4V step S3 --reason 'open to a whole account' --until 2026-11-24",
    command: (input) => ({
      kind: "request",
      asked: askedOf(input),
      reason: needed(input, "reason"),
      until: instant(input, "until"),
    }),
  },
  {
    usage: "approve <request>",
    about: "agree until an end; never to what you asked for yourself",
    options: [until],
    example: "approve R-6K4V A1",
    command: (input) => ({ kind: "approve", approval: upper(input), ...maybeInstant(input, "until") }),
  },
  {
    usage: "refuse <id>",
    about: "do not agree to a request (A1), or refuse an order (O1)",
    options: [reason],
    example: "refuse R-6K4V A1 --reason 'the backup window is tonight'",
    command: (input) => {
      const given = needed(input, "reason");
      return upper(input).startsWith("O")
        ? { kind: "refuse-order", order: upper(input), reason: given }
        : { kind: "refuse", approval: upper(input), reason: given };
    },
  },
  {
    usage: "withdraw <id>",
    about: "take back a request (A1) or an order (O1) of your own",
    options: [],
    example: "withdraw R-6K4V A1",
    command: (input) =>
      upper(input).startsWith("O")
        ? { kind: "withdraw-order", order: upper(input) }
        : { kind: "withdraw", approval: upper(input) },
  },
  {
    usage: "sign <what>",
    about: "sign a residual risk (A1) until a day, or `cause-unknown`, and answer for it",
    options: [reason, ["--rests-on <request...>", "controls in force that the risk rests on"], until],
    example: "sign R-6K4V A2 --reason 'vendor leaves in March' --rests-on A1 --until 2026-12-31",
    command: (input) =>
      argument(input, 0) === "cause-unknown"
        ? { kind: "sign-cause-unknown", reason: needed(input, "reason") }
        : {
            kind: "sign-risk",
            approval: upper(input),
            reason: needed(input, "reason"),
            compensating: list(input, "restsOn").map((id) => id.toUpperCase()),
            ...maybeInstant(input, "until"),
          },
  },
  {
    usage: "break-glass <step>",
    about: "let a step of containment go ahead of its agreement; others are told, and somebody reviews it",
    options: [reason],
    example: "break-glass R-6K4V S3 --reason 'data is leaving now'",
    command: (input) => ({
      kind: "break-glass",
      step: stepOf(input, argument(input, 0)),
      reason: needed(input, "reason"),
    }),
  },
  {
    usage: "review-glass <glass>",
    about: "say whether breaking the glass was right",
    options: [["--justified", "it was"], ["--unjustified", "it was not"], reason],
    example: "review-glass R-6K4V G1 --justified --reason 'the log shows the download'",
    command: (input) => ({
      kind: "review-glass",
      glass: upper(input),
      justified: either(input, "justified", "unjustified"),
      reason: needed(input, "reason"),
    }),
  },
];

/** `--justified` or `--unjustified`: one of them, as neither is the usual. */
export function either({ flags }: MoveInput, yes: string, no: string): boolean {
  if ((flags[yes] === true) === (flags[no] === true))
    throw fault("usage", `give either \`--${yes}\` or \`--${no}\``);
  return flags[yes] === true;
}

export const upper = (input: MoveInput): string => argument(input, 0).toUpperCase();

function askedOf(input: MoveInput): Asked {
  const kind = oneOf(argument(input, 0), ["step", "control", "privilege-change", "residual-risk"], "request");
  if (kind !== "step") return { kind, text: needed(input, "text") };
  const step = stepOf(input, input.args[1] ?? "");
  const needs = input.state.plan.steps.find(({ id }) => id === step)?.requires ?? [];
  const of = (typeof input.flags["of"] === "string" ? input.flags["of"] : needs[0]) as Role | undefined;
  if (of === undefined) throw fault("usage", `\`${input.args[1] ?? ""}\` needs nobody's agreement`);
  return { kind, step, of };
}
