package io.parano.app;

import io.parano.config.Configuration;
import io.parano.keys.BackupRecipient;
import io.parano.store.SqliteLog;
import io.parano.store.StoreCopy;
import io.parano.store.StorePlace;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `parano backup FILE --to KEY`, on the server's host while it serves: the database as it stands
/// and the keyset file, sealed for somebody's public key.
@Command(
    name = "backup",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "FILE", descriptionKey = "backup.file")
  private Path file = Path.of("");

  @Option(names = "--to", required = true, paramLabel = "KEY", descriptionKey = "backup.to")
  private Path recipientFile = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      descriptionKey = "config",
      defaultValue = CheckConfigCommand.FILE)
  private Path configurationFile = Path.of(CheckConfigCommand.FILE);

  @Override
  public Integer call() throws IOException {
    Configuration configuration = ConfigurationFile.right(configurationFile);
    Path control = configuration.control();
    if (control == null) {
      throw new IOException(Texts.say("keys.no-control"));
    }
    if (Files.exists(file)) {
      throw new IOException(Texts.say("backup.there", file.toString()));
    }
    BackupRecipient recipient = recipient();
    Json begun = new ControlClient(control).ask("backup", recipient.fingerprint());
    if (!ControlClient.done(begun)) {
      throw new ServerSaidNo(403, "refused", Plain.of(begun.text("why")));
    }
    Path copy = configuration.data().resolve("backup.unfinished");
    try {
      copy(new ConfiguredPlan(configuration).store(), copy);
      BackupContent content =
          new BackupContent(
              begun.text("origin"),
              begun.text("checkpoint"),
              Files.readAllBytes(configuration.keyset().file()));
      write(recipient, content, copy);
    } finally {
      StoreCopy.delete(copy);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        Texts.say(
            "backup.done",
            file.toString(),
            Long.toString(Files.size(file)),
            recipient.fingerprint()));
    return ExitCode.DONE;
  }

  private static void copy(StorePlace store, Path to) throws IOException {
    switch (store) {
      case StorePlace.File(var directory) -> SqliteLog.copy(directory, to);
      case StorePlace.Postgres(var address) -> StoreCopy.snapshot(address, to, Instant.now());
    }
  }

  private BackupRecipient recipient() throws IOException {
    try {
      return BackupRecipient.read(Files.readString(recipientFile));
    } catch (IOException e) {
      throw new IOException(
          Texts.say("backup.no-key", recipientFile.toString(), Refusal.why(e)), e);
    }
  }

  /// Whole, or not there.
  private void write(BackupRecipient recipient, BackupContent content, Path database)
      throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      try (OutputStream sealed = recipient.seal(new Kept(Channels.newOutputStream(channel)))) {
        content.write(sealed, database);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Closing what is sealed ends it, and leaves the file open to be forced to disk.
  private static final class Kept extends java.io.FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
