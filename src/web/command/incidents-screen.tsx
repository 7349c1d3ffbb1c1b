import type { Incident } from "../../api/index.js";
import { Link } from "@tanstack/react-router";
import { useRead } from "../api/use-read.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { ScreenTitle } from "../parts/screen-title.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { absolute, Ago, Due } from "../parts/when.js";
import { WordBadge } from "../parts/word-badge.js";
import "./command.css";

/** Every incident that is declared, the one with an unanswered order first to be seen. */
export function IncidentsScreen() {
  const incidents = useRead<{ readonly items: readonly Incident[] }>("/incidents");
  const items = incidents.data?.value.items;
  return (
    <>
      <header className="page-head">
        <ScreenTitle text="Command" />
        {items === undefined || items.length === 0 ? undefined : (
          <p className="lead">
            {items.length === 1 ? "1 incident is live" : `${String(items.length)} incidents are live`}
          </p>
        )}
      </header>
      {incidents.isError ? (
        <Fault
          error={incidents.error}
          what="could not read the incidents"
          retry={() => void incidents.refetch()}
        />
      ) : undefined}
      {incidents.isPending ? <Waiting what="incidents" rows={3} /> : undefined}
      {items?.length === 0 ? (
        <Empty title="No incident is declared.">
          <p>
            It is declared from a case, by whoever may: open the case, then <strong>⋯</strong>, declare an
            incident.
          </p>
          <Link to="/cases" className="button">
            Open Cases
          </Link>
        </Empty>
      ) : undefined}
      {items?.map((incident) => (
        <IncidentPanel key={incident.case} incident={incident} />
      ))}
    </>
  );
}

function IncidentPanel({ incident }: { readonly incident: Incident }) {
  const now = useNow();
  const { orders, commander } = incident;
  return (
    <section className="panel incident" aria-label={incident.case}>
      <h2>
        <Link to="/command/$id" params={{ id: incident.case }}>
          <span className="case-id">{incident.case}</span> <Sentence text={incident.title} />
        </Link>
      </h2>
      <p className="incident-line">
        <WordBadge word={incident.words} />
        <span>
          declared {absolute(incident.declaredAt)} by <Person name={incident.declaredBy} inferred={false} />
        </span>
        <span>
          {commander === undefined ? (
            "no commander is appointed"
          ) : (
            <>
              Commander <Person name={commander.person} inferred={false} />{" "}
              {commander.over ? "term is over" : `until ${absolute(commander.until)}`}
            </>
          )}
        </span>
      </p>
      <p className="incident-line">
        <strong>{orders.silent} silent</strong>
        <span>{orders.refused} refused</span>
        <span>{orders.waiting} waiting</span>
        <span>{orders.acknowledged} acknowledged</span>
        <span>{orders.done} done</span>
        <span>
          {incident.dueAt === undefined ? undefined : <span className="meta">nearest clock </span>}
          <Due at={incident.dueAt} now={now} />
        </span>
        <span className="meta">
          last event <Ago at={incident.lastEventAt} now={now} />
        </span>
      </p>
    </section>
  );
}
