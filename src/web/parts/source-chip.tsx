import { createContext, useContext } from "react";
import { IconFileText } from "@tabler/icons-react";
import type { Evidence } from "../../core/estate/index.js";
import { placeOf } from "../../report/index.js";
import { visible } from "../../report/index.js";

/** How a chip opens its document: a screen with an evidence panel provides it. */
export const OpenEvidence = createContext<((evidence: Evidence) => void) | undefined>(undefined);

/** Where an assertion stands: opens the document at the statement. Without a panel around it, only tells the place. */
export function SourceChip({ evidence, text }: { readonly evidence: Evidence; readonly text?: string }) {
  const open = useContext(OpenEvidence);
  const place = placeOf(evidence);
  const label = text ?? shortPlace(evidence);
  if (open === undefined)
    return (
      <span className="source" data-full={place}>
        <bdi>{label}</bdi>
      </span>
    );
  return (
    <button
      type="button"
      className="source"
      onClick={(event) => {
        event.stopPropagation();
        open(evidence);
      }}
    >
      <IconFileText size={12} stroke={1.5} aria-hidden />
      <bdi>{label}</bdi>
      {/* The name of a button holds what is seen on it (WCAG 2.5.3). */}
      <span className="unseen">source: {place}</span>
    </button>
  );
}

/** `gaad.json · Statement/2`: file and the end of the pointer; the panel shows all of it. */
function shortPlace({ document, pointer, line }: Evidence): string {
  const file = middleCut(document.slice(document.lastIndexOf("/") + 1));
  const keys = (pointer ?? "").split("/").filter((key) => key !== "");
  const end =
    line !== undefined
      ? `:${String(line)}`
      : keys.length === 0
        ? ""
        : ` /${keys.length > 2 ? "…/" : ""}${keys.slice(-2).join("/")}`;
  return visible(file + end);
}

/** Letters of a file's name on a chip; the beginning says what it is, the end which one. */
const letters = 36;

const middleCut = (name: string): string =>
  name.length <= letters ? name : `${name.slice(0, 14)}…${name.slice(15 - letters)}`;
