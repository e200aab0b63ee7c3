package io.parano.web;

import io.parano.access.Approving;
import io.parano.access.BreakingGlass;
import io.parano.access.Certifying;
import io.parano.access.Commanding;
import io.parano.access.Confirming;
import io.parano.access.Enrolling;
import io.parano.access.Freezing;
import io.parano.access.Importing;
import io.parano.access.Operating;
import io.parano.access.Passing;
import io.parano.access.SettingPassword;
import io.parano.access.SigningIn;
import io.parano.access.Validating;
import org.jspecify.annotations.Nullable;

/// All of the core that the door can reach.
///
/// @param certifying null where there are no SSH authorities
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
    Freezing freezing,
    Confirming confirming,
    BreakingGlass breakingGlass,
    @Nullable Certifying certifying) {}
