/**
 * The statistics of rule 7: is the new side worse than the old one, or than a limit? All of it is
 * exact for few samples and may be looked at after every period; formulae and thresholds are those
 * of Clopper and Pearson, Wald, and of mixtures that bet against "no difference". Pure numbers:
 * nothing here knows a route or a provider.
 */
@NullMarked
package dev.hikkoshi.environments.check.analysis;

import org.jspecify.annotations.NullMarked;
