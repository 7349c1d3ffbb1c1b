import type { CommanderEvent } from "../events/commander-events.js";
import type { CaseEvent } from "../events/event.js";
import type { CaseState, Order } from "../state.js";
import { actorOf } from "./actor.js";

export function foldCommander(state: CaseState, fact: CommanderEvent, event: CaseEvent): CaseState {
  const { at } = event;
  const by = actorOf(event);
  switch (fact.kind) {
    case "commander-appointed":
      return {
        ...state,
        commander: { person: fact.person, from: at, until: fact.until, appointedBy: by },
      };
    case "handover-offered":
      return { ...state, handover: { to: fact.to, at } };
    case "handover-accepted": {
      const { commander, handover, ...rest } = state;
      if (commander === undefined || handover === undefined) return state;
      return {
        ...rest,
        pastTerms: [...state.pastTerms, { ...commander, endedAt: at }],
        commander: { ...commander, person: fact.person, from: at, appointedBy: commander.person },
        handOffs: state.handOffs + 1,
      };
    }
    case "term-ended": {
      const { commander, handover: _handover, ...rest } = state;
      if (commander === undefined) return state;
      return { ...rest, pastTerms: [...state.pastTerms, { ...commander, endedAt: at }] };
    }
    case "ordered": {
      const { order: id, to, person, action, step, answerBy } = fact;
      const order: Order = {
        id,
        to,
        ...(person === undefined ? {} : { person }),
        action,
        ...(step === undefined ? {} : { step }),
        at,
        by,
        answerBy,
        state: "waiting",
        silences: 0,
      };
      return { ...state, orders: [...state.orders, order] };
    }
    case "order-acknowledged":
      return answered(state, fact.order, { state: "acknowledged", answeredAt: at, answeredBy: by });
    case "order-refused":
      return answered(state, fact.order, {
        state: "refused",
        answeredAt: at,
        answeredBy: by,
        answer: fact.reason,
      });
    case "order-done":
      return answered(state, fact.order, {
        state: "done",
        answeredAt: at,
        answeredBy: by,
        answer: fact.text,
      });
    case "order-silent":
      return {
        ...state,
        orders: state.orders.map((order) =>
          order.id === fact.order
            ? {
                ...order,
                silences: order.silences + 1,
                answerBy: fact.answerBy,
                ...(fact.next === undefined ? {} : { person: fact.next }),
              }
            : order,
        ),
      };
    case "order-withdrawn":
      return answered(state, fact.order, { state: "withdrawn" });
  }
}

const answered = (state: CaseState, id: string, answer: Partial<Order>): CaseState => ({
  ...state,
  orders: state.orders.map((order) => (order.id === id ? { ...order, ...answer } : order)),
});
