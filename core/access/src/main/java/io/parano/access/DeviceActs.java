package io.parano.access;

import io.parano.audit.EventType;
import io.parano.identity.Act;
import io.parano.identity.Device;
import io.parano.identity.Person;
import io.parano.identity.PersonState;
import io.parano.kernel.DeviceId;
import io.parano.kernel.Randomness;
import io.parano.kernel.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the act about devices comes to.
final class DeviceActs {
  private DeviceActs() {}

  static Execution enrol(Act.EnrolDevice act, Books books, Randomness randomness, Instant now) {
    return Execution.forPerson(
        books,
        act.person(),
        person -> {
          Reason objection = objection(person, act, books);
          return objection == null
              ? new Execution.Planned(
                  EventType.DEVICE_ENROLLED,
                  List.of(new Change.PutDevice(device(act, randomness, now))),
                  null,
                  null)
              : new Execution.Refused(objection);
        });
  }

  private static Device device(Act.EnrolDevice act, Randomness randomness, Instant now) {
    return new Device(
        DeviceId.next(now, randomness),
        act.person(),
        act.label(),
        act.device(),
        act.key(),
        act.address(),
        Device.State.ACTIVE,
        now);
  }

  /// Why the person can't be given the device; null when they can. A key that was cut stays so:
  /// whoever has it may be anybody.
  private static @Nullable Reason objection(Person person, Act.EnrolDevice act, Books books) {
    if (person.state() == PersonState.FROZEN) {
      return Reason.PERSON_FROZEN;
    }
    boolean known =
        books.roster().deviceWith(act.key()).isPresent()
            || books.roster().devicesOf(person.id()).stream()
                .anyMatch(device -> device.active() && device.label().equals(act.label()));
    if (known) {
      return Reason.DEVICE_ALREADY_ENROLLED;
    }
    boolean free =
        books.policy().policy().wantsLease(act.address())
            && books.roster().deviceAt(act.address()).isEmpty()
            && books.policy().policy().vpnRules().stream()
                .flatMap(rule -> rule.framed().entrySet().stream())
                .allMatch(entry ->
                    !entry.getValue().equals(act.address())
                        || entry.getKey().equals(person.name()));
    return free ? null : Reason.ADDRESS_NOT_ALLOWED;
  }
}
