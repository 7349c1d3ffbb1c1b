import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Cause } from "../../core/cases/index.js";
import { AskedMove } from "./move.js";

const kinds: readonly (readonly [Cause["what"], string])[] = [
  ["role", "role"],
  ["secret", "secret"],
  ["federated-identity", "federated identity"],
  ["service-principal", "service principal"],
  ["person", "person"],
  ["flaw", "flaw"],
  ["setting", "setting"],
];

/** A trace ends with a name, or with a signature that there is none. `guess`: what starts the worst route. */
export function TraceMoves({ guess }: { readonly guess: string }) {
  const [causes, setCauses] = useState<readonly Cause[]>([{ what: "role", id: guess }]);
  const change = (index: number, part: Partial<Cause>): void =>
    setCauses(causes.map((cause, at) => (at === index ? { ...cause, ...part } : cause)));
  return (
    <div className="moves">
      <AskedMove
        label="Name the cause"
        title="Name what made it possible"
        act="End the trace"
        keep="Keep looking"
        incomplete={causes.length === 0 || causes.some(({ id }) => id.trim() === "")}
        command={() => ({
          kind: "finish-trace",
          causes: causes.map(({ what, id }) => ({ what, id: id.trim() })),
        })}
      >
        {causes.map((cause, index) => (
          <div className="cause" key={index}>
            <NativeSelect
              label="Kind"
              data={kinds.map(([value, label]) => ({ value, label }))}
              value={cause.what}
              onChange={(event) => change(index, { what: event.currentTarget.value as Cause["what"] })}
            />
            <TextInput
              label="Name"
              value={cause.id}
              maxLength={300}
              onChange={(event) => change(index, { id: event.currentTarget.value })}
            />
          </div>
        ))}
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setCauses([...causes, { what: "role", id: "" }])}
        >
          Add a cause
        </Button>
      </AskedMove>
      <AskedMove
        quiet
        label="Sign that it stays unknown"
        title="Sign that the cause stays unknown?"
        field="What was looked at"
        act="Sign it"
        keep="Keep looking"
        command={(reason) => ({ kind: "sign-cause-unknown", reason })}
      >
        <p>You answer for not knowing it. The fix cannot end without a name or this signature.</p>
      </AskedMove>
    </div>
  );
}
