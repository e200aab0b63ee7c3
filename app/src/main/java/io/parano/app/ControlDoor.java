package io.parano.app;

import io.parano.access.Lever;
import io.parano.kernel.Canonical;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control socket: a Unix socket on which the kernel says who asks. Root and the server's own
/// user may ask for the status and may cut; there is nothing else to ask for.
///
/// One request a connection: a line of fields separated by tabs, at most [#LONGEST] bytes, within
/// [#PATIENCE]. One line of JSON comes back, whose member `outcome` is `done` or `refused`.
final class ControlDoor implements AutoCloseable {
  static final int LONGEST = 4096;
  static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int AT_ONCE = 16;
  private static final Logger LOG = LoggerFactory.getLogger(ControlDoor.class);

  private final Path socket;
  private final Control control;
  private final Set<UserPrincipal> operators;
  private final ServerSocketChannel listening;
  private final Semaphore places = new Semaphore(AT_ONCE);

  private ControlDoor(
      Path socket, Control control, Set<UserPrincipal> operators, ServerSocketChannel listening) {
    this.socket = socket;
    this.control = control;
    this.operators = operators;
    this.listening = listening;
  }

  /// Listens on `socket`, in a folder that is its owner's alone and is made so when it is missing.
  static ControlDoor open(Path socket, Control control) throws IOException {
    Path folder = socket.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("the control socket needs a folder, found " + socket);
    }
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Files.deleteIfExists(socket);
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listening.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    UserPrincipal own = Files.getOwner(socket);
    UserPrincipal root =
        socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
    ControlDoor door =
        new ControlDoor(socket, control, new HashSet<>(List.of(own, root)), listening);
    Thread.ofVirtual().name("control").start(door::accept);
    return door;
  }

  @Override
  public void close() {
    try {
      listening.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.warn("the control socket did not close: {}", e.toString());
    }
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        SocketChannel connection = listening.accept();
        if (places.tryAcquire()) {
          Thread worker = Thread.ofVirtual().unstarted(() -> serve(connection));
          Thread.ofVirtual().start(() -> watch(worker, connection));
        } else {
          connection.close();
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("the control socket could not accept: {}", e.toString());
      }
    }
  }

  /// Whoever sends slowly, or takes the answer slowly, loses the connection; the work goes on.
  private void watch(Thread worker, SocketChannel connection) {
    try (connection) {
      worker.start();
      worker.join(PATIENCE);
    } catch (IOException e) {
      LOG.debug("a control connection did not close: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private void serve(SocketChannel connection) {
    try {
      UnixDomainPrincipal peer = connection.getOption(ExtendedSocketOptions.SO_PEERCRED);
      String answer =
          operators.contains(peer.user())
              ? answer(line(connection), "user " + peer.user().getName())
              : refused("the control socket is for root and the server's own user");
      ByteBuffer bytes = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        connection.write(bytes);
      }
      connection.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("a control connection broke: {}", e.toString());
    }
  }

  private String answer(String line, String operator) {
    String[] fields = line.split("\t", -1);
    try {
      return switch (fields[0] + "/" + fields.length) {
        case "status/1" -> status(control.status());
        case "cut/3" -> cut(control.cut(fields[1], fields[2], operator));
        case "ssh-host-certificate/4" ->
            Canonical.object()
                .put("outcome", "done")
                .put("certificate", control.certifyHost(fields[1], fields[2], fields[3], operator))
                .text();
        case "metadata-import/2" -> control.recall(fields[1], operator);
        case "ssh-authorities/1" -> authorities(control.sshAuthorities());
        case "backup/2" -> control.backUp(fields[1], operator);
        case "keys/1" -> control.keys();
        case "keys-rotate/4" ->
            changed(KeyChange.rotation(fields[1]), fields[2], fields[3], operator);
        case "keys-move/6" ->
            changed(
                Optional.of(KeyChange.move(fields[3], fields[4], fields[5])),
                fields[1],
                fields[2],
                operator);
        case "keys-retire/3" -> changed(KeyChange.retirement(fields[1]), fields[2], "", operator);
        default ->
            refused(
                "expected \"status\", \"cut\" with what and why, \"metadata-import\" with a file,"
                    + " \"ssh-authorities\","
                    + " \"ssh-host-certificate\" with key,"
                    + " names and days, \"keys\", or \"keys-rotate\", \"keys-move\" or \"keys-retire\" with"
                    + " which key and passphrases");
      };
    } catch (KeyChange.Refused e) {
      return Json.object(
              "outcome",
              "refused",
              "why",
              e.refusal.code(),
              "detail",
              String.valueOf(e.getMessage()))
          .toString();
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a control request failed", e);
      return refused("it failed; the server's log says why");
    }
  }

  private static String authorities(Control.SshAuthorities authorities) {
    return Canonical.object()
        .put("outcome", "done")
        .put("users", authorities.users())
        .put("hosts", authorities.hosts())
        .text();
  }

  /// @param passphrase in base64url, as `fresh`
  private String changed(
      Optional<KeyChange> change, String passphrase, String fresh, String operator) {
    control.changeKeys(
        change.orElseThrow(() -> new KeyChange.Refused(KeyChange.Refusal.UNKNOWN_KEY, "")),
        secret(passphrase),
        secret(fresh),
        operator);
    return Canonical.object().put("outcome", "done").text();
  }

  private static Secret secret(String base64Url) {
    byte[] bytes = Base64.getUrlDecoder().decode(base64Url);
    try {
      return Secret.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static String line(SocketChannel connection) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
    while (bytes.hasRemaining() && connection.read(bytes) >= 0) {
      for (int i = 0; i < bytes.position(); i++) {
        if (bytes.get(i) == '\n') {
          return new String(bytes.array(), 0, i, StandardCharsets.UTF_8);
        }
      }
    }
    return "";
  }

  private static String refused(String why) {
    return Canonical.object().put("outcome", "refused").put("why", why).text();
  }

  private static String status(Control.Status status) {
    return Canonical.object()
        .put("outcome", "done")
        .put("readiness", status.readiness())
        .put("startedAt", status.startedAt().toString())
        .put("policyVersion", status.policyVersion())
        .put("staff", status.staff())
        .put("officers", status.officers())
        .put("sessions", status.sessions())
        .put("logEntries", status.logEntries())
        .put("networksCut", status.networksCut())
        .put("zonesCut", status.zonesCut())
        .put("everybodyCut", status.everybodyCut() ? "yes" : "no")
        .put("oldPasswords", status.oldPasswords())
        .put("witnesses", status.witnesses())
        .text();
  }

  private static String cut(Lever.Report report) {
    return Json.object(
            "outcome",
            "done",
            "sessionsEnded",
            report.sessionsEnded(),
            "doors",
            report.doors().stream()
                .map(door ->
                    Json.object(
                        "door",
                        door.door(),
                        "micros",
                        door.took().toNanos() / 1000,
                        "ended",
                        door.ended()))
                .toList(),
            "silent",
            report.silent())
        .toString();
  }
}
