import type { Case } from "../../core/decision/index.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { SourceChip } from "../parts/source-chip.js";

/** Why this owner: the rules that fired, the facts with their sources, and who was found for what. */
export function WhyOwner({ item }: { readonly item: Case }) {
  const facts = Object.entries(item.facts).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return (
    <details className="why-owner">
      <summary>Why this owner</summary>
      <p>
        <Sentence text={`lead ${item.lead}: ${item.leadBecause}`} />
      </p>
      <h3 className="label">Rules that fired</h3>
      <ul className="plain">
        {item.rules.map((rule) => (
          <li key={rule.id}>
            <strong>{rule.id}</strong> <Sentence text={rule.because} />
          </li>
        ))}
      </ul>
      <h3 className="label">Facts</h3>
      <dl className="facts">
        {facts.map(([name, fact]) => (
          <div key={name}>
            <dt>{name.replaceAll("_", " ")}</dt>
            <dd>
              <span className={fact.value === "unknown" ? "unknown-word" : undefined}>
                {fact.value === true ? "yes" : fact.value === false ? "no" : "unknown"}
                {fact.assumed === true ? " (assumed)" : ""}
              </span>
              {fact.note === undefined ? null : (
                <>
                  {" "}
                  <Sentence text={fact.note} />
                </>
              )}{" "}
              {fact.because.slice(0, 3).map((evidence, index) => (
                <SourceChip key={index} evidence={evidence} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <h3 className="label">Who was found</h3>
      <ul className="plain">
        {[
          ...item.contain.answerable,
          ...item.trace.answerable,
          ...item.fix.flatMap(({ answerable }) => answerable),
        ].map((found, index) => (
          <li key={index}>
            {found.role} <Person name={found.person ?? found.team} inferred={found.inferred} />:{" "}
            <Sentence text={found.via} />
            {found.inferred ? <span className="meta"> {found.confidence.toFixed(2)}</span> : null}{" "}
            {found.evidence.slice(0, 2).map((evidence, at) => (
              <SourceChip key={at} evidence={evidence} />
            ))}
          </li>
        ))}
      </ul>
    </details>
  );
}
