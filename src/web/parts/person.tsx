import { HoverCard } from "@mantine/core";
import type { Answerable } from "../../core/accountability/index.js";
import { useNameOf } from "./people.js";
import { PlainText } from "./plain-text.js";

export interface NamedPerson {
  readonly name?: string | undefined;
  readonly inferred: boolean;
}

/** Plain: the catalogue says so. `~` and dotted: inferred. Nobody: in words. */
export function Person({ name, inferred }: NamedPerson) {
  const called = useNameOf();
  if (name === undefined || name === "") return <span className="person nobody">(nobody found)</span>;
  const full = called(name);
  const shown = (
    <span className={inferred ? "person inferred" : "person"}>
      {inferred ? "~" : null}
      <PlainText text={full ?? name} />
    </span>
  );
  return full === undefined ? (
    shown
  ) : (
    <HoverCard shadow="none" openDelay={150} position="bottom-start" withRoles={false}>
      <HoverCard.Target>{shown}</HoverCard.Target>
      <HoverCard.Dropdown>
        <PlainText text={name} className="mono" />
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

/** The same with a card that tells how it is known: score, and each piece of evidence. */
export function PersonCard({ answerable }: { readonly answerable: Answerable | undefined }) {
  const called = useNameOf();
  const name = answerable?.person ?? answerable?.team;
  if (answerable === undefined || name === undefined) return <Person inferred={false} />;
  return (
    <HoverCard width={320} shadow="none" openDelay={150} position="bottom-start">
      <HoverCard.Target>
        <button type="button" className="bare">
          <span className={answerable.inferred ? "person inferred" : "person"}>
            {answerable.inferred ? "~" : null}
            <PlainText text={called(name) ?? name} />
          </span>
          {answerable.inferred ? <span className="meta"> {answerable.confidence.toFixed(2)}</span> : null}
        </button>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        {called(name) === undefined ? null : (
          <p>
            <PlainText text={name} className="mono" />
          </p>
        )}
        <p className="label">{answerable.inferred ? "Inferred" : "Named by the catalogue"}</p>
        <p>
          <PlainText text={answerable.via} />
        </p>
        {answerable.evidence.slice(0, 4).map((evidence) => (
          <p
            className="meta"
            key={`${evidence.document} ${evidence.pointer ?? ""} ${String(evidence.line ?? "")}`}
          >
            <PlainText text={evidence.document} />
          </p>
        ))}
        {answerable.inferred ? (
          <p className="meta">An entry in the catalogue would make it certain.</p>
        ) : null}
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
