import type { CaseLine, PersonCommand } from "../../api/index.js";

/** What the form of an act was filled with. */
export interface Filled {
  readonly reason: string;
  readonly person: string;
  /** Of an order: the role; empty: of each case the one that contains it. */
  readonly role: string;
  readonly kind: string;
  /** Instant until which an approval is asked for. */
  readonly until: string;
}

export interface BulkAct {
  readonly name: "take" | "assign" | "order" | "ask";
  /** `Take`, as the button and what is done to a case say it. */
  readonly verb: string;
  readonly done: string;
  readonly title: string;
  readonly keep: string;
  /** What is recorded with it in each case. */
  readonly reason?: string;
  readonly reasonMayBeEmpty?: true;
  readonly asks?: "person" | "role" | "approval";
  /** Why the server would refuse it, as far as the list shows; it decides, this only says it before. */
  readonly whyNot: (
    line: CaseLine,
    roles: readonly string[],
    /** How people are called; absent: by their ids. */
    called?: (id: string) => string,
  ) => string | undefined;
  /** One after the other; what follows a refusal is not sent. */
  readonly commands: (line: CaseLine, filled: Filled) => readonly PersonCommand[];
}

const closed = ({ status }: CaseLine): string | undefined =>
  status === "closed" ? "it is closed" : undefined;

export const bulkActs: readonly BulkAct[] = [
  {
    name: "take",
    verb: "Take",
    done: "taken",
    title: "Take these cases",
    keep: "Leave them",
    whyNot: (line, roles, called = (id) => id) => {
      if (line.owner !== undefined) return `${called(line.owner)} has it`;
      if (!roles.includes(line.contain))
        return `${line.contain} contains it${line.containName.name === undefined ? "" : `: ${called(line.containName.name)}`}`;
      return closed(line);
    },
    commands: () => [{ kind: "claim", track: "contain" }],
  },
  {
    name: "assign",
    verb: "Assign",
    done: "assigned",
    title: "Hand containment of these cases to somebody",
    keep: "Leave them as they are",
    reason: "Why, kept as a note in each",
    reasonMayBeEmpty: true,
    asks: "person",
    whyNot: closed,
    commands: (_, { person, reason }) => [
      { kind: "assign", track: "contain", person },
      ...(reason === "" ? [] : [{ kind: "note" as const, text: reason }]),
    ],
  },
  {
    name: "order",
    verb: "Order",
    done: "ordered",
    title: "Give the same order in these cases",
    keep: "Order nothing",
    reason: "What is ordered",
    asks: "role",
    whyNot: (line) =>
      closed(line) ?? (line.incident ? undefined : "no incident is declared in it: nobody orders there"),
    commands: (line, { reason, role, person }) => [
      {
        kind: "order",
        to: (role === "" ? line.contain : role) as never,
        action: reason,
        ...(person === "" ? {} : { person }),
      },
    ],
  },
  {
    name: "ask",
    verb: "Ask",
    done: "asked",
    title: "Ask for an approval in these cases",
    keep: "Ask nothing",
    reason: "What is asked, and why",
    asks: "approval",
    whyNot: closed,
    commands: (_, { reason, kind, until }) => [
      {
        kind: "request",
        asked: { kind: kind as "control" | "privilege-change" | "residual-risk", text: reason },
        reason,
        until,
      },
    ],
  },
];

export const plural = (cases: number): string => (cases === 1 ? "1 case" : `${String(cases)} cases`);
