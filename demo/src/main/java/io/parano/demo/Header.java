package io.parano.demo;

/// One header line, name and value as they travel.
public record Header(String name, String value) {}
