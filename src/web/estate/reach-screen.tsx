import { Button } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ReachDocument } from "../../contract/index.js";
import { useRead } from "../api/use-read.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { EstateHead } from "./estate-head.js";
import { SuggestInput } from "./suggest-input.js";
import { nameOf } from "./who-can-screen.js";

/** What an identity can become, read and change: what is lost when it is. */
export function ReachScreen() {
  const { principal } = useSearch({ from: "/estate/reach" });
  const asked = principal !== undefined;
  const answer = useRead<ReachDocument>("/reach", { principal, limit: 500 }, { when: asked, fresh: 60_000 });
  const found = asked ? answer.data?.value : undefined;
  return (
    <>
      <EstateHead title="Reach" lead={found === undefined ? undefined : sentence(found)} />
      <Question key={principal ?? ""} principal={principal ?? ""} />
      {!asked ? (
        <Empty title="Ask what an identity can reach.">
          <p>What it can become, read and change, and which tier follows from that.</p>
        </Empty>
      ) : answer.isError ? (
        <Fault error={answer.error} what="no answer to this question" retry={() => void answer.refetch()} />
      ) : found === undefined ? (
        <Waiting what="the reach" rows={8} />
      ) : (
        <Answer found={found} />
      )}
    </>
  );
}

function Question({ principal }: { readonly principal: string }) {
  const navigate = useNavigate();
  const [who, setWho] = useState(principal);
  return (
    <form
      className="tools"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: "/estate/reach", search: { principal: who.trim() } });
      }}
    >
      <SuggestInput
        label="Identity"
        placeholder="name or ARN"
        kind="identity"
        value={who}
        onChange={setWho}
      />
      <Button type="submit" size="sm" disabled={who.trim() === ""}>
        Ask
      </Button>
    </form>
  );
}

function sentence({ name, becomes, resources, administers, tier, more }: ReachDocument): string {
  const change = resources.filter(({ access }) => access === "change").length;
  const parts = [
    `${name} may become ${String(becomes.length)}, change ${String(change)} and read ${String(resources.length - change)}`,
  ];
  if (administers.length > 0)
    parts.push(
      `administers ${administers
        .map((item) => item.name)
        .slice(0, 3)
        .join(", ")}`,
    );
  parts.push(`tier ${String(tier)}`);
  if (more > 0) parts.push(`${String(more)} resources beyond the limit`);
  return parts.join(" · ");
}

function Answer({ found }: { readonly found: ReachDocument }) {
  return (
    <>
      <p className="sum">
        <Sentence text={found.tierBecause} />
      </p>
      {found.becomes.length === 0 ? undefined : (
        <section className="block" aria-label="Becomes">
          <h2>
            Becomes <span className="amount">{found.becomes.length}</span>
          </h2>
          <ul className="plain-rows">
            {found.becomes.slice(0, 50).map((item) => (
              <li key={item.principal}>
                <Link to="/estate/reach" search={{ principal: item.principal }}>
                  <PlainText text={item.name} />
                </Link>{" "}
                <span className="meta">
                  {item.path.map(({ to, via }) => `${via} → ${nameOf(to)}`).join(", ")}
                  {item.verdict === "unknown" ? ", not known for sure" : ""}
                </span>
              </li>
            ))}
          </ul>
          {found.becomes.length > 50 ? <p className="meta">{found.becomes.length - 50} more</p> : undefined}
        </section>
      )}
      {found.resources.length === 0 ? (
        <Empty title="It reaches no resource that the estate lists." />
      ) : (
        <section className="block" aria-label="Resources">
          <h2>
            Resources <span className="amount">{found.resources.length}</span>
          </h2>
          <div className="table-frame">
            <table className="table">
              <thead>
                <tr>
                  <th>Access</th>
                  <th>Resource</th>
                  <th>By</th>
                  <th>Through</th>
                </tr>
              </thead>
              <tbody>
                {found.resources.slice(0, 300).map((item) => (
                  <tr key={`${item.resource} ${item.access} ${item.action} ${item.through}`}>
                    <td>
                      {item.access}
                      {item.verdict === "unknown" ? (
                        <span className="meta"> not known for sure</span>
                      ) : undefined}
                    </td>
                    <td>
                      <Link to="/estate/who-can" search={{ action: item.action, resource: item.resource }}>
                        {item.kind} <PlainText text={item.name} />
                      </Link>
                    </td>
                    <td className="mono">{item.action}</td>
                    <td>
                      <PlainText text={nameOf(item.through)} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {found.resources.length > 300 ? (
            <p className="meta">
              300 of {found.resources.length} are listed; `remit reach` prints all of them
            </p>
          ) : undefined}
        </section>
      )}
    </>
  );
}
