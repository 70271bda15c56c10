/**
 * Finds or builds the Go binaries that Hikkoshi and its sandbox run: a control plane per Kubernetes
 * minor, etcd, kwok, helm and the render worker. What belongs here is how a binary comes to be on
 * this machine; how it is run belongs to whoever runs it. Nothing but the JDK is used, because the
 * launcher starts this before anything else is there.
 */
@NullMarked
package dev.hikkoshi.tools;

import org.jspecify.annotations.NullMarked;
