import { Checkbox } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { useRead } from "../api/use-read.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { PlainText } from "../parts/plain-text.js";
import { ReasonDialog } from "../parts/reason-dialog.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { ago, Moment } from "../parts/when.js";
import { receiverOf, stateOf, type Webhook } from "./webhook-words.js";

interface Source {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly createdBy: string;
  readonly usedAt?: string;
}

/** Who is told what happens, and whether it reaches them; who may send findings. */
export function WebhooksPage() {
  const webhooks = useRead<{ readonly items: readonly Webhook[] }>("/webhooks");
  const [resuming, setResuming] = useState<Webhook>();
  const [told, setTold] = useState<string>();
  const items = webhooks.data?.value.items;
  if (webhooks.isError)
    return (
      <Fault
        error={webhooks.error}
        what="could not read the webhooks"
        retry={() => void webhooks.refetch()}
      />
    );
  if (items === undefined) return <Waiting what="the webhooks" />;
  return (
    <>
      <Lead items={items} />
      {told === undefined ? undefined : (
        <p className="settings-lead" role="status">
          {told}
        </p>
      )}
      {items.length === 0 ? (
        <Empty title="Nobody is told anything.">
          <p>A webhook is added over the API: its secret is in the answer and nowhere else.</p>
          <p>
            <code>POST /api/v1/webhooks</code>, as docs/events-and-webhooks.md shows it.
          </p>
        </Empty>
      ) : (
        <Webhooks items={items} onResume={setResuming} />
      )}
      <Sources />
      {resuming === undefined ? undefined : (
        <Resume
          webhook={resuming}
          onClose={(words) => {
            setResuming(undefined);
            if (words !== undefined) setTold(words);
          }}
        />
      )}
    </>
  );
}

function Lead({ items }: { readonly items: readonly Webhook[] }) {
  const stopped = items.filter(({ stoppedAt }) => stoppedAt !== undefined).length;
  if (items.length === 0) return null;
  return (
    <p className="page-lead">
      {stopped === 0
        ? `${String(items.length)} ${items.length === 1 ? "webhook is" : "webhooks are"} told what happens.`
        : `${String(stopped)} of ${String(items.length)} ${stopped === 1 ? "is" : "are"} paused and told nothing.`}
    </p>
  );
}

interface WebhooksProps {
  readonly items: readonly Webhook[];
  readonly onResume: (webhook: Webhook) => void;
}

function Webhooks({ items, onResume }: WebhooksProps) {
  const now = useNow();
  return (
    <div className="table-frame">
      <table className="table webhooks">
        <thead>
          <tr>
            <th>Sent to</th>
            <th>About</th>
            <th>By</th>
            <th>State</th>
            <th>
              <span className="unseen">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <td>
                <PlainText text={receiverOf(item.url)} />
                {item.note === "" ? null : (
                  <div className="meta">
                    <PlainText text={item.note} />
                  </div>
                )}
              </td>
              <td className="words">{item.events.length === 0 ? "everything" : item.events.join(", ")}</td>
              <td className="words">
                <Person name={item.createdBy} inferred={false} />
                <div className="meta">
                  <Moment at={item.createdAt} />
                </div>
              </td>
              <td className="words">
                {stateOf(item, now)}
                {item.stoppedWhy === undefined ? null : (
                  <div className="meta">
                    <PlainText text={item.stoppedWhy} />
                  </div>
                )}
              </td>
              <td className="tight">
                {item.stoppedAt === undefined ? null : (
                  <button
                    type="button"
                    className="button"
                    onClick={() => {
                      onResume(item);
                    }}
                  >
                    Resume
                    <span className="unseen"> {receiverOf(item.url)}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ResumeProps {
  readonly webhook: Webhook;
  /** What became of it, where something did. */
  readonly onClose: (told?: string) => void;
}

function Resume({ webhook, onClose }: ResumeProps) {
  const queries = useQueryClient();
  const [again, setAgain] = useState(true);
  const receiver = receiverOf(webhook.url);
  const resume = useMutation({
    mutationFn: async () =>
      (
        await send<{ readonly again: number }>(
          apiPath(`/webhooks/${encodeURIComponent(webhook.id)}/resume`),
          {
            method: "POST",
            body: { again },
          },
        )
      ).value,
    onSuccess: async (answer) => {
      onClose(`${receiver} is told again; ${String(answer.again)} given up before are sent again.`);
      await queries.invalidateQueries({ queryKey: ["webhooks"] });
    },
  });
  return (
    <ReasonDialog
      title={`Send to ${receiver} again?`}
      act="Resume"
      keep="Leave it paused"
      busy={resume.isPending}
      error={resume.error}
      onKeep={() => {
        onClose();
      }}
      onAct={() => {
        resume.mutate();
      }}
    >
      <p>What happened since it was paused is sent now.</p>
      <Checkbox
        label="Send again what was given up meanwhile"
        checked={again}
        onChange={(event) => {
          setAgain(event.currentTarget.checked);
        }}
      />
    </ReasonDialog>
  );
}

/** Who may send findings as they happen. */
function Sources() {
  const now = useNow();
  const sources = useRead<{ readonly items: readonly Source[] }>("/webhook-sources");
  const items = sources.data?.value.items;
  return (
    <section className="block" aria-label="Sources">
      <h2>Who may send findings</h2>
      {sources.isError ? (
        <Fault error={sources.error} what="could not read the sources" retry={() => void sources.refetch()} />
      ) : undefined}
      {sources.isPending ? <Waiting what="the sources" rows={2} /> : undefined}
      {items?.length === 0 ? (
        <p>
          Nobody: findings come as files, here or with <code>remit import</code>.
        </p>
      ) : undefined}
      {items === undefined || items.length === 0 ? undefined : (
        <ul className="plain-list">
          {items.map((source) => (
            <li key={source.id}>
              <PlainText text={source.name} /> · {source.kind} · by{" "}
              <Person name={source.createdBy} inferred={false} /> ·{" "}
              <span className="meta">
                {source.usedAt === undefined ? "never used" : `used ${ago(source.usedAt, now)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
