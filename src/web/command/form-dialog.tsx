import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import type { CaseState } from "../../core/cases/index.js";
import { Conflict } from "../parts/conflict.js";
import { Refusal } from "../parts/refusal.js";

interface FormProps {
  readonly title: string;
  readonly act: string;
  readonly keep: string;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly conflict?: CaseState | undefined;
  readonly onAct: (now?: CaseState) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form whose answer is recorded under one's name. */
export function FormDialog(props: FormProps) {
  const { title, act, keep, ready, busy, error, conflict, onAct, onClose, children } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={560}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className="stack">
        {children}
        {conflict !== undefined ? (
          <Conflict seen={conflict} busy={busy} onApply={onAct} onDiscard={onClose} />
        ) : error === null ? undefined : (
          <Refusal error={error} />
        )}
        <div className="buttons" hidden={conflict !== undefined}>
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <Button disabled={!ready} loading={busy} onClick={() => onAct()}>
            {act}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
