namespace Raft.Verified.Specifications.Evidence;

/// <summary>One of the events that a violation is made of.</summary>
/// <param name="Event">Its place in the recording, from 0.</param>
/// <param name="Says">What it has to do with the violation, in a few words.</param>
public sealed record EvidencePoint(int Event, string Says);
