package io.parano.access;

import io.parano.kernel.Bytes;
import io.parano.kernel.PersonId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// A password that a newcomer brings from another system, beside the act that admits them: wrapped
/// and sealed from the moment the file came in.
///
/// @param person who they will be, to whom the sealed hash is bound
record BroughtPassword(String name, PersonId person, Bytes sealed) {
  static Bytes write(List<BroughtPassword> all) {
    String lines =
        all.stream()
            .map(each -> each.name() + " " + each.person() + " " + each.sealed().base64Url())
            .collect(Collectors.joining("\n"));
    return Bytes.of(lines.getBytes(StandardCharsets.UTF_8));
  }

  /// Only what [#write] wrote; its digest was signed.
  static List<BroughtPassword> read(Bytes written) {
    return new String(written.copy(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.split(" ", -1))
        .map(part ->
            new BroughtPassword(part[0], PersonId.parse(part[1]), Bytes.fromBase64Url(part[2])))
        .toList();
  }
}
