import { Button } from "@mantine/core";
import type { ReactNode, SubmitEvent } from "react";

interface QuestionFormProps {
  readonly children: ReactNode;
  /** Everything that the question needs is written. */
  readonly ready: boolean;
  readonly busy: boolean;
  readonly onAsk: () => void;
}

/** Typing never runs a heavy question: asking does. */
export function QuestionForm({ children, ready, busy, onAsk }: QuestionFormProps) {
  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    onAsk();
  };
  return (
    <form className="tools" onSubmit={ask}>
      {children}
      <Button type="submit" size="sm" disabled={!ready || busy}>
        {busy ? "Asking" : "Ask"}
      </Button>
    </form>
  );
}
