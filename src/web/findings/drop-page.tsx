import { useState, type ReactNode } from "react";
import { droppedFiles, chosenFiles } from "./dropped-files.js";
import { ImportProgress } from "./import-progress.js";
import { useImport } from "./use-import.js";

interface DropPageProps {
  readonly children: (choose: () => void) => ReactNode;
}

/** A whole screen that takes files; the button does the same for who does not drag. */
export function DropPage({ children }: DropPageProps) {
  const [input, setInput] = useState<HTMLInputElement | null>(null);
  const [over, setOver] = useState(false);
  const { chosen, sending, phase, sent } = useImport();
  return (
    <div
      className={over ? "drop-page over" : "drop-page"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then((files) => {
          if (files.length > 0) sending.mutate(files);
        });
      }}
    >
      <input
        ref={setInput}
        type="file"
        multiple
        className="unseen"
        aria-label="Files to import"
        tabIndex={-1}
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files !== null && files.length > 0) sending.mutate(chosenFiles(files));
          event.currentTarget.value = "";
        }}
      />
      {over ? (
        <div className="drop-here" aria-hidden>
          Drop to import
        </div>
      ) : undefined}
      {children(() => {
        input?.click();
      })}
      <ImportProgress chosen={chosen} sending={sending} phase={phase} sent={sent} />
    </div>
  );
}
