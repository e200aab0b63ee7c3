package io.parano.app;

import io.parano.access.Approving;
import io.parano.access.Arming;
import io.parano.access.BreakingGlass;
import io.parano.access.Certifying;
import io.parano.access.Commanding;
import io.parano.access.Confirming;
import io.parano.access.DeviceKeeping;
import io.parano.access.Enrolling;
import io.parano.access.Freezing;
import io.parano.access.Gate;
import io.parano.access.Importing;
import io.parano.access.Operating;
import io.parano.access.SettingPassword;
import io.parano.access.Showing;
import io.parano.access.SigningIn;
import io.parano.access.Validating;
import io.parano.kernel.Tracing;
import io.parano.web.WebCore;
import org.jspecify.annotations.Nullable;

/// What of the core the web door reaches. Whether a request may pass is told by the door itself,
/// which has the answer: that path is not wrapped.
final class WebStart {
  private WebStart() {}

  static WebCore core(Core core) {
    Gate gate = core.gate();
    Tracing tracing = core.tracing();
    return new WebCore(
        gate.passing(),
        Traced.step(SigningIn.class, gate.signingIn(), tracing),
        Traced.step(Enrolling.class, gate.enrolling(), tracing),
        Traced.step(SettingPassword.class, gate.settingPassword(), tracing),
        Traced.step(Approving.class, gate.approving(), tracing),
        Traced.step(Operating.class, gate.operating(), tracing),
        Traced.step(Commanding.class, gate.commanding(), tracing),
        Traced.step(Importing.class, gate.importing(), tracing),
        Traced.step(Validating.class, gate.validating(), tracing),
        Traced.step(Showing.class, gate.showing(), tracing),
        Traced.step(Freezing.class, gate.freezing(), tracing),
        Traced.step(Confirming.class, gate.confirming(), tracing),
        Traced.step(BreakingGlass.class, gate.breakingGlass(), tracing),
        where(Arming.class, gate.arming(), tracing),
        () -> where(Certifying.class, core.ssh().desk(), tracing),
        where(DeviceKeeping.class, core.mail().devices(), tracing),
        tracing);
  }

  private static <T> @Nullable T where(Class<T> kind, @Nullable T real, Tracing tracing) {
    return real == null ? null : Traced.step(kind, real, tracing);
  }
}
