package io.parano.audit;

import java.time.Instant;

record DecidedCosignable(CheckedCheckpoint signed, NoteKey log, Instant at) implements Cosignable {
  @Override
  public Checkpoint checkpoint() {
    return signed.checkpoint();
  }

  @Override
  public String cosignedBy(NoteSigner witness) {
    return switch (NoteParts.of(signed.note())) {
      case NoteParts.Malformed(String why) -> throw new IllegalStateException(why);
      case NoteParts.Split(var text, var lines) -> {
        StringBuilder note = new StringBuilder(text).append('\n');
        // The text may hold more than the three lines we read: all of it was signed.
        lines.stream()
            .filter(line -> line.isOf(log.key()))
            .limit(1)
            .forEach(line -> note.append(line.text()));
        yield note.append(VerifiedCosignature.sign(text, at, witness).text()).toString();
      }
    };
  }
}
