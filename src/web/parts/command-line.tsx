import { visible } from "../../report/index.js";
import { CopyButton } from "./copy-button.js";

/** One command, as it is written, to be copied and never run from here. */
export function CommandLine({
  command,
  label = "Copy command",
}: {
  readonly command: string;
  readonly label?: string;
}) {
  return (
    <div className="command">
      <code>{visible(command)}</code>
      <CopyButton text={command} label={label} />
    </div>
  );
}

/** A unified diff; the sign is always printed. */
export function Diff({ text }: { readonly text: string }) {
  return (
    <pre className="diff" tabIndex={0} aria-label="change">
      {text.split("\n").map((line, index) => (
        <span
          key={index}
          className={line.startsWith("+") ? "plus" : line.startsWith("-") ? "minus" : undefined}
        >
          {visible(line)}
          {"\n"}
        </span>
      ))}
    </pre>
  );
}
