package io.parano.app;

import io.parano.access.GateSettings;
import io.parano.authn.Argon2Parameters;
import io.parano.authn.AttestationPolicy;
import io.parano.authn.Blocklist;
import io.parano.authn.PasswordRules;
import io.parano.authn.RelyingParty;
import io.parano.config.Configuration;
import io.parano.config.WireGuardPlace;
import io.parano.keys.Keyset;
import io.parano.keys.KeysetHome;
import io.parano.radius.RadiusConfig;
import io.parano.ssh.JumpConfig;
import io.parano.store.KeptOutside;
import io.parano.store.PostgresAddress;
import io.parano.store.StorePlace;
import io.parano.vpn.OpenVpnConfig;
import io.parano.web.AuthorityPlace;
import io.parano.web.Extension;
import io.parano.web.WebConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything a server is made of, whoever thought of it: a configuration file, a bootstrap, the
/// demo.
///
/// @param data the folder of the log and the state; nobody else's
/// @param database where log and state are kept; null for a file in `data`
/// @param outside where checkpoints are kept, best on another disk
/// @param keysetHome where the keyset is renewed; null where it is in memory alone
/// @param logOrigin the log's name in its checkpoints, unique in the world: the sign-in host and a
///   path
/// @param blocklist passwords that nobody may choose
/// @param extension a further script for the pages, which only the demo has; null for none
/// @param radius where VPN servers ask; null for nowhere
/// @param mail where mail servers ask; null for nowhere
/// @param sealed secrets that stand in the configuration, which the keyset must go on opening
/// @param wireguard how WireGuard tunnels are carried; null for not at all
/// @param openvpn OpenVPN servers that are driven from here
/// @param control where operators of the host come in; null for nowhere
/// @param jump the jump host; null for none
/// @param doors where doors in other processes come in; null for a door in this one
record ServerPlan(
    Path data,
    @Nullable PostgresAddress database,
    KeptOutside outside,
    Keyset keyset,
    @Nullable KeysetHome keysetHome,
    String logOrigin,
    RelyingParty relyingParty,
    AttestationPolicy tokens,
    PasswordRules.Settings passwordRules,
    Blocklist blocklist,
    Argon2Parameters argon2,
    GateSettings gate,
    WebConfig web,
    @Nullable Extension extension,
    @Nullable Path control,
    WitnessPlan witnesses,
    @Nullable RadiusConfig radius,
    @Nullable MailPlan mail,
    List<Configuration.Sealed> sealed,
    @Nullable WireGuardPlace wireguard,
    List<OpenVpnConfig> openvpn,
    @Nullable JumpConfig jump,
    @Nullable AuthorityPlace doors) {
  ServerPlan {
    sealed = List.copyOf(sealed);
    openvpn = List.copyOf(openvpn);
  }

  /// Where log and state are kept.
  StorePlace store() {
    return database == null ? new StorePlace.File(data) : new StorePlace.Postgres(database);
  }

  /// The same server, with its doors in other processes.
  ServerPlan apart(AuthorityPlace place) {
    return with(data, outside, place);
  }

  /// The same server over another log.
  ServerPlan on(Path otherData, KeptOutside otherOutside) {
    return with(otherData, otherOutside, doors);
  }

  private ServerPlan with(Path log, KeptOutside kept, @Nullable AuthorityPlace place) {
    return new ServerPlan(
        log,
        database,
        kept,
        keyset,
        keysetHome,
        logOrigin,
        relyingParty,
        tokens,
        passwordRules,
        blocklist,
        argon2,
        gate,
        web,
        extension,
        control,
        witnesses,
        radius,
        mail,
        sealed,
        wireguard,
        openvpn,
        jump,
        place);
  }
}
