package io.parano.config;

import io.parano.audit.CosignatureKey;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.PasswordRules;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.ssh.JumpConfig;
import io.parano.web.Cookies;
import io.parano.web.Dialect;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.TrustedProxy;
import io.parano.web.WebConfig.ProtectedHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One installation, as its `parano.yaml` describes it. Paths are absolute: relative ones were
/// taken from the folder of the file.
///
/// @param company what pages call the company; no password may consist of it
/// @param language what is spoken to whoever asked for no language
/// @param data the folder of log and state
/// @param checkpoints the folder where signed checkpoints are kept out of `data`'s reach
/// @param control the Unix socket of the host's operators; null for none
/// @param signIn the origin of the sign-in pages
/// @param relyingParty the WebAuthn RP ID: the host of `signIn`, or a suffix of it
/// @param admin where health and metrics are asked; null for nowhere
/// @param traces where traces of requests go; null for nowhere
/// @param radius where VPN servers ask, and which; null for nowhere
/// @param mail where mail servers ask, and which; null for nowhere
/// @param wireguard how WireGuard tunnels are carried; null for not at all
/// @param openvpn OpenVPN servers that are driven from here
/// @param jump the jump host of `ssh -J`; null for none
public record Configuration(
    String company,
    Language language,
    Path data,
    Path checkpoints,
    @Nullable Path control,
    KeysetPlace keyset,
    Site signIn,
    String relyingParty,
    List<Listener> listeners,
    Listener.@Nullable Tcp admin,
    List<ProtectedHost> hosts,
    List<Proxy> proxies,
    Cookies cookies,
    Tokens tokens,
    Passwords passwords,
    LogLevel logs,
    @Nullable TracesPlace traces,
    List<WitnessPlace> witnesses,
    WitnessSilent witnessSilent,
    Store store,
    @Nullable RadiusPlace radius,
    @Nullable MailPlace mail,
    @Nullable WireGuardPlace wireguard,
    List<OpenVpnPlace> openvpn,
    @Nullable JumpConfig jump) {
  public Configuration {
    listeners = List.copyOf(listeners);
    hosts = List.copyOf(hosts);
    proxies = List.copyOf(proxies);
    witnesses = List.copyOf(witnesses);
    openvpn = List.copyOf(openvpn);
  }

  /// A secret that stands in the document, sealed under the keyset.
  ///
  /// @param what whose it is, for the operator
  /// @param context what it is sealed for
  public record Sealed(String what, String context, Bytes sealed) {}

  /// Every secret that stands in the document. Who renews the keyset looks at these: the older key
  /// stays until none of them needs it.
  public List<Sealed> sealed() {
    Stream<Sealed> ofRadius =
        radius == null
            ? Stream.empty()
            : radius.clients().stream().flatMap(client -> client.sealed().stream());
    return Stream.concat(ofRadius, mail == null ? Stream.empty() : mail.sealed()).toList();
  }

  /// Where log and state are kept.
  public sealed interface Store {
    /// A database on another machine, or another program's on this one.
    ///
    /// @param url `jdbc:postgresql://HOST[:PORT]/DATABASE`
    /// @param password a file whose first line it is
    /// @param authority the certificate authority of the server, in PEM; null for those that this
    ///   machine trusts
    record Postgres(String url, String user, Path password, @Nullable Path authority)
        implements Store {}

    /// A file in `data`.
    record Local() implements Store {}
  }

  /// A witness of the log, on another machine.
  ///
  /// @param url where it is asked, without a slash at the end
  /// @param certificate the SHA-256 of its TLS certificate; null on loopback
  public record WitnessPlace(URI url, CosignatureKey key, @Nullable Digest certificate) {}

  /// What a start does when no witness answers, from the most refusing to the most allowing.
  public enum WitnessSilent {
    REFUSE,
    SERVE
  }

  /// @param passphrase with a module, from where its PIN comes
  /// @param pkcs11 what the keyset is behind; null for a passphrase
  public record KeysetPlace(Path file, PassphraseSource passphrase, @Nullable Pkcs11Place pkcs11) {}

  /// A key in a hardware module, spoken to by PKCS#11.
  ///
  /// @param library the maker's
  /// @param slot which of the slots in use, from 0
  /// @param key the key's label
  public record Pkcs11Place(Path library, int slot, String key) {}

  /// From where the passphrase of the keyset comes.
  public sealed interface PassphraseSource {
    /// Typed at start.
    record Terminal() implements PassphraseSource {}

    /// A credential that systemd hands to the service (`LoadCredentialEncrypted=`).
    record SystemdCredential(String name) implements PassphraseSource {}

    /// A file of its own. Weaker: it lies beside what it protects.
    record File(Path path) implements PassphraseSource {}
  }

  /// A reverse proxy whose word we take, and what it shows for it.
  ///
  /// @param addresses from where it speaks; empty for a Unix socket
  /// @param hosts the hosts that it speaks for
  /// @param dialect how it asks
  /// @param ownTraceparent whether the `traceparent` that it sends is its own and never a client's
  public record Proxy(
      String name,
      List<IpPrefix> addresses,
      ProofSource proof,
      Set<String> hosts,
      Dialect dialect,
      TrustedProxy.Hops hops,
      boolean ownTraceparent) {
    public Proxy {
      addresses = List.copyOf(addresses);
      hosts = Set.copyOf(hosts);
    }
  }

  public sealed interface ProofSource {
    /// The first line of this file is the secret that the proxy sends.
    record SecretFile(Path path) implements ProofSource {}

    /// The SHA-256 of its client certificate's DER form.
    record Certificate(Digest sha256) implements ProofSource {}

    /// The Unix socket on which nobody else can come.
    record Socket(Path path) implements ProofSource {}
  }

  /// Which tokens may be enrolled. What is not listed is refused.
  ///
  /// @param yubico whether Yubico's roots and models, which come with Parano, count
  /// @param yubicoModels a file with models of Yubico beyond those; null for none
  public record Tokens(boolean yubico, @Nullable Path yubicoModels, List<Maker> makers) {
    public Tokens {
      makers = List.copyOf(makers);
    }
  }

  /// Another maker of tokens, in files: certificates in PEM, and a table of AAGUIDs and names.
  ///
  /// @param singleModel whether the roots stand above one model alone, whose certificates then need
  ///   not name it (WebAuthn Level 3 section 8.2.1)
  public record Maker(
      String name, Path roots, @Nullable Path intermediates, Path models, boolean singleModel) {}

  /// @param blocklist a file with passwords that nobody may choose, one a line; null for none
  ///   beyond the common ones
  public record Passwords(
      Argon2Parameters cost, PasswordRules.Settings rules, @Nullable Path blocklist) {}

  /// What is written to the server's own log, from the least to the most.
  public enum LogLevel {
    WARN,
    INFO,
    DEBUG
  }

  /// Reads a document; `folder` is what its relative paths start from.
  public static ConfigurationReading read(String document, Path folder) {
    return new ConfigurationReader(folder).read(document);
  }

  /// A commented document to start from.
  public static String sample() {
    try (InputStream in = Configuration.class.getResourceAsStream("parano.sample.yaml")) {
      if (in == null) {
        throw new IllegalStateException("this build lacks parano.sample.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
