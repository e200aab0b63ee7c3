package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreWordsTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void french() {
    Locale.setDefault(Locale.FRENCH);
  }

  @AfterEach
  void asItWas() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /data is not a folder | /data n'est pas un dossier
          /data is open to others (rwxr-xr-x): close it with chmod 700 /data | /data est ouvert à d'autres (rwxr-xr-x) : fermez-le par chmod 700 /data
          another server (process 42) works with /data | un autre serveur (processus 42) travaille avec /data
          the database has version 9, this program knows 2: it was written by a later Parano | la base a la version 9, ce programme connaît la 2 : un Parano plus récent l'a écrite
          another server works with jdbc:postgresql://db/parano | un autre serveur travaille avec jdbc:postgresql://db/parano
          PostgreSQL 14 is too old: expected 15 or later | PostgreSQL 14 est trop ancien : 15 ou plus récent était attendu
          no checkpoint could be signed: disk full | aucun point de contrôle n'a pu être signé : disk full
          the log was moved to jdbc:postgresql://db/parano: it is served from there | le journal a été déménagé vers jdbc:postgresql://db/parano, d'où il est servi : mettez cela sous store dans parano.yaml
          there is a log in sqlite already: expected an empty database | il y a déjà un journal dans sqlite : une base vide était attendue
          the log has lost its head | le journal a perdu sa tête
          the first 7 entries are not the ones over which the outside one was signed | les 7 premières entrées ne sont pas celles sur lesquelles un point de contrôle a été signé (the outside one)
          something the store says tomorrow | something the store says tomorrow
          """)
  void of_whatTheStoreSays_isSaidInTheOperatorsLanguage(String english, String french) {
    assertThat(StoreWords.of(english)).isEqualTo(french);
  }
}
