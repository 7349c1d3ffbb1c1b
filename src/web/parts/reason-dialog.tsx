import { Button, Modal, Textarea } from "@mantine/core";
import { useRef, useState, type ReactNode } from "react";
import { Refusal } from "./refusal.js";

export interface ReasonDialogProps {
  readonly opened: boolean;
  /** `Approve cutting off all sessions of etl-admin?` */
  readonly title: string;
  readonly children?: ReactNode;
  /** Label of the field; without it nothing has to be written. */
  readonly reason?: string;
  readonly optional?: boolean;
  /** Verb and object; the safe button names the state that stays. */
  readonly act: string;
  readonly keep: string;
  readonly busy: boolean;
  readonly error?: Error | null;
  readonly onAct: (reason: string) => void;
  readonly onClose: () => void;
}

/** An act with its reason. Focus begins on the field, or on the safe button where there is none; Enter never confirms. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { opened, title, children, reason, optional, act, keep, busy, error, onAct, onClose } = props;
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const ready = reason === undefined || optional === true || text.trim() !== "";
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        className="stack"
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.ctrlKey && ready && reason !== undefined) onAct(text);
        }}
      >
        {children}
        {reason === undefined ? null : (
          <Textarea
            ref={field}
            data-autofocus
            label={reason}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            rows={3}
            maxLength={2000}
          />
        )}
        {error === null || error === undefined ? null : <Refusal error={error} />}
        <div className="row end">
          <Button
            variant="default"
            onClick={onClose}
            {...(reason === undefined ? { "data-autofocus": true } : {})}
          >
            {keep}
          </Button>
          <Button disabled={!ready} loading={busy} onClick={() => onAct(text)}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
