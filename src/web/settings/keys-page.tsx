import { Link } from "@tanstack/react-router";
import { useRead } from "../api/use-read.js";
import { CommandLine } from "../parts/command-line.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { Moment } from "../parts/when.js";

interface Head {
  readonly checkpoint: { readonly at: string; readonly keyId: string; readonly position: number } | null;
}

/** Which keys there are, what each protects, and how it is replaced. None of them is ever shown. */
export function KeysPage() {
  const ledger = useRead<Head>("/ledger/head");
  if (ledger.isPending) return <Waiting what="the ledger" rows={3} />;
  if (ledger.data === undefined)
    return ledger.error === null ? null : (
      <Fault error={ledger.error} what="could not read the ledger" retry={() => void ledger.refetch()} />
    );
  const { checkpoint } = ledger.data.value;
  return (
    <>
      <p className="page-lead">
        {checkpoint === null ? (
          "Nothing was signed yet: the first checkpoint makes the signing key."
        ) : (
          <span>
            The ledger is signed with key <code>{checkpoint.keyId}</code>.
          </span>
        )}
      </p>
      <div className="table-frame">
        <table className="table key-table">
          <thead>
            <tr>
              <th>Key</th>
              <th>What it protects</th>
              <th>How it is replaced</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td className="words">signing key</td>
              <td className="words">
                checkpoints of the ledger, Ed25519
                {checkpoint === null ? null : (
                  <div className="meta">
                    last one at event {checkpoint.position.toLocaleString("en")},{" "}
                    <Moment at={checkpoint.at} />
                  </div>
                )}
              </td>
              <td className="words">
                it stays with the installation; whoever verifies names the one they were told
              </td>
            </tr>
            <tr>
              <td className="words">data key</td>
              <td className="words">uploads and names of people, sealed</td>
              <td>
                <CommandLine command="remit db rotate-key" />
              </td>
            </tr>
            <tr>
              <td className="words">master key</td>
              <td className="words">the data key</td>
              <td>
                <CommandLine command="remit db rotate-key --to FILE" />
                <div className="meta">
                  set as <code>secretKey</code> or <code>REMIT_SECRET_KEY</code>; embedded and unset it is the
                  file <code>secret.key</code>
                </div>
              </td>
            </tr>
            <tr>
              <td className="words">secrets of tokens</td>
              <td className="words">programs that come with a token</td>
              <td className="words">
                <Link to="/settings/$page" params={{ page: "tokens" }}>
                  revoke it and make another
                </Link>
              </td>
            </tr>
            <tr>
              <td className="words">secrets of webhooks</td>
              <td className="words">that a message comes from here and was not changed</td>
              <td className="words">remove the webhook and add it again: its secret is shown once</td>
            </tr>
          </tbody>
        </table>
      </div>
      <section className="block" aria-label="Verify">
        <h2>Compute the chain again</h2>
        <CommandLine command="remit ledger verify" />
        <p className="meta">
          With <code>--key</code> and the key that you were told elsewhere, checkpoints of no other one are
          accepted.
        </p>
      </section>
    </>
  );
}
