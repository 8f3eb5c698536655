namespace Raft.Verified.Specifications.Evidence;

/// <summary>One of the events that together show a violation.</summary>
/// <param name="Event">The position of the event in the recording, from 0.</param>
/// <param name="Says">The relation of the event to the violation, in a few words.</param>
public sealed record EvidencePoint(int Event, string Says);
