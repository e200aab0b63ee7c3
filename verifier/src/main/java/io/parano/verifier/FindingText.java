package io.parano.verifier;

import io.parano.audit.Finding;
import io.parano.kernel.Language;

/// Says a finding in words: one line, which entry, what was done to it. Entries count from 0, as
/// everywhere in the log.
public final class FindingText {
  private FindingText() {}

  public static String of(Finding finding, Language language) {
    return switch (language) {
      case EN -> english(finding);
      case FR -> french(finding);
    };
  }

  private static String english(Finding finding) {
    return switch (finding) {
      case Finding.Altered(long index) -> "entry " + index + " was altered";
      case Finding.Removed(long first, long last) ->
          first == last
              ? "entry " + first + " was removed"
              : "entries " + first + " to " + last + " were removed";
      case Finding.Inserted(long at) -> "what stands at place " + at + " was inserted";
      case Finding.Duplicated(long index, long at) ->
          "entry " + index + " stands once more at place " + at;
      case Finding.Reordered(long index, long at) ->
          "the order was changed: entry " + index + " stands at place " + at;
      case Finding.Truncated(long entries, long expected, String checkpoint) ->
          "the end was cut off: there are %d entries, %s was signed over %d"
              .formatted(entries, checkpoint, expected);
      case Finding.Rewritten(long from, long to, String checkpoint, boolean resigned) ->
          "something among entries %d to %d was rewritten, hashes included: %s does not hold%s"
              .formatted(
                  from,
                  to - 1,
                  checkpoint,
                  resigned ? "; the log's key has signed the new history too" : "");
      case Finding.PersonalAltered(long index) ->
          "the personal data of entry " + index + " was altered";
      case Finding.HashAltered(long index) ->
          "the hash kept for entry " + index + " was altered; the entry itself is right";
      case Finding.TileAltered(int level, long index) ->
          "hash " + index + " on tile level " + level + " was altered";
      case Finding.Unreadable(long at, String why) ->
          "what stands at place " + at + " is no entry: " + why;
      case Finding.FileMissing(String path) -> "the file " + path + " is missing";
      case Finding.FileBroken(String path, String why) -> "the file " + path + " is broken: " + why;
      case Finding.CheckpointRefused(String checkpoint, String why) ->
          checkpoint + " counts for nothing: " + why;
      case Finding.NotCosigned(String witness) ->
          "no checkpoint that holds was cosigned by " + witness;
      case Finding.Unproven(long first, long last) ->
          "no checkpoint vouches for entries " + first + " to " + last;
    };
  }

  private static String french(Finding finding) {
    return switch (finding) {
      case Finding.Altered(long index) -> "l'entrée " + index + " a été modifiée";
      case Finding.Removed(long first, long last) ->
          first == last
              ? "l'entrée " + first + " a été retirée"
              : "les entrées " + first + " à " + last + " ont été retirées";
      case Finding.Inserted(long at) -> "ce qui est à la place " + at + " a été ajouté";
      case Finding.Duplicated(long index, long at) ->
          "l'entrée " + index + " est une fois de plus à la place " + at;
      case Finding.Reordered(long index, long at) ->
          "l'ordre a été changé : l'entrée " + index + " est à la place " + at;
      case Finding.Truncated(long entries, long expected, String checkpoint) ->
          "la fin a été coupée : il y a %d entrées, %s a été signé pour %d"
              .formatted(entries, checkpoint, expected);
      case Finding.Rewritten(long from, long to, String checkpoint, boolean resigned) ->
          "quelque chose parmi les entrées %d à %d a été réécrit, empreintes comprises : %s ne tient pas%s"
              .formatted(
                  from,
                  to - 1,
                  checkpoint,
                  resigned ? " ; la clé du journal a signé aussi la nouvelle histoire" : "");
      case Finding.PersonalAltered(long index) ->
          "les données personnelles de l'entrée " + index + " ont été modifiées";
      case Finding.HashAltered(long index) ->
          "l'empreinte gardée pour l'entrée "
              + index
              + " a été modifiée ; l'entrée elle-même est juste";
      case Finding.TileAltered(int level, long index) ->
          "l'empreinte " + index + " au niveau de tuiles " + level + " a été modifiée";
      case Finding.Unreadable(long at, String why) ->
          "ce qui est à la place " + at + " n'est pas une entrée : " + why;
      case Finding.FileMissing(String path) -> "le fichier " + path + " manque";
      case Finding.FileBroken(String path, String why) ->
          "le fichier " + path + " est abîmé : " + why;
      case Finding.CheckpointRefused(String checkpoint, String why) ->
          checkpoint + " ne compte pas : " + why;
      case Finding.NotCosigned(String witness) ->
          "aucun point de contrôle qui tient n'a été cosigné par " + witness;
      case Finding.Unproven(long first, long last) ->
          "aucun point de contrôle ne répond des entrées " + first + " à " + last;
    };
  }
}
