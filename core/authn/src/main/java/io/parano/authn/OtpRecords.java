package io.parano.authn;

import io.parano.kernel.Language;
import io.parano.kernel.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the files in which tokens' keys come: the YubiKey Personalization Tool's log in its
/// "Traditional" and "Yubico" formats, and YK-KSM's import format.
///
/// - Traditional: `Yubico OTP,when,slot,publicId,privateId,key,…`, after lines `LOGGING START,…`
/// - Yubico: `serial,publicId,privateId,key,accessCode,when,`
/// - YK-KSM, under a first line `# ykksm 1`: `serial,publicId,privateId,key,lockCode,created,…`
///
/// The last two have their columns alike, so that a line says by itself how it is to be read. Empty
/// lines and lines that begin with `#` say nothing.
public final class OtpRecords {
  private static final int MOST_LINES = 1_000;
  private static final int LONGEST_LINE = 512;
  private static final String TRADITIONAL = "Yubico OTP";
  private static final String STARTED = "LOGGING START";
  private static final String KSM = "# ykksm ";
  private static final Pattern PUBLIC_ID = Pattern.compile("([" + Modhex.LETTERS + "]{2}){1,8}");
  private static final Pattern PRIVATE_ID = Pattern.compile("[0-9a-f]{12}");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

  private final List<OtpRecord> records = new ArrayList<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private OtpRecords() {}

  /// What is wrong with a line. Never the line itself, which may hold a key.
  public enum Wrong {
    NOTHING("There is no token in this file.", "Ce fichier ne contient aucune clé."),
    TOO_MANY(
        "A file of at most 1000 lines was expected.",
        "Un fichier de 1000 lignes au plus était attendu."),
    VERSION(
        "Of the YK-KSM formats, only \"# ykksm 1\" is known.",
        "Des formats YK-KSM, seul « # ykksm 1 » est connu."),
    COLUMNS(
        "Expected serial,public id,private id,key,… or Yubico OTP,date,slot,public id,private id,key,….",
        "Attendu : série,identifiant public,identifiant privé,clé,… ou Yubico OTP,date,emplacement,identifiant public,identifiant privé,clé,…."),
    PUBLIC_ID(
        "The public id must be 2 to 16 letters of modhex, an even number.",
        "L'identifiant public doit compter de 2 à 16 lettres modhex, en nombre pair."),
    PRIVATE_ID(
        "The private id must be 12 hexadecimal digits.",
        "L'identifiant privé doit compter 12 chiffres hexadécimaux."),
    KEY("The key must be 32 hexadecimal digits.", "La clé doit compter 32 chiffres hexadécimaux."),
    TWICE(
        "This public id stands twice in the file.",
        "Cet identifiant public figure deux fois dans le fichier.");

    private final String english;
    private final String french;

    Wrong(String english, String french) {
      this.english = english;
      this.french = french;
    }

    public String text(Language language) {
      return switch (language) {
        case EN -> english;
        case FR -> french;
      };
    }
  }

  /// @param line from 1; 0 for the file as a whole
  public record Mistake(int line, Wrong wrong) {}

  public sealed interface Reading {
    record Mistaken(List<Mistake> mistakes) implements Reading {
      public Mistaken {
        mistakes = List.copyOf(mistakes);
      }
    }

    record Read(List<OtpRecord> records) implements Reading {
      public Read {
        records = List.copyOf(records);
      }
    }
  }

  /// Everything that is wrong is found at once; then nothing of the file is kept.
  public static Reading read(String text) {
    return new OtpRecords().readAll(text.split("\r\n|\n|\r", -1));
  }

  private Reading readAll(String[] lines) {
    if (lines.length > MOST_LINES) {
      return new Reading.Mistaken(List.of(new Mistake(0, Wrong.TOO_MANY)));
    }
    for (int i = 0; i < lines.length; i++) {
      line(i + 1, lines[i].strip());
    }
    if (records.isEmpty() && mistakes.isEmpty()) {
      wrong(0, Wrong.NOTHING);
    }
    if (mistakes.isEmpty()) {
      return new Reading.Read(records);
    }
    records.forEach(OtpRecord::close);
    return new Reading.Mistaken(mistakes);
  }

  private void line(int number, String line) {
    if (line.startsWith(KSM)) {
      if (!line.equals(KSM + "1")) {
        wrong(number, Wrong.VERSION);
      }
    } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(STARTED)) {
      String[] columns = line.length() > LONGEST_LINE ? new String[0] : line.split(",", -1);
      int first = columns.length > 0 && columns[0].equals(TRADITIONAL) ? 3 : 1;
      if (columns.length < first + 3) {
        wrong(number, Wrong.COLUMNS);
      } else {
        token(number, columns[first], columns[first + 1], columns[first + 2]);
      }
    }
  }

  private void token(int line, String publicId, String privateId, String key) {
    String id = publicId.strip().toLowerCase(Locale.ROOT);
    String hidden = privateId.strip().toLowerCase(Locale.ROOT);
    String secret = key.strip().toLowerCase(Locale.ROOT);
    if (!PUBLIC_ID.matcher(id).matches()) {
      wrong(line, Wrong.PUBLIC_ID);
    } else if (!PRIVATE_ID.matcher(hidden).matches()) {
      wrong(line, Wrong.PRIVATE_ID);
    } else if (!KEY.matcher(secret).matches()) {
      wrong(line, Wrong.KEY);
    } else if (!seen.add(id)) {
      wrong(line, Wrong.TWICE);
    } else {
      byte[] seed = HexFormat.of().parseHex(secret + hidden);
      records.add(new OtpRecord(id, OtpSeed.of(Secret.of(seed))));
      Arrays.fill(seed, (byte) 0);
    }
  }

  private void wrong(int line, Wrong wrong) {
    mistakes.add(new Mistake(line, wrong));
  }
}
