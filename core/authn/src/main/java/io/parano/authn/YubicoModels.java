package io.parano.authn;

import io.parano.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Yubico's tokens as data, and the two text forms in which any maker's tokens can be given:
/// certificates in PEM, and a table of models. The data lie beside this class as
/// `yubico-fido-roots.pem`, `yubico-fido-intermediates.pem` and `yubico-models.txt`.
public final class YubicoModels {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");
  private static final Pattern MODEL =
      Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\s+(\\S.*)");

  private YubicoModels() {}

  /// Every FIDO model of Yubico's that we know.
  public static TokenMaker maker() {
    return new TokenMaker(
        "Yubico",
        certificates(resource("yubico-fido-roots.pem")),
        certificates(resource("yubico-fido-intermediates.pem")),
        models(resource("yubico-models.txt")));
  }

  /// The certificates of a text in PEM, in DER; whatever stands between them is comment. Throws
  /// [IllegalArgumentException] when there is none.
  public static List<Bytes> certificates(String pem) {
    List<Bytes> certificates = new ArrayList<>();
    Matcher matcher = PEM.matcher(pem);
    while (matcher.find()) {
      certificates.add(Bytes.of(Base64.getMimeDecoder().decode(matcher.group(1))));
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("expected certificates in PEM, found none");
    }
    return certificates;
  }

  /// A table of models: on each line an AAGUID and a name; empty lines and lines that begin with
  /// `#` are comment. Throws [IllegalArgumentException] naming the line that is anything else.
  public static Map<UUID, String> models(String table) {
    Map<UUID, String> models = new LinkedHashMap<>();
    int number = 0;
    for (String line : table.lines().map(String::strip).toList()) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher matcher = MODEL.matcher(line);
      if (!matcher.matches()
          || models.put(UUID.fromString(matcher.group(1)), matcher.group(2)) != null) {
        throw new IllegalArgumentException(
            "line " + number + ": expected a new AAGUID and a name, found \"" + line + "\"");
      }
    }
    return models;
  }

  private static String resource(String name) {
    try (InputStream in = YubicoModels.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
