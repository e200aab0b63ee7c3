/// Traces for an OpenTelemetry collector: spans of requests and of their parts, sent as OTLP over
/// HTTP in JSON (opentelemetry.io/docs/specs/otlp).
///
/// It promises that a collector that is slow, away or hostile costs a request nothing: what does
/// not fit into its queue is dropped and counted. It refuses to know anything of anybody: what is
/// told to it are words of the program. Start reading at [io.parano.traces.Traces].
@NullMarked
package io.parano.traces;

import org.jspecify.annotations.NullMarked;
