import {
  Controls,
  EdgeLabelRenderer,
  Handle,
  MiniMap,
  PanOnScrollMode,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { IconRefresh } from "@tabler/icons-react";
import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
} from "react";
import {
  cutName,
  drawEdge,
  layOutPath,
  nameLetters,
  nodeHeight,
  nodeWidth,
  noteLetters,
  outlineShapes,
  rightOf,
  type PathEdge,
  type PathGraph,
  type PathLayout,
  type PathNode,
} from "../../core/draw/index.js";
import "./path-diagram.css";

export interface PathDiagramProps {
  readonly graph: PathGraph;
  /** What a hop of the worst route says, in the words of the list, by its number from 0. */
  readonly sentences: ReadonlyMap<number, string>;
  /** Hop that is open beside the diagram. */
  readonly open?: number;
  readonly onOpen: (hop: number) => void;
  /** The first hop that the ticked changes break, and which change breaks it: what lies behind is not reached by this route. */
  readonly cut?: { readonly hop: number; readonly by: string };
  /** Space ticks the change that breaks a hop. */
  readonly onTick?: (hop: number) => void;
}

interface Shared extends PathDiagramProps {
  readonly layout: PathLayout;
  /** Ids of nodes that the worst route reaches no more. */
  readonly beyond: ReadonlySet<string>;
}

const Diagram = createContext<Shared | undefined>(undefined);
const stoppedRow = 34;

/**
 * The access path from what starts it to the resource. The coordinates are those of the report and of print; nothing can
 * be dragged. A hop is a button: one of them is in the tab order, the arrows go from hop to hop.
 */
export function PathDiagram(props: PathDiagramProps) {
  const { graph, cut } = props;
  const shared = useMemo<Shared>(
    () => ({ ...props, layout: layOutPath(graph), beyond: nodesBeyond(graph, cut?.hop) }),
    [props, graph, cut?.hop],
  );
  const nodes = useMemo(() => nodesOf(graph, shared.layout), [graph, shared.layout]);
  const edges = useMemo(() => edgesOf(graph), [graph]);
  const place = useRef<HTMLDivElement>(null);
  const height = shared.layout.height + graph.stopped.length * stoppedRow + 40;
  return (
    <Diagram.Provider value={shared}>
      <div
        ref={place}
        className="path-diagram"
        style={{ height: Math.min(520, Math.max(160, height)) }}
        onKeyDown={(event) => moveFocus(event, place.current, props)}
      >
        <ReactFlowProvider>
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            zoomOnScroll={false}
            zoomOnDoubleClick={false}
            preventScrolling={false}
            panOnScroll
            panOnScrollMode={PanOnScrollMode.Horizontal}
            minZoom={0.4}
            maxZoom={2}
            proOptions={{ hideAttribution: true }}
            ariaLabelConfig={{ "controls.ariaLabel": "size of the diagram" }}
          >
            <KeepFitting width={shared.layout.width} height={height} />
            <Controls showInteractive={false} position="bottom-right" orientation="horizontal" />
            {graph.nodes.length > 30 ? <MiniMap aria-hidden pannable /> : undefined}
          </ReactFlow>
        </ReactFlowProvider>
      </div>
    </Diagram.Provider>
  );
}

/** Fits while 85 % is enough; below that names would be too small, so it stays there, from its start, and is moved sideways. */
function KeepFitting({ width, height }: { readonly width: number; readonly height: number }) {
  const { setViewport } = useReactFlow();
  const across = useStore((state) => state.width);
  const down = useStore((state) => state.height);
  useEffect(() => {
    if (across === 0) return;
    const zoom = Math.max(0.85, Math.min(1, across / width));
    const x = Math.max(0, (across - width * zoom) / 2);
    void setViewport({ x, y: Math.max(0, (down - height * zoom) / 2), zoom });
  }, [across, down, width, height, setViewport]);
  return undefined;
}

type OutlineNode = Node<{ readonly node: PathNode }, "outline">;
type StoppedNode = Node<{ readonly who: string; readonly by: string }, "stopped">;
type HopEdge = Edge<{ readonly edge: PathEdge }, "hop">;

function nodesOf(graph: PathGraph, layout: PathLayout): (OutlineNode | StoppedNode)[] {
  const drawn = graph.nodes.map((node): OutlineNode => ({
    id: node.id,
    type: "outline",
    position: layout.at.get(node.id) ?? { x: 0, y: 0 },
    data: { node },
    width: nodeWidth,
    height: nodeHeight,
  }));
  const stopped = graph.stopped.map((item, index): StoppedNode => ({
    id: `stopped ${index}`,
    type: "stopped",
    position: { x: 16, y: layout.height + 8 + index * stoppedRow },
    data: item,
    width: 520,
    height: 24,
  }));
  return [...drawn, ...stopped];
}

const edgesOf = (graph: PathGraph): HopEdge[] =>
  graph.edges.map((edge, index) => ({
    id: `hop ${index}`,
    type: "hop",
    source: edge.from,
    target: edge.to,
    data: { edge },
  }));

/** What the worst route no longer reaches from the cut on. Another route may still arrive: then the node stays. */
function nodesBeyond(graph: PathGraph, cut: number | undefined): ReadonlySet<string> {
  if (cut === undefined) return new Set();
  const alive = graph.edges.filter(({ step }) => step === undefined || step < cut);
  const targets = new Set(graph.edges.map(({ to }) => to));
  const reached = new Set(graph.nodes.map(({ id }) => id).filter((id) => !targets.has(id)));
  for (let grew = true; grew;) {
    grew = false;
    for (const { from, to } of alive)
      if (reached.has(from) && !reached.has(to)) {
        reached.add(to);
        grew = true;
      }
  }
  return new Set(graph.nodes.map(({ id }) => id).filter((id) => !reached.has(id)));
}

function OutlineView({ data: { node } }: NodeProps<OutlineNode>) {
  const beyond = useContext(Diagram)?.beyond.has(node.id) === true;
  return (
    <div className={`path-node ${node.kind}${beyond ? " beyond" : ""}`}>
      <Handle type="target" position={Position.Left} />
      <svg width={nodeWidth} height={nodeHeight} aria-hidden>
        {outlineShapes(node.kind).map(({ tag, class: name, ...attributes }, index) =>
          createElement(tag, { key: index, className: name, ...attributes }),
        )}
      </svg>
      <bdi className="path-name">{cutName(node.name, nameLetters)}</bdi>
      <bdi className="path-note">{cutName(beyond ? "not reached" : node.note, noteLetters)}</bdi>
      <Handle type="source" position={Position.Right} />
    </div>
  );
}

function StoppedView({ data }: NodeProps<StoppedNode>) {
  return (
    <div className="path-stopped">
      <bdi className="path-stopped-who">{cutName(data.who, 21)}</bdi>
      <span className="path-stopped-bar" aria-hidden />
      <bdi>stopped: {cutName(data.by, 70)}</bdi>
    </div>
  );
}

function HopView({ data }: EdgeProps<HopEdge>) {
  const shared = useContext(Diagram);
  const edge = data?.edge;
  const drawn = shared === undefined || edge === undefined ? undefined : drawEdge(edge, shared.layout);
  if (shared === undefined || edge === undefined || drawn === undefined) return undefined;
  const { step } = edge;
  const { cut } = shared;
  const gone = cut !== undefined && step !== undefined && step >= cut.hop;
  const severed = gone && step - (edge.folds ?? 1) < cut.hop;
  const name = `path-hop ${edge.line} ${drawn.weight}${edge.recurrence ? " recurrence" : ""}${gone ? " gone" : ""}`;
  const { tip } = drawn;
  return (
    <g className={name}>
      {edge.recurrence ? <path className="wire outer" d={drawn.d} /> : undefined}
      <path className={edge.recurrence ? "wire inner" : "wire"} d={drawn.d} />
      <path className="tip" d={`M${tip.x} ${tip.y - 6}L${tip.x + 8} ${tip.y}L${tip.x} ${tip.y + 6}Z`} />
      {edge.guard ? <path className="guard" d={`M${tip.x - 14} ${tip.y - 6}l6 6l-6 6l-6 -6Z`} /> : undefined}
      {severed ? (
        <path
          className="cut-mark"
          d={`M${drawn.verb.x - 6} ${tip.y + 9}l6 -18M${drawn.verb.x + 2} ${tip.y + 9}l6 -18`}
        />
      ) : undefined}
      <EdgeLabelRenderer>
        <HopLabel edge={edge} drawn={drawn} shared={shared} severed={severed} />
      </EdgeLabelRenderer>
    </g>
  );
}

interface HopLabelProps {
  readonly edge: PathEdge;
  readonly drawn: NonNullable<ReturnType<typeof drawEdge>>;
  readonly shared: Shared;
  readonly severed: boolean;
}

/** Verb above the line, right below it. A hop of the worst route is a button that opens its evidence. */
function HopLabel({ edge, drawn, shared, severed }: HopLabelProps) {
  const { step } = edge;
  const top = edge.recurrence ? drawn.flag.y - 12 : drawn.verb.y - 12;
  const content = (
    <>
      {edge.recurrence ? (
        <span className="path-flag">
          <IconRefresh size={12} stroke={2} aria-hidden /> brings it back
        </span>
      ) : undefined}
      <span className="path-verb">
        {severed ? `cut by ${shared.cut?.by ?? ""}` : cutName(edge.verb, drawn.letters)}
      </span>
      <span className="path-right">{edge.right === "" ? "\u00a0" : rightOf(edge, drawn.letters)}</span>
      {drawn.remarks.map(({ text }) => (
        <span key={text} className="path-remark">
          {text}
        </span>
      ))}
    </>
  );
  const style = { transform: `translate(-50%, 0) translate(${drawn.verb.x}px, ${top}px)` };
  if (step === undefined)
    return (
      <div className={drawn.below ? "path-label below" : "path-label"} style={style}>
        {content}
      </div>
    );
  return (
    <button
      type="button"
      className={`path-label nodrag nopan${drawn.below ? " below" : ""}`}
      style={style}
      data-hop={step}
      aria-pressed={shared.open === step}
      tabIndex={step === (shared.open ?? firstHop(shared.graph)) ? 0 : -1}
      onClick={() => shared.onOpen(step)}
    >
      {content}
      {/* The name of a button holds what is seen on it (WCAG 2.5.3). */}
      <span className="unseen">{shared.sentences.get(step)}</span>
    </button>
  );
}

const firstHop = (graph: PathGraph): number =>
  Math.min(...graph.edges.flatMap(({ step }) => (step === undefined ? [] : [step])));

/** Left and right along the route, Home and End to its ends, Space for the change that breaks the hop. */
function moveFocus(
  event: KeyboardEvent,
  place: HTMLDivElement | null,
  { onTick }: Pick<PathDiagramProps, "onTick">,
): void {
  const hops = [...(place?.querySelectorAll<HTMLButtonElement>("button[data-hop]") ?? [])].sort(
    (a, b) => Number(a.dataset["hop"]) - Number(b.dataset["hop"]),
  );
  const at = hops.findIndex((hop) => hop === document.activeElement);
  if (at < 0) return;
  if (event.key === " " && onTick !== undefined) {
    event.preventDefault();
    onTick(Number(hops[at]?.dataset["hop"]));
    return;
  }
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowLeft: at - 1,
    Home: 0,
    End: hops.length - 1,
  };
  const next = hops[steps[event.key] ?? -1];
  if (next === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus({ preventScroll: false });
}

const nodeTypes = { outline: OutlineView, stopped: StoppedView };
const edgeTypes = { hop: HopView };
