package io.parano.app;

import io.parano.access.GateSettings;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.AttestationPolicy;
import io.parano.authn.Blocklist;
import io.parano.authn.PasswordRules;
import io.parano.authn.RelyingParty;
import io.parano.authn.TokenMaker;
import io.parano.identity.Newcomer;
import io.parano.kernel.Language;
import io.parano.keys.Keyset;
import io.parano.policy.Policy;
import io.parano.policy.PolicyReading;
import io.parano.radius.RadiusConfig;
import io.parano.ssh.JumpConfig;
import io.parano.store.CheckpointFolder;
import io.parano.store.PostgresAddress;
import io.parano.vpn.OpenVpnConfig;
import io.parano.web.WebConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the servers of the tests have in common, whatever each is about.
final class Trial {
  private Trial() {}

  /// A server in `folder`: log, checkpoints and origin follow from it and the sign-in host.
  static ServerPlan plan(
      Path folder,
      Keyset keyset,
      WebConfig web,
      List<TokenMaker> makers,
      @Nullable Path control,
      WitnessPlan witnesses)
      throws IOException {
    return plan(folder, TestStore.of(folder), keyset, web, makers, control, witnesses, null);
  }

  /// @param jump the jump host; null for none
  static ServerPlan plan(
      Path folder,
      Keyset keyset,
      WebConfig web,
      List<TokenMaker> makers,
      @Nullable Path control,
      WitnessPlan witnesses,
      @Nullable JumpConfig jump)
      throws IOException {
    return plan(folder, TestStore.of(folder), keyset, web, makers, control, witnesses, jump);
  }

  /// @param database where log and state are; null for a file in the folder
  static ServerPlan plan(
      Path folder,
      @Nullable PostgresAddress database,
      Keyset keyset,
      WebConfig web,
      List<TokenMaker> makers,
      @Nullable Path control,
      WitnessPlan witnesses,
      @Nullable JumpConfig jump)
      throws IOException {
    Set<String> hosts =
        web.hosts().stream().map(host -> host.site().host()).collect(Collectors.toSet());
    return new ServerPlan(
        folder.resolve("log"),
        database,
        CheckpointFolder.at(folder.resolve("outside")),
        keyset,
        null,
        origin(web),
        new RelyingParty(web.relyingParty(), Set.of(web.signIn().toString())),
        AttestationPolicy.of(makers.toArray(TokenMaker[]::new)),
        PasswordRules.Settings.DEFAULT,
        Blocklist.common(),
        Argon2Parameters.LEAST,
        new GateSettings(web.signIn().host(), hosts, false, Set.of(web.name())),
        web,
        null,
        control,
        witnesses,
        null,
        null,
        List.of(),
        null,
        List.of(),
        jump,
        null);
  }

  /// The same, and VPN servers may ask.
  static ServerPlan with(ServerPlan plan, RadiusConfig radius) {
    return with(plan, radius, plan.mail(), plan.openvpn());
  }

  /// The same, and OpenVPN servers are driven from here.
  static ServerPlan with(ServerPlan plan, List<OpenVpnConfig> openvpn) {
    return with(plan, plan.radius(), plan.mail(), openvpn);
  }

  /// The same, and mail servers may ask.
  static ServerPlan with(ServerPlan plan, MailPlan mail) {
    return with(plan, plan.radius(), mail, plan.openvpn());
  }

  private static ServerPlan with(
      ServerPlan plan,
      @Nullable RadiusConfig radius,
      @Nullable MailPlan mail,
      List<OpenVpnConfig> openvpn) {
    return new ServerPlan(
        plan.data(),
        plan.database(),
        plan.outside(),
        plan.keyset(),
        plan.keysetHome(),
        plan.logOrigin(),
        plan.relyingParty(),
        plan.tokens(),
        plan.passwordRules(),
        plan.blocklist(),
        plan.argon2(),
        plan.gate(),
        plan.web(),
        plan.extension(),
        plan.control(),
        plan.witnesses(),
        radius,
        mail,
        plan.sealed(),
        plan.wireguard(),
        openvpn,
        plan.jump(),
        plan.doors());
  }

  /// The name of the log.
  private static String origin(WebConfig web) {
    return web.signIn().host() + "/log";
  }

  static Newcomer newcomer(String name) {
    return new Newcomer(name, name, name + "@example.test", new TreeSet<>(), Language.EN);
  }

  static Policy policy(String document) {
    return switch (Policy.read(document)) {
      case PolicyReading.Read read -> read.policy();
      case PolicyReading.Mistaken mistaken -> throw new AssertionError(mistaken.toString());
    };
  }
}
