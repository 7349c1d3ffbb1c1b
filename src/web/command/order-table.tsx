import { useState } from "react";
import type { Order } from "../../core/cases/index.js";
import { useCommand } from "../api/use-command.js";
import { useSession } from "../api/session.js";
import { useNow } from "../parts/now.js";
import { useCalled } from "../parts/people.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { Conflict } from "../parts/conflict.js";
import { Refusal } from "../parts/refusal.js";
import { RoleToken } from "../parts/role-token.js";
import { absolute, ago, Due } from "../parts/when.js";
import type { Act } from "./board-acts.js";
import { commandingOf, inOrder, type BoardCase } from "./board-case.js";

interface OrderTableProps {
  readonly board: BoardCase;
  readonly onAct: (act: Act) => void;
}

/** Answered orders that are shown before the rest folds. */
const shown = 12;

/** Every order with its answer. Fix owners stay as they are: an order moves nobody's work. */
export function OrderTable({ board, onAct }: OrderTableProps) {
  const now = useNow();
  const [all, setAll] = useState(false);
  const commanding = commandingOf(board, now);
  const orders = inOrder(board.state.orders);
  const open = orders.filter(({ state }) => state === "waiting" || state === "refused");
  const seen = all ? orders : orders.slice(0, Math.max(shown, open.length));
  return (
    <section className="block" aria-labelledby="orders">
      <div className="board-line">
        <h2 id="orders">
          Orders <span className="amount">{orders.length}</span>
        </h2>
        <span className="board-buttons">
          {commanding ? (
            <button type="button" className="button primary" onClick={() => onAct({ kind: "order" })}>
              New order
            </button>
          ) : undefined}
          <button type="button" className="button" onClick={() => onAct({ kind: "emergency" })}>
            Ask emergency approval
          </button>
          <button type="button" className="button" onClick={() => onAct({ kind: "note" })}>
            Note
          </button>
        </span>
      </div>
      {orders.length === 0 ? (
        <p className="meta">No order was given yet. Fix owners stay as they are; orders do not move them.</p>
      ) : (
        <div className="table-frame">
          <table className="table orders">
            <thead>
              <tr>
                <th>Order</th>
                <th>What</th>
                <th>To</th>
                <th>State</th>
                <th>Answer by</th>
                <th>Asked</th>
                <th>Answer</th>
              </tr>
            </thead>
            <tbody>
              {seen.map((order) => (
                <OrderRow key={order.id} board={board} order={order} onAct={onAct} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {seen.length === orders.length ? undefined : (
        <button type="button" className="button" onClick={() => setAll(true)}>
          {orders.length - seen.length} answered orders more
        </button>
      )}
    </section>
  );
}

interface OrderRowProps extends OrderTableProps {
  readonly order: Order;
}

function OrderRow({ board, order, onAct }: OrderRowProps) {
  const now = useNow();
  const session = useSession();
  const command = useCommand(board.state.id, undefined, board.state);
  const mine =
    order.person === session.data?.person ||
    (order.person === undefined && board.you.roles.includes(order.to));
  const open = order.state === "waiting" || order.state === "acknowledged";
  return (
    <tr>
      <td className="case-id tight">{order.id}</td>
      <td>
        <Sentence text={order.action} />
        {command.conflict !== undefined ? (
          <Conflict
            seen={command.conflict}
            busy={command.isPending}
            onApply={(newer) => {
              if (command.last !== undefined) command.mutate(command.last, newer);
            }}
            onDiscard={command.reset}
          />
        ) : command.error === null ? undefined : (
          <Refusal error={command.error} />
        )}
      </td>
      <td className="words">
        <RoleToken role={order.to} />
        <br />
        {order.person === undefined ? "whoever answers" : <Person name={order.person} inferred={false} />}
      </td>
      <td className="words">
        <OrderState order={order} now={now} />
      </td>
      <td className="tight">{order.state === "waiting" ? <Due at={order.answerBy} now={now} /> : "–"}</td>
      <td className="tight">{absolute(order.at)}</td>
      <td>
        {open && mine ? (
          <span className="order-acts">
            {order.state === "waiting" ? (
              <>
                <button
                  type="button"
                  className="button"
                  onClick={() => {
                    command.mutate({ kind: "acknowledge-order", order: order.id });
                  }}
                >
                  Acknowledge
                </button>
                <button
                  type="button"
                  className="button"
                  onClick={() => onAct({ kind: "refuse-order", order: order.id })}
                >
                  Refuse
                </button>
              </>
            ) : (
              <button
                type="button"
                className="button"
                onClick={() => onAct({ kind: "finish-order", order: order.id })}
              >
                Say it is done
              </button>
            )}
          </span>
        ) : open && commandingOf(board, now) ? (
          <button
            type="button"
            className="button"
            onClick={() => {
              command.mutate({ kind: "withdraw-order", order: order.id });
            }}
          >
            Withdraw
          </button>
        ) : order.answer === undefined ? (
          "–"
        ) : (
          <Sentence text={order.answer} />
        )}
      </td>
    </tr>
  );
}

function OrderState({ order, now }: { readonly order: Order; readonly now: string }) {
  const { state, silences, answeredAt, answeredBy } = order;
  const called = useCalled();
  if (state === "waiting" && silences > 0)
    return (
      <span className="due late">
        silent, escalated {silences === 1 ? "once" : `${String(silences)} times`}
      </span>
    );
  const by = answeredBy === undefined ? "" : ` by ${called(answeredBy)}`;
  const at = answeredAt === undefined ? "" : ` ${ago(answeredAt, now)}`;
  return (
    <span className={state === "refused" ? "due late" : undefined}>
      {state === "done" ? "said done" : state}
      {by}
      {at}
    </span>
  );
}
