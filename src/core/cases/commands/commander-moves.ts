import type { Role } from "../../accountability/index.js";
import type { Hat, PersonId } from "../person.js";
import { firstOf, refuse, type Check, type Refusal } from "../refusal.js";
import type { CaseState, Order } from "../state.js";
import {
  activePerson,
  anyHat,
  caseOpen,
  hatAmong,
  hatsOf,
  isInTerm,
  isRefusal,
  namedFor,
  notYours,
  type Acting,
} from "./acting.js";
import type { CommanderCommand } from "./command.js";
import { made, type Move } from "./move.js";
import { stepOf } from "./step-moves.js";
import { endCheck, hoursAfter, textCheck } from "./text-checks.js";

const appointers: readonly Hat[] = ["SECOPS", "INCIDENT_OWNER", "RUNTIME_OWNER"];
/** An order that may wait a week is no order. */
const mostAnswerHours = 168;

export function declareIncident(state: CaseState, reason: string, acting: Acting): Move {
  const as = anyHat(acting);
  if (as === undefined) return notYours(state, acting, ["SECOPS"], "declaring an incident");
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    state.incident === undefined
      ? undefined
      : refuse("said-once", `an incident is declared since ${state.incident.at}`, "appoint a commander"),
  );
  return stop ?? made(as, { kind: "incident-declared", reason });
}

/** R70: somebody of the roster, for a term; a person of the roster may take command themselves. */
export function appoint(state: CaseState, person: PersonId, until: string, acting: Acting): Move {
  const self = acting.standing(acting.person);
  const as = hatAmong(acting, appointers) ?? (self?.commander === true ? "MEMBER" : undefined);
  if (as === undefined) return notYours(state, acting, appointers, "appointing a commander");
  const standing = activePerson(acting, person);
  if (isRefusal(standing)) return standing;
  const stop = firstOf(
    caseOpen(state),
    onRoster(state, standing.commander, person),
    state.commander !== undefined && isInTerm(state, state.commander.person, acting.now)
      ? refuse(
          "one-commander",
          `\`${state.commander.person}\` commands until ${state.commander.until}`,
          "they hand over, or their term is ended first",
          { people: [state.commander.person] },
        )
      : undefined,
    endCheck("until", until, acting.now, acting.policy.termMaxHours),
  );
  return stop ?? made(as, { kind: "commander-appointed", person, until });
}

const onRoster = (state: CaseState, listed: boolean, person: PersonId): Check =>
  listed
    ? undefined
    : refuse(
        "commander-on-roster",
        `\`${person}\` is not on the roster of commanders`,
        "name somebody of the roster, or have the roster changed in the catalogue",
        { people: namedFor(state, ["IC"], [person]) },
      );

const notCommander = (state: CaseState, acting: Acting): Check =>
  acting.hats.includes("IC")
    ? undefined
    : state.commander === undefined
      ? refuse("commander-orders", "nobody commands this case now", "appoint somebody of the roster", {
          roles: ["SECOPS", "INCIDENT_OWNER"],
          people: namedFor(state, ["IC"]),
        })
      : refuse("commander-orders", `\`${state.commander.person}\` commands this case`, "ask them", {
          roles: ["IC"],
          people: [state.commander.person],
        });

export function handOver(state: CaseState, to: PersonId, acting: Acting): Move {
  const standing = activePerson(acting, to);
  const stop = firstOf(
    caseOpen(state),
    notCommander(state, acting),
    isRefusal(standing) ? standing : onRoster(state, standing.commander, to),
    to === acting.person ? refuse("one-commander", "you command already", "name somebody else") : undefined,
  );
  return stop ?? made("IC", { kind: "handover-offered", to });
}

export function acceptHandOver(state: CaseState, acting: Acting): Move {
  const { handover, commander } = state;
  if (handover === undefined || commander === undefined)
    return refuse("handover-accepted", "no hand-over is offered", "ask the commander to offer it");
  const self = acting.standing(acting.person);
  const stop = firstOf(
    handover.to === acting.person
      ? undefined
      : refuse("handover-accepted", `the hand-over is offered to \`${handover.to}\``, "they accept it", {
          people: [handover.to],
        }),
    onRoster(state, self?.commander === true, acting.person),
    isInTerm(state, commander.person, acting.now)
      ? undefined
      : refuse("handover-accepted", `the term ended ${commander.until}`, "have a commander appointed", {
          roles: ["SECOPS", "INCIDENT_OWNER"],
        }),
  );
  return stop ?? made("MEMBER", { kind: "handover-accepted", person: acting.person });
}

export function endTerm(state: CaseState, acting: Acting): Move {
  const { commander } = state;
  if (commander === undefined)
    return refuse("known-thing", "nobody commands this case", "nothing is left to do");
  const as = hatAmong(acting, ["IC", ...appointers]);
  return as === undefined
    ? notYours(state, acting, ["IC", ...appointers], "ending the term")
    : made(as, { kind: "term-ended", person: commander.person, because: "ended" });
}

type OrderCommand = Extract<CommanderCommand, { readonly kind: "order" }>;

/** R71: the commander orders in any domain; whom the order asks holds that domain's role. */
export function order(state: CaseState, command: OrderCommand, acting: Acting): Move {
  const { to, action, step } = command;
  const answerBy = command.answerBy ?? hoursAfter(acting.now, acting.policy.orderSilenceMinutes / 60);
  const person = command.person ?? namedFor(state, [to])[0];
  const stop = firstOf(
    caseOpen(state),
    notCommander(state, acting),
    textCheck("action", action),
    endCheck("answerBy", answerBy, acting.now, mostAnswerHours),
    () => (step === undefined ? undefined : refusalOf(stepOf(state, step))),
    () => (command.person === undefined ? undefined : addressed(state, to, command.person, acting)),
  );
  return (
    stop ??
    made("IC", {
      kind: "ordered",
      order: `O${String(state.orders.length + 1)}`,
      to,
      ...(person === undefined ? {} : { person }),
      action,
      ...(step === undefined ? {} : { step }),
      answerBy,
    })
  );
}

const refusalOf = (value: object): Check => (isRefusal(value) ? value : undefined);

function addressed(state: CaseState, to: Role, person: PersonId, acting: Acting): Check {
  const standing = activePerson(acting, person);
  if (isRefusal(standing)) return standing;
  return hatsOf(standing, state, acting.now).includes(to)
    ? undefined
    : refuse("order-addressed", `\`${person}\` does not hold ${to}`, "order it of somebody who does", {
        roles: [to],
        people: namedFor(state, [to], [person]),
      });
}

/** An order that waits for a word of `acting`. */
function mine(
  state: CaseState,
  id: string,
  acting: Acting,
  states: readonly Order["state"][],
): { readonly order: Order; readonly as: Hat } | Refusal {
  const found = state.orders.find((item) => item.id === id);
  if (found === undefined)
    return refuse("known-thing", `no order is called \`${id}\``, "name one that the case shows");
  const as = acting.hats.includes(found.to)
    ? found.to
    : found.person === acting.person
      ? "MEMBER"
      : undefined;
  if (as === undefined)
    return refuse("order-addressed", `order \`${id}\` asks ${found.to}`, "whom it asks answers", {
      roles: [found.to],
      people: found.person === undefined ? namedFor(state, [found.to]) : [found.person],
    });
  if (!states.includes(found.state))
    return refuse("said-once", `order \`${id}\` is ${found.state}`, "the commander gives a new order", {
      roles: ["IC"],
    });
  return caseOpen(state) ?? { order: found, as };
}

export function acknowledge(state: CaseState, id: string, acting: Acting): Move {
  const found = mine(state, id, acting, ["waiting"]);
  return isRefusal(found) ? found : made(found.as, { kind: "order-acknowledged", order: id });
}

export function refuseOrder(state: CaseState, id: string, reason: string, acting: Acting): Move {
  const wrong = textCheck("reason", reason);
  if (wrong !== undefined) return wrong;
  const found = mine(state, id, acting, ["waiting", "acknowledged"]);
  return isRefusal(found) ? found : made(found.as, { kind: "order-refused", order: id, reason });
}

export function finishOrder(state: CaseState, id: string, text: string, acting: Acting): Move {
  const wrong = textCheck("text", text);
  if (wrong !== undefined) return wrong;
  const found = mine(state, id, acting, ["waiting", "acknowledged"]);
  return isRefusal(found) ? found : made(found.as, { kind: "order-done", order: id, text });
}

export function withdrawOrder(state: CaseState, id: string, acting: Acting): Move {
  const found = state.orders.find((item) => item.id === id);
  const stop = firstOf(
    notCommander(state, acting),
    found === undefined
      ? refuse("known-thing", `no order is called \`${id}\``, "name one that the case shows")
      : undefined,
    found?.state === "done" || found?.state === "withdrawn"
      ? refuse("said-once", `order \`${id}\` is ${found.state}`, "nothing is left to do")
      : undefined,
  );
  return stop ?? made("IC", { kind: "order-withdrawn", order: id });
}
