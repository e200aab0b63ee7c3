package io.parano.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every vector of transparency-dev/merkle, refusing ones included.
class MerkleVectorsTest {
  private static final Path VECTORS = Path.of("src/test/resources/merkle");

  @ParameterizedTest
  @CsvSource({
    "inclusion,98,92",
    "consistency,98,92",
    "subtreeinclusion,204,192",
    "subtreeconsistency,118,106"
  })
  void verify_publishedVector_agrees(String kind, int vectors, int refused) {
    List<Vector> read = read(kind);
    assertThat(read).hasSize(vectors);
    assertThat(read.stream().filter(Vector::isRefused)).hasSize(refused);
    for (Vector vector : read) {
      Class<? extends ProofOutcome> expected =
          vector.isRefused() ? ProofOutcome.Broken.class : ProofOutcome.Holds.class;
      assertThat(verifier(kind).apply(vector)).as(vector.name()).isInstanceOf(expected);
    }
  }

  private static Function<Vector, ProofOutcome> verifier(String kind) {
    return switch (kind) {
      case "inclusion" ->
          v ->
              Proofs.verifyInclusion(
                  v.number("leafIdx"),
                  v.number("treeSize"),
                  v.hash("leafHash"),
                  v.proof(),
                  v.hash("root"));
      case "consistency" ->
          v ->
              Proofs.verifyConsistency(
                  v.number("size1"),
                  v.number("size2"),
                  v.hash("root1"),
                  v.hash("root2"),
                  v.proof());
      case "subtreeinclusion" ->
          v ->
              Proofs.verifySubtreeInclusion(
                  v.number("leafIdx"),
                  v.number("start"),
                  v.number("end"),
                  v.hash("leafHash"),
                  v.proof(),
                  v.hash("root"));
      default ->
          v ->
              Proofs.verifySubtreeConsistency(
                  v.number("start"),
                  v.number("end"),
                  v.number("size"),
                  v.hash("root1"),
                  v.hash("root2"),
                  v.proof());
    };
  }

  private static List<Vector> read(String kind) {
    try (Stream<Path> files = Files.walk(VECTORS.resolve(kind))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(Vector::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Vector(String name, String json) {
    static Vector read(Path file) {
      try {
        return new Vector(VECTORS.relativize(file).toString(), Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isRefused() {
      return find("wantErr", "true|false").equals("true");
    }

    // Sizes go up to 2^64 - 1; those beyond ours become negative, which no tree has.
    long number(String key) {
      return Long.parseUnsignedLong(find(key, "[0-9]+"));
    }

    Digest hash(String key) {
      return digest(find(key, "\"[^\"]*\"").replace("\"", ""), key);
    }

    List<Digest> proof() {
      String list = find("proof", "null|\\[[^]]*]");
      return Pattern.compile("\"([^\"]*)\"")
          .matcher(list)
          .results()
          .map(m -> digest(m.group(1), "proof"))
          .toList();
    }

    // Where a vector has bytes that are no hash, a hash that stands for them: our types leave only
    // equality to be wrong, not the length. No bytes at all equal nothing.
    private static Digest digest(String base64, String key) {
      byte[] bytes = Base64.getDecoder().decode(base64);
      byte[] absent = key.getBytes(StandardCharsets.US_ASCII);
      return switch (bytes.length) {
        case 32 -> Digest.fromBytes(bytes);
        case 0 -> Digest.of(new byte[] {2}, absent);
        default -> Digest.of(new byte[] {3}, bytes);
      };
    }

    private String find(String key, String value) {
      Matcher matcher = Pattern.compile("\"" + key + "\": *(" + value + ")").matcher(json);
      assertThat(matcher.find()).as(name + " has " + key).isTrue();
      return matcher.group(1);
    }
  }
}
