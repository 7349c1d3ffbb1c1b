import { useState } from "react";
import { useNow } from "../parts/now.js";
import { useCalled } from "../parts/people.js";
import { Sentence } from "../parts/plain-text.js";
import { span } from "../parts/when.js";
import type { Act } from "./board-acts.js";
import { commandingOf, refusedOrders, silentOrders, type BoardCase } from "./board-case.js";

/** Rows that leave the three domains in sight. */
const first = 3;

/** First on the board: who has not answered, and who said no. */
export function Silent({ board, onAct }: { readonly board: BoardCase; readonly onAct: (act: Act) => void }) {
  const now = useNow();
  const called = useCalled();
  const [all, setAll] = useState(false);
  const silent = silentOrders(board.state);
  const refused = refusedOrders(board.state);
  const commanding = commandingOf(board, now);
  const open = [...silent, ...refused];
  if (open.length === 0) return <p className="silent-none">Every order is answered or in time.</p>;
  return (
    <section className="silent" aria-label="Without an answer, or refused">
      {open.slice(0, all ? undefined : first).map((order) => (
        <div key={order.id} className="silent-row">
          <strong>{order.state === "refused" ? "refused" : "silent"}</strong>
          <span>
            order {order.id} to {order.to}:{" "}
            <Sentence
              text={
                order.state === "refused"
                  ? `${order.answeredBy === undefined ? "somebody" : called(order.answeredBy)}: ${order.answer ?? "no reason was kept"}`
                  : `no answer for ${span(Date.parse(now) - Date.parse(order.at))}, asked ${String(order.silences + 1)} times` +
                    (order.person === undefined ? "" : `, now passed to ${called(order.person)}`)
              }
            />
          </span>
          {commanding ? (
            <button
              type="button"
              className="button"
              onClick={() => {
                onAct({ kind: "order", like: order });
              }}
            >
              Order someone else
            </button>
          ) : undefined}
        </div>
      ))}
      {open.length > first ? (
        <button
          type="button"
          className="quiet silent-more"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? "Show fewer" : moreOf(silent.slice(first).length, open.length - first)}
        </button>
      ) : undefined}
    </section>
  );
}

const moreOf = (silent: number, all: number): string =>
  `${all} more: ${silent === 0 ? "" : `${silent} silent, `}${all - silent} refused`;
