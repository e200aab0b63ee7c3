package io.parano.vpn;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A program of the machine, started for one thing and waited for.
record Program(Path path) {
  /// Less than what the server waits for the helper.
  private static final Duration PATIENCE = Duration.ofMillis(400);

  private static final int LONGEST_COMPLAINT = 400;

  /// From the folders that are root's alone, whatever the environment says. Throws [IOException]
  /// when it is not installed.
  static Program named(String name) throws IOException {
    return Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Program::new)
        .orElseThrow(() -> new IOException(name + " is not installed"));
  }

  /// What it prints, when it ends well and in time. `input` is the caller's to wipe, and so is what
  /// comes back.
  byte[] run(List<String> arguments, byte[] input) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(path.toString());
    builder.command().addAll(arguments);
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try {
      FutureTask<byte[]> complaint =
          new FutureTask<>(() -> process.getErrorStream().readNBytes(LONGEST_COMPLAINT));
      FutureTask<byte[]> output = new FutureTask<>(() -> talk(process, input));
      Thread.ofVirtual().name("complaint").start(complaint);
      Thread.ofVirtual().name("output").start(output);
      byte[] said = output.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException();
      }
      if (process.exitValue() != 0) {
        Arrays.fill(said, (byte) 0);
        throw new IOException(path + ": " + words(complaint.get()));
      }
      return said;
    } catch (TimeoutException e) {
      throw new IOException(path + " does not end", e);
    } catch (ExecutionException e) {
      throw new IOException(path + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] talk(Process process, byte[] input) throws IOException {
    try (OutputStream to = process.getOutputStream()) {
      to.write(input);
    } catch (IOException e) {
      // It ended before it read all: its status says why.
    }
    try (InputStream from = process.getInputStream()) {
      byte[] said = from.readNBytes(UapiAnswer.LONGEST + 1);
      if (said.length > UapiAnswer.LONGEST) {
        throw new IOException("it says more than " + UapiAnswer.LONGEST + " bytes");
      }
      return said;
    }
  }

  private static String words(byte[] complaint) {
    return new String(complaint, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
  }
}
