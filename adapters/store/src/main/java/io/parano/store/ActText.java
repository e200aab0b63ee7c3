package io.parano.store;

import static io.parano.store.Json.number;
import static io.parano.store.Json.string;
import static io.parano.store.Json.strings;

import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.identity.Newcomer;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Acts as their canonical text. What is read is written again and must come out the same, so that
/// an act taken from the store is exactly the one that officers signed.
final class ActText {
  private ActText() {}

  static String write(Act act) {
    return act.canonical().text();
  }

  static Act read(String text) {
    Act act;
    try {
      act = decode(Json.object(text));
    } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
      throw new Unreadable("not an act: " + text, e);
    }
    if (!write(act).equals(text)) {
      throw new Unreadable("not the canonical text of the act that it describes: " + text);
    }
    return act;
  }

  private static Act decode(Map<String, Object> act) {
    return switch (string(act, "kind")) {
      case "admit-staff" ->
          new Act.AdmitStaff(
              strings(act, "newcomers").stream().map(ActText::newcomer).toList(),
              act.containsKey("passwords") ? Digest.fromHex(string(act, "passwords")) : null);
      case "enrol-token" -> new Act.EnrolToken(person(act), until(act));
      case "replace-token" -> new Act.ReplaceToken(person(act), until(act));
      case "reset-password" -> new Act.ResetPassword(person(act));
      case "change-groups" ->
          new Act.ChangeGroups(person(act), new TreeSet<>(strings(act, "groups")));
      case "appoint-officer" -> new Act.AppointOfficer(person(act));
      case "dismiss-officer" -> new Act.DismissOfficer(person(act));
      case "dismiss-staff" -> new Act.DismissStaff(person(act));
      case "erase-staff" -> new Act.EraseStaff(person(act));
      case "apply-policy" ->
          new Act.ApplyPolicy(Digest.fromHex(string(act, "replaces")), string(act, "document"));
      case "reopen-person" -> new Act.ReopenPerson(person(act));
      case "reopen-token" ->
          new Act.ReopenToken(AuthenticatorId.parse(string(act, "token")), person(act));
      case "reopen-network" -> new Act.ReopenNetwork(IpPrefix.parse(string(act, "network")));
      case "reopen-everybody" -> new Act.ReopenEverybody();
      case "enrol-otp" ->
          new Act.EnrolOtp(
              person(act),
              string(act, "label"),
              string(act, "publicId"),
              Digest.fromHex(string(act, "seed")));
      case "enrol-device" -> {
        Device.Kind kind = Device.Kind.valueOf(string(act, "device"));
        yield new Act.EnrolDevice(
            person(act),
            string(act, "label"),
            kind,
            kind.read(string(act, "key")),
            IpAddress.parse(string(act, "address")));
      }
      case "admit-client" ->
          new Act.AdmitClient(
              number(act, "number"),
              string(act, "label"),
              strings(act, "addresses").stream().map(IpPrefix::parse).toList());
      case "seal-code" -> new Act.SealCode(person(act));
      case "note-glass" ->
          new Act.NoteGlass(
              person(act), PersonId.parse(string(act, "second")), Instant.parse(string(act, "at")));
      case "dismiss-client" -> new Act.DismissClient(number(act, "number"));
      default -> throw new Unreadable("unknown kind of act: " + act);
    };
  }

  private static Newcomer newcomer(String text) {
    Map<String, Object> newcomer = Json.object(text);
    return new Newcomer(
        string(newcomer, "name"),
        string(newcomer, "displayName"),
        string(newcomer, "email"),
        new TreeSet<>(strings(newcomer, "groups")),
        language(string(newcomer, "language")));
  }

  private static Language language(String tag) {
    return Arrays.stream(Language.values())
        .filter(language -> language.tag().equals(tag))
        .findFirst()
        .orElseThrow(() -> new Unreadable("unknown language " + tag));
  }

  private static PersonId person(Map<String, Object> act) {
    return PersonId.parse(string(act, "person"));
  }

  private static @Nullable Instant until(Map<String, Object> act) {
    String text = string(act, "until");
    return text.isEmpty() ? null : Instant.parse(text);
  }
}
