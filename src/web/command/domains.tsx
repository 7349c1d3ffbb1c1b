import type { WhoCanAct } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { AuthorityBadge } from "../parts/authority-badge.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { Fault, Waiting } from "../parts/state-blocks.js";
import { ago } from "../parts/when.js";

type Domain = WhoCanAct["domains"][number];

const titles = { cloud: "Cloud", identity: "Identity", secrets: "Secrets" } as const;

/** Who acts in each of the three domains now, whether they can, and who else could. */
export function Domains({ id }: { readonly id: string }) {
  const acting = useRead<WhoCanAct>(`/cases/${id}/who-can-act`);
  if (acting.isPending) return <Waiting what="who can act" rows={3} />;
  if (acting.data === undefined)
    return acting.error === null ? undefined : (
      <Fault error={acting.error} what="could not read who can act now" retry={() => void acting.refetch()} />
    );
  return (
    <div className="domains">
      {acting.data.value.domains.map((domain) => (
        <DomainPanel key={domain.domain} domain={domain} />
      ))}
    </div>
  );
}

function DomainPanel({ domain }: { readonly domain: Domain }) {
  const now = useNow();
  const deed = domain.steps.find(({ said }) => !said)?.title ?? domain.steps[0]?.title ?? "act here";
  const call = domain.onCall[0];
  const others = domain.others.filter(({ person }) => person !== domain.can.person);
  return (
    <section className="panel domain" aria-label={titles[domain.domain]}>
      <h2>
        {titles[domain.domain]}{" "}
        <span className={domain.state === "nobody found" ? "domain-state due late" : "domain-state"}>
          {domain.state}
          {domain.stateAt === undefined ? "" : `, ${ago(domain.stateAt, now)}`}
        </span>
      </h2>
      <p className="domain-roles">
        {domain.roles.map((role) => (
          <RoleToken key={role} role={role} />
        ))}
      </p>
      {domain.state === "nothing to do" ? undefined : (
        <>
          <p>
            {call === undefined ? (
              <span className="meta">nobody is on call</span>
            ) : (
              <>
                <span className="label">on call</span> <Person name={call.person} inferred={false} />
                {call.team === undefined ? "" : ` (${call.team})`}
              </>
            )}
          </p>
          <p className="able">
            {domain.can.person === undefined ? undefined : (
              <Person name={domain.can.person} inferred={false} />
            )}{" "}
            <AuthorityBadge authority={domain.can} deed={deed} />
          </p>
          {others.slice(0, 3).map((other) => (
            <p key={`${other.person} ${other.role}`} className="able">
              <span className="label">also</span> <Person name={other.person} inferred={other.inferred} />{" "}
              <AuthorityBadge authority={other} deed={deed} />
            </p>
          ))}
          {others.length <= 3 ? undefined : (
            <p className="meta">and {others.length - 3} more, by the role tokens above</p>
          )}
        </>
      )}
      <ul className="domain-steps">
        {domain.steps.slice(0, 4).map((step) => (
          <li key={step.step}>
            <span className="label">{step.phase}</span>{" "}
            <span>
              <Sentence text={step.title} />
              {step.said ? <span className="meta"> said done</span> : undefined}
            </span>
          </li>
        ))}
        {domain.steps.length <= 4 ? undefined : (
          <li className="meta">{domain.steps.length - 4} more in the case</li>
        )}
      </ul>
    </section>
  );
}
