import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Role } from "../../core/accountability/index.js";
import { useCommand } from "../api/use-command.js";
import { useNow } from "../parts/now.js";
import type { BoardCase } from "./board-case.js";
import { FormDialog } from "./form-dialog.js";

interface ActProps {
  readonly board: BoardCase;
  readonly onClose: () => void;
}

interface TermProps extends ActProps {
  readonly title: string;
  readonly act: string;
  readonly handOver?: boolean;
}

export function TermDialog({ board, onClose, title, act, handOver = false }: TermProps) {
  const [seen] = useState(board.state);
  const command = useCommand(seen.id, onClose, seen);
  const now = useNow();
  const known = [...new Set(board.state.plan.owners.flatMap(({ people }) => people))];
  const commanders = board.state.plan.owners.find(({ role }) => role === "IC")?.people ?? [];
  const [person, setPerson] = useState(commanders[0] ?? "");
  const [hours, setHours] = useState("6");
  return (
    <FormDialog
      title={title}
      act={act}
      keep={handOver ? "Go on commanding" : "Appoint nobody"}
      ready={person.trim() !== ""}
      busy={command.isPending}
      error={command.error}
      conflict={command.conflict}
      onClose={onClose}
      onAct={(newer) => {
        command.mutate(
          handOver
            ? { kind: "hand-over", to: person.trim() }
            : {
                kind: "appoint-commander",
                person: person.trim(),
                until: new Date(Date.parse(now) + Number(hours) * 3_600_000).toISOString(),
              },
          newer,
        );
      }}
    >
      <TextInput
        data-autofocus
        label="Person"
        description={
          commanders.length === 0
            ? "as the catalogue calls them; it names no commander yet"
            : `as the catalogue calls them; it names ${commanders.join(", ")}`
        }
        list="people-known"
        value={person}
        onChange={(event) => {
          setPerson(event.currentTarget.value);
        }}
      />
      <datalist id="people-known">
        {known.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {handOver ? (
        <p>You command until they accept.</p>
      ) : (
        <NativeSelect
          label="For how long"
          value={hours}
          data={["2", "4", "6", "8", "12"].map((value) => ({ value, label: `${value} hours` }))}
          onChange={(event) => {
            setHours(event.currentTarget.value);
          }}
        />
      )}
    </FormDialog>
  );
}

export function EmergencyDialog({ board, onClose }: ActProps) {
  const [seen] = useState(board.state);
  const command = useCommand(seen.id, onClose, seen);
  const now = useNow();
  const steps = board.state.plan.steps.filter(({ requires }) => requires.length > 0);
  const [step, setStep] = useState(steps[0]?.id ?? "");
  const [text, setText] = useState("");
  const chosen = steps.find(({ id }) => id === step);
  return (
    <FormDialog
      title="Ask for an emergency approval"
      act="Ask for it"
      keep="Ask nothing"
      ready={chosen !== undefined && text.trim() !== ""}
      busy={command.isPending}
      error={command.error}
      conflict={command.conflict}
      onClose={onClose}
      onAct={(newer) => {
        const of = chosen?.requires[0];
        if (chosen === undefined || of === undefined) return;
        command.mutate(
          {
            kind: "request",
            asked: { kind: "step", step: chosen.id, of: of as Role },
            reason: text.trim(),
            until: new Date(Date.parse(now) + 4 * 3_600_000).toISOString(),
          },
          newer,
        );
      }}
    >
      {steps.length === 0 ? (
        <p>No step of this case needs an approval.</p>
      ) : (
        <NativeSelect
          data-autofocus
          label="Step that needs it"
          value={step}
          data={steps.map(({ id, title, requires }) => ({
            value: id,
            label: `${title} (${requires.join(", ")})`,
          }))}
          onChange={(event) => {
            setStep(event.currentTarget.value);
          }}
        />
      )}
      <Textarea
        label="Reason"
        rows={3}
        maxLength={2000}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <p className="meta">Good for 4 hours. Who asks cannot approve.</p>
    </FormDialog>
  );
}
