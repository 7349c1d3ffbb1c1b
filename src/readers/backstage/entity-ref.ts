/** A reference to an entity of Backstage: `[kind:][namespace/]name`. */
export interface EntityRef {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Kind and namespace that are left out are those of the field: a bare owner is `group:default/NAME`. */
export function entityRef(text: string, kind: string, namespace = "default"): EntityRef | undefined {
  const found = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(text.trim());
  const name = found?.[3];
  if (found === null || name === undefined) return undefined;
  return {
    kind: (found[1] ?? kind).toLowerCase(),
    namespace: (found[2] ?? namespace).toLowerCase(),
    name: name.toLowerCase(),
  };
}

/** As other documents name it: the bare name in the default namespace, else with its namespace. */
export const refId = ({ namespace, name }: EntityRef): string =>
  namespace === "default" ? name : `${namespace}/${name}`;
