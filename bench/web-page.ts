/** What runs in the pages that are measured; texts, as the benchmarks know nothing of a browser's globals. */

/** `benchReady`: milliseconds since the page was asked for until the first of these is painted and can be hit. */
export const readyScript = (selector: string): string => `window.benchReady = new Promise((ready) => {
  const painted = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = then;
    channel.port2.postMessage(0);
  });
  const look = () => {
    const at = document.querySelector(${JSON.stringify(selector)});
    const box = at?.getBoundingClientRect();
    const hit = box === undefined || box.height === 0
      ? null
      : document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (hit !== null && at.contains(hit)) painted(() => ready(performance.now()));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})`;

/** From the time stamp of what somebody does until the next frame is painted, every one that the browser trusts. */
export const interactionScript = `(() => {
  window.benchActs = [];
  window.benchEvents = [];
  for (const type of ["keydown", "click"])
    addEventListener(type, (event) => {
      if (!event.isTrusted) return;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.benchActs.push(performance.now() - event.timeStamp);
        channel.port2.postMessage(0);
      });
    }, { capture: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries())
      if (interactionId > 0) window.benchEvents.push([interactionId, duration]);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
})()`;

/** The times of all acts, once there are so many. */
export const actsScript = (count: number): string => `new Promise((acted) => {
  const look = () => window.benchActs.length < ${String(count)}
    ? requestAnimationFrame(look)
    : acted(window.benchActs);
  look();
})`;

/** Milliseconds from the last byte of the case to the paint in which all its nodes and lines stand. */
export const pathScript = (id: string, nodes: number): string => `new Promise((drawn) => {
  const look = () => {
    const place = document.querySelector(".path-diagram");
    const there = place?.querySelectorAll(".path-node").length ?? 0;
    const lines = place?.querySelectorAll(".path-hop").length ?? 0;
    if (there < ${String(nodes)} || lines < ${String(nodes - 1)}) return requestAnimationFrame(look);
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      const [asked] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/cases/${id}"));
      drawn({ ms: performance.now() - asked.responseEnd, nodes: there });
    };
    channel.port2.postMessage(0);
  };
  requestAnimationFrame(look);
})`;

/** Milliseconds to lay so many copies of the first row out, as a list that draws every row would. */
export const everyRowScript = (rows: number): string => `(() => {
  const row = document.querySelector("[data-row]");
  const start = performance.now();
  const list = document.createElement("div");
  for (let at = 0; at < ${String(rows)}; at += 1) {
    const copy = row.cloneNode(true);
    copy.style.position = "static";
    list.append(copy);
  }
  document.body.append(list);
  list.getBoundingClientRect();
  const ms = performance.now() - start;
  list.remove();
  return ms;
})()`;
