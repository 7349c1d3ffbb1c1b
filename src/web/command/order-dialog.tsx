import { NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import type { WhoCanAct } from "../../api/index.js";
import type { Role } from "../../core/accountability/index.js";
import type { Order } from "../../core/cases/index.js";
import { useCommand } from "../api/use-command.js";
import { useRead } from "../api/use-read.js";
import type { BoardCase } from "./board-case.js";
import { FormDialog } from "./form-dialog.js";

interface OrderDialogProps {
  readonly board: BoardCase;
  readonly like?: Order;
  readonly onClose: () => void;
}

/** Roles that this case has work for, and everybody who answers for one. */
const rolesOf = ({ state }: BoardCase): readonly Role[] => [
  ...new Set([...state.plan.steps.map(({ role }) => role), ...state.plan.owners.map(({ role }) => role)]),
];

/** An order names action, role and, where one is known, the person; until when it is answered follows from the policy. */
export function OrderDialog({ board, onClose, like }: OrderDialogProps) {
  const [seen] = useState(board.state);
  const command = useCommand(seen.id, onClose, seen);
  const acting = useRead<WhoCanAct>(`/cases/${board.state.id}/who-can-act`);
  const roles = rolesOf(board);
  const [to, setTo] = useState<string>(like?.to ?? roles[0] ?? "CLOUD_OPS");
  const [step, setStep] = useState(like?.step ?? "");
  const [text, setText] = useState(like?.action ?? "");
  const [person, setPerson] = useState("");
  const people = peopleFor(acting.data?.value, to, like?.person);
  return (
    <FormDialog
      title={like === undefined ? "New order" : `Order ${like.id} to someone else`}
      act="Give the order"
      keep="Order nothing"
      ready={text.trim() !== ""}
      busy={command.isPending}
      error={command.error}
      conflict={command.conflict}
      onClose={onClose}
      onAct={(newer) => {
        command.mutate(
          {
            kind: "order",
            to: to as Role,
            action: text.trim(),
            ...(person === "" ? {} : { person }),
            ...(step === "" ? {} : { step }),
          },
          newer,
        );
      }}
    >
      <NativeSelect
        data-autofocus
        label="Step of the playbook"
        value={step}
        data={[
          { value: "", label: "none of them" },
          ...board.state.plan.steps.map(({ id, title }) => ({ value: id, label: `${id} ${title}` })),
        ]}
        onChange={(event) => {
          const chosen = board.state.plan.steps.find(({ id }) => id === event.currentTarget.value);
          setStep(chosen?.id ?? "");
          if (chosen === undefined) return;
          setText(chosen.title);
          setTo(chosen.role);
        }}
      />
      <Textarea
        label="What is ordered"
        rows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label="To the role"
        value={to}
        data={[...roles]}
        onChange={(event) => {
          setTo(event.currentTarget.value);
          setPerson("");
        }}
      />
      <NativeSelect
        label="Person"
        description="who can comes first; who cannot comes last, with the reason"
        value={person}
        data={[{ value: "", label: "whoever answers for the role" }, ...people]}
        onChange={(event) => {
          setPerson(event.currentTarget.value);
        }}
      />
    </FormDialog>
  );
}

const verdicts = { can: "can", unknown: "unknown whether they can", cannot: "cannot" } as const;

function peopleFor(acting: WhoCanAct | undefined, role: string, but: string | undefined) {
  const domains = acting?.domains.filter(({ roles }) => roles.includes(role)) ?? [];
  const order = ["can", "unknown", "cannot"] as const;
  const seen = new Set<string>();
  return domains
    .flatMap(({ others }) => others)
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))
    .filter(({ person }) => person !== but && !seen.has(person) && seen.add(person))
    .map(({ person, name, verdict, proof }) => ({
      value: person,
      label: `${name ?? person}: ${verdicts[verdict]}${verdict === "cannot" && proof[0] !== undefined ? ` (${proof[0].slice(0, 60)})` : ""}`,
    }));
}
