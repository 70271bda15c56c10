/** Tests of reports. */
@NullMarked
package dev.hikkoshi.cli.report;

import org.jspecify.annotations.NullMarked;
