package dev.hikkoshi.environments.observed;

/**
 * Whether what runs on some node groups would fit on the other nodes of the cluster as they are
 * now.
 *
 * @param fits true only when a place was found for every pod
 * @param sentence how much moves and where to, or the first pod without a place
 */
public record RoomSeen(boolean fits, String sentence) {}
