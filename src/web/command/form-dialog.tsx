import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { Refusal } from "../parts/refusal.js";

interface FormProps {
  readonly title: string;
  readonly act: string;
  readonly keep: string;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onAct: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form whose answer is recorded under one's name. */
export function FormDialog({ title, act, keep, ready, busy, error, onAct, onClose, children }: FormProps) {
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
        {error === null ? undefined : <Refusal error={error} />}
        <div className="buttons">
          <Button variant="default" onClick={onClose}>
            {keep}
          </Button>
          <Button disabled={!ready} loading={busy} onClick={onAct}>
            {act}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
