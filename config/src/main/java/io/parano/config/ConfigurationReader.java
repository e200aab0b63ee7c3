package io.parano.config;

import io.parano.authn.Argon2Parameters;
import io.parano.authn.PasswordRules;
import io.parano.config.Configuration.KeysetPlace;
import io.parano.config.Configuration.LogLevel;
import io.parano.config.Configuration.Maker;
import io.parano.config.Configuration.PassphraseSource;
import io.parano.config.Configuration.Passwords;
import io.parano.config.Configuration.Pkcs11Place;
import io.parano.config.Configuration.Store;
import io.parano.config.Configuration.Tokens;
import io.parano.config.Configuration.WitnessPlace;
import io.parano.config.Configuration.WitnessSilent;
import io.parano.config.ConfigurationReading.Wanted;
import io.parano.document.Fields;
import io.parano.document.Mistake;
import io.parano.document.Mistakes;
import io.parano.document.Node;
import io.parano.document.Yaml;
import io.parano.kernel.Language;
import io.parano.ssh.JumpConfig;
import io.parano.web.Cookies;
import io.parano.web.Listener;
import io.parano.web.Site;
import io.parano.web.WebConfig.ProtectedHost;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a whole configuration, and tells all that is wrong with it.
final class ConfigurationReader {
  private static final Map<String, Language> LANGUAGES =
      Map.of("en", Language.EN, "fr", Language.FR);
  private static final Map<String, LogLevel> LEVELS =
      Map.of("warn", LogLevel.WARN, "info", LogLevel.INFO, "debug", LogLevel.DEBUG);
  private static final Map<String, WitnessSilent> SILENCES =
      Map.of("refuse", WitnessSilent.REFUSE, "serve", WitnessSilent.SERVE);
  private static final Map<String, PasswordRules.Composition> COMPOSITIONS =
      Map.of(
          "letter-and-digit",
          PasswordRules.Composition.LETTER_AND_DIGIT,
          "free",
          PasswordRules.Composition.FREE);

  /// No parameters: how the server proves itself is not for somebody to weaken here.
  private static final String DATABASE =
      "jdbc:postgresql://(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+)(?::[1-9][0-9]{0,4})?/[A-Za-z0-9_.-]+";

  private final Mistakes mistakes = new Mistakes();
  private final Scalars scalars;

  ConfigurationReader(Path folder) {
    this.scalars = new Scalars(mistakes, folder);
  }

  ConfigurationReading read(String document) {
    Fields top = Fields.of(Yaml.read(document, mistakes), Keys.TOP, mistakes);
    top.need("version").ifPresent(this::version);
    Optional<String> company = top.need("company").flatMap(scalars::title);
    Optional<Path> data = top.need("data").flatMap(scalars::path);
    Optional<Path> checkpoints = top.need("checkpoints").flatMap(scalars::path);
    top.get("checkpoints").ifPresent(node -> apart(node, data, checkpoints));
    Optional<KeysetPlace> keyset = top.need("keyset").flatMap(this::keyset);
    Optional<SignIn> signIn = top.need("sign-in").flatMap(this::signIn);
    ListenerReader listenerReader = new ListenerReader(scalars);
    List<Listener> listeners = top.need("listen").map(listenerReader::read).orElse(List.of());
    Optional<Listener.Tcp> admin = top.get("admin").flatMap(listenerReader::admin);
    List<ProtectedHost> hosts =
        top.need("hosts").map(node -> hosts(node, signIn)).orElse(List.of());
    Set<String> names =
        hosts.stream()
            .map(host -> host.site().host())
            .collect(Collectors.toCollection(HashSet::new));
    signIn.ifPresent(site -> names.add(site.site().host()));
    List<Configuration.Proxy> proxies =
        top.need("proxies").map(new ProxyReader(scalars, names, listeners)::read).orElse(List.of());
    Cookies cookies =
        top.get("cookie").flatMap(node -> cookies(node, names)).orElse(new Cookies.PerHost());
    Tokens tokens = top.get("tokens").map(this::tokens).orElse(new Tokens(true, null, List.of()));
    Passwords passwords =
        top.get("passwords")
            .map(this::passwords)
            .orElse(new Passwords(Argon2Parameters.LEAST, PasswordRules.Settings.DEFAULT, null));
    Language language =
        top.get("language").flatMap(node -> scalars.word(node, LANGUAGES)).orElse(Language.EN);
    Optional<Path> control = top.get("control").flatMap(scalars::socket);
    LogLevel logs =
        top.get("logs").flatMap(node -> scalars.word(node, LEVELS)).orElse(LogLevel.INFO);
    List<WitnessPlace> witnesses =
        top.get("witnesses").map(new WitnessReader(scalars)::read).orElse(List.of());
    WitnessSilent silent =
        top.get("witness-silent")
            .flatMap(node -> scalars.word(node, SILENCES))
            .orElse(WitnessSilent.REFUSE);
    Optional<TracesPlace> traces = top.get("traces").flatMap(new TracesReader(scalars)::read);
    Optional<JumpConfig> jump = top.get("ssh-jump").flatMap(new JumpReader(scalars)::read);
    Store store = top.get("store").flatMap(this::store).orElse(new Store.Local());
    Set<String> servers = new HashSet<>();
    Optional<RadiusPlace> radius =
        top.get("radius").flatMap(new RadiusReader(scalars, servers)::read);
    Optional<MailPlace> mail = top.get("mail").flatMap(new MailReader(scalars)::read);
    Optional<WireGuardPlace> wireguard =
        top.get("wireguard").flatMap(new WireGuardReader(scalars, servers)::read);
    List<OpenVpnPlace> openvpn =
        top.get("openvpn").map(new OpenVpnReader(scalars, servers)::read).orElse(List.of());
    List<Mistake> told = mistakes.list();
    if (!told.isEmpty()) {
      return new ConfigurationReading.Mistaken(told);
    }
    Configuration configuration =
        new Configuration(
            company.orElseThrow(),
            language,
            data.orElseThrow(),
            checkpoints.orElseThrow(),
            control.orElse(null),
            keyset.orElseThrow(),
            signIn.orElseThrow().site(),
            signIn.orElseThrow().relyingParty(),
            listeners,
            admin.orElse(null),
            hosts,
            proxies,
            cookies,
            tokens,
            passwords,
            logs,
            traces.orElse(null),
            witnesses,
            silent,
            store,
            radius.orElse(null),
            mail.orElse(null),
            wireguard.orElse(null),
            openvpn,
            jump.orElse(null));
    return new ConfigurationReading.Read(
        configuration, Weaknesses.of(configuration), scalars.mentions());
  }

  private record SignIn(Site site, String relyingParty) {}

  private void version(Node node) {
    boolean known =
        node instanceof Node.Scalar scalar
            && scalar.kind() == Node.Kind.WHOLE_NUMBER
            && scalar.text().equals("1");
    if (!known && !(node instanceof Node.Broken)) {
      mistakes.add(node, ConfigurationMistake.VERSION_UNKNOWN, node.shown());
    }
  }

  /// A checkpoint beside what it vouches for is put back together with it.
  private void apart(Node node, Optional<Path> data, Optional<Path> checkpoints) {
    if (data.isPresent() && checkpoints.isPresent() && checkpoints.get().startsWith(data.get())) {
      mistakes.add(node, ConfigurationMistake.CHECKPOINTS_INSIDE_DATA, data.get().toString());
    }
  }

  private Optional<KeysetPlace> keyset(Node node) {
    Fields fields = Fields.of(node, Keys.KEYSET, mistakes);
    Optional<Path> file = fields.need("file").flatMap(scalars::path);
    Optional<PassphraseSource> source = fields.need("passphrase").flatMap(this::passphrase);
    Optional<Pkcs11Place> module = fields.get("pkcs11").flatMap(this::pkcs11);
    return file.flatMap(
        path -> source.map(from -> new KeysetPlace(path, from, module.orElse(null))));
  }

  private Optional<Pkcs11Place> pkcs11(Node node) {
    Fields fields = Fields.of(node, Keys.PKCS11, mistakes);
    Optional<Path> library =
        fields.need("library").flatMap(file -> scalars.file(file, Wanted.PUBLIC));
    int slot = number(fields, "slot", 0, 1_000).orElse(0);
    String key =
        fields
            .get("key")
            .flatMap(scalars.values()::text)
            .flatMap(name ->
                scalars
                    .values()
                    .matching(name, "[A-Za-z0-9._-]+", 64, ConfigurationMistake.NAME_MALFORMED))
            .orElse("parano-keyset");
    return library.map(file -> new Pkcs11Place(file, slot, key));
  }

  private Optional<Store> store(Node node) {
    Fields fields = Fields.of(node, Keys.STORE, mistakes);
    Optional<String> url =
        fields
            .need("url")
            .flatMap(scalars.values()::text)
            .flatMap(text ->
                scalars
                    .values()
                    .matching(text, DATABASE, 255, ConfigurationMistake.STORE_URL_MALFORMED));
    Optional<String> user = fields.need("user").flatMap(scalars::title);
    Optional<Path> password =
        fields.need("password-file").flatMap(file -> scalars.file(file, Wanted.SECRET));
    Optional<Path> authority =
        fields.get("authority").flatMap(file -> scalars.file(file, Wanted.PUBLIC));
    return url.flatMap(at ->
        user.flatMap(who ->
            password.map(file -> new Store.Postgres(at, who, file, authority.orElse(null)))));
  }

  private Optional<PassphraseSource> passphrase(Node node) {
    if (!(node instanceof Node.Mapping)) {
      return scalars.word(node, Map.of("terminal", new PassphraseSource.Terminal()));
    }
    Fields fields = Fields.of(node, Keys.PASSPHRASE, mistakes);
    return scalars
        .oneKey(node, fields, Keys.PASSPHRASE)
        .flatMap(key ->
            key.equals("file")
                ? fields
                    .get("file")
                    .flatMap(file -> scalars.file(file, Wanted.SECRET))
                    .map(PassphraseSource.File::new)
                : fields
                    .get("systemd")
                    .flatMap(scalars.values()::text)
                    .flatMap(name ->
                        scalars
                            .values()
                            .matching(
                                name, "[A-Za-z0-9._-]+", 64, ConfigurationMistake.NAME_MALFORMED))
                    .map(PassphraseSource.SystemdCredential::new));
  }

  private Optional<SignIn> signIn(Node node) {
    Fields fields = Fields.of(node, Keys.SIGN_IN, mistakes);
    Optional<Site> site = fields.need("origin").flatMap(scalars::origin);
    Optional<Node.Scalar> party = fields.get("relying-party").flatMap(scalars.values()::text);
    if (site.isEmpty() || party.isEmpty()) {
      return site.map(origin -> new SignIn(origin, origin.host()));
    }
    String host = site.get().host();
    String id = party.get().text();
    if (!within(host, id)) {
      mistakes.add(party.get(), ConfigurationMistake.RELYING_PARTY_FOREIGN, id, host);
    }
    return Optional.of(new SignIn(site.get(), id));
  }

  private List<ProtectedHost> hosts(Node node, Optional<SignIn> signIn) {
    Set<String> seen = new HashSet<>();
    return scalars.items(node).stream().flatMap(item -> host(item, seen, signIn).stream()).toList();
  }

  private Optional<ProtectedHost> host(Node node, Set<String> seen, Optional<SignIn> signIn) {
    Fields fields = Fields.of(node, Keys.HOSTS, mistakes);
    Optional<Node> at = fields.need("origin");
    Optional<Site> site = at.flatMap(scalars::origin);
    Optional<String> title = fields.get("title").flatMap(scalars::title);
    site.ifPresent(origin -> {
      if (!seen.add(origin.host())) {
        mistakes.add(at.orElseThrow(), ConfigurationMistake.HOST_TWICE, origin.host());
      }
      if (signIn.isPresent() && signIn.get().site().host().equals(origin.host())) {
        mistakes.add(at.orElseThrow(), ConfigurationMistake.HOST_IS_SIGN_IN, origin.host());
      }
    });
    return site.map(origin -> new ProtectedHost(origin, title.orElse(origin.host())));
  }

  private Optional<Cookies> cookies(Node node, Set<String> hosts) {
    if (!(node instanceof Node.Mapping)) {
      return scalars.word(node, Map.of("per-host", new Cookies.PerHost()));
    }
    Fields fields = Fields.of(node, Keys.COOKIE, mistakes);
    Optional<Node.Scalar> domain = fields.need("shared").flatMap(scalars.values()::text);
    domain.ifPresent(scalar ->
        hosts.stream()
            .filter(host -> !within(host, scalar.text()))
            .sorted()
            .forEach(host ->
                mistakes.add(
                    scalar, ConfigurationMistake.COOKIE_DOMAIN_FOREIGN, scalar.text(), host)));
    return domain.map(scalar -> new Cookies.SharedDomain(scalar.text()));
  }

  /// Whether `host` is `domain` or below it; a domain without a dot is nobody's (RFC 6265 section
  /// 5.3, public suffixes), except for trials on this machine.
  private static boolean within(String host, String domain) {
    return host.equals(domain)
        || (host.endsWith("." + domain) && (domain.contains(".") || domain.equals("localhost")));
  }

  private Tokens tokens(Node node) {
    Fields fields = Fields.of(node, Keys.TOKENS, mistakes);
    boolean yubico = fields.get("yubico").flatMap(scalars.values()::truth).orElse(true);
    Optional<Path> models =
        fields.get("yubico-models").flatMap(file -> scalars.file(file, Wanted.PUBLIC));
    if (!yubico) {
      fields.refuseBeside("yubico: false", List.of("yubico-models"));
    }
    List<Maker> makers =
        fields
            .get("makers")
            .map(
                list -> scalars.items(list).stream().flatMap(item -> maker(item).stream()).toList())
            .orElse(List.of());
    if (!yubico && fields.get("makers").isEmpty()) {
      mistakes.add(node, ConfigurationMistake.NO_TOKEN_MAKER);
    }
    return new Tokens(yubico, models.orElse(null), makers);
  }

  private Optional<Maker> maker(Node node) {
    Fields fields = Fields.of(node, Keys.MAKERS, mistakes);
    Optional<String> name = fields.need("name").flatMap(scalars::title);
    Optional<Path> roots = fields.need("roots").flatMap(this::shown);
    Optional<Path> intermediates = fields.get("intermediates").flatMap(this::shown);
    Optional<Path> models = fields.need("models").flatMap(this::shown);
    boolean single = fields.get("single-model").flatMap(scalars.values()::truth).orElse(false);
    return name.flatMap(known ->
        roots.flatMap(from ->
            models.map(list -> new Maker(known, from, intermediates.orElse(null), list, single))));
  }

  private Optional<Path> shown(Node node) {
    return scalars.file(node, Wanted.PUBLIC);
  }

  private Passwords passwords(Node node) {
    Fields fields = Fields.of(node, Keys.PASSWORDS, mistakes);
    Argon2Parameters least = Argon2Parameters.LEAST;
    int memory = number(fields, "memory", least.memoryKib(), 1 << 20).orElse(least.memoryKib());
    int passes = number(fields, "passes", 1, 64).orElse(least.passes());
    int lanes = number(fields, "lanes", 1, 16).orElse(least.lanes());
    if ((long) memory * passes < (long) least.memoryKib() * least.passes()) {
      mistakes.add(
          node,
          ConfigurationMistake.COST_TOO_LOW,
          Integer.toString(least.memoryKib()),
          Integer.toString(least.passes()));
    }
    int length = number(fields, "minimum-length", 12, 64).orElse(12);
    PasswordRules.Composition composition =
        fields
            .get("composition")
            .flatMap(word -> scalars.word(word, COMPOSITIONS))
            .orElse(PasswordRules.Composition.FREE);
    Optional<Path> blocklist = fields.get("blocklist").flatMap(this::shown);
    return new Passwords(
        new Argon2Parameters(memory, passes, lanes),
        new PasswordRules.Settings(length, composition),
        blocklist.orElse(null));
  }

  private Optional<Integer> number(Fields fields, String key, int least, int most) {
    return fields.get(key).flatMap(node -> scalars.values().number(node, least, most));
  }
}
