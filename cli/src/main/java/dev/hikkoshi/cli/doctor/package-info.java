/**
 * What {@code hikkoshi doctor} looks at: definitions rendered for two clusters that do not exist,
 * and, where somebody may be asked, AWS and the clusters through the adapters of production. It
 * reads only.
 */
@NullMarked
package dev.hikkoshi.cli.doctor;

import org.jspecify.annotations.NullMarked;
