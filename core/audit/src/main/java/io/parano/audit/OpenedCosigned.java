package io.parano.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

record OpenedCosigned(CheckedCheckpoint signed, List<Cosignature> cosignatures, String lines)
    implements CosignedCheckpoint {
  static CosignedOutcome of(CheckedCheckpoint signed, List<CosignatureKey> known) {
    NoteParts.Split note = split(signed.note());
    Map<CosignatureKey, Dated> newest = new LinkedHashMap<>();
    for (NoteLine line : note.lines()) {
      for (CosignatureKey witness : known) {
        if (line.isOf(witness.key())) {
          switch (VerifiedCosignature.verify(witness, note.text(), line.signature().copy())) {
            case VerifiedCosignature.Outcome.Broken(String why) -> {
              return new CosignedOutcome.Refused("not a signed checkpoint: " + why);
            }
            case VerifiedCosignature.Outcome.Holds(Cosignature found) ->
                newest.merge(witness, new Dated(found, line), Dated::later);
          }
        }
      }
    }
    return new CosignedOutcome.Genuine(
        new OpenedCosigned(
            signed,
            newest.values().stream().map(Dated::cosignature).toList(),
            newest.values().stream().map(one -> one.line().text()).collect(Collectors.joining())));
  }

  private record Dated(Cosignature cosignature, NoteLine line) {
    static Dated later(Dated one, Dated other) {
      return other.cosignature.at().isAfter(one.cosignature.at()) ? other : one;
    }
  }

  static String join(String note, CosignedCheckpoint newer) {
    NoteParts.Split old = split(note);
    if (!old.text().equals(split(newer.signed().note()).text())) {
      throw new IllegalArgumentException("these are two checkpoints");
    }
    StringBuilder joined = new StringBuilder(old.text()).append('\n');
    for (NoteLine line : old.lines()) {
      if (newer.cosignatures().stream().noneMatch(by -> line.isOf(by.witness().key()))) {
        joined.append(line.text());
      }
    }
    return joined.append(newer.lines()).toString();
  }

  private static NoteParts.Split split(String note) {
    return switch (NoteParts.of(note)) {
      case NoteParts.Split split -> split;
      case NoteParts.Malformed(String why) -> throw new IllegalStateException(why);
    };
  }
}
