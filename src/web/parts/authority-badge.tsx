import { Popover } from "@mantine/core";
import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { Sentence } from "./plain-text.js";

const signs = { can: IconCheck, cannot: IconX, unknown: IconQuestionMark } as const;

export interface Authority {
  readonly verdict: "can" | "cannot" | "unknown";
  readonly proof: readonly string[];
}

/** `can disable this key`, never the bare word; opens its proof. `deed`: verb and object. */
export function AuthorityBadge({
  authority,
  deed,
}: {
  readonly authority: Authority;
  readonly deed: string;
}) {
  const { verdict, proof } = authority;
  const Sign = signs[verdict];
  const [first] = proof;
  const text =
    verdict === "can"
      ? `can ${deed}`
      : verdict === "cannot"
        ? `cannot ${deed}`
        : `unknown whether they can ${deed}`;
  return (
    <Popover width={360} position="bottom-start" shadow="none" withRoles={false}>
      <Popover.Target>
        <button type="button" className={`authority ${verdict}`}>
          <Sign size={14} stroke={2} aria-hidden />
          <Sentence text={text} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <p className="label">
          {verdict === "can" ? "Proven by" : verdict === "cannot" ? "Stopped by" : "Not known"}
        </p>
        {first === undefined ? <p>no proof was given</p> : null}
        <ul className="plain">
          {proof.map((line) => (
            <li key={line}>
              <Sentence text={line} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
