import { describe, expect, test } from "vitest";
import { hop, path } from "../../../test/fixtures/analysis/build.js";
import { leakedKeyCase } from "../../../test/fixtures/analysis/first-minute.js";
import { pathGraph, type GraphOptions } from "./path-graph.js";
import { layOutPath } from "./path-layout.js";
import { pathSvg } from "./path-svg.js";

const options: GraphOptions = {
  nameOf: (id) => id.split("/").at(-1) ?? id,
  credentialName: (id) => id,
  stopped: [],
  resource: { name: "acme-reports", note: "s3" },
};

describe("the graph of a path (screens.md 5)", () => {
  const graph = pathGraph(leakedKeyCase.recreation.paths, options);

  test("runs from the credential over identities to the resource", () => {
    expect(graph.nodes.map((node) => node.kind)).toEqual(["credential", "identity", "identity", "resource"]);
    expect(graph.edges.map((edge) => [edge.verb, edge.right])).toEqual([
      ["holds a live key of", ""],
      ["may become", ""],
      ["may", "s3:PutBucketPolicy"],
    ]);
  });

  test("has exactly one recurrence hop, and shows an open guard on the step that it lets through", () => {
    expect(graph.edges.map((edge) => edge.recurrence)).toEqual([false, false, true]);
    expect(graph.edges.map((edge) => edge.guard)).toEqual([false, false, true]);
  });

  test("says how many routes it leaves to the list", () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      path({
        route: String(index),
        starter: `s${String(index)}`,
        hops: [
          hop(`s${String(index)}`, `r${String(index)}`, "runs as"),
          hop(`r${String(index)}`, "x", "may s3:PutBucketPolicy"),
        ],
      }),
    );
    const drawn = pathGraph(many, options);
    expect(drawn.undrawn).toBe(6);
    expect(drawn.nodes.length).toBeLessThanOrEqual(12);
  });

  test("a route of 150 nodes is drawn whole; a longer one is folded, says how many steps, and keeps its ends and its marked step", () => {
    const long = (steps: number, recurrenceHop: number) =>
      pathGraph(
        [
          path({
            recurrenceHop,
            hops: Array.from({ length: steps }, (_, step) => hop(`r${step}`, `r${step + 1}`, "may become")),
          }),
        ],
        options,
      );
    const whole = long(149, 148);
    expect([whole.nodes.length, whole.edges.length]).toEqual([150, 149]);
    expect(whole.edges.every(({ folds }) => folds === undefined)).toBe(true);
    const folded = long(400, 200);
    expect(folded.nodes.length).toBeLessThanOrEqual(150);
    const gaps = folded.edges.filter(({ folds }) => folds !== undefined);
    expect(gaps.map(({ verb }) => Number(/^(\d+) steps/.exec(verb)?.[1]))).toEqual(
      gaps.map(({ folds }) => folds),
    );
    expect(folded.edges.reduce((sum, { folds = 1 }) => sum + folds, 0)).toBe(400);
    // Each line says up to which step it leads: what a cut leaves behind is told by it.
    let reached = -1;
    for (const { step, folds = 1 } of folded.edges) expect((reached += folds)).toBe(step);
    expect(folded.edges.find(({ recurrence }) => recurrence)?.step).toBe(200);
    expect(folded.nodes.at(-1)?.kind).toBe("resource");
    // One line after the other, from end to end.
    for (const [index, edge] of folded.edges.slice(1).entries())
      expect(edge.from).toBe(folded.edges[index]?.to);
  });

  test("conditional and unknown are told by the line, not by colour", () => {
    const line = (more: Parameters<typeof path>[0]) =>
      pathGraph([path({ hops: [hop("a", "b", "runs as"), hop("b", "x", "may x:Y")], ...more })], options)
        .edges[0]?.line;
    expect([line({}), line({ certainty: "conditional" }), line({ verdict: "unknown" })]).toEqual([
      "certain",
      "conditional",
      "unknown",
    ]);
  });
});

test("nodes stand left to right in the order of the hops and never overlap", () => {
  const graph = pathGraph(leakedKeyCase.recreation.paths, options);
  const { at, width } = layOutPath(graph);
  const xs = graph.nodes.map((node) => at.get(node.id)!.x);
  for (const [index, x] of xs.slice(1).entries()) expect(x - xs[index]!).toBeGreaterThan(152);
  expect(width).toBeGreaterThan(xs.at(-1)! + 152);
});

test("a name cannot leave its place in the drawing", () => {
  const evil = `</text><script>alert(1)</script>" onload="x`;
  const graph = pathGraph([path({ hops: [hop(evil, evil, evil), hop(evil, evil, evil)] })], {
    ...options,
    nameOf: (id) => id,
    resource: { name: evil, note: evil },
    stopped: [{ who: evil, by: evil }],
  });
  const svg = pathSvg(graph, evil, evil);
  expect(svg).not.toContain("<script");
  expect(svg).not.toMatch(/ onload="/);
});
