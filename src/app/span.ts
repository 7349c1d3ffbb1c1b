import { context, SpanStatusCode, trace, type Attributes } from "@opentelemetry/api";

/**
 * A span around some work, for whatever SDK is loaded into the process; without one it costs nothing and goes nowhere.
 * `attributes`: ids and kinds, never what people are called or wrote. `result` adds what the work came to.
 */
export function inSpan<Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
  result: (value: Result) => Attributes = () => ({}),
): Promise<Result> {
  const span = trace.getTracer("remit").startSpan(name, { attributes });
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      const value = await work();
      span.setAttributes(result(value));
      return value;
    } catch (error) {
      // The message may quote what was sent: the log has it, masked.
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
