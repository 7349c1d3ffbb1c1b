import { useState } from "react";
import { visible, withoutArns } from "../../report/index.js";

const shown = 400;

/** A name or sentence from outside: isolated from the direction of what stands around it, controls written out. */
export function PlainText({ text, className }: { readonly text: string; readonly className?: string }) {
  const [whole, setWhole] = useState(false);
  const safe = visible(text);
  if (safe.length <= shown || whole) return <bdi className={className}>{safe}</bdi>;
  return (
    <>
      <bdi className={className}>{safe.slice(0, shown)}…</bdi>{" "}
      <button type="button" className="quiet" onClick={() => setWhole(true)}>
        show all {safe.length} characters
      </button>
    </>
  );
}

/** The same without ARNs: sentences, headings and cells of tables hold names only. */
export const Sentence = ({ text }: { readonly text: string }) => <PlainText text={withoutArns(text)} />;

/** A message of the product: what it quotes in backticks is set as code. */
export function Message({ text }: { readonly text: string }) {
  const parts = text.split(/`([^`]+)`/u);
  return (
    <span className="said">
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <code key={index}>
            <PlainText text={part} />
          </code>
        ) : part === "" ? null : (
          <PlainText key={index} text={part} />
        ),
      )}
    </span>
  );
}
