import { Checkbox, Modal, NativeSelect, TextInput, Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { useSession } from "../api/session.js";
import { useRead } from "../api/use-read.js";
import { CommandLine } from "../parts/command-line.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { PlainText } from "../parts/plain-text.js";
import { ReasonDialog } from "../parts/reason-dialog.js";
import { Refusal } from "../parts/refusal.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute, Ago } from "../parts/when.js";

interface Token {
  readonly id: string;
  readonly name: string;
  readonly person: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly usedAt?: string;
  readonly revokedAt?: string;
}

/** Tokens of programs. A secret is shown once. */
export function TokensPage() {
  const now = useNow();
  const tokens = useRead<{ readonly items: readonly Token[] }>("/tokens");
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Token>();
  const items = tokens.data?.value.items;
  return (
    <>
      <div className="tools level">
        <button
          type="button"
          className="button primary"
          onClick={() => {
            setMaking(true);
          }}
        >
          New token
        </button>
        <span className="meta">its secret is shown once, then only what it is for</span>
      </div>
      {tokens.isError ? (
        <Fault error={tokens.error} what="could not read the tokens" retry={() => void tokens.refetch()} />
      ) : undefined}
      {tokens.isPending ? <Waiting what="tokens" /> : undefined}
      {items?.length === 0 ? (
        <Empty title="No token yet.">
          <p>A program that imports, asks or acts here comes with one: make it with New token.</p>
        </Empty>
      ) : undefined}
      {items === undefined || items.length === 0 ? undefined : (
        <div className="table-frame">
          <table className="table with-buttons">
            <thead>
              <tr>
                <th>Token</th>
                <th>Scopes</th>
                <th>Of</th>
                <th>Used</th>
                <th>Ends</th>
                <th>State</th>
              </tr>
            </thead>
            <tbody>
              {items.map((token) => (
                <tr key={token.id}>
                  <td>
                    <PlainText text={token.name} />
                  </td>
                  <td className="words">{token.scopes.join(", ")}</td>
                  <td className="words">
                    <Person name={token.person} inferred={false} />
                  </td>
                  <td className="tight">
                    {token.usedAt === undefined ? "never" : <Ago at={token.usedAt} now={now} />}
                  </td>
                  <td className="tight">
                    {token.expiresAt === undefined ? "never" : absolute(token.expiresAt)}
                  </td>
                  <td className="words">
                    {token.revokedAt === undefined ? (
                      <button
                        type="button"
                        className="button"
                        onClick={() => {
                          setEnding(token);
                        }}
                      >
                        Revoke {token.name}
                      </button>
                    ) : (
                      `revoked ${absolute(token.revokedAt)}`
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {making ? (
        <NewToken
          onClose={() => {
            setMaking(false);
          }}
        />
      ) : undefined}
      {ending === undefined ? undefined : (
        <EndToken
          token={ending}
          onClose={() => {
            setEnding(undefined);
          }}
        />
      )}
    </>
  );
}

function EndToken({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => send(apiPath(`/tokens/${encodeURIComponent(token.id)}`), { method: "DELETE" }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ["tokens"] });
    },
  });
  return (
    <ReasonDialog
      title={`Revoke ${token.name}?`}
      act={`Revoke ${token.name}`}
      keep="Keep it"
      busy={end.isPending}
      error={end.error}
      onKeep={onClose}
      onAct={() => {
        end.mutate();
      }}
    >
      <p>
        Whatever uses it for {token.scopes.join(", ")} stops now. It was used{" "}
        {token.usedAt === undefined ? "never" : `last on ${absolute(token.usedAt)}`}.
      </p>
    </ReasonDialog>
  );
}

const all = ["read", "act", "import", "admin"] as const;

function NewToken({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const session = useSession();
  const now = useNow();
  const [name, setName] = useState("");
  const [days, setDays] = useState("30");
  const [scopes, setScopes] = useState<readonly string[]>(["read"]);
  const issue = useMutation({
    mutationFn: () =>
      send<{ readonly secret: string }>(apiPath("/tokens"), {
        method: "POST",
        body: {
          name: name.trim(),
          person: session.data?.person ?? "",
          scopes,
          expiresAt: new Date(Date.parse(now) + Number(days) * 86_400_000).toISOString(),
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tokens"] }),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title="New token"
      size={520}
      centered
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {issue.data === undefined ? (
        <div className="stack">
          <TextInput
            data-autofocus
            label="Name"
            description="of the program that uses it"
            maxLength={100}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Checkbox.Group
            label="Scopes"
            value={[...scopes]}
            onChange={(value) => {
              setScopes(value);
            }}
          >
            <div className="checks">
              {all.map((scope) => (
                <Checkbox key={scope} value={scope} label={scope} />
              ))}
            </div>
          </Checkbox.Group>
          <NativeSelect
            label="Ends after"
            value={days}
            data={["7", "30", "90", "365"].map((value) => ({ value, label: `${value} days` }))}
            onChange={(event) => {
              setDays(event.currentTarget.value);
            }}
          />
          {issue.error === null ? undefined : <Refusal error={issue.error} />}
          <div className="buttons">
            <Button variant="default" onClick={onClose}>
              Make none
            </Button>
            <Button
              loading={issue.isPending}
              disabled={name.trim() === "" || scopes.length === 0}
              onClick={() => {
                issue.mutate();
              }}
            >
              Make the token
            </Button>
          </div>
        </div>
      ) : (
        <div className="stack">
          <p>This is its secret. It is shown now and never again.</p>
          <CommandLine command={issue.data.value.secret} label="Copy token" />
          <div className="buttons">
            <Button data-autofocus variant="default" onClick={onClose}>
              I have kept it
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
