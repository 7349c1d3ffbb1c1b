import { Drawer } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MyRemit } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { useNow } from "../parts/now.js";
import { useCalled } from "../parts/people.js";
import { Sentence } from "../parts/plain-text.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { ago, Due } from "../parts/when.js";

/** What waits for you stays until it is answered; what is yours stands by its clock. */
export function Notifications({ onClose }: { readonly onClose: () => void }) {
  const remit = useRead<MyRemit>("/remit");
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={400}
      title="Waiting for you"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {remit.isPending ? (
        <Waiting what="what waits for you" />
      ) : remit.isError ? (
        <Fault
          error={remit.error}
          what="what waits for you was not read"
          retry={() => void remit.refetch()}
        />
      ) : (
        <Lists remit={remit.data.value} onClose={onClose} />
      )}
    </Drawer>
  );
}

function Lists({ remit, onClose }: { readonly remit: MyRemit; readonly onClose: () => void }) {
  const now = useNow();
  const called = useCalled();
  const pressing = remit.yours.filter(({ late, today }) => late || today);
  return (
    <div className="notices">
      {remit.waiting.length === 0 ? <Empty title="Nothing waits for your answer." /> : null}
      <ul>
        {remit.waiting.map((item) => (
          <li key={`${item.case} ${item.id} ${item.kind}`}>
            <Link to={`/cases/${item.case}` as "/cases"} onClick={onClose}>
              <span className="label">
                {item.kind} · {item.case}
              </span>
              <Sentence text={item.what} />
              <span className="meta">
                {item.by === undefined ? "" : `${called(item.by)} asks, `}
                {ago(item.since, now)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {pressing.length === 0 ? null : <h3 className="label">Yours, late or due today</h3>}
      <ul>
        {pressing.map((item) => (
          <li key={`${item.case} ${item.track} ${item.item ?? ""}`}>
            <Link to={`/cases/${item.case}` as "/cases"} onClick={onClose}>
              <span className="label">
                {item.track} · {item.case}
              </span>
              <Sentence text={item.what} />
              <Due at={item.due} now={now} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
