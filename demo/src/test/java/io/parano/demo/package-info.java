@NullMarked
package io.parano.demo;

import org.jspecify.annotations.NullMarked;
