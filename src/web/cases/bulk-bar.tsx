import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CaseLine } from "../../api/index.js";
import { ProblemError, send } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { useSession } from "../api/session.js";
import { PlainText, Sentence } from "../parts/plain-text.js";

interface Done {
  readonly id: string;
  readonly error?: string;
}

/** What is done to several cases at once says before what it will not do, and after what it did not. */
export function BulkBar({
  lines,
  onClear,
}: {
  readonly lines: readonly CaseLine[];
  readonly onClear: () => void;
}) {
  const roles = useSession().data?.roles ?? [];
  const [asking, setAsking] = useState(false);
  const yours = lines.filter((line) => whyNot(line, roles) === undefined);
  return (
    <div className="bulk-bar" role="region" aria-label="Selected cases">
      <strong>{lines.length} selected</strong>
      <Button size="xs" onClick={() => setAsking(true)}>
        {yours.length === 1 ? "Take 1 case" : `Take ${String(yours.length)} cases`}
      </Button>
      <Button size="xs" variant="default" onClick={onClear}>
        Select none
      </Button>
      {asking ? (
        <TakeDialog
          lines={lines}
          roles={roles}
          onClose={(done) => {
            setAsking(false);
            if (done) onClear();
          }}
        />
      ) : null}
    </div>
  );
}

/** Why containment of it cannot be taken by somebody with these roles; the server decides, this only says it before. */
function whyNot(line: CaseLine, roles: readonly string[]): string | undefined {
  if (line.status === "closed") return "it is closed";
  if (line.owner !== undefined) return `${line.owner} has it`;
  if (!roles.includes(line.contain))
    return `${line.contain} contains it${line.containName.name === undefined ? "" : `: ${line.containName.name}`}`;
  return undefined;
}

interface TakeDialogProps {
  readonly lines: readonly CaseLine[];
  readonly roles: readonly string[];
  readonly onClose: (done: boolean) => void;
}

function TakeDialog({ lines, roles, onClose }: TakeDialogProps) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<readonly Done[]>();
  const split = lines.map((line) => ({ line, why: whyNot(line, roles) }));
  const will = split.filter(({ why }) => why === undefined);
  const not = split.filter(({ why }) => why !== undefined);
  const take = async (): Promise<void> => {
    setBusy(true);
    const results: Done[] = [];
    for (const { line } of will) results.push(await takeOne(line.id));
    setDone(results);
    setBusy(false);
    await queries.invalidateQueries({ queryKey: ["cases"] });
    await queries.invalidateQueries({ queryKey: ["summary"] });
  };
  const failed = done?.filter(({ error }) => error !== undefined) ?? [];
  return (
    <Modal
      opened
      onClose={() => onClose(done !== undefined)}
      title="Take these cases"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className="reason-dialog">
        {done === undefined ? (
          <>
            <p>
              {will.length === 0
                ? "None of them will be yours."
                : `You will answer for containing ${plural(will.length)}.`}
            </p>
            <ul className="bulk-list">
              {will.map(({ line }) => (
                <li key={line.id}>
                  <span className="case-id">{line.id}</span> <Sentence text={line.title} />
                </li>
              ))}
            </ul>
            {not.length === 0 ? null : (
              <>
                <p>Not taken, {plural(not.length)}:</p>
                <ul className="bulk-list">
                  {not.map(({ line, why }) => (
                    <li key={line.id}>
                      <span className="case-id">{line.id}</span> <PlainText text={why ?? ""} />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        ) : (
          <div role="status">
            <p>{plural(done.length - failed.length)} taken.</p>
            <ul className="bulk-list">
              {failed.map(({ id, error }) => (
                <li key={id}>
                  <span className="case-id">{id}</span> not taken: <PlainText text={error ?? ""} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="reason-foot">
          {done === undefined ? (
            <>
              <Button variant="default" data-autofocus onClick={() => onClose(false)}>
                Leave them
              </Button>
              <Button disabled={will.length === 0} loading={busy} onClick={() => void take()}>
                Take {plural(will.length)}
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={() => onClose(true)}>
              Back to the list
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

const plural = (cases: number): string => (cases === 1 ? "1 case" : `${String(cases)} cases`);

async function takeOne(id: string): Promise<Done> {
  try {
    await send(apiPath(`/cases/${id}/commands`), {
      method: "POST",
      body: { kind: "claim", track: "contain" },
    });
    return { id };
  } catch (error) {
    if (error instanceof ProblemError) return { id, error: error.problem.detail ?? error.problem.title };
    return { id, error: error instanceof Error ? error.message : "no answer" };
  }
}
