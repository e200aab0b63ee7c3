package io.parano.web;

import io.parano.access.Approving;
import io.parano.access.Approving.Found;
import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.identity.Newcomer;
import io.parano.identity.Person;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a proposed act. People are named by their sign-in names; whom a name means, the core says.
final class ActReading {
  private final Approving approving;
  private final String bearer;
  private final IpAddress source;

  ActReading(Approving approving, String bearer, IpAddress source) {
    this.approving = approving;
    this.bearer = bearer;
    this.source = source;
  }

  sealed interface Outcome {
    /// Nobody has the name, or whoever asks may not know.
    record Refused(Reason reason) implements Outcome {}

    record Read(Act act) implements Outcome {}
  }

  private interface AboutPerson {
    Act about(Person person);
  }

  Outcome read(JsonBody act) {
    String kind = act.text("kind", 32);
    return switch (kind) {
      case "admit-staff" -> admitted(act);
      case "enrol-token" -> {
        Instant until = until(act);
        yield about(act, person -> new Act.EnrolToken(person.id(), until));
      }
      case "replace-token" -> {
        Instant until = until(act);
        yield about(act, person -> new Act.ReplaceToken(person.id(), until));
      }
      case "reset-password" -> about(act, person -> new Act.ResetPassword(person.id()));
      case "seal-code" -> about(act, person -> new Act.SealCode(person.id()));
      case "change-groups" -> {
        TreeSet<String> groups = new TreeSet<>(act.texts("groups", 64, 128));
        yield about(
            act, person -> strictly("groups", () -> new Act.ChangeGroups(person.id(), groups)));
      }
      case "appoint-officer" -> about(act, person -> new Act.AppointOfficer(person.id()));
      case "dismiss-officer" -> about(act, person -> new Act.DismissOfficer(person.id()));
      case "dismiss-staff" -> about(act, person -> new Act.DismissStaff(person.id()));
      case "erase-staff" -> about(act, person -> new Act.EraseStaff(person.id()));
      case "reopen-person" -> about(act, person -> new Act.ReopenPerson(person.id()));
      case "reopen-token" -> {
        AuthenticatorId token =
            strictly("token", () -> AuthenticatorId.parse(act.text("token", 36)));
        yield about(act, person -> new Act.ReopenToken(token, person.id()));
      }
      case "reopen-network" -> {
        IpPrefix network = strictly("network", () -> IpPrefix.parse(act.text("network", 64)));
        yield read(act, new Act.ReopenNetwork(network));
      }
      case "reopen-everybody" -> read(act, new Act.ReopenEverybody());
      case "enrol-device" -> {
        String label = act.label("label");
        Device.Kind device =
            switch (act.text("device", 16)) {
              case "wireguard" -> Device.Kind.WIREGUARD;
              case "openvpn" -> Device.Kind.OPENVPN;
              default -> throw new JsonBody.Malformed("device");
            };
        Bytes key = strictly("key", () -> device.read(act.text("key", 64)));
        IpAddress address = strictly("address", () -> IpAddress.parse(act.text("address", 45)));
        yield about(
            act,
            person ->
                strictly(
                    "address",
                    () -> new Act.EnrolDevice(person.id(), label, device, key, address)));
      }
      case "admit-client" -> admittedClient(act);
      case "dismiss-client" -> read(act, new Act.DismissClient(number(act)));
      case "apply-policy" -> {
        Digest replaces = strictly("replaces", () -> Digest.fromHex(act.text("replaces", 64)));
        yield read(act, new Act.ApplyPolicy(replaces, act.text("document", 256 * 1024)));
      }
      default -> throw new JsonBody.Malformed("kind");
    };
  }

  private static Outcome admittedClient(JsonBody act) {
    long number = number(act);
    String label = act.label("label");
    List<String> addresses = act.texts("addresses", 64, 64);
    return read(
        act,
        strictly(
            "addresses",
            () ->
                new Act.AdmitClient(
                    number, label, addresses.stream().map(IpPrefix::parse).toList())));
  }

  private static long number(JsonBody act) {
    return strictly("number", () -> Long.parseLong(act.text("number", 10)));
  }

  private static Outcome read(JsonBody body, Act act) {
    body.end();
    return new Outcome.Read(act);
  }

  private Outcome admitted(JsonBody act) {
    List<Newcomer> newcomers = new ArrayList<>();
    for (JsonBody newcomer : act.objects("newcomers", 1000)) {
      newcomers.add(newcomer(newcomer));
      newcomer.end();
    }
    if (newcomers.isEmpty()) {
      throw new JsonBody.Malformed("newcomers");
    }
    return read(act, strictly("newcomers", () -> new Act.AdmitStaff(newcomers)));
  }

  static Newcomer newcomer(JsonBody newcomer) {
    String name = newcomer.text("name", 64);
    String displayName = newcomer.text("displayName", 128);
    String email = newcomer.text("email", 254);
    TreeSet<String> groups = new TreeSet<>(newcomer.texts("groups", 64, 128));
    Language language =
        switch (newcomer.text("language", 2)) {
          case "fr" -> Language.FR;
          case "en" -> Language.EN;
          default -> throw new JsonBody.Malformed("language");
        };
    return strictly("newcomers", () -> new Newcomer(name, displayName, email, groups, language));
  }

  private Outcome about(JsonBody act, AboutPerson makes) {
    String name = act.text("person", 64);
    act.end();
    return switch (approving.find(bearer, name, source)) {
      case Found.Refused(Reason reason) -> new Outcome.Refused(reason);
      case Found.Somebody(Person person, var tokens) -> new Outcome.Read(makes.about(person));
    };
  }

  private static @Nullable Instant until(JsonBody act) {
    String text = act.optionalText("until", 32);
    if (text == null) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new JsonBody.Malformed("until");
    }
  }

  /// The kernel says by an exception that a text is none of its values; here that is what a client
  /// sent.
  private static <T> T strictly(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new JsonBody.Malformed(field);
    }
  }
}
