package io.parano.identity;

import io.parano.kernel.AuthenticatorId;
import io.parano.kernel.Bytes;
import io.parano.kernel.Canonical;
import io.parano.kernel.Digest;
import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import io.parano.kernel.PersonId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Something that only officers can bring about. Each act says in canonical bytes exactly what it
/// does; officers sign those, and they are compared again when it is executed.
public sealed interface Act {
  /// How many distinct officers must sign. Acts that widen what exists need two; opening what one
  /// officer answers for in person needs one (product promise P2: a lost token takes two).
  default int approvals() {
    return 2;
  }

  /// The stable name of the kind of act.
  String kind();

  /// Exactly what the act does.
  Canonical canonical();

  /// The person for whose benefit it is, who therefore can't sign it; null where there is none.
  default @Nullable PersonId beneficiary() {
    return null;
  }

  /// New staff, invited: they can do nothing before a token is enrolled.
  ///
  /// @param passwords the digest of the passwords that some bring from another system, which lie
  ///   wrapped and sealed beside the act; null when nobody brings one
  record AdmitStaff(List<Newcomer> newcomers, @Nullable Digest passwords) implements Act {
    public AdmitStaff(List<Newcomer> newcomers) {
      this(newcomers, null);
    }

    public AdmitStaff {
      newcomers = List.copyOf(newcomers);
      long names = newcomers.stream().map(Newcomer::name).distinct().count();
      if (newcomers.isEmpty() || names < newcomers.size()) {
        throw new IllegalArgumentException(
            "expected newcomers with different names, found "
                + newcomers.stream().map(Newcomer::name).toList());
      }
    }

    @Override
    public int approvals() {
      return 1;
    }

    @Override
    public String kind() {
      return "admit-staff";
    }

    @Override
    public Canonical canonical() {
      Canonical admitted =
          Canonical.object()
              .put("kind", kind())
              .put(
                  "newcomers",
                  newcomers.stream().map(newcomer -> newcomer.canonical().text()).toList());
      return passwords == null ? admitted : admitted.put("passwords", passwords.hex());
    }
  }

  /// A first or further token for a person who is present before the officer.
  record EnrolToken(PersonId person, @Nullable Instant until) implements ForPerson {
    @Override
    public int approvals() {
      return 1;
    }

    @Override
    public String kind() {
      return "enrol-token";
    }

    @Override
    public Canonical canonical() {
      return forToken(kind(), person, until);
    }
  }

  /// A new token for a person who lost theirs: every token they had is cut.
  record ReplaceToken(PersonId person, @Nullable Instant until) implements ForPerson {
    @Override
    public String kind() {
      return "replace-token";
    }

    @Override
    public Canonical canonical() {
      return forToken(kind(), person, until);
    }
  }

  /// An act for the benefit of the person whom it is about.
  sealed interface ForPerson extends Act {
    PersonId person();

    @Override
    default PersonId beneficiary() {
      return person();
    }
  }

  /// An act that says whom it is about, and nothing else.
  sealed interface OfPerson extends Act {
    PersonId person();

    @Override
    default Canonical canonical() {
      return forPerson(kind(), person());
    }
  }

  /// A person's password is void, and they choose another while they keep their token: two, since
  /// whoever found the token would lack nothing else.
  record ResetPassword(PersonId person) implements OfPerson, ForPerson {
    @Override
    public String kind() {
      return "reset-password";
    }
  }

  record ChangeGroups(PersonId person, SortedSet<String> groups) implements ForPerson {
    public ChangeGroups {
      groups.forEach(Legible::group);
      groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    }

    @Override
    public String kind() {
      return "change-groups";
    }

    @Override
    public Canonical canonical() {
      return Canonical.object()
          .put("kind", kind())
          .put("person", person.toString())
          .put("groups", groups);
    }
  }

  record AppointOfficer(PersonId person) implements OfPerson, ForPerson {
    @Override
    public String kind() {
      return "appoint-officer";
    }
  }

  /// The officer goes back to ordinary staff; never below two officers.
  record DismissOfficer(PersonId person) implements OfPerson {
    @Override
    public String kind() {
      return "dismiss-officer";
    }
  }

  /// Somebody leaves: every way in closes for good. Officers among them only while two others stay.
  record DismissStaff(PersonId person) implements OfPerson {
    @Override
    public String kind() {
      return "dismiss-staff";
    }
  }

  /// What is personal about somebody who left is deleted, the log's entries included, whose proofs
  /// all hold afterwards. It can't be undone.
  record EraseStaff(PersonId person) implements OfPerson {
    @Override
    public String kind() {
      return "erase-staff";
    }
  }

  /// A new policy in place of the one that is named by its digest; if that is no longer the one in
  /// force, the act no longer applies.
  record ApplyPolicy(Digest replaces, String document) implements Act {
    @Override
    public String kind() {
      return "apply-policy";
    }

    @Override
    public Canonical canonical() {
      return Canonical.object()
          .put("kind", kind())
          .put("replaces", replaces.hex())
          .put("document", document);
    }
  }

  record ReopenPerson(PersonId person) implements OfPerson, ForPerson {
    @Override
    public int approvals() {
      return 1;
    }

    @Override
    public String kind() {
      return "reopen-person";
    }
  }

  /// A suspended or cut token counts again (it was found, or the alarm was explained).
  record ReopenToken(AuthenticatorId token, PersonId person) implements ForPerson {
    @Override
    public String kind() {
      return "reopen-token";
    }

    @Override
    public Canonical canonical() {
      return forPerson(kind(), person).put("token", token.toString());
    }
  }

  record ReopenNetwork(IpPrefix network) implements Act {
    @Override
    public String kind() {
      return "reopen-network";
    }

    @Override
    public Canonical canonical() {
      return Canonical.object().put("kind", kind()).put("network", network.toString());
    }
  }

  record ReopenEverybody() implements Act {
    @Override
    public String kind() {
      return "reopen-everybody";
    }

    @Override
    public Canonical canonical() {
      return Canonical.object().put("kind", kind());
    }
  }

  /// A token of one-time passwords. Whoever holds its file can make them: hence two officers.
  ///
  /// @param seed the digest of the key and private id, which lie sealed beside the act
  record EnrolOtp(PersonId person, String label, String publicId, Digest seed)
      implements ForPerson {
    @Override
    public String kind() {
      return "enrol-otp";
    }

    @Override
    public Canonical canonical() {
      return forPerson(kind(), person)
          .put("label", label)
          .put("publicId", publicId)
          .put("seed", seed.hex());
    }
  }

  /// A machine that may ask about one-time passwords. Its key is made at execution and shown once.
  record AdmitClient(long number, String label, List<IpPrefix> addresses) implements Act {
    public AdmitClient {
      addresses = List.copyOf(addresses);
      if (number < 1 || addresses.isEmpty()) {
        throw new IllegalArgumentException("expected a number from 1 and an address at least");
      }
    }

    @Override
    public String kind() {
      return "admit-client";
    }

    @Override
    public Canonical canonical() {
      return Canonical.object()
          .put("kind", kind())
          .put("number", number)
          .put("label", label)
          .put("addresses", addresses.stream().map(IpPrefix::toString).toList());
    }
  }

  record DismissClient(long number) implements Act {
    @Override
    public int approvals() {
      return 1;
    }

    @Override
    public String kind() {
      return "dismiss-client";
    }

    @Override
    public Canonical canonical() {
      return Canonical.object().put("kind", kind()).put("number", number);
    }
  }

  /// A device whose own key opens tunnels for the person, who brings it before an officer. Who may
  /// have a tunnel at all is for two to say.
  ///
  /// @param device what its key is
  /// @param key 32 bytes
  /// @param address what the far end of its tunnel is called inside, alone
  record EnrolDevice(
      PersonId person, String label, Device.Kind device, Bytes key, IpAddress address)
      implements ForPerson {
    public EnrolDevice {
      Device.key(key);
      Device.address(address);
    }

    @Override
    public String kind() {
      return "enrol-device";
    }

    @Override
    public Canonical canonical() {
      return forPerson(kind(), person)
          .put("label", label)
          .put("device", device.name())
          .put("key", device.write(key))
          .put("address", address.toString());
    }
  }

  /// A code for the day when tokens are lost, to be kept in a sealed envelope: beside another
  /// holder's, and with both passwords, it opens the enrolment of a token. Made at execution, shown
  /// once; a later one for the same person takes its place.
  record SealCode(PersonId person) implements OfPerson {
    @Override
    public String kind() {
      return "seal-code";
    }
  }

  /// Two holders have broken the glass. It lies before the officers by itself, and does nothing:
  /// those who sign it have seen it.
  record NoteGlass(PersonId first, PersonId second, Instant at) implements Act {
    @Override
    public String kind() {
      return "note-glass";
    }

    @Override
    public Canonical canonical() {
      return forPerson(kind(), first).put("second", second.toString()).put("at", at.toString());
    }
  }

  private static Canonical forPerson(String kind, PersonId person) {
    return Canonical.object().put("kind", kind).put("person", person.toString());
  }

  private static Canonical forToken(String kind, PersonId person, @Nullable Instant until) {
    return forPerson(kind, person).put("until", until == null ? "" : until.toString());
  }
}
