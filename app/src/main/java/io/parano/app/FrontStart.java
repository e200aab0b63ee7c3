package io.parano.app;

import io.parano.web.ApartDoors;
import io.parano.web.AuthorityDoor;
import io.parano.web.AuthorityPlace;
import io.parano.web.Front;
import io.parano.web.Readiness;
import io.parano.web.WebCore;
import io.parano.web.WebDoor;
import java.util.function.Supplier;

/// The web door in this process, or the way in for those in others.
final class FrontStart {
  private FrontStart() {}

  static Front open(
      ServerPlan plan,
      WebCore core,
      ApartDoors doors,
      Supplier<Readiness> readiness,
      Supplier<String> gauges) {
    AuthorityPlace place = plan.doors();
    return place == null
        ? WebDoor.open(plan.web(), core, doors.here(), plan.extension(), readiness, gauges)
        : AuthorityDoor.open(plan.web(), place, core, doors, readiness, gauges);
  }
}
