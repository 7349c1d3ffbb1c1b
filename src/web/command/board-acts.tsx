import { useState } from "react";
import type { PersonCommand } from "../../api/index.js";
import type { Order } from "../../core/cases/index.js";
import { useCommand } from "../api/use-command.js";
import { ReasonDialog } from "../parts/reason-dialog.js";
import type { BoardCase } from "./board-case.js";
import { OrderDialog } from "./order-dialog.js";
import { EmergencyDialog, TermDialog } from "./term-dialogs.js";

export type Act =
  | { readonly kind: "declare" | "appoint" | "hand-over" | "end-term" | "emergency" | "note" }
  | { readonly kind: "order"; readonly like?: Order }
  | { readonly kind: "refuse-order" | "finish-order"; readonly order: string };

interface ActProps {
  readonly board: BoardCase;
  readonly onClose: () => void;
}

/** What can be done from the board; every one is recorded under one's name. */
export function BoardActs({ board, act, onClose }: ActProps & { readonly act: Act }) {
  const [seen] = useState(board.state);
  const command = useCommand(seen.id, onClose, seen);
  const reason = (
    words: Omit<Parameters<typeof ReasonDialog>[0], "busy" | "error" | "onAct" | "onKeep">,
    of: (text: string) => PersonCommand,
  ) => (
    <ReasonDialog
      {...words}
      busy={command.isPending}
      error={command.error}
      conflict={command.conflict}
      onKeep={onClose}
      onAct={(text, newer) => {
        command.mutate(of(text), newer);
      }}
    />
  );
  switch (act.kind) {
    case "order":
      return (
        <OrderDialog
          board={board}
          onClose={onClose}
          {...(act.like === undefined ? {} : { like: act.like })}
        />
      );
    case "appoint":
      return <TermDialog board={board} onClose={onClose} title="Appoint a commander?" act="Appoint" />;
    case "hand-over":
      return (
        <TermDialog board={board} onClose={onClose} title="Hand command over?" act="Hand over" handOver />
      );
    case "emergency":
      return <EmergencyDialog board={board} onClose={onClose} />;
    case "declare":
      return reason(
        {
          title: `Declare ${board.state.id} an incident?`,
          label: "Reason",
          act: "Declare the incident",
          keep: "Keep it a case",
        },
        (text) => ({ kind: "declare-incident", reason: text }),
      );
    case "note":
      return reason(
        { title: "Note for everybody here", label: "Note", act: "Write the note", keep: "Write nothing" },
        (text) => ({
          kind: "note",
          text,
        }),
      );
    case "end-term":
      return reason(
        {
          title: "End your term?",
          children: (
            <p>Nobody orders until another commander is appointed. Orders that wait go on waiting.</p>
          ),
          act: "End the term",
          keep: "Go on commanding",
        },
        () => ({ kind: "end-term" }),
      );
    case "refuse-order":
      return reason(
        {
          title: `Refuse order ${act.order}?`,
          label: "Reason",
          children: <p>The commander sees your reason at once, and orders somebody else or answers it.</p>,
          act: "Refuse the order",
          keep: "Leave it open",
        },
        (text) => ({ kind: "refuse-order", order: act.order, reason: text }),
      );
    case "finish-order":
      return reason(
        {
          title: `Say that order ${act.order} is done`,
          children: <p>The next snapshot verifies it, not this click.</p>,
          label: "What was done",
          act: "Say it is done",
          keep: "Leave it open",
        },
        (text) => ({ kind: "finish-order", order: act.order, text }),
      );
  }
}
