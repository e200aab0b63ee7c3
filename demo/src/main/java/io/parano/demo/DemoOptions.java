package io.parano.demo;

import io.parano.kernel.Language;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What was asked on the command line.
///
/// @param once whether to stop after the table
/// @param report where to write the outcomes; null for nowhere
/// @param portBase the first of five ports in a row; empty for any that are free
/// @param data the data folder; null for one that is gone afterwards
/// @param coloured whether somebody looks at a terminal that has colours
/// @param nginx whether to take the machine's nginx, if it has one
public record DemoOptions(
    boolean once,
    @Nullable Path report,
    OptionalInt portBase,
    Language language,
    @Nullable Path data,
    boolean coloured,
    boolean nginx) {}
