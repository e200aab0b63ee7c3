package io.parano.access;

import io.parano.identity.Act;
import io.parano.identity.Authenticator;
import io.parano.identity.AuthenticatorState;
import io.parano.identity.OtpToken;
import io.parano.identity.Person;
import io.parano.identity.ValidationClient;
import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.Language;
import io.parano.kernel.PersonId;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an act would change of what stands now, line by line: `+ ` before what comes, `- ` before
/// what goes. What officers sign says the new state alone.
final class Differences {
  private Differences() {}

  /// Empty where the act says by itself all that changes.
  static List<String> of(Act act, Books books, Language language) {
    Roster roster = books.roster();
    return switch (act) {
      case Act.ApplyPolicy(var replaces, var document) -> policy(document, books, language);
      case Act.ChangeGroups(var id, var groups) -> groups(roster.person(id), groups);
      case Act.ReplaceToken(var id, var until) -> tokens(id, roster);
      case Act.DismissStaff(var id) ->
          Stream.concat(
                  groups(roster.person(id), new TreeSet<>()).stream(), tokens(id, roster).stream())
              .toList();
      case Act.ReopenToken(var token, var person) -> reopened(token, roster);
      case Act.DismissClient(var number) -> client(roster.client(number));
      case Act.NoteGlass(var first, var second, var at) ->
          Stream.of(first, second)
              .map(roster::person)
              .filter(Objects::nonNull)
              .map(holder -> holder.name() + " · " + holder.displayName())
              .toList();
      case Act.AdmitStaff _,
          Act.EnrolToken _,
          Act.ResetPassword _,
          Act.AppointOfficer _,
          Act.DismissOfficer _,
          Act.EraseStaff _,
          Act.ReopenPerson _,
          Act.SealCode _,
          Act.ReopenNetwork _,
          Act.ReopenEverybody _,
          Act.EnrolOtp _,
          Act.EnrolDevice _,
          Act.AdmitClient _ ->
          List.of();
    };
  }

  private static List<String> policy(String document, Books books, Language language) {
    return Policy.read(document) instanceof PolicyReading.Read read
        ? Policy.difference(books.policy().policy(), read.policy()).stream()
            .map(difference -> difference.text(language))
            .toList()
        : List.of();
  }

  private static List<String> groups(@Nullable Person person, SortedSet<String> groups) {
    SortedSet<String> present = person == null ? new TreeSet<>() : person.groups();
    List<String> lines = new ArrayList<>();
    groups.stream().filter(group -> !present.contains(group)).map("+ "::concat).forEach(lines::add);
    present.stream().filter(group -> !groups.contains(group)).map("- "::concat).forEach(lines::add);
    return lines;
  }

  /// The tokens that would be cut.
  private static List<String> tokens(PersonId person, Roster roster) {
    return Stream.concat(
            roster.tokensOf(person).stream()
                .filter(token -> token.state() != AuthenticatorState.CUT)
                .map(token -> "- " + token.label() + " (" + token.id() + ")"),
            roster.otpTokensOf(person).stream()
                .filter(token -> token.state() != AuthenticatorState.CUT)
                .map(token -> "- " + token.label() + " (" + token.publicId() + ")"))
        .toList();
  }

  private static List<String> reopened(AuthenticatorId id, Roster roster) {
    Authenticator token = roster.token(id);
    OtpToken otp = roster.otpToken(id);
    if (token != null) {
      return List.of("+ " + token.label() + " (" + id + ")");
    }
    return otp == null ? List.of() : List.of("+ " + otp.label() + " (" + otp.publicId() + ")");
  }

  private static List<String> client(@Nullable ValidationClient client) {
    return client == null
        ? List.of()
        : List.of(
            "- "
                + client.label()
                + " ("
                + client.addresses().stream()
                    .map(IpPrefix::toString)
                    .collect(Collectors.joining(" "))
                + ")");
  }
}
