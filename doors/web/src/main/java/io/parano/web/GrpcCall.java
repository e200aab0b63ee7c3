package io.parano.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/// One call of gRPC with one message each way (`PROTOCOL-HTTP2.md` of grpc): the message behind a
/// byte that says whether it is compressed and four that say how long it is; the outcome in the
/// trailers.
final class GrpcCall {
  /// The codes of gRPC that we answer by ourselves.
  enum Status {
    INVALID_ARGUMENT(3),
    RESOURCE_EXHAUSTED(8),
    UNIMPLEMENTED(12),
    UNAVAILABLE(14),
    UNAUTHENTICATED(16);

    private final String code;

    Status(int code) {
      this.code = Integer.toString(code);
    }
  }

  private static final int PREFIX = 5;
  private static final String TYPE = "application/grpc";

  private GrpcCall() {}

  /// Whether this is how gRPC begins.
  static boolean begins(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && (type.equals(TYPE) || type.equals(TYPE + "+proto"));
  }

  /// The message in a body; null when it is compressed, cut short, or not alone.
  static @Nullable Buffer message(Buffer body) {
    boolean whole =
        body.length() >= PREFIX
            && body.getByte(0) == 0
            && body.getUnsignedInt(1) == body.length() - PREFIX;
    return whole ? body.slice(PREFIX, body.length()) : null;
  }

  static void answer(HttpServerResponse response, byte[] message) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE).putTrailer("grpc-status", "0");
    response.end(
        Buffer.buffer(PREFIX + message.length)
            .appendByte((byte) 0)
            .appendInt(message.length)
            .appendBytes(message));
  }

  /// Headers alone, as gRPC has it for calls that fail at once.
  static void fail(HttpServerResponse response, Status status) {
    response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE).putHeader("grpc-status", status.code).end();
  }
}
