package io.parano.app;

import io.parano.authn.Metadata;
import io.parano.ssh.JumpDoor;
import io.parano.web.Front;
import io.parano.web.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The doors of a server, open.
///
/// @param control null where operators of the host have none
/// @param jump null where there is no jump host
record Doors(Front web, @Nullable ControlDoor control, @Nullable JumpDoor jump)
    implements AutoCloseable {

  /// The control socket and the jump host beside the web door, or none of them.
  static Doors beside(
      Front door,
      ServerPlan plan,
      OpenLog log,
      Core core,
      Supplier<Readiness> readiness,
      InstantSource clock) {
    ControlDoor control = null;
    try {
      control = control(plan, log, core, readiness, clock);
      return new Doors(door, control, core.ssh().open(clock, core.tracing()));
    } catch (IOException e) {
      door.close();
      throw new UncheckedIOException(
          new IOException(
              Texts.say("start.no-control", String.valueOf(plan.control()), Refusal.why(e)), e));
    } catch (RuntimeException e) {
      if (control != null) {
        control.close();
      }
      door.close();
      throw e;
    }
  }

  private static @Nullable ControlDoor control(
      ServerPlan plan, OpenLog log, Core core, Supplier<Readiness> readiness, InstantSource clock)
      throws IOException {
    return plan.control() == null
        ? null
        : ControlDoor.open(
            plan.control(),
            new ServerControl(
                core.books(),
                core.gate().lever(),
                core.gate().oldHashes(),
                core.ssh()::desk,
                core.keys(),
                new MetadataDesk(core.gate().recalling(), Metadata.roots()),
                new BackupDesk(log, plan.logOrigin(), clock),
                log.reader()::size,
                readiness,
                () -> log.watch().status(clock.instant()),
                clock.instant()));
  }

  /// For everybody but the operators, who are to see why.
  void shut() {
    web.shut();
    if (jump != null) {
      jump.close();
    }
  }

  @Override
  public void close() {
    if (control != null) {
      control.close();
    }
    if (jump != null) {
      jump.close();
    }
    web.close();
  }
}
