import { Button } from "@mantine/core";
import { createContext, useContext, useState, type ReactNode } from "react";
import type { PersonCommand } from "../../api/index.js";
import { useCommand } from "../api/use-command.js";
import { ReasonDialog } from "../parts/reason-dialog.js";
import { Refusal } from "../parts/refusal.js";

/** The case whose moves are made. */
export const CaseId = createContext("");

interface MoveProps {
  readonly label: string;
  readonly command: PersonCommand;
  readonly primary?: boolean;
}

/** A move that needs no words. A refusal stands where the button is. */
export function Move({ label, command, primary }: MoveProps) {
  const move = useCommand(useContext(CaseId));
  return (
    <>
      <Button
        size="compact-sm"
        variant={primary === true ? "filled" : "default"}
        loading={move.isPending}
        onClick={() => move.mutate(command)}
      >
        {label}
      </Button>
      {move.isError ? <Refusal error={move.error} /> : null}
    </>
  );
}

export interface AskProps {
  readonly label: string;
  readonly primary?: boolean;
  readonly quiet?: boolean;
  readonly title: string;
  /** What happens then. */
  readonly children?: ReactNode;
  readonly field?: string;
  readonly optional?: boolean;
  readonly incomplete?: boolean;
  readonly act: string;
  readonly keep: string;
  readonly command: (text: string) => PersonCommand;
}

/** A move that is asked about first: what it does, and the reason that is recorded with it. */
export function AskedMove(props: AskProps) {
  const { label, primary, quiet, title, children, field, act, keep, command } = props;
  const [open, setOpen] = useState(false);
  const move = useCommand(useContext(CaseId), () => setOpen(false));
  return (
    <>
      {quiet === true ? (
        <button type="button" className="quiet" onClick={() => setOpen(true)}>
          {label}
        </button>
      ) : (
        <Button
          size="compact-sm"
          variant={primary === true ? "filled" : "default"}
          onClick={() => setOpen(true)}
        >
          {label}
        </Button>
      )}
      {open ? (
        <ReasonDialog
          title={title}
          {...(field === undefined ? {} : { label: field })}
          optional={props.optional === true}
          incomplete={props.incomplete === true}
          act={act}
          keep={keep}
          busy={move.isPending}
          error={move.error}
          onAct={(text) => move.mutate(command(text))}
          onKeep={() => {
            move.reset();
            setOpen(false);
          }}
        >
          {children}
        </ReasonDialog>
      ) : null}
    </>
  );
}
