import { Button, Modal, Textarea } from "@mantine/core";
import { useState, type ReactNode } from "react";
import type { CaseState } from "../../core/cases/index.js";
import { Conflict } from "./conflict.js";
import { Refusal } from "./refusal.js";
import "./reason-dialog.css";

export interface ReasonDialogProps {
  /** `Approve cutting off all sessions of etl-admin?` */
  readonly title: string;
  readonly children?: ReactNode;
  /** Label of the field for the reason; without it nothing has to be written. */
  readonly label?: string;
  /** The field may stay empty. */
  readonly optional?: boolean;
  /** Something else is missing that stands among the children. */
  readonly incomplete?: boolean;
  /** Verb and object; the safe button names the state that stays. */
  readonly act: string;
  readonly keep: string;
  readonly busy: boolean;
  readonly error?: Error | null;
  /** The version that was seen, where somebody else was faster. */
  readonly conflict?: CaseState | undefined;
  /** `now`: the newer version that it is done to all the same. */
  readonly onAct: (reason: string, now?: CaseState) => void;
  readonly onKeep: () => void;
}

/** An act with its reason. Focus begins on the field, or on the safe button where there is none; Enter never confirms. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, children, label, act, keep, busy, error, conflict, onAct, onKeep } = props;
  const [text, setText] = useState("");
  const ready =
    (label === undefined || props.optional === true || text.trim() !== "") && props.incomplete !== true;
  return (
    <Modal opened onClose={onKeep} title={title} centered closeButtonProps={{ "aria-label": "Close" }}>
      <form
        className="reason-dialog"
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (
            event.key === "Enter" &&
            event.ctrlKey &&
            ready &&
            label !== undefined &&
            conflict === undefined
          )
            onAct(text);
        }}
      >
        {children}
        {label === undefined ? null : (
          <Textarea
            data-autofocus
            label={label}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            rows={3}
            maxLength={2000}
          />
        )}
        {conflict !== undefined ? (
          <Conflict seen={conflict} busy={busy} onApply={(now) => onAct(text, now)} onDiscard={onKeep} />
        ) : error === null || error === undefined ? null : (
          <Refusal error={error} />
        )}
        <div className="reason-foot" hidden={conflict !== undefined}>
          <Button
            variant="default"
            onClick={onKeep}
            {...(label === undefined ? { "data-autofocus": true } : {})}
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
