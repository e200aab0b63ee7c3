package io.parano.mail;

import io.parano.access.MailAdmitting.Protocol;
import io.parano.kernel.IpAddress;
import io.parano.kernel.Reason;
import io.parano.kernel.Secret;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// A question of Dovecot's: one JSON object, of its policy client (`login`, `remote`, `protocol`,
/// and of a report `success`, `policy_reject`) or of our Lua script (`password` besides). Members
/// that we don't know are Dovecot's to add.
///
/// @param password null in what the policy client says
/// @param success whether the login succeeded, of a report
record DovecotRequest(
    String name, @Nullable Secret password, IpAddress source, Protocol protocol, boolean success) {
  private static final int DEEPEST = 8;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(20)
                  .maxNameLength(128)
                  .maxStringLength(MailDoor.LONGEST_BODY)
                  .build())
          .build();

  /// From the most refusing to the most allowing.
  sealed interface Reading {
    record Malformed(Reason reason, String detail) implements Reading {}

    record Read(DovecotRequest request) implements Reading {}
  }

  static Reading read(byte[] body) {
    Map<String, String> members;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      members = members(parser);
    } catch (JacksonException e) {
      return malformed("no JSON");
    }
    if (members == null) {
      return malformed("one object was expected");
    }
    String name = LoginWords.name(members.get("login"));
    if (name == null) {
      return malformed("login");
    }
    IpAddress source = LoginWords.address(members.get("remote"));
    if (source == null) {
      return malformed("remote");
    }
    Protocol protocol = LoginWords.protocol(members.get("protocol"));
    if (protocol == null) {
      return malformed("protocol");
    }
    String password = members.get("password");
    return new Reading.Read(
        new DovecotRequest(
            name,
            password == null ? null : Secret.ofText(password),
            source,
            protocol,
            "true".equals(members.get("success")) && !"true".equals(members.get("policy_reject"))));
  }

  /// The members that are text or truth values; null when it is not one object.
  private static @Nullable Map<String, String> members(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    Map<String, String> members = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> members.put(member, parser.getString());
        case VALUE_TRUE -> members.put(member, "true");
        case VALUE_FALSE -> members.put(member, "false");
        case START_OBJECT, START_ARRAY -> parser.skipChildren();
        case null, default -> {
          // Numbers, null: nothing of ours.
        }
      }
    }
    return parser.nextToken() == null ? members : null;
  }

  private static Reading malformed(String what) {
    return new Reading.Malformed(Reason.REQUEST_MALFORMED, what);
  }
}
