package io.parano.app;

import io.parano.kernel.Secret;
import io.parano.web.Site;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The file in which a [Login] lies, owner-only. It is replaced whole, so that whoever reads it, or
/// stops the program, never meets half of it.
record LoginFile(Path path) {
  private static final Set<PosixFilePermission> OWN =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /// In `$XDG_STATE_HOME/parano`, else in `~/.local/state/parano` (XDG Base Directory 0.8).
  static LoginFile of(Map<String, String> environment, String home) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    // "All paths must be absolute"; a relative one is to be ignored.
    Path folder = state.startsWith("/") ? Path.of(state) : Path.of(home, ".local", "state");
    return new LoginFile(folder.resolve("parano").resolve("login"));
  }

  /// Empty when nobody ever signed in. Throws [IOException] when others can read the file: then its
  /// secret is no secret.
  Optional<Login> read() throws IOException {
    String text;
    try {
      if (!OWN.containsAll(Files.getPosixFilePermissions(path))) {
        throw new IOException(Texts.say("login.open-file", path.toString()));
      }
      text = Files.readString(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(login(Json.read(text)));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new IOException(Texts.say("login.broken-file", path.toString()), e);
    }
  }

  void write(Login login) throws IOException {
    Path folder = folder();
    Files.createDirectories(folder, only("rwx------"));
    Path fresh = Files.createTempFile(folder, ".login", "", only("rw-------"));
    try {
      Files.writeString(fresh, json(login).toString());
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private Path folder() throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(Texts.say("login.broken-file", path.toString()));
    }
    return folder;
  }

  private static FileAttribute<?> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static Login login(Json json) throws IOException {
    Optional<Json> bearer = json.find("bearer");
    Login.@Nullable Held held =
        bearer.isEmpty()
            ? null
            : new Login.Held(
                Secret.ofText(bearer.get().text()), Instant.parse(json.text("endsAt")));
    return new Login(
        Site.parse(json.text("server")),
        json.find("authorities").map(file -> Path.of(file.text())).orElse(null),
        json.find("source").map(Json::text).orElse(null),
        held);
  }

  private static Json json(Login login) {
    Json json = Json.object("server", login.server().toString());
    if (login.authorities() != null) {
      json = json.with("authorities", login.authorities().toString());
    }
    if (login.source() != null) {
      json = json.with("source", login.source());
    }
    return login.held() == null
        ? json
        : json.with("bearer", new String(login.held().bearer().copy(), StandardCharsets.US_ASCII))
            .with("endsAt", login.held().endsAt().toString());
  }
}
