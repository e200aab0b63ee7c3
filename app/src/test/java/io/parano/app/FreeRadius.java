package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A FreeRADIUS with what a test has it do, in folders of its own; and its client program. */
record FreeRadius(Process process) implements AutoCloseable {
  /** Started, and listening. */
  static FreeRadius start(Path folder, String shared, String server) throws IOException {
    Path raddb = Files.createDirectories(folder.resolve("raddb"));
    Files.writeString(raddb.resolve("radiusd.conf"), frame(folder, shared) + server);
    Path log = folder.resolve("freeradius.log");
    Process started =
        new ProcessBuilder("freeradius", "-X", "-d", raddb.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (!Files.readString(log).contains("Ready to process requests")) {
      assertThat(started.isAlive()).as(Files.readString(log)).isTrue();
      Thread.onSpinWait();
    }
    return new FreeRadius(started);
  }

  /** The least that a FreeRADIUS needs. */
  private static String frame(Path folder, String shared) {
    return """
    prefix = /usr
    logdir = %1$s
    run_dir = %1$s
    libdir = /usr/lib/freeradius
    pidfile = %1$s/freeradius.pid
    security { reject_delay = 0 }
    client here {
      ipaddr = 127.0.0.1
      secret = "%2$s"
      require_message_authenticator = yes
    }
    modules {
      always ok {
        rcode = ok
      }
    }
    """
        .formatted(folder, shared);
  }

  static String radclient(int port, String kind, String shared, String attributes)
      throws Exception {
    return run(
        attributes + "\n",
        "radclient",
        "-x",
        "-r",
        "1",
        "-t",
        "4",
        "127.0.0.1:" + port,
        kind,
        shared);
  }

  /** What a program says that is given `input`. */
  static String run(String input, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(text).isTrue();
    return text;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
