package io.parano.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A proxy of this machine, in one process that ends with us.
final class ProxyProcess implements AutoCloseable {
  private static final int TRIES = 400;

  private final Process process;

  private ProxyProcess(Process process) {
    this.process = process;
  }

  /// Returns when it listens at `address`; throws [IOException] with what it said when it does not.
  static ProxyProcess start(
      List<String> command, Path folder, Path errors, InetSocketAddress address)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    ProxyProcess proxy = new ProxyProcess(process);
    proxy.await(address, errors, Path.of(command.getFirst()).getFileName());
    return proxy;
  }

  private void await(InetSocketAddress address, Path errors, Path name) throws IOException {
    for (int tries = 0; tries < TRIES && process.isAlive(); tries++) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1000);
        return;
      } catch (IOException notYet) {
        pause();
      }
    }
    close();
    throw new IOException(name + " does not answer: " + Files.readString(errors).strip());
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a proxy started", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
