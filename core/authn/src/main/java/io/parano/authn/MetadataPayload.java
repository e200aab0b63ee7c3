package io.parano.authn;

import io.parano.authn.Metadata.Flawed;
import io.parano.authn.MetadataOutcome.Flaw;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a metadata BLOB says, as far as it takes something away: `no`, `nextUpdate`, and each
/// entry's `statusReports`. Fields that are not known are left alone, as the service asks.
final class MetadataPayload {
  /// A report of one of these takes the whole model, whatever was reported before or after, and
  /// whichever firmware or batch it is about: an authenticator can't be asked for either.
  private static final Set<String> RECALLING =
      Set.of(
          "USER_VERIFICATION_BYPASS",
          "ATTESTATION_KEY_COMPROMISE",
          "USER_KEY_REMOTE_COMPROMISE",
          "USER_KEY_PHYSICAL_COMPROMISE",
          "REVOKED");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Pattern AAGUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private MetadataPayload() {}

  static CheckedMetadata read(Map<String, Json.Value> members) throws Flawed {
    if (!(members.get("entries") instanceof Json.Row(List<Json.Value> entries))) {
      throw new Flawed(Flaw.PAYLOAD, "expected entries");
    }
    SortedMap<UUID, String> recalled = new TreeMap<>();
    for (Json.Value entry : entries) {
      if (!(entry instanceof Json.Thing(Map<String, Json.Value> fields))) {
        throw new Flawed(Flaw.PAYLOAD, "expected entries to be objects");
      }
      judge(fields, recalled);
    }
    return new CheckedMetadata(number(members), nextUpdate(members), recalled);
  }

  private static long number(Map<String, Json.Value> members) throws Flawed {
    if (members.get("no") instanceof Json.Numeral(String digits)
        && NUMBER.matcher(digits).matches()) {
      return Long.parseLong(digits);
    }
    throw new Flawed(Flaw.PAYLOAD, "expected a whole number as no");
  }

  private static LocalDate nextUpdate(Map<String, Json.Value> members) throws Flawed {
    try {
      return LocalDate.parse(Metadata.text(members, "nextUpdate", Flaw.PAYLOAD));
    } catch (DateTimeException e) {
      throw new Flawed(Flaw.PAYLOAD, "expected a day as nextUpdate");
    }
  }

  /// Models without an AAGUID can't be enrolled here.
  private static void judge(Map<String, Json.Value> entry, SortedMap<UUID, String> recalled)
      throws Flawed {
    if (!(entry.get("statusReports") instanceof Json.Row(List<Json.Value> reports))) {
      throw new Flawed(Flaw.PAYLOAD, "expected each entry to have statusReports");
    }
    if (!entry.containsKey("aaguid")) {
      return;
    }
    String aaguid = Metadata.text(entry, "aaguid", Flaw.PAYLOAD);
    if (!AAGUID.matcher(aaguid).matches()) {
      throw new Flawed(Flaw.PAYLOAD, "expected an AAGUID, found " + Clauses.shown(aaguid));
    }
    for (Json.Value report : reports) {
      if (!(report instanceof Json.Thing(Map<String, Json.Value> fields))) {
        throw new Flawed(Flaw.PAYLOAD, "expected reports to be objects");
      }
      String status = Metadata.text(fields, "status", Flaw.PAYLOAD);
      if (RECALLING.contains(status)) {
        recalled.put(UUID.fromString(aaguid), status);
      }
    }
  }
}
