import type { Estate, PolicyDocument, Principal, ResourceId, Statement } from "../../estate/index.js";
import type { ChangedEstate } from "../change/draft.js";

/** A statement that stands on one side of a change and not on the other. */
export interface ChangedStatement {
  readonly statement: Statement;
  /** The resource or role whose own policy it is. */
  readonly on?: string;
  /** Allows of those whom a sweeping statement concerns: what it takes or gives is among them. */
  readonly concerns: readonly Statement[];
}

/** What the changes rewrote, statement by statement: policies of identities, managed ones, of resources, of the organisation. */
export function changedStatements(
  before: Estate,
  { estate: after, touched }: ChangedEstate,
): readonly ChangedStatement[] {
  const found: ChangedStatement[] = [];
  const compare = (
    old: readonly Statement[],
    now: readonly Statement[],
    more: Omit<ChangedStatement, "statement" | "concerns">,
    concerns: readonly Statement[],
  ): void => {
    for (const statement of difference(old, now)) found.push({ ...more, statement, concerns });
  };
  for (const id of touched.principals) {
    const [old, now] = [before.principal(id), after.principal(id)];
    const own = allows([...statementsOf(before, old), ...statementsOf(after, now)]);
    compare(statementsOf(before, old), statementsOf(after, now), {}, own);
    compare(boundaryOf(before, old), boundaryOf(after, now), {}, own);
    compare(trustOf(old), trustOf(now), { on: id }, []);
  }
  for (const arn of touched.managedPolicies) {
    const [old, now] = [documentOf(before, arn), documentOf(after, arn)];
    const both = [...(old?.statements ?? []), ...(now?.statements ?? [])];
    compare(old?.statements ?? [], now?.statements ?? [], {}, allows(both));
  }
  for (const id of touched.resources) {
    const [old, now] = [ownStatements(before, id), ownStatements(after, id)];
    compare(old, now, { on: id }, allows([...old, ...now]));
    // A switch such as the block of public access changes what the policy itself is worth.
    if (old.length === now.length && difference(old, now).length === 0)
      for (const on of policiesUnder(after, id))
        for (const statement of ownStatements(after, on)) found.push({ statement, on, concerns: [] });
  }
  if (touched.organizations) {
    compare(organizationStatements(before), organizationStatements(after), {}, []);
  }
  return found;
}

/** Resources whose policies a setting of `id` speaks about: itself, or those of the account. */
function policiesUnder(estate: Estate, id: ResourceId): readonly ResourceId[] {
  if (estate.resource(id)?.policies !== undefined) return [id];
  if (estate.account(id as never) === undefined && !/^aws:\d{12}$/.test(id)) return [];
  return estate.resources
    .filter(({ account, policies }) => account === (id as string) && policies !== undefined)
    .map((resource) => resource.id);
}

const allows = (statements: readonly Statement[]): readonly Statement[] =>
  statements.filter(({ effect }) => effect === "Allow");

function statementsOf(estate: Estate, principal: Principal | undefined): readonly Statement[] {
  if (principal === undefined) return [];
  const groups = principal.groups.flatMap((id) => statementsOf(estate, estate.principal(id)));
  return [
    ...principal.inline.flatMap(({ document }) => document.statements),
    ...principal.attached.flatMap(({ arn }) => documentOf(estate, arn)?.statements ?? []),
    ...groups,
  ];
}

const boundaryOf = (estate: Estate, principal: Principal | undefined): readonly Statement[] =>
  principal?.boundary === undefined ? [] : (documentOf(estate, principal.boundary.arn)?.statements ?? []);

const trustOf = (principal: Principal | undefined): readonly Statement[] =>
  principal?.trustPolicy?.document.statements ?? [];

const documentOf = (estate: Estate, arn: string): PolicyDocument | undefined =>
  estate.managedPolicy(arn)?.versions.find(({ isDefault }) => isDefault)?.use.document;

const ownStatements = (estate: Estate, id: ResourceId): readonly Statement[] =>
  [...(estate.resource(id)?.policies?.values() ?? [])].flatMap(({ document }) => document.statements);

const organizationStatements = (estate: Estate): readonly Statement[] =>
  estate.organizations.flatMap(({ policies }) =>
    policies.flatMap(({ use }) => use?.document.statements ?? []),
  );

/** Statements of one list and not of the other, where they stand apart from their place. */
function difference(old: readonly Statement[], now: readonly Statement[]): readonly Statement[] {
  const keyOf = ({ pointer: _pointer, ...statement }: Statement): string => JSON.stringify(statement);
  const [a, b] = [new Map(old.map((s) => [keyOf(s), s])), new Map(now.map((s) => [keyOf(s), s]))];
  return [
    ...[...a].filter(([key]) => !b.has(key)).map(([, statement]) => statement),
    ...[...b].filter(([key]) => !a.has(key)).map(([, statement]) => statement),
  ];
}
