package io.parano.verifier;

import io.parano.audit.Verdict;
import io.parano.kernel.Language;
import java.util.ArrayList;
import java.util.List;

/// What the command says besides the findings.
enum Wording {
  ENGLISH {
    @Override
    String usage() {
      return """
      Usage: java -jar parano-verify.jar FOLDER --checkpoint FILE... --key VKEY [--witness VKEY]...
             [--json] [--lang en|fr]

      Verifies an export of the audit log without asking anybody.

        FOLDER             what "parano audit export" wrote
        --checkpoint FILE  a signed checkpoint that was kept elsewhere, or several with a line "--"
                           between them; may be given many times
        --key VKEY         the log's public key, name+hash+base64, from a source you trust
        --witness VKEY     the public key of a witness, name+hash+base64; it must have cosigned a
                           checkpoint that holds, wherever that lies; may be given many times
        --json             one JSON object instead of text
        --lang en|fr       the language (default: from LC_ALL, LC_MESSAGES, LANG)

      Exit status: 0 the log holds, 1 something is wrong (one line each), 2 it could not be verified.
      """;
    }

    @Override
    String folderMissing() {
      return "which folder? Give the one that \"parano audit export\" wrote.";
    }

    @Override
    String keyMissing() {
      return "the log's public key is missing: --key name+hash+base64";
    }

    @Override
    String keyWrong(String why) {
      return "--key: " + why;
    }

    @Override
    String witnessWrong(String why) {
      return "--witness: " + why;
    }

    @Override
    String valueMissing(String option) {
      return option + " needs a value";
    }

    @Override
    String unknownWord(String word) {
      return "unknown: " + word;
    }

    @Override
    String unknownLanguage(String language) {
      return "--lang takes en or fr, not \"" + language + "\"";
    }

    @Override
    String unreadable(String what) {
      return "cannot be read: " + what;
    }

    @Override
    String progress(long entries) {
      return entries + " entries read";
    }

    @Override
    String holds(Verdict.Summary summary) {
      return "The log holds: " + summary.entries() + " entries, root " + summary.root() + ".";
    }

    @Override
    String broken(long findings) {
      return "The log does NOT hold: " + findings + (findings == 1 ? " finding." : " findings.");
    }

    @Override
    String notListed(long more) {
      return "and " + more + " more";
    }

    @Override
    List<String> details(Verdict.Summary summary) {
      List<String> lines = new ArrayList<>();
      lines.add(
          summary.witnessed() == 0
              ? "No checkpoint from elsewhere bears witness: whoever has the log's key could have"
                  + " rewritten all of it."
              : "Checkpoints from elsewhere bear witness to the first "
                  + summary.witnessed()
                  + " entries.");
      lines.add(
          "Checkpoints that hold: "
              + summary.checkpoints()
              + ", the last over "
              + summary.signed()
              + " entries.");
      for (Verdict.Cosigned by : summary.cosigned()) {
        lines.add(
            by.witness().name()
                + " cosigned the first "
                + by.size()
                + " entries at "
                + by.at()
                + (by.size() < summary.entries()
                    ? "; what follows it has not seen."
                    : ": all of them."));
      }
      if (summary.erased() > 0) {
        lines.add(
            "Entries without their personal data (erased or left out): " + summary.erased() + ".");
      }
      return lines;
    }
  },

  FRENCH {
    @Override
    String usage() {
      return """
      Emploi : java -jar parano-verify.jar DOSSIER --checkpoint FICHIER... --key VKEY [--witness VKEY]...
             [--json] [--lang en|fr]

      Vérifie une exportation du journal d'audit sans rien demander à personne.

        DOSSIER               ce que « parano audit export » a écrit
        --checkpoint FICHIER  un point de contrôle signé, gardé ailleurs, ou plusieurs avec une ligne
                              « -- » entre eux ; peut être donné plusieurs fois
        --key VKEY            la clé publique du journal, nom+empreinte+base64, d'une source sûre
        --witness VKEY        la clé publique d'un témoin, nom+empreinte+base64 ; il doit avoir
                              cosigné un point de contrôle qui tient, où qu'il soit ; peut être
                              donné plusieurs fois
        --json                un objet JSON au lieu de texte
        --lang en|fr          la langue (par défaut : selon LC_ALL, LC_MESSAGES, LANG)

      Code de retour : 0 le journal tient, 1 quelque chose ne va pas (une ligne chacun), 2 il n'a pas
      pu être vérifié.
      """;
    }

    @Override
    String folderMissing() {
      return "quel dossier ? Donnez celui que « parano audit export » a écrit.";
    }

    @Override
    String keyMissing() {
      return "la clé publique du journal manque : --key nom+empreinte+base64";
    }

    @Override
    String keyWrong(String why) {
      return "--key : " + why;
    }

    @Override
    String witnessWrong(String why) {
      return "--witness : " + why;
    }

    @Override
    String valueMissing(String option) {
      return option + " demande une valeur";
    }

    @Override
    String unknownWord(String word) {
      return "inconnu : " + word;
    }

    @Override
    String unknownLanguage(String language) {
      return "--lang prend en ou fr, pas « " + language + " »";
    }

    @Override
    String unreadable(String what) {
      return "illisible : " + what;
    }

    @Override
    String progress(long entries) {
      return entries + " entrées lues";
    }

    @Override
    String holds(Verdict.Summary summary) {
      return "Le journal tient : " + summary.entries() + " entrées, racine " + summary.root() + ".";
    }

    @Override
    String broken(long findings) {
      return "Le journal NE tient PAS : " + findings + (findings == 1 ? " constat." : " constats.");
    }

    @Override
    String notListed(long more) {
      return "et " + more + " de plus";
    }

    @Override
    List<String> details(Verdict.Summary summary) {
      List<String> lines = new ArrayList<>();
      lines.add(
          summary.witnessed() == 0
              ? "Aucun point de contrôle gardé ailleurs n'en témoigne : qui a la clé du journal a pu"
                  + " le réécrire en entier."
              : "Des points de contrôle gardés ailleurs témoignent des "
                  + summary.witnessed()
                  + " premières entrées.");
      lines.add(
          "Points de contrôle qui tiennent : "
              + summary.checkpoints()
              + ", le dernier sur "
              + summary.signed()
              + " entrées.");
      for (Verdict.Cosigned by : summary.cosigned()) {
        lines.add(
            by.witness().name()
                + " a cosigné les "
                + by.size()
                + " premières entrées le "
                + by.at()
                + (by.size() < summary.entries() ? " ; il n'a pas vu la suite." : " : toutes."));
      }
      if (summary.erased() > 0) {
        lines.add(
            "Entrées sans leurs données personnelles (effacées ou omises) : "
                + summary.erased()
                + ".");
      }
      return lines;
    }
  };

  static Wording of(Language language) {
    return switch (language) {
      case EN -> ENGLISH;
      case FR -> FRENCH;
    };
  }

  abstract String usage();

  abstract String folderMissing();

  abstract String keyMissing();

  abstract String keyWrong(String why);

  abstract String witnessWrong(String why);

  abstract String valueMissing(String option);

  abstract String unknownWord(String word);

  abstract String unknownLanguage(String language);

  abstract String unreadable(String what);

  abstract String progress(long entries);

  abstract String holds(Verdict.Summary summary);

  abstract String broken(long findings);

  abstract String notListed(long more);

  abstract List<String> details(Verdict.Summary summary);
}
