package io.parano.probe;

import io.parano.document.Fields;
import io.parano.document.Flaw;
import io.parano.document.Mistake;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Values;
import io.parano.document.Yaml;
import io.parano.kernel.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a [ProbeSetup], strictly, and the files that it names, which stand beside it.
public final class ProbeFile {
  private static final String NAME = "^[a-z0-9][a-z0-9._-]{0,63}$";
  private static final int LONGEST = 64;

  private final Path folder;
  private final Mistakes mistakes = new Mistakes();
  private final Values values = new Values(mistakes);

  private ProbeFile(Path folder) {
    this.folder = folder;
  }

  /// From the worst to the best.
  public sealed interface Reading {
    /// @param mistakes in the order of the document; never empty
    record Mistaken(List<Mistake> mistakes) implements Reading {
      public Mistaken {
        mistakes = List.copyOf(mistakes);
      }
    }

    record Read(ProbeSetup setup) implements Reading {}
  }

  /// Throws [IOException] when the file, or one that it names, can't be read.
  public static Reading read(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    ProbeFile reader = new ProbeFile(folder == null ? file : folder);
    Node document = Yaml.read(Files.readString(file), reader.mistakes);
    Optional<ProbeSetup> setup = reader.setup(document);
    List<Mistake> mistakes = reader.mistakes.list();
    return mistakes.isEmpty() && setup.isPresent()
        ? new Reading.Read(setup.get())
        : new Reading.Mistaken(mistakes);
  }

  private Optional<ProbeSetup> setup(Node document) throws IOException {
    Fields fields =
        Fields.of(
            document,
            List.of(
                "prefix",
                "group",
                "server",
                "application",
                "listed",
                "outside",
                "account",
                "vpn",
                "ssh",
                "mail",
                "lease",
                "lever"),
            mistakes);
    Optional<String> prefix = name(fields, "prefix");
    Optional<String> group = name(fields, "group");
    Optional<URI> server = read(fields.need("server"), ProbeFile::site);
    Optional<URI> application = read(fields.get("application"), ProbeFile::site);
    Optional<InetAddress> listed = read(fields.need("listed"), InetAddress::ofLiteral);
    Optional<InetAddress> outside = read(fields.need("outside"), InetAddress::ofLiteral);
    ProbeSetup.@Nullable Account account = account(fields.need("account"));
    ProbeSetup.@Nullable Vpn vpn = vpn(fields.get("vpn"));
    ProbeSetup.@Nullable Ssh ssh = ssh(fields.get("ssh"));
    ProbeSetup.@Nullable Mail mail = mail(fields.get("mail"));
    ProbeSetup.@Nullable Lease lease = lease(fields.get("lease"));
    ProbeSetup.@Nullable Lever lever = lever(fields.get("lever"));
    if (vpn == null) {
      // A tunnel of the probes' own is what the lease hangs on.
      fields.get("lease").ifPresent(node -> mistakes.add(node, Flaw.KEY_MISSING, "vpn"));
    }
    if (prefix.isEmpty()
        || group.isEmpty()
        || server.isEmpty()
        || listed.isEmpty()
        || outside.isEmpty()
        || account == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ProbeSetup(
            prefix.get(),
            group.get(),
            server.get(),
            application.orElse(null),
            listed.get(),
            outside.get(),
            account,
            vpn,
            ssh,
            mail,
            lease,
            lever));
  }

  private ProbeSetup.@Nullable Account account(Optional<Node> node) throws IOException {
    if (node.isEmpty()) {
      return null;
    }
    Fields fields = Fields.of(node.get(), List.of("name", "password-file", "otp-file"), mistakes);
    Optional<String> name = name(fields, "name");
    Optional<Path> password = read(fields.need("password-file"), folder::resolve);
    Optional<Path> otp = read(fields.need("otp-file"), folder::resolve);
    if (name.isEmpty() || password.isEmpty() || otp.isEmpty()) {
      return null;
    }
    return new ProbeSetup.Account(
        name.get(), secret(password.get()), secret(otp.get()), beside(otp.get()));
  }

  private ProbeSetup.@Nullable Vpn vpn(Optional<Node> node) throws IOException {
    if (node.isEmpty()) {
      return null;
    }
    Fields fields =
        Fields.of(
            node.get(),
            List.of("server", "access", "accounting", "secret-file", "disconnect"),
            mistakes);
    Optional<String> server = name(fields, "server");
    Optional<InetSocketAddress> access = read(fields.need("access"), ProbeFile::place);
    Optional<InetSocketAddress> accounting = read(fields.need("accounting"), ProbeFile::place);
    Optional<Path> secret = read(fields.need("secret-file"), folder::resolve);
    Optional<InetSocketAddress> disconnect = read(fields.get("disconnect"), ProbeFile::place);
    if (server.isEmpty() || access.isEmpty() || accounting.isEmpty() || secret.isEmpty()) {
      return null;
    }
    return new ProbeSetup.Vpn(
        server.get(),
        access.get(),
        accounting.get(),
        secret(secret.get()),
        disconnect.orElse(null));
  }

  private ProbeSetup.@Nullable Lease lease(Optional<Node> node) throws IOException {
    if (node.isEmpty()) {
      return null;
    }
    Fields fields = Fields.of(node.get(), List.of("inside", "colleague"), mistakes);
    Optional<InetAddress> inside = read(fields.need("inside"), InetAddress::ofLiteral);
    ProbeSetup.@Nullable Account colleague = account(fields.need("colleague"));
    return inside.isEmpty() || colleague == null
        ? null
        : new ProbeSetup.Lease(inside.get(), colleague);
  }

  private ProbeSetup.@Nullable Lever lever(Optional<Node> node) throws IOException {
    if (node.isEmpty()) {
      return null;
    }
    Fields fields = Fields.of(node.get(), List.of("account", "mail-password-file"), mistakes);
    ProbeSetup.@Nullable Account account = account(fields.need("account"));
    Optional<Path> mail = read(fields.get("mail-password-file"), folder::resolve);
    return account == null
        ? null
        : new ProbeSetup.Lever(account, mail.isEmpty() ? null : secret(mail.get()));
  }

  private ProbeSetup.@Nullable Mail mail(Optional<Node> node) throws IOException {
    if (node.isEmpty()) {
      return null;
    }
    Fields fields = Fields.of(node.get(), List.of("server", "apart", "password-file"), mistakes);
    Optional<MailPlace> server = read(fields.need("server"), MailPlace::read);
    Optional<InetAddress> apart = read(fields.need("apart"), InetAddress::ofLiteral);
    Optional<Path> password = read(fields.need("password-file"), folder::resolve);
    if (server.isEmpty() || apart.isEmpty() || password.isEmpty()) {
      return null;
    }
    MailPlace place = server.get();
    return new ProbeSetup.Mail(
        place.at(), place.name(), place.sealing(), apart.get(), secret(password.get()));
  }

  private ProbeSetup.@Nullable Ssh ssh(Optional<Node> node) {
    if (node.isEmpty()) {
      return null;
    }
    Fields fields =
        Fields.of(node.get(), List.of("hosts", "jump", "name", "reach", "brief"), mistakes);
    Optional<String> hosts = name(fields, "hosts");
    Optional<InetSocketAddress> jump = read(fields.need("jump"), ProbeFile::place);
    Optional<String> name = name(fields, "name");
    Optional<InetSocketAddress> reach = read(fields.need("reach"), ProbeFile::place);
    Optional<String> brief = fields.get("brief").flatMap(this::name);
    return hosts.isEmpty() || jump.isEmpty() || name.isEmpty() || reach.isEmpty()
        ? null
        : new ProbeSetup.Ssh(hosts.get(), jump.get(), name.get(), reach.get(), brief.orElse(null));
  }

  private Optional<String> name(Fields fields, String key) {
    return fields.need(key).flatMap(this::name);
  }

  private Optional<String> name(Node node) {
    return values
        .text(node)
        .flatMap(text -> values.matching(text, NAME, LONGEST, Flaw.TEXT_EXPECTED));
  }

  /// What `reading` makes of a text; it throws [IllegalArgumentException] at what it can't read.
  private <T> Optional<T> read(Optional<Node> node, Function<String, T> reading) {
    return node.flatMap(values::text)
        .flatMap(text -> {
          try {
            return Optional.of(reading.apply(text.text()));
          } catch (IllegalArgumentException e) {
            mistakes.add(text, Flaw.TEXT_EXPECTED, text.text());
            return Optional.empty();
          }
        });
  }

  private static URI site(String text) {
    URI uri = URI.create(text);
    if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
      throw new IllegalArgumentException("expected an origin, found " + text);
    }
    return uri;
  }

  private static InetSocketAddress place(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("expected an address and a port, found " + text);
    }
    return new InetSocketAddress(
        InetAddress.ofLiteral(text.substring(0, colon)),
        Integer.parseInt(text.substring(colon + 1)));
  }

  private static Secret secret(Path file) throws IOException {
    return Secret.ofText(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".count");
  }
}
