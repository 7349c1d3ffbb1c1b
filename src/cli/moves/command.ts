import type { PersonCommand } from "../../api/index.js";
import { fault } from "../errors.js";
import { either, upper } from "./authority.js";
import { reason, until, type MoveVerb } from "./move.js";
import {
  argument,
  instant,
  maybe,
  maybeInstant,
  needed,
  oneOf,
  option,
  placeOf,
  stepOf,
  type MoveInput,
} from "./move-input.js";

type Order = Extract<PersonCommand, { readonly kind: "order" }>;
type DisputeCommand = Extract<PersonCommand, { readonly kind: "dispute" }>;

export const commandVerbs: readonly MoveVerb[] = [
  {
    usage: "order <role>",
    about: "as commander: order an action in any domain; silence is counted",
    options: [
      ["--action <text>", "what is to be done"],
      ["--person <person>", "whom of the role"],
      ["--step <step>", "the step of the plan that it is"],
      ["--answer-by <time>", "when silence counts, instead of the policy's limit"],
    ],
    example: "order R-6K4V REVOKER --action 'disable the trust' --step S3",
    command: (input) => {
      const step = option(input, "step");
      return {
        kind: "order",
        // What is no role is refused with the list of them.
        to: argument(input, 0).toUpperCase() as Order["to"],
        action: needed(input, "action"),
        ...maybe(input, "person"),
        ...(step === undefined ? {} : { step: stepOf(input, step) }),
        ...maybeInstant(input, "answerBy"),
      };
    },
  },
  {
    usage: "acknowledge <order>",
    about: "say that an order was heard",
    options: [],
    example: "acknowledge R-6K4V O1",
    command: (input) => ({ kind: "acknowledge-order", order: upper(input) }),
  },
  {
    usage: "incident",
    about: "declare an incident; the next analysis takes it as a fact",
    options: [reason],
    example: "incident R-6K4V --reason 'downloads from an unknown network'",
    command: (input) => ({ kind: "declare-incident", reason: needed(input, "reason") }),
  },
  {
    usage: "commander <what> [person]",
    about: "appoint PERSON for a term, hand-over to PERSON, accept, or end the term",
    options: [until],
    example: "commander R-6K4V appoint m.okafor --until 2026-11-24T12:00:00Z",
    command: commander,
  },
];

export const talkVerbs: readonly MoveVerb[] = [
  {
    usage: "dispute <ground>",
    about: "say not-mine, wrong-verdict or counter-evidence; the clock goes on",
    options: [
      reason,
      ["--track <track>", "what is not mine: contain, trace, fix"],
      ["--item <item>", "of the fix"],
      ["--should <role>", "who should have it"],
      ["--evidence <text>", "where it can be seen"],
    ],
    example:
      "dispute R-6K4V not-mine --track contain --reason 'the key is in the data account' --should REVOKER",
    command: (input) => {
      const [track, should] = [option(input, "track"), option(input, "should")];
      return {
        kind: "dispute",
        ground: oneOf(argument(input, 0), ["not-mine", "wrong-verdict", "counter-evidence"], "ground"),
        reason: needed(input, "reason"),
        ...(track === undefined ? {} : { place: placeOf(input, track, option(input, "item")) }),
        ...(should === undefined
          ? {}
          : { should: should.toUpperCase() as NonNullable<DisputeCommand["should"]> }),
        ...maybe(input, "evidence"),
      };
    },
  },
  {
    usage: "answer <dispute>",
    about: "uphold a dispute or not; an answer may pass the work on",
    options: [
      ["--upheld", "it is right"],
      ["--rejected", "it is not"],
      reason,
      ["--person <person>", "who has the work from now on"],
    ],
    example: "answer R-6K4V D1 --upheld --reason 'the catalogue was wrong' --person l.meyer",
    command: (input) => ({
      kind: "answer-dispute",
      dispute: upper(input),
      upheld: either(input, "upheld", "rejected"),
      reason: needed(input, "reason"),
      ...maybe(input, "person"),
    }),
  },
  {
    usage: "note",
    about: "add a remark; changes nothing",
    options: [["--text <text>", "what is worth knowing"]],
    example: "note R-6K4V --text 'asked the vendor'",
    command: (input) => ({ kind: "note", text: needed(input, "text") }),
  },
  {
    usage: "close",
    about: "close what an import has shown to be durably fixed",
    options: [reason],
    example: "close R-6K4V --reason 'durable since the scan of 18:00'",
    command: (input) => ({ kind: "close", reason: needed(input, "reason") }),
  },
  {
    usage: "reopen",
    about: "reopen a closed case",
    options: [reason],
    example: "reopen R-6K4V --reason 'the vendor is back'",
    command: (input) => ({ kind: "reopen", reason: needed(input, "reason") }),
  },
];

function commander(input: MoveInput): PersonCommand {
  const who = (): string => {
    const person = input.args[1];
    if (person === undefined) throw fault("usage", `\`commander … ${argument(input, 0)}\` takes a person`);
    return person;
  };
  switch (oneOf(argument(input, 0), ["appoint", "hand-over", "accept", "end"], "move of the command")) {
    case "appoint":
      return { kind: "appoint-commander", person: who(), until: instant(input, "until") };
    case "hand-over":
      return { kind: "hand-over", to: who() };
    case "accept":
      return { kind: "accept-hand-over" };
    case "end":
      return { kind: "end-term" };
  }
}
