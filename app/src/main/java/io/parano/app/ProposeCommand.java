package io.parano.app;

import io.parano.identity.Newcomer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// `parano act propose KIND …`: one subcommand for each kind of act that no other command proposes
/// (`policy apply`, `staff import` and `reopen` have words of their own).
@Command(
    name = "propose",
    resourceBundle = "io.parano.app.commands",
    mixinStandardHelpOptions = true)
final class ProposeCommand {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Command(
      name = "admit-staff",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int admitStaff(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.name") String name,
      @Option(
              names = "--full-name",
              required = true,
              paramLabel = "NAME",
              descriptionKey = "propose.full-name")
          String displayName,
      @Option(
              names = "--email",
              required = true,
              paramLabel = "ADDRESS",
              descriptionKey = "propose.email")
          String email,
      @Option(names = "--group", paramLabel = "GROUP", descriptionKey = "propose.group")
          @Nullable List<String> groups,
      @Option(
              names = "--language",
              defaultValue = "en",
              paramLabel = "en|fr",
              descriptionKey = "propose.language")
          String language,
      @Mixin RemoteDesk desk)
      throws IOException {
    StaffLine line =
        new StaffLine(
            name,
            displayName,
            email,
            String.join(" ", groups == null ? List.of() : groups),
            language);
    return switch (line.read()) {
      case StaffLine.Reading.Wrong(var why) ->
          throw new ParameterException(spec.commandLine(), String.join("\n", why));
      case StaffLine.Reading.Right(Newcomer newcomer) ->
          propose(
              desk,
              Json.object("kind", "admit-staff", "newcomers", List.of(StaffLine.json(newcomer))));
    };
  }

  @Command(
      name = "enrol-token",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int enrolToken(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Option(names = "--until", paramLabel = "DAY", descriptionKey = "propose.until")
          @Nullable String until,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, forToken("enrol-token", person, until));
  }

  @Command(
      name = "replace-token",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int replaceToken(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Option(names = "--until", paramLabel = "DAY", descriptionKey = "propose.until")
          @Nullable String until,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, forToken("replace-token", person, until));
  }

  @Command(
      name = "reset-password",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int resetPassword(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, Json.object("kind", "reset-password", "person", person));
  }

  @Command(
      name = "seal-code",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int sealCode(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, Json.object("kind", "seal-code", "person", person));
  }

  @Command(
      name = "change-groups",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int changeGroups(
      @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "propose.person")
          String person,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "GROUP",
              descriptionKey = "propose.groups")
          @Nullable List<String> groups,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(
        desk,
        Json.object(
            "kind",
            "change-groups",
            "person",
            person,
            "groups",
            List.copyOf(new TreeSet<>(groups == null ? List.of() : groups))));
  }

  @Command(
      name = "appoint-officer",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int appointOfficer(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, Json.object("kind", "appoint-officer", "person", person));
  }

  @Command(
      name = "dismiss-officer",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int dismissOfficer(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, Json.object("kind", "dismiss-officer", "person", person));
  }

  @Command(
      name = "dismiss-staff",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int dismissStaff(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, Json.object("kind", "dismiss-staff", "person", person));
  }

  @Command(
      name = "erase-staff",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int eraseStaff(
      @Parameters(paramLabel = "NAME", descriptionKey = "propose.person") String person,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, Json.object("kind", "erase-staff", "person", person));
  }

  @Command(
      name = "enrol-otp",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int enrolOtp(
      @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "propose.person")
          String person,
      @Parameters(index = "1", paramLabel = "FILE", descriptionKey = "propose.otp-file") Path file,
      @Option(
              names = "--label",
              required = true,
              paramLabel = "LABEL",
              descriptionKey = "propose.label")
          String label,
      @Mixin RemoteDesk desk)
      throws IOException {
    String text = Files.readString(file);
    return desk.with(remote ->
        new Proposing(desk, remote)
            .imported(
                remote.post(
                    "/api/otp-tokens", Json.object("person", person, "label", label, "file", text)),
                file));
  }

  @Command(
      name = "enrol-device",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int enrolDevice(
      @Parameters(index = "0", paramLabel = "NAME", descriptionKey = "propose.person")
          String person,
      @Parameters(index = "1", paramLabel = "KEY", descriptionKey = "propose.device-key")
          String key,
      @Parameters(index = "2", paramLabel = "ADDRESS", descriptionKey = "propose.device-address")
          String address,
      @Option(
              names = "--label",
              required = true,
              paramLabel = "LABEL",
              descriptionKey = "propose.label")
          String label,
      @Option(names = "--openvpn", descriptionKey = "propose.device-openvpn") boolean openvpn,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(
        desk,
        Json.object(
            "kind",
            "enrol-device",
            "person",
            person,
            "label",
            label,
            "device",
            openvpn ? "openvpn" : "wireguard",
            "key",
            openvpn ? certificate(key) : key,
            "address",
            address));
  }

  /// As officers see it: the file is looked at here, and its digest sent.
  private String certificate(String key) {
    try {
      return ClientCertificate.digest(key, Instant.now());
    } catch (ClientCertificate.Unusable e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  @Command(
      name = "admit-client",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int admitClient(
      @Parameters(index = "0", paramLabel = "NUMBER", descriptionKey = "propose.client")
          long number,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "ADDRESS",
              descriptionKey = "propose.addresses")
          List<String> addresses,
      @Option(
              names = "--label",
              required = true,
              paramLabel = "LABEL",
              descriptionKey = "propose.label")
          String label,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(
        desk,
        Json.object(
            "kind",
            "admit-client",
            "number",
            Long.toString(number),
            "label",
            label,
            "addresses",
            addresses));
  }

  @Command(
      name = "dismiss-client",
      resourceBundle = "io.parano.app.commands",
      mixinStandardHelpOptions = true)
  int dismissClient(
      @Parameters(paramLabel = "NUMBER", descriptionKey = "propose.client") long number,
      @Mixin RemoteDesk desk)
      throws IOException {
    return propose(desk, Json.object("kind", "dismiss-client", "number", Long.toString(number)));
  }

  private static int propose(RemoteDesk desk, Json act) throws IOException {
    return desk.with(remote -> new Proposing(desk, remote).propose(act));
  }

  private Json forToken(String kind, String person, @Nullable String until) {
    Json act = Json.object("kind", kind, "person", person);
    return until == null ? act : act.with("until", endOf(until).toString());
  }

  /// A day counts as a whole.
  private Instant endOf(String day) {
    try {
      return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneId.systemDefault()).toInstant();
    } catch (DateTimeException e) {
      throw new ParameterException(spec.commandLine(), Texts.say("propose.no-day", day), e);
    }
  }
}
