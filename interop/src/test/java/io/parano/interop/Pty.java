package io.parano.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A command on a real terminal (of util-linux' `script`), typed at and read as by a person.
final class Pty implements AutoCloseable {
  private static final int TRIES = 1200;
  private static final int STEP_MILLIS = 50;

  private final Process process;
  private final StringBuilder said = new StringBuilder();
  private int read;

  private Pty(Process process) {
    this.process = process;
  }

  /// Ctrl-C works in it as on any terminal, even when the tests were started in the background of a
  /// shell, which makes everything below them ignore it. No shell stays between `script` and the
  /// command: it would die of Ctrl-C at once, and its status would hide the command's.
  ///
  /// @param script what the shell runs
  static Pty open(Path script, Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "env",
                "--default-signal=INT,QUIT",
                "script",
                "-qfec",
                "exec bash -eu " + script,
                "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Pty pty = new Pty(builder.start());
    Thread.ofPlatform().daemon().start(pty::listen);
    return pty;
  }

  /// Waits until `text` is shown, after what was waited for before.
  void await(String text) {
    for (int tries = 0; tries < TRIES; tries++) {
      boolean over = !process.isAlive();
      synchronized (said) {
        int found = said.indexOf(text, read);
        if (found >= 0) {
          read = found + text.length();
          return;
        }
      }
      if (over) {
        throw new AssertionError("it ended without saying \"" + text + "\":\n" + all());
      }
      pause();
    }
    throw new AssertionError("waited in vain for \"" + text + "\":\n" + all());
  }

  /// Types a line, or the character of a key such as Ctrl-C.
  void type(String text) throws IOException {
    OutputStream keyboard = process.getOutputStream();
    keyboard.write(text.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  String all() {
    synchronized (said) {
      return said.toString();
    }
  }

  int exit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end:\n" + all());
    }
    return process.exitValue();
  }

  /// As a power cut ends it: nothing below the terminal gets a word in. A process whose parent died
  /// before it may stay behind as a zombie where nobody waits for orphans: it is dead all the same.
  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    all.forEach(one -> one.onExit().completeOnTimeout(one, 5, TimeUnit.SECONDS).join());
  }

  private void listen() {
    byte[] bytes = new byte[4096];
    try (InputStream in = process.getInputStream()) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        synchronized (said) {
          said.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
        }
      }
    } catch (IOException e) {
      synchronized (said) {
        said.append("\n").append(e);
      }
    }
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
