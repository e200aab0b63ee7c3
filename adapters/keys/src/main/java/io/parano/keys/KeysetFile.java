package io.parano.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parano.authn.Argon2;
import io.parano.authn.Argon2Parameters;
import io.parano.kernel.Bytes;
import io.parano.kernel.Randomness;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keyset on disk, sealed under a passphrase. Whoever loses file or passphrase loses whatever
/// was sealed: `docs/keys.md` says what that means and how to keep them.
///
/// A write goes to a file beside it (`….new`), is forced to disk and opened again before it takes
/// the old one's place in one step, so that at every instant one whole keyset is there.
public final class KeysetFile {
  /// RFC 9106's second choice of memory and passes, in one lane: a fifth of a second here.
  public static final Argon2Parameters DEFAULT_COST = new Argon2Parameters(65_536, 3, 1);

  private static final long MOST_BYTES = 65_536;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Path file;
  private final @Nullable Pkcs11Slot module;
  private final Argon2 argon2;
  private final Randomness randomness;

  public KeysetFile(Path file, Argon2 argon2, Randomness randomness) {
    this(file, null, argon2, randomness);
  }

  /// @param module what the keyset is behind, whose PIN is then its passphrase; null for a
  ///   passphrase alone
  KeysetFile(Path file, @Nullable Pkcs11Slot module, Argon2 argon2, Randomness randomness) {
    this.file = file.toAbsolutePath();
    this.module = module;
    this.argon2 = argon2;
    this.randomness = randomness;
  }

  public sealed interface Creation {
    /// A keyset is never overwritten by a new one.
    record AlreadyThere(Path file) implements Creation {}

    record Created(Path file) implements Creation {}
  }

  public KeysetOpening open(Secret passphrase) {
    return open(file, passphrase);
  }

  /// Why it could not be opened whatever the passphrase; empty when it could. Asks no module.
  public Optional<KeysetOpening.Shut> look() {
    try {
      return Optional.ofNullable(objection(file));
    } catch (NoSuchFileException e) {
      return Optional.of(new KeysetOpening.Missing(file));
    } catch (IOException e) {
      throw new KeysetFault("read", file, e);
    }
  }

  private KeysetOpening.@Nullable Shut objection(Path from) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
    if (permissions.stream().anyMatch(OTHERS::contains)) {
      return new KeysetOpening.Exposed(from, PosixFilePermissions.toString(permissions));
    }
    if (Files.size(from) > MOST_BYTES) {
      return new KeysetOpening.Malformed(from, 0, "less than 64 KiB");
    }
    return switch (KeysetText.read(new String(Files.readAllBytes(from), US_ASCII))) {
      case KeysetText.Reading.Malformed(int line, String expected) ->
          new KeysetOpening.Malformed(from, line, expected);
      case KeysetText.Reading.Read(KeysetText sealed) -> otherLock(from, sealed);
    };
  }

  /// It must be behind what it is said to be behind: otherwise whoever can write the file chose.
  private KeysetOpening.@Nullable Shut otherLock(Path from, KeysetText sealed) {
    return sealed.parameters().isEmpty() == (module != null)
        ? null
        : new KeysetOpening.OtherLock(from, module == null);
  }

  /// Writes a keyset where there is none.
  public Creation create(Keyset keyset, Secret passphrase, Argon2Parameters cost) {
    if (Files.exists(file)) {
      return new Creation.AlreadyThere(file);
    }
    Path prepared = prepare(keyset, passphrase, cost);
    try {
      // A link, since a rename would silently replace what came meanwhile.
      Files.createLink(file, prepared);
      Files.delete(prepared);
      forceDirectory();
      return new Creation.Created(file);
    } catch (FileAlreadyExistsException e) {
      return new Creation.AlreadyThere(file);
    } catch (IOException e) {
      throw new KeysetFault("write", file, e);
    }
  }

  /// Writes a keyset in the place of the present one: with a newer key, under another passphrase or
  /// at another cost.
  public void replace(Keyset keyset, Secret passphrase, Argon2Parameters cost) {
    publish(prepare(keyset, passphrase, cost));
  }

  /// The first half of a write: beside the file, on disk, and proven to open.
  Path prepare(Keyset keyset, Secret passphrase, Argon2Parameters cost) {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    KeysetText text = sealed(keyset, passphrase, cost);
    try {
      Files.deleteIfExists(beside);
      var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel out =
          FileChannel.open(beside, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
        ByteBuffer bytes = ByteBuffer.wrap(text.write().getBytes(US_ASCII));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
    } catch (IOException e) {
      throw new KeysetFault("write", file, e);
    }
    return switch (open(beside, passphrase)) {
      case KeysetOpening.Opened(Keyset again) -> {
        again.close();
        yield beside;
      }
      case KeysetOpening.Shut shut -> throw new KeysetFault(beside, shut.message());
    };
  }

  private KeysetText sealed(Keyset keyset, Secret passphrase, Argon2Parameters cost) {
    Bytes salt = Bytes.of(randomness.bytes(KeysetText.SALT_LENGTH));
    if (module == null) {
      try (Secret derived = KeysetText.derived(argon2, passphrase, salt, cost)) {
        return KeysetText.seal(keyset, Optional.of(cost), salt, derived, randomness);
      }
    }
    return switch (Pkcs11.derive(module, passphrase, salt, Pkcs11.Missing.MAKE)) {
      case Pkcs11.Answer.PinWrong _ ->
          throw new KeysetFault("write", file, new IOException("the module refuses the PIN"));
      case Pkcs11.Answer.Unusable(String why) ->
          throw new KeysetFault("write", file, new IOException(why));
      case Pkcs11.Answer.Derived(Secret derived) -> {
        try (derived) {
          yield KeysetText.seal(keyset, Optional.empty(), salt, derived, randomness);
        }
      }
    };
  }

  /// The second half: one step, then the directory is forced to disk.
  void publish(Path prepared) {
    try {
      Files.move(
          prepared, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceDirectory();
    } catch (IOException e) {
      throw new KeysetFault("replace", file, e);
    }
  }

  private KeysetOpening open(Path from, Secret passphrase) {
    try {
      KeysetOpening.Shut objection = objection(from);
      if (objection != null) {
        return objection;
      }
      return unseal(from, new String(Files.readAllBytes(from), US_ASCII), passphrase);
    } catch (NoSuchFileException e) {
      return new KeysetOpening.Missing(from);
    } catch (IOException e) {
      throw new KeysetFault("read", from, e);
    }
  }

  private KeysetOpening unseal(Path from, String text, Secret passphrase) {
    return switch (KeysetText.read(text)) {
      case KeysetText.Reading.Malformed(int line, String expected) ->
          new KeysetOpening.Malformed(from, line, expected);
      case KeysetText.Reading.Read(KeysetText sealed) -> unseal(from, sealed, passphrase);
    };
  }

  private KeysetOpening unseal(Path from, KeysetText sealed, Secret passphrase) {
    if (module == null) {
      try (Secret derived =
          KeysetText.derived(
              argon2, passphrase, sealed.salt(), sealed.parameters().orElseThrow())) {
        return unseal(from, sealed.unseal(derived));
      }
    }
    return switch (Pkcs11.derive(module, passphrase, sealed.salt(), Pkcs11.Missing.REFUSE)) {
      case Pkcs11.Answer.PinWrong _ -> new KeysetOpening.PassphraseWrong(from);
      case Pkcs11.Answer.Unusable(String why) -> new KeysetOpening.ModuleUnusable(from, why);
      case Pkcs11.Answer.Derived(Secret derived) -> {
        try (derived) {
          yield unseal(from, sealed.unseal(derived));
        }
      }
    };
  }

  private static KeysetOpening unseal(Path from, KeysetText.Unsealing unsealing) {
    return switch (unsealing) {
      case KeysetText.Unsealing.PassphraseWrong wrong -> new KeysetOpening.PassphraseWrong(from);
      case KeysetText.Unsealing.Altered altered -> new KeysetOpening.Altered(from);
      case KeysetText.Unsealing.Unsealed(Keyset keyset) -> new KeysetOpening.Opened(keyset);
    };
  }

  private void forceDirectory() throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }
}
