import { Button, Modal, Textarea } from "@mantine/core";
import { useState } from "react";
import type { AwaitedAnswer, PersonCommand } from "../../api/index.js";
import { useCommand } from "../api/use-command.js";
import { useCalled } from "../parts/people.js";
import { Sentence } from "../parts/plain-text.js";
import { Refusal } from "../parts/refusal.js";
import { absolute, ago } from "../parts/when.js";

interface AnswerDialogProps {
  readonly asked: AwaitedAnswer;
  readonly now: string;
  readonly onClose: () => void;
}

/** What is asked, by whom and why, and the two answers. The focus starts on the one that changes nothing. */
export function AnswerDialog({ asked, now, onClose }: AnswerDialogProps) {
  const [reason, setReason] = useState("");
  const called = useCalled();
  const command = useCommand(asked.case, onClose);
  const words = wordsOf(asked);
  const text = reason.trim();
  const answer = (yes: boolean) => {
    command.mutate(commandOf(asked, yes, text));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.title}
      size={560}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className="stack">
        <p className="asked-what">
          <Sentence text={asked.what} />
        </p>
        <dl className="facts">
          <dt>Case</dt>
          <dd>
            <span className="case-id">{asked.case}</span> <Sentence text={asked.title} />
          </dd>
          <dt>Comes back</dt>
          <dd>
            <Sentence text={`${asked.words}: ${asked.because}`} />
          </dd>
          <dt>Asked</dt>
          <dd>
            {asked.by === undefined ? "" : `by ${called(asked.by)}, `}
            {ago(asked.since, now)}
            {asked.reason === undefined ? "" : `: “${asked.reason}”`}
          </dd>
          {asked.until === undefined ? undefined : (
            <>
              <dt>{asked.kind === "order" ? "Answer by" : "Until"}</dt>
              <dd>{absolute(asked.until)}</dd>
            </>
          )}
        </dl>
        <Textarea
          label="Reason"
          description={words.reason}
          rows={3}
          maxLength={2000}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        <p className="meta">Recorded under your name.</p>
        {command.error === null ? undefined : <Refusal error={command.error} />}
        <div className="buttons">
          <Button variant="default" data-autofocus disabled={command.isPending} onClick={onClose}>
            Decide later
          </Button>
          {words.no === undefined ? undefined : (
            <Button
              variant="default"
              disabled={command.isPending || text === ""}
              onClick={() => {
                answer(false);
              }}
            >
              {words.no}
            </Button>
          )}
          <Button
            disabled={command.isPending || (words.always && text === "")}
            onClick={() => {
              answer(true);
            }}
          >
            {words.yes}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface Words {
  readonly title: string;
  readonly yes: string;
  readonly no?: string;
  readonly reason: string;
  /** A yes needs a reason too. */
  readonly always: boolean;
}

function wordsOf({ kind, id }: AwaitedAnswer): Words {
  const no = "needed where the answer is no";
  switch (kind) {
    case "approval":
      return { title: `Approve ${id}?`, yes: "Approve", no: "Do not approve", reason: no, always: false };
    case "order":
      return {
        title: `Take order ${id}?`,
        yes: "Acknowledge",
        no: "Refuse the order",
        reason: no,
        always: false,
      };
    case "hand-over":
      return {
        title: "Take command of the incident?",
        yes: "Take command",
        reason: "not needed",
        always: false,
      };
    case "dispute":
      return { title: `Uphold ${id}?`, yes: "Uphold", no: "Do not uphold", reason: "needed", always: true };
    case "glass-review":
      return {
        title: `Was breaking the glass justified (${id})?`,
        yes: "It was justified",
        no: "It was not justified",
        reason: "needed",
        always: true,
      };
  }
}

function commandOf({ kind, id }: AwaitedAnswer, yes: boolean, reason: string): PersonCommand {
  switch (kind) {
    case "approval":
      return yes ? { kind: "approve", approval: id } : { kind: "refuse", approval: id, reason };
    case "order":
      return yes ? { kind: "acknowledge-order", order: id } : { kind: "refuse-order", order: id, reason };
    case "hand-over":
      return { kind: "accept-hand-over" };
    case "dispute":
      return { kind: "answer-dispute", dispute: id, upheld: yes, reason };
    case "glass-review":
      return { kind: "review-glass", glass: id, justified: yes, reason };
  }
}
