/** The management cluster through the user's kubeconfig, with errors that say what to do. */
@NullMarked
package dev.hikkoshi.cli.cluster;

import org.jspecify.annotations.NullMarked;
