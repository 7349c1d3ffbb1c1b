import { CaseLink } from "../parts/case-link.js";
import { PlainText } from "../parts/plain-text.js";
import { Fault } from "../parts/state-blocks.js";
import { Rejections } from "./rejections.js";
import type { useImport } from "./use-import.js";

/** What is being sent, what came of it, and first what was not used. */
export function ImportProgress({ chosen, sending, phase, sent }: ReturnType<typeof useImport>) {
  if (sending.isIdle) return null;
  const done = sending.data;
  const leaving = sent !== undefined && sent.bytes < sent.of;
  return (
    <section className="import-progress panel" aria-label="Import">
      <h2>
        {sending.isPending
          ? `Importing ${String(chosen.length)} ${chosen.length === 1 ? "file" : "files"}: read, then analysed together`
          : sending.isError
            ? "Not imported"
            : `Imported ${String(done?.documents ?? 0)} documents`}
      </h2>
      <p className="unseen" role="status">
        {sending.isPending ? "importing" : sending.isSuccess ? "import finished" : ""}
      </p>
      {!sending.isPending ? undefined : leaving ? (
        <>
          <progress className="bar" aria-label="sent" value={sent.bytes} max={sent.of} />
          <p className="meta">
            {size(sent.bytes)} of {size(sent.of)} sent
          </p>
        </>
      ) : (
        <progress className="bar" aria-label="importing" />
      )}
      {sending.isPending && phase !== "" ? <p className="meta">{phase}</p> : undefined}
      {sending.error === null ? undefined : (
        <Fault
          error={sending.error}
          what={
            phase === "" ? "nothing of it was taken in" : "the documents are stored and were not analysed"
          }
          retry={() => {
            sending.mutate(sending.variables);
          }}
        />
      )}
      {done === undefined ? undefined : <Rejections rejections={done.rejected} />}
      <ul className="import-files">
        {chosen.slice(0, 40).map(({ path, role, file }) => (
          <li key={path}>
            <span className="label">{role}</span> <PlainText text={path} />
            <span className="meta"> {size(file.size)}</span>
          </li>
        ))}
        {chosen.length > 40 ? <li className="meta">and {chosen.length - 40} more</li> : undefined}
      </ul>
      {done === undefined ? undefined : (
        <p className="case-links">
          {done.opened.length} cases opened, {done.redecided.length} decided again, {done.verified.length}{" "}
          verified
          {done.opened.slice(0, 8).map((id) => (
            <CaseLink key={id} id={id} />
          ))}
        </p>
      )}
    </section>
  );
}

const size = (bytes: number): string =>
  bytes < 1024
    ? `${String(bytes)} B`
    : bytes < 1_048_576
      ? `${String(Math.round(bytes / 1024))} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;
