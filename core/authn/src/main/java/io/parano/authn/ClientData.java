package io.parano.authn;

import io.parano.kernel.Bytes;
import io.parano.kernel.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the browser says it collected (WebAuthn Level 3 section 5.8.1). Members that the standard
/// does not name are allowed and ignored, as section 5.8.1.2 asks.
///
/// @param crossOrigin whether the page sat in a frame of another site
/// @param topOrigin the page around; null when none was named
record ClientData(
    String type, String challenge, String origin, boolean crossOrigin, @Nullable String topOrigin) {
  /// Browsers send about 150 bytes; the rest is room for long origins and for members to come.
  private static final int MOST_BYTES = 4096;

  private static final char BYTE_ORDER_MARK = '\ufeff';

  static Reading<ClientData> read(Bytes bytes) {
    if (bytes.length() > MOST_BYTES) {
      return new Reading.Malformed<>(
          "expected at most " + MOST_BYTES + " bytes, found " + bytes.length());
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.copy())).toString();
    } catch (CharacterCodingException e) {
      return new Reading.Malformed<>("expected well-formed UTF-8");
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return switch (Json.readObject(marked ? text.substring(1) : text)) {
      case Reading.Malformed<Map<String, Json.Value>>(String detail) ->
          new Reading.Malformed<>(detail);
      case Reading.Read<Map<String, Json.Value>>(Map<String, Json.Value> members) -> of(members);
    };
  }

  private static Reading<ClientData> of(Map<String, Json.Value> members) {
    if (!(members.get("type") instanceof Json.Text(String type))
        || !(members.get("challenge") instanceof Json.Text(String challenge))
        || !(members.get("origin") instanceof Json.Text(String origin))) {
      return new Reading.Malformed<>("expected type, challenge and origin as strings");
    }
    Json.Value cross = members.getOrDefault("crossOrigin", new Json.Truth(false));
    if (!(cross instanceof Json.Truth(boolean crossOrigin))) {
      return new Reading.Malformed<>("expected crossOrigin as true or false");
    }
    Json.Value top = members.get("topOrigin");
    if (top == null) {
      return new Reading.Read<>(new ClientData(type, challenge, origin, crossOrigin, null));
    }
    return top instanceof Json.Text(String topOrigin)
        ? new Reading.Read<>(new ClientData(type, challenge, origin, crossOrigin, topOrigin))
        : new Reading.Malformed<>("expected topOrigin as a string");
  }

  /// Sections 7.1 and 7.2 say the same of the client data, under other numbers.
  Optional<Refusal> refusal(Ceremony ceremony, Bytes expected, RelyingParty relyingParty) {
    return new Clauses()
        .require(
            type.equals(ceremony.type()),
            ceremony.typeClause(),
            Reason.CEREMONY_TYPE_WRONG,
            () -> "expected " + ceremony.type() + ", found " + Clauses.shown(type))
        .require(
            challenge.equals(expected.base64Url()),
            ceremony.challengeClause(),
            Reason.CHALLENGE_MISMATCH,
            () -> "expected the challenge that was sent, found " + Clauses.shown(challenge))
        .require(
            relyingParty.origins().contains(origin),
            ceremony.originClause(),
            Reason.ORIGIN_UNEXPECTED,
            () -> "expected one of " + relyingParty.origins() + ", found " + Clauses.shown(origin))
        .require(
            !crossOrigin,
            ceremony.crossOriginClause(),
            Reason.CROSS_ORIGIN,
            () -> "our pages are never framed by another site")
        .require(
            topOrigin == null,
            ceremony.topOriginClause(),
            Reason.CROSS_ORIGIN,
            () -> "our pages are never framed, found a frame of " + Clauses.shown("" + topOrigin))
        .refusal();
  }

  /// The two ceremonies, and where each clause stands in the standard.
  enum Ceremony {
    REGISTRATION("webauthn.create", "7.1.7", "7.1.8", "7.1.9", "7.1.10", "7.1.11"),
    ASSERTION("webauthn.get", "7.2.10", "7.2.11", "7.2.12", "7.2.13", "7.2.14");

    private final String type;
    private final String typeClause;
    private final String challengeClause;
    private final String originClause;
    private final String crossOriginClause;
    private final String topOriginClause;

    Ceremony(
        String type,
        String typeClause,
        String challengeClause,
        String originClause,
        String crossOriginClause,
        String topOriginClause) {
      this.type = type;
      this.typeClause = typeClause;
      this.challengeClause = challengeClause;
      this.originClause = originClause;
      this.crossOriginClause = crossOriginClause;
      this.topOriginClause = topOriginClause;
    }

    String type() {
      return type;
    }

    String typeClause() {
      return typeClause;
    }

    String challengeClause() {
      return challengeClause;
    }

    String originClause() {
      return originClause;
    }

    String crossOriginClause() {
      return crossOriginClause;
    }

    String topOriginClause() {
      return topOriginClause;
    }
  }
}
