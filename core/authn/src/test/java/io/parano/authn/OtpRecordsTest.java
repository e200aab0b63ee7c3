package io.parano.authn;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.authn.OtpRecords.Mistake;
import io.parano.authn.OtpRecords.Wrong;
import io.parano.kernel.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The files of Yubico's tools, and what is wrong with others.
final class OtpRecordsTest {
  private static final String KEY = "ecde18dbe76fbd0c33330f1c354871db";
  private static final String PRIVATE_ID = "8792ebfe26cc";
  private static final String KSM_LINE =
      "1234567,dteffuje," + PRIVATE_ID + "," + KEY + ",000000000000,2012-03-05T13:25:23,";

  @Test
  void read_yubicoFormat_givesTheToken() {
    assertThat(only(KSM_LINE + "\n").publicId()).isEqualTo("dteffuje");
  }

  @Test
  void read_traditionalFormat_givesTheToken() {
    String log =
        "LOGGING START,11/12/2013 11:10\r\nYubico OTP,11/12/2013 11:11,1,dteffuje,"
            + PRIVATE_ID
            + ","
            + KEY
            + ",,,0,0,0,0,0,0,0,0,0,0\r\n";

    assertThat(only(log).publicId()).isEqualTo("dteffuje");
  }

  @Test
  void read_ksmFormat_givesTheToken() {
    assertThat(only("# ykksm 1\n# start 1 end 1\n\n" + KSM_LINE).publicId()).isEqualTo("dteffuje");
  }

  @Test
  void read_anyFormat_givesTheSecretsThatMakeTheOtps() {
    OtpRecord record = only(KSM_LINE);
    OtpText otp = YubicoVectorsTest.otp("dteffujehknhfjbrjnlnldnhcujvddbikngjrtgh");

    assertThat(YubicoOtp.verify(otp, record.seed(), OtpUse.NEVER, "", java.time.Instant.EPOCH))
        .isInstanceOf(OtpOutcome.Accepted.class);
    assertThat(record.toString()).doesNotContain(KEY).doesNotContain(PRIVATE_ID);
  }

  @Test
  void read_oneThingWrong_saysWhatAndWhere() {
    mistaken("", 0, Wrong.NOTHING);
    mistaken("\n".repeat(1000), 0, Wrong.TOO_MANY);
    mistaken("# ykksm 2\n" + KSM_LINE, 1, Wrong.VERSION);
    mistaken("1,2,3", 1, Wrong.COLUMNS);
    mistaken("OATH-HOTP,now,1,,,,", 1, Wrong.PUBLIC_ID);
    mistaken("x".repeat(600), 1, Wrong.COLUMNS);
    mistaken(KSM_LINE.replace("dteffuje", "dteffujeb"), 1, Wrong.PUBLIC_ID);
    mistaken(KSM_LINE.replace("dteffuje", ""), 1, Wrong.PUBLIC_ID);
    mistaken(KSM_LINE.replace("dteffuje", "d".repeat(18)), 1, Wrong.PUBLIC_ID);
    mistaken("\n" + KSM_LINE.replace("26cc", "26c"), 2, Wrong.PRIVATE_ID);
    mistaken(KSM_LINE.replace("ecde", "ecdg"), 1, Wrong.KEY);
    mistaken(KSM_LINE + "\n" + KSM_LINE, 2, Wrong.TWICE);
  }

  @Test
  void text_ofEveryMistake_isThereInBothLanguages() {
    for (Wrong wrong : Wrong.values()) {
      assertThat(wrong.text(Language.EN)).isNotBlank().isNotEqualTo(wrong.text(Language.FR));
    }
  }

  private static void mistaken(String text, int line, Wrong wrong) {
    assertThat(OtpRecords.read(text))
        .isEqualTo(new OtpRecords.Reading.Mistaken(List.of(new Mistake(line, wrong))));
  }

  private static OtpRecord only(String text) {
    return switch (OtpRecords.read(text)) {
      case OtpRecords.Reading.Mistaken(var mistakes) -> throw new AssertionError(mistakes);
      case OtpRecords.Reading.Read(var records) -> {
        assertThat(records).hasSize(1);
        yield records.getFirst();
      }
    };
  }
}
