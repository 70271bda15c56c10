/**
 * Endpoints of other people that have a say in a move, behind {@code WebhookGateway}. A header for
 * one comes from a folder that the controller's configuration names, is read at each question, goes
 * only to the address that it is configured for, and is in no URL, log, error or status.
 */
@NullMarked
package dev.hikkoshi.clusters.webhook;

import org.jspecify.annotations.NullMarked;
