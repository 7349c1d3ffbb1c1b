import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";

/** Copies the raw text; says so where it stands. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [state, setState] = useState<"ready" | "copied" | "failed">("ready");
  useEffect(() => {
    if (state === "ready") return undefined;
    const timer = setTimeout(() => setState("ready"), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  const Sign = state === "copied" ? IconCheck : IconCopy;
  return (
    <button
      type="button"
      className="copy"
      onClick={(event) => {
        event.stopPropagation();
        void copy(text).then((done) => setState(done ? "copied" : "failed"));
      }}
    >
      <Sign size={14} stroke={1.5} aria-hidden />
      <span>
        {state === "failed" ? "not copied: select it by hand" : state === "copied" ? "Copied" : label}
      </span>
      <span role="status" className="unseen">
        {state === "copied" ? "copied" : ""}
      </span>
    </button>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
