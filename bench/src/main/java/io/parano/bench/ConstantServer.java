package io.parano.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The engine under the web door, set up as there, answering every request with an empty 200 and
/// looking at nothing: what the door's own work is measured against. Its argument is the port.
final class ConstantServer {
  private ConstantServer() {}

  public static void main(String[] arguments) throws TimeoutException {
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
        .createHttpServer(
            new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setAcceptBacklog(1024)
                .setStrictThreadMode(true))
        .requestHandler(request -> request.response().end())
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
        .await(30, TimeUnit.SECONDS);
  }
}
