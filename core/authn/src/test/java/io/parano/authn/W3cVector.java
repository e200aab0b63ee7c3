package io.parano.authn;

import io.parano.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One pair of the section "Test Vectors" of WebAuthn Level 3: a registration and an assertion of
/// the same credential, each as named byte strings.
record W3cVector(String name, Map<String, Bytes> registration, Map<String, Bytes> assertion) {
  private static final Pattern SECTION =
      Pattern.compile(
          "^## [^\\n]*\\{#sctn-test-vectors-([\\w-]+)}(.*?)(?=^## |\\z)",
          Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern EXAMPLE = Pattern.compile("<xmp[^>]*>(.*?)</xmp>", Pattern.DOTALL);
  private static final Pattern NAMED =
      Pattern.compile("^(\\w+) = h'([0-9a-f]*)'", Pattern.MULTILINE);

  static List<W3cVector> all() {
    List<W3cVector> vectors = new ArrayList<>();
    Matcher sections = SECTION.matcher(text());
    while (sections.find()) {
      List<Map<String, Bytes>> examples = examples(sections.group(2));
      if (examples.size() == 2) {
        vectors.add(new W3cVector(sections.group(1), examples.get(0), examples.get(1)));
      }
    }
    return vectors;
  }

  static W3cVector named(String name) {
    return all().stream().filter(vector -> vector.name().equals(name)).findFirst().orElseThrow();
  }

  /// The root above every attestation certificate of the section.
  static Bytes root() {
    Matcher sections = SECTION.matcher(text());
    while (sections.find()) {
      if (sections.group(1).equals("attestation-root-cert")) {
        return value(examples(sections.group(2)).getFirst(), "attestation_ca_cert");
      }
    }
    throw new AssertionError("the section begins with its root");
  }

  Bytes created(String name) {
    return value(registration, name);
  }

  Bytes asserted(String name) {
    return value(assertion, name);
  }

  private static Bytes value(Map<String, Bytes> example, String name) {
    return Objects.requireNonNull(example.get(name), name);
  }

  private static List<Map<String, Bytes>> examples(String section) {
    List<Map<String, Bytes>> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(section);
    while (matcher.find()) {
      Map<String, Bytes> named = new LinkedHashMap<>();
      Matcher values = NAMED.matcher(matcher.group(1));
      while (values.find()) {
        named.put(values.group(1), Bytes.fromHex(values.group(2)));
      }
      examples.add(named);
    }
    return examples;
  }

  private static String text() {
    try (InputStream in =
        Objects.requireNonNull(
            W3cVector.class.getResourceAsStream("w3c/test-vectors-section.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
