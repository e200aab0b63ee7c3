package io.parano.app;

import io.parano.access.MailSettings;
import io.parano.mail.MailConfig;

/// What a configuration says of mail, with the secrets unsealed.
record MailPlan(MailConfig config, MailSettings settings) {}
