package io.parano.web;

import io.parano.access.Approving;
import io.parano.access.Arming;
import io.parano.access.BreakingGlass;
import io.parano.access.Certifying;
import io.parano.access.Commanding;
import io.parano.access.Confirming;
import io.parano.access.DeviceKeeping;
import io.parano.access.Enrolling;
import io.parano.access.Freezing;
import io.parano.access.Importing;
import io.parano.access.Operating;
import io.parano.access.Passing;
import io.parano.access.SettingPassword;
import io.parano.access.Showing;
import io.parano.access.SigningIn;
import io.parano.access.Validating;
import io.parano.kernel.Tracing;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All of the core that the door can reach.
///
/// @param arming null where nothing carries the tunnels of enrolled devices
/// @param certifying gives null while there are no SSH authorities
/// @param devices null where no mail server asks
/// @param tracing told of the requests
public record WebCore(
    Passing passing,
    SigningIn signingIn,
    Enrolling enrolling,
    SettingPassword settingPassword,
    Approving approving,
    Operating operating,
    Commanding commanding,
    Importing importing,
    Validating validating,
    Showing showing,
    Freezing freezing,
    Confirming confirming,
    BreakingGlass breakingGlass,
    @Nullable Arming arming,
    Supplier<@Nullable Certifying> certifying,
    @Nullable DeviceKeeping devices,
    Tracing tracing) {}
