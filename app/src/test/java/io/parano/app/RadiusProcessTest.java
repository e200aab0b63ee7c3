package io.parano.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parano.testkit.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a VPN server hears through RADIUS from a Parano that is stopped, or killed: nothing. */
@Tag("slow")
class RadiusProcessTest {
  @TempDir private Path folder;

  @Test
  void login_whileParanoIsStopped_isNotAnsweredAndGoesOnAfter() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/radclient")), "radclient is not installed");
    int access = FreePort.next();
    try (StaffedProcess parano = StaffedProcess.start(folder.resolve("one"), access)) {
      assertThat(login(access, parano.otp())).contains("Received Access-Accept");
      parano.signal("STOP");
      assertThat(login(access, parano.otp())).doesNotContain("Received");
      parano.signal("CONT");
      assertThat(login(access, parano.otp())).contains("Received Access-Accept");
    }
  }

  @Test
  void login_whenParanoWasKilled_isNotAnsweredUntilOneServesAgain() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/radclient")), "radclient is not installed");
    int access = FreePort.next();
    try (StaffedProcess parano = StaffedProcess.start(folder.resolve("one"), access)) {
      assertThat(login(access, parano.otp())).contains("Received Access-Accept");
      parano.signal("KILL");
      assertThat(parano.process().waitFor()).isNotZero();
      assertThat(login(access, parano.otp())).doesNotContain("Received");
    }
    try (StaffedProcess parano = StaffedProcess.start(folder.resolve("two"), access)) {
      assertThat(login(access, parano.otp())).contains("Received Access-Accept");
    }
  }

  private static String login(int access, String otp) throws Exception {
    return FreeRadius.radclient(
        access,
        "auth",
        StaffedProcess.SHARED,
        "User-Name=root,User-Password=\"%s\",Calling-Station-Id=\"198.51.100.7\",NAS-Identifier=test,Message-Authenticator=0x00"
            .formatted(Staffed.PASSWORD + "root" + otp));
  }
}
