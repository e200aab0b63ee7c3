package io.parano.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.parano.kernel.IpAddress;
import io.parano.kernel.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ZoneTableTest {
  @Test
  void at_randomNetworks_agreesWithAskingEachNetwork() {
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      List<List<IpPrefix>> sets = new ArrayList<>();
      for (int set = 0; set < 1 + random.nextInt(64); set++) {
        List<IpPrefix> networks = new ArrayList<>();
        for (int n = 0; n < 1 + random.nextInt(3); n++) {
          networks.add(IpPrefix.of(address(random), random.nextInt(129)));
        }
        sets.add(networks);
      }
      ZoneTable table = ZoneTable.of(sets);
      for (int j = 0; j < 200; j++) {
        IpAddress address = near(random, sets);
        long expected = 0;
        for (int set = 0; set < sets.size(); set++) {
          boolean holds = sets.get(set).stream().anyMatch(one -> one.contains(address));
          expected |= holds ? 1L << set : 0;
        }
        assertThat(table.at(address)).as("%s in %s", address, sets).isEqualTo(expected);
      }
    }
  }

  /// Few bits differ, so that networks nest and meet.
  private static IpAddress address(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new IpAddress(random.nextLong(), random.nextLong());
      case 1 -> new IpAddress(-1L << random.nextInt(64), -1L << random.nextInt(64));
      default -> new IpAddress(0, 0xffff_0000_0000L | (random.nextLong() & 0xffff_ffffL));
    };
  }

  /// Mostly at or just beside a network's first or last address.
  private static IpAddress near(Random random, List<List<IpPrefix>> sets) {
    List<IpPrefix> set = sets.get(random.nextInt(sets.size()));
    IpPrefix network = set.get(random.nextInt(set.size()));
    IpAddress first = network.first();
    IpAddress last =
        network.bits() <= 64
            ? new IpAddress(first.high() | ~mask(network.bits()), -1L)
            : new IpAddress(first.high(), first.low() | ~mask(network.bits() - 64));
    return switch (random.nextInt(5)) {
      case 0 -> first;
      case 1 -> last;
      case 2 -> new IpAddress(first.high() - (first.low() == 0 ? 1 : 0), first.low() - 1);
      case 3 -> new IpAddress(last.high() + (last.low() == -1L ? 1 : 0), last.low() + 1);
      default -> address(random);
    };
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L << (64 - bits);
  }
}
