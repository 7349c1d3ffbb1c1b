import { Button } from "@mantine/core";
import { createContext, useContext, useState, type ReactNode } from "react";
import type { PersonCommand } from "../../api/index.js";
import type { CaseState } from "../../core/cases/index.js";
import { useCommand } from "../api/use-command.js";
import { ReasonDialog } from "../parts/reason-dialog.js";
import { Conflict } from "../parts/conflict.js";
import { Refusal } from "../parts/refusal.js";

/** The case whose moves are made, as it is shown. */
export const ShownCase = createContext<CaseState | undefined>(undefined);

function useShown(): CaseState {
  const state = useContext(ShownCase);
  if (state === undefined) throw new Error("a move stands outside of its case");
  return state;
}

interface MoveProps {
  readonly label: string;
  readonly command: PersonCommand;
  readonly primary?: boolean;
}

/** A move that needs no words. A refusal stands where the button is. */
export function Move({ label, command, primary }: MoveProps) {
  const state = useShown();
  const move = useCommand(state.id, undefined, state);
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
      {move.conflict !== undefined ? (
        <Conflict
          seen={move.conflict}
          busy={move.isPending}
          onApply={(now) => move.mutate(command, now)}
          onDiscard={move.reset}
        />
      ) : move.error === null ? null : (
        <Refusal error={move.error} />
      )}
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
  const { label, primary, quiet } = props;
  const [open, setOpen] = useState(false);
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
      {open ? <AskDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AskDialog(props: AskProps & { readonly onClose: () => void }) {
  const { title, children, field, act, keep, command, onClose } = props;
  const shown = useShown();
  // As it was when the question was opened: what is decided on stays what it was.
  const [seen] = useState(shown);
  const move = useCommand(seen.id, onClose, seen);
  return (
    <ReasonDialog
      title={title}
      {...(field === undefined ? {} : { label: field })}
      optional={props.optional === true}
      incomplete={props.incomplete === true}
      act={act}
      keep={keep}
      busy={move.isPending}
      error={move.error}
      conflict={move.conflict}
      onAct={(text, now) => move.mutate(command(text), now)}
      onKeep={onClose}
    >
      {children}
    </ReasonDialog>
  );
}
