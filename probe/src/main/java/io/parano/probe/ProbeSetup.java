package io.parano.probe;

import io.parano.demo.MailProgram;
import io.parano.kernel.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a deployment's operator gives the probes.
///
/// @param prefix with which names of probe accounts, and of the rules for them, begin
/// @param group the only one that probe accounts are in
/// @param server the sign-in site
/// @param application behind a proxy, for probes alone; null for none
/// @param listed this machine's address in a zone of the rules
/// @param outside another one of this machine's, in no zone
/// @param vpn null for none
/// @param ssh null for none
/// @param mail null for none
/// @param lease null for none; never without `vpn`
/// @param lever null for none
public record ProbeSetup(
    String prefix,
    String group,
    URI server,
    @Nullable URI application,
    InetAddress listed,
    InetAddress outside,
    Account account,
    @Nullable Vpn vpn,
    @Nullable Ssh ssh,
    @Nullable Mail mail,
    @Nullable Lease lease,
    @Nullable Lever lever) {

  /// Whoever is used.
  List<Account> accounts() {
    List<Account> used = new ArrayList<>(List.of(account));
    if (lease != null) {
      used.add(lease.colleague());
    }
    if (lever != null) {
      used.add(lever.account());
    }
    return used;
  }

  /// @param otp the token's public id, private id and key, as the personalization tool logs them
  /// @param counter the file that says how often it was plugged in
  public record Account(String name, Secret password, Secret otp, Path counter) {}

  /// @param server as the policy names it
  /// @param at where it listens for questions
  /// @param accounting and for what servers tell
  /// @param secret that this machine shares with it
  /// @param disconnect where this machine is told to end tunnels; null for nowhere
  public record Vpn(
      String server,
      InetSocketAddress at,
      InetSocketAddress accounting,
      Secret secret,
      @Nullable InetSocketAddress disconnect) {}

  /// @param inside this machine's address in a leased network, which the policy gives to the
  ///   account (`framed`)
  /// @param colleague another probe account
  public record Lease(InetAddress inside, Account colleague) {}

  /// @param account one that is there to be cut, and none of the others
  /// @param mail the password of a device of its own; null for none
  public record Lever(Account account, @Nullable Secret mail) {}

  /// @param name that the server's certificate says
  /// @param apart another listed address of this machine, where the account is nobody otherwise
  /// @param password of a device, which the account's own token made
  public record Mail(
      InetSocketAddress at,
      String name,
      MailProgram.Sealing sealing,
      InetAddress apart,
      Secret password) {}

  /// @param hosts the group of hosts of the rule
  /// @param jump the jump host
  /// @param name under which it is certified
  /// @param reach what the rule lets it forward to
  /// @param brief another group of hosts, whose certificates live for seconds; null for none
  public record Ssh(
      String hosts,
      InetSocketAddress jump,
      String name,
      InetSocketAddress reach,
      @Nullable String brief) {}
}
