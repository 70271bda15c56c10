/**
 * Claims that are shown by doing them: each proof is one class, runs on a ground of its own
 * (region, controller, repository) and ends with a figure or with what was not so. Everything is
 * judged from outside: by the region's call log, by Kubernetes' own answers, by Git and by the
 * status that people see; never by the controller's word that it did something.
 */
@NullMarked
package dev.hikkoshi.demo.evidence;

import org.jspecify.annotations.NullMarked;
